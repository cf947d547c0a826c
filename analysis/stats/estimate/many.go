package estimate

import (
	"errors"

	"github.com/baserate/baserate/analysis/stats"
)

type multiplicityInput struct {
	P []float64 `json:"p,omitempty"`
	Q *float64  `json:"q,omitempty"`
	E []float64 `json:"e,omitempty"`
}

// defaultRate is the false discovery rate where a case gives none.
const defaultRate = 0.05

func multiplicity(in multiplicityInput) (Fields, error) {
	q := either(in.Q, defaultRate)
	if err := between("q", q, 0, 1); err != nil {
		return nil, err
	}
	if in.P == nil && in.E == nil {
		return nil, errors.New("inputs.p is missing; give p, or e, or both")
	}
	for _, p := range in.P {
		if err := between("p", p, 0, 1); err != nil {
			return nil, err
		}
	}
	a := stats.AdjustP(in.P, q)
	f := Fields{"bh": a.BH, "by": a.BY, "holm": a.Holm, "bh_reject": a.Reject}
	if in.E != nil {
		f["ebh_reject"] = stats.EBH(in.E, q)
	}
	return f, nil
}

// pair is [observed, expected] or [y, n].
type pair [2]float64

// UnmarshalJSON reads a pair of numbers.
func (p *pair) UnmarshalJSON(data []byte) error {
	v, err := numbers(data, 2, "a pair")
	if err != nil {
		return err
	}
	*p = pair{v[0], v[1]}
	return nil
}

type groupsInput struct {
	level
	Groups []pair `json:"groups"`
}

func shrinkRates(in groupsInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	groups := make([]stats.Count, len(in.Groups))
	for i, g := range in.Groups {
		groups[i] = stats.Count{Observed: g[0], Expected: g[1]}
	}
	s := stats.ShrinkRates(groups, alpha)
	f := posteriorFields(s.Groups)
	f["degenerate"], f["pooled"], f["shape"], f["rate"], f["loglik"] = s.Degenerate, s.Pooled, s.Shape, s.Rate, s.LogLik
	return f, nil
}

func shrinkShares(in groupsInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	groups := make([]stats.Proportion, len(in.Groups))
	for i, g := range in.Groups {
		groups[i] = stats.Proportion{Y: g[0], N: g[1]}
	}
	s := stats.ShrinkShares(groups, alpha)
	f := posteriorFields(s.Groups)
	f["degenerate"], f["pooled"], f["alpha"], f["beta"], f["loglik"] = s.Degenerate, s.Pooled, s.Alpha, s.Beta, s.LogLik
	f["prior_mean"], f["rho"] = s.PriorMean, s.Rho
	return f, nil
}

func posteriorFields(groups []stats.Estimate) Fields {
	mean, low, high := make([]stats.Number, len(groups)), make([]stats.Number, len(groups)), make([]stats.Number, len(groups))
	for i, g := range groups {
		mean[i], low[i], high[i] = g.Value, g.Low, g.High
	}
	return Fields{"post_mean": mean, "post_lo": low, "post_hi": high}
}

type observedInput struct {
	level
	Observed float64 `json:"observed"`
	Expected float64 `json:"expected"`
}

func observedExpected(in observedInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	s := stats.ObservedExpected(in.Observed, in.Expected, alpha)
	return Fields{"smr": s.Ratio.Value, "lo": s.Ratio.Low, "hi": s.Ratio.High, "p_ge": s.AtLeast, "p_le": s.AtMost}, nil
}
