package estimate

import "github.com/baserate/baserate/analysis/stats"

type equivalenceInput struct {
	level
	Log   float64  `json:"log_est"`
	SE    float64  `json:"se"`
	Low   float64  `json:"log_margin_lo"`
	High  float64  `json:"log_margin_hi"`
	DF    *float64 `json:"df,omitempty"`
	Power *float64 `json:"power,omitempty"`
}

func equivalence(in equivalenceInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	e := stats.Effect{Log: in.Log, SE: in.SE, DF: either(in.DF, 0)}
	q := stats.TestEquivalence(e, stats.Margin{Low: in.Low, High: in.High}, alpha, either(in.Power, 0.8))
	return Fields{
		"p_noninferior": q.NonInferior, "p_nonsuperior": q.NonSuperior, "p_tost": q.TOST, "p_two_sided": q.TwoSided,
		"ci_lo": q.CI.Low, "ci_hi": q.CI.High, "tost_lo": q.CITOST.Low, "tost_hi": q.CITOST.High,
		"mde_up": q.MDEUp, "mde_down": q.MDEDown,
		"verdict": q.Verdict, "verdict_detail": q.Detail, "noninferior": q.NotAbove,
	}, nil
}

type powerInput struct {
	level
	N1    float64  `json:"n1"`
	N0    float64  `json:"n0"`
	P0    float64  `json:"p0"`
	RR    float64  `json:"rr"`
	Power *float64 `json:"power,omitempty"`
}

func power(in powerInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	p := stats.PlanTwoProportions(stats.Design{
		N1: in.N1, N0: in.N0, P0: in.P0, Ratio: in.RR, Alpha: alpha, Power: either(in.Power, 0.8),
	})
	return Fields{
		"power": p.Power, "mde_rr_up": p.MDEUp, "mde_rr_down": p.MDEDown,
		"n0_required": p.N0Required, "events_required": p.EventsRequired,
	}, nil
}
