package estimate

import "github.com/baserate/baserate/analysis/stats"

type tableInput struct {
	level
	table
}

func (in tableInput) read() (s stats.Stratum, alpha float64, err error) {
	if s, err = in.stratum(); err != nil {
		return s, 0, err
	}
	alpha, err = in.alpha()
	return s, alpha, err
}

func twoByTwo(in tableInput) (Fields, error) {
	s, alpha, err := in.read()
	if err != nil {
		return nil, err
	}
	t, x := stats.TwoByTwo(s, alpha), stats.FisherExact(s, alpha)
	return Fields{
		"risk1": t.Risk1.Value, "wilson1_lo": t.Risk1.Low, "wilson1_hi": t.Risk1.High,
		"risk0": t.Risk0.Value, "wilson0_lo": t.Risk0.Low, "wilson0_hi": t.Risk0.High,
		"rd": t.RD, "rd_se": t.RDSE, "rd_wald_lo": t.RDWald.Low, "rd_wald_hi": t.RDWald.High,
		"rd_newcombe_lo": t.RDNewcombe.Low, "rd_newcombe_hi": t.RDNewcombe.High,
		"rd_mn_lo": t.RDScore.Low, "rd_mn_hi": t.RDScore.High,
		"rr": t.RR.Value, "rr_log_se": t.RRLogSE, "rr_lo": t.RR.Low, "rr_hi": t.RR.High,
		"rr_mn_lo": t.RRScore.Low, "rr_mn_hi": t.RRScore.High,
		"odds_ratio": t.OR.Value, "or_log_se": t.ORLogSE, "or_lo": t.OR.Low, "or_hi": t.OR.High,
		"chi2": t.ChiSquared.Statistic, "chi2_p": t.ChiSquared.P,
		"fisher_p": x.TwoSided, "fisher_p_greater": x.Greater, "fisher_p_less": x.Less, "fisher_midp": x.MidP,
		"or_cmle": x.OddsRatio, "or_exact_lo": x.CI.Low, "or_exact_hi": x.CI.High,
		"or_midp_lo": x.CIMidP.Low, "or_midp_hi": x.CIMidP.High,
	}, nil
}

func poissonRR(in tableInput) (Fields, error) {
	s, alpha, err := in.read()
	if err != nil {
		return nil, err
	}
	x := stats.PoissonRR(s, alpha)
	return Fields{
		"share": x.Share, "p_ge": x.Tails.AtLeast, "p_le": x.Tails.AtMost,
		"p_ge_mid": x.Tails.AtLeastMid, "p_le_mid": x.Tails.AtMostMid, "p_two_midp": x.TwoSided,
		"rr": x.RR, "rr_exact_lo": x.Exact.Low, "rr_exact_hi": x.Exact.High,
		"rr_midp_lo": x.MidP.Low, "rr_midp_hi": x.MidP.High,
	}, nil
}

type proportionInput struct {
	level
	X      float64  `json:"x"`
	N      float64  `json:"n"`
	Target *float64 `json:"target,omitempty"`
}

func singleProportion(in proportionInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	if err := between("n", in.N, 0, stats.MaxCount); err != nil {
		return nil, err
	}
	if err := between("x", in.X, 0, in.N); err != nil {
		return nil, err
	}
	wilson, exact, jeffreys := stats.Wilson(in.X, in.N, alpha), stats.ClopperPearson(in.X, in.N, alpha), stats.Jeffreys(in.X, in.N, alpha)
	f := Fields{
		"p": wilson.Value, "wilson_lo": wilson.Low, "wilson_hi": wilson.High,
		"cp_lo": exact.Low, "cp_hi": exact.High, "jeffreys_lo": jeffreys.Low, "jeffreys_hi": jeffreys.High,
	}
	if in.Target == nil {
		return f, nil
	}
	if err := between("target", *in.Target, 0, 1); err != nil {
		return nil, err
	}
	t := stats.AgainstTarget(in.X, in.N, *in.Target)
	f["p_ge"], f["p_le"], f["z_target"] = t.AtLeast, t.AtMost, t.Z
	return f, nil
}
