package estimate

import "github.com/baserate/baserate/analysis/stats"

type eValueInput struct {
	RR   stats.Number  `json:"rr"`
	Low  *stats.Number `json:"lo,omitempty"`
	High *stats.Number `json:"hi,omitempty"`
}

func eValue(in eValueInput) (Fields, error) {
	rr := stats.Estimate{Value: in.RR, Low: stats.Undefined(stats.NotEstimable), High: stats.Undefined(stats.NotEstimable)}
	if in.Low != nil {
		rr.Low = *in.Low
	}
	if in.High != nil {
		rr.High = *in.High
	}
	e := stats.EValueOf(rr)
	return Fields{"evalue": e.Estimate, "evalue_ci": e.CI}, nil
}

type exposureInput struct {
	table
	SeCase    float64 `json:"se_case"`
	SpCase    float64 `json:"sp_case"`
	SeNoncase float64 `json:"se_noncase"`
	SpNoncase float64 `json:"sp_noncase"`
}

func misclassifiedExposure(in exposureInput) (Fields, error) {
	s, err := in.stratum()
	if err != nil {
		return nil, err
	}
	c := stats.CorrectExposure([]stats.Stratum{s}, stats.Detection{
		SeCase: in.SeCase, SpCase: in.SpCase, SeNoncase: in.SeNoncase, SpNoncase: in.SpNoncase,
	})
	return correctedFields(c), nil
}

type outcomeInput struct {
	table
	Se1 float64 `json:"se1"`
	Sp1 float64 `json:"sp1"`
	Se0 float64 `json:"se0"`
	Sp0 float64 `json:"sp0"`
}

func misclassifiedOutcome(in outcomeInput) (Fields, error) {
	s, err := in.stratum()
	if err != nil {
		return nil, err
	}
	c := stats.CorrectOutcome([]stats.Stratum{s}, stats.Recall{Se1: in.Se1, Sp1: in.Sp1, Se0: in.Se0, Sp0: in.Sp0})
	return correctedFields(c), nil
}

func correctedFields(c stats.Corrected) Fields {
	return Fields{
		"A": c.A, "C": c.C, "N1": c.N1, "N0": c.N0, "feasible": c.Feasible,
		"rr_observed": c.Observed, "rr": c.RR, "odds_ratio": c.OR, "bias_factor": c.BiasFactor,
	}
}

type prevalenceInput struct {
	X  float64 `json:"x"`
	N  float64 `json:"n"`
	Se float64 `json:"se"`
	Sp float64 `json:"sp"`
}

func prevalence(in prevalenceInput) (Fields, error) {
	if err := between("x", in.X, 0, in.N); err != nil {
		return nil, err
	}
	p := stats.CorrectPrevalence(in.X, in.N, in.Se, in.Sp)
	return Fields{"apparent": p.Apparent, "corrected": p.Corrected, "se": p.SE}, nil
}
