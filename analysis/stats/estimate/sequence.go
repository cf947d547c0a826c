package estimate

import (
	"fmt"

	"github.com/baserate/baserate/analysis/stats"
)

type shareInput struct {
	level
	K      float64  `json:"k"`
	N      float64  `json:"n"`
	Share  *float64 `json:"share,omitempty"`
	N1     *float64 `json:"n1,omitempty"`
	N0     *float64 `json:"n0,omitempty"`
	PriorA *float64 `json:"prior_a,omitempty"`
	PriorB *float64 `json:"prior_b,omitempty"`
}

func shareSequence(in shareInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	if in.Share == nil && (in.N1 == nil || in.N0 == nil) {
		return nil, fmt.Errorf("inputs.share is missing; give it, or n1 and n0")
	}
	share := either(in.Share, either(in.N1, 0)/(either(in.N1, 0)+either(in.N0, 0)))
	s := stats.ShareConfidence(in.K, in.N, share, either(in.PriorA, 1), either(in.PriorB, 1), alpha)
	return Fields{
		"share": s.Share, "log_e_null": s.LogE, "p_always_valid": s.P,
		"theta_lo": s.Theta.Low, "theta_hi": s.Theta.High, "rr_lo": s.RR.Low, "rr_hi": s.RR.High,
	}, nil
}

type conditionalSequenceInput struct {
	strataInput
	Tau *float64 `json:"tau,omitempty"`
}

func conditionalSequence(in conditionalSequenceInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	e := stats.EProcess(in.strata(), either(in.Tau, stats.DefaultTau), alpha)
	return Fields{
		"log_marginal": e.LogMarginal, "log_e_null": e.LogE, "p_always_valid": e.P, "rr_lo": e.RR.Low, "rr_hi": e.RR.High,
	}, nil
}

type asymptoticInput struct {
	level
	Log float64  `json:"est"`
	SE  float64  `json:"se"`
	Phi *float64 `json:"phi,omitempty"`
}

func asymptoticSequence(in asymptoticInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	s := stats.ConfidenceSequence(in.Log, in.SE, either(in.Phi, stats.DefaultPhi), alpha)
	return Fields{
		"radius": s.Radius, "lo": s.Log.Low, "hi": s.Log.High, "ratio_lo": s.Ratio.Low, "ratio_hi": s.Ratio.High,
		"log_e_null": s.LogE, "p_always_valid": s.P,
	}, nil
}
