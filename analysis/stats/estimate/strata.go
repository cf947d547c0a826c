package estimate

import "github.com/baserate/baserate/analysis/stats"

func mantelHaenszel(in strataInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	p := stats.MantelHaenszel(in.strata(), alpha)
	return Fields{
		"strata_used": p.StrataUsed, "strata_dropped": p.StrataDropped,
		"rr": p.RR.Value, "rr_log_se": p.RRLogSE, "rr_lo": p.RR.Low, "rr_hi": p.RR.High,
		"odds_ratio": p.OR.Value, "or_log_se": p.ORLogSE, "or_lo": p.OR.Low, "or_hi": p.OR.High,
		"rd": p.RD.Value, "rd_se_gr": p.RDSEGR, "rd_se_sato": p.RDSE, "rd_lo": p.RD.Low, "rd_hi": p.RD.High,
		"cmh": p.CMH.Statistic, "cmh_p": p.CMH.P, "cmh_cc": p.CMHYates.Statistic, "cmh_cc_p": p.CMHYates.P,
		"bd": p.Breslow.Statistic, "bd_df": p.Breslow.DF, "bd_p": p.Breslow.P,
		"bd_tarone": p.Tarone.Statistic, "bd_tarone_p": p.Tarone.P,
	}, nil
}

func conditionalRR(in strataInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	c, t := stats.ConditionalRR(in.strata(), alpha), stats.Coincidence(in.strata())
	return Fields{
		"strata_used": c.StrataUsed, "events_used": c.Events, "events_ai": c.EventsAI, "expected_ai": c.ExpectedAI,
		"score_chi2": c.Score.Statistic, "score_p": c.Score.P, "lr_chi2": c.LR.Statistic, "lr_p": c.LR.P,
		"log_rr": c.LogRR, "rr": c.RR.Value, "log_se": c.LogSE, "lr_lo": c.RR.Low, "lr_hi": c.RR.High,
		"wald_lo": c.Wald.Low, "wald_hi": c.Wald.High,
		"firth_log_rr": c.FirthLog, "firth_rr": c.Firth, "firth_se": c.FirthSE,
		"pb_p_ge": t.AtLeast, "pb_p_le": t.AtMost, "pb_p_ge_mid": t.AtLeastMid, "pb_two_midp": t.TwoSided,
	}, nil
}

type cellsInput struct {
	level
	Cells []cell `json:"cells"`
}

func clusterRR(in cellsInput) (Fields, error) {
	if _, err := in.alpha(); err != nil {
		return nil, err
	}
	c := stats.ClusterRR(cellsOf(in.Cells))
	return Fields{
		"G": c.Clusters, "mh_log_rr": c.LogRR, "mh_se_cr0": c.SECR0, "mh_se_cr1": c.SECR1, "mh_se_jack": c.SEJack,
		"cond_log_rr": c.CondLogRR, "cond_se_model": c.CondSEModel, "cond_se_cr0": c.CondSECR0, "cond_se_cr1": c.CondSECR1,
		"design_effect": c.DesignEffect,
	}, nil
}
