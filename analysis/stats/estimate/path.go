package estimate

import "github.com/baserate/baserate/analysis/stats"

func decomposition(in strataInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	d := stats.Decompose(in.strata(), alpha)
	return Fields{
		"dropped_ai": d.DroppedAI, "dropped_human": d.DroppedHuman,
		"r11": d.R11, "r10": d.R10, "r00": d.R00, "r01": d.R01,
		"total_rr": d.Total.Value, "direct_rr": d.Direct.Value, "indirect_rr": d.Indirect.Value, "smr": d.SMR.Value,
		"total_log_se": d.TotalSE, "direct_log_se": d.DirectSE, "indirect_log_se": d.IndirectSE, "smr_log_se": d.SMRSE,
		"total_lo": d.Total.Low, "total_hi": d.Total.High, "direct_lo": d.Direct.Low, "direct_hi": d.Direct.High,
		"indirect_lo": d.Indirect.Low, "indirect_hi": d.Indirect.High, "smr_lo": d.SMR.Low, "smr_hi": d.SMR.High,
		"kitagawa_total": d.Difference, "kitagawa_rate": d.Rate, "kitagawa_mix": d.Mix,
	}, nil
}

func attributable(in strataInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	a := stats.AttributableShare(in.strata(), alpha)
	return Fields{
		"rr":         a.RR.Value,
		"af_exposed": a.Exposed.Value, "af_exposed_lo": a.Exposed.Low, "af_exposed_hi": a.Exposed.High,
		"case_share": a.CaseShare, "paf": a.PAF,
		"excess": a.Excess.Value, "excess_lo": a.Excess.Low, "excess_hi": a.Excess.High,
	}, nil
}

type interactionInput struct {
	level
	Low  row `json:"low"`
	High row `json:"high"`
}

func interaction(in interactionInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	x := stats.Interact(stats.Stratum(in.Low), stats.Stratum(in.High), alpha)
	return Fields{
		"rr_ai_low": x.AILow, "rr_human_high": x.HumanHigh, "rr_ai_high_vs_ref": x.AIHighRef, "rr_ai_high": x.AIHigh,
		"ratio_of_rr": x.Ratio.Value, "ratio_log_se": x.RatioLogSE, "ratio_lo": x.Ratio.Low, "ratio_hi": x.Ratio.High,
		"reri": x.RERI.Value, "reri_se": x.RERISE, "reri_lo": x.RERI.Low, "reri_hi": x.RERI.High,
		"ap": x.AP, "synergy": x.Synergy,
	}, nil
}
