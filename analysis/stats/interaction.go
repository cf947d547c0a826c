package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Interaction compares the effect of AI at two levels of a moderator, such as permission. The reference is human changes
// at the low level.
type Interaction struct {
	AILow     Number // RR of AI at the low level
	HumanHigh Number // RR of the high level among human changes
	AIHighRef Number // RR of AI at the high level against the reference
	AIHigh    Number // RR of AI at the high level

	Ratio      Estimate // AIHigh/AILow: interaction on the multiplicative scale
	RatioLogSE Number
	RERI       Estimate // excess risk due to interaction, on the additive scale (Hosmer & Lemeshow 1992)
	RERISE     Number
	AP         Number // RERI/AIHighRef, the part of the joint risk due to interaction
	Synergy    Number // Rothman's synergy index
}

// Interact compares two levels, one table each (E7).
func Interact(low, high Stratum, alpha float64) Interaction {
	if why := noInteraction(low, high); why != "" {
		u, e := Undefined(why), undefinedEstimate(why)
		return Interaction{u, u, u, u, e, u, e, u, u, u}
	}
	a, h := low.A/low.N1, low.C/low.N0
	ah, hh := high.A/high.N1, high.C/high.N0
	x := Interaction{
		AILow: quotient(a, h, NoIncidents), HumanHigh: quotient(hh, h, NoIncidents),
		AIHighRef: quotient(ah, h, NoIncidents), AIHigh: quotient(ah, hh, NoIncidents),
	}
	events := low.m() + high.m()
	variance := logRisk(low.A, low.N1) + logRisk(low.C, low.N0) + logRisk(high.A, high.N1) + logRisk(high.C, high.N0)
	ratio := quotient(ah*h, hh*a, NoIncidents)
	x.RatioLogSE = spread(ratio, variance)
	x.Ratio = logRatio(ratio, x.RatioLogSE, alpha, events)
	x.additive(low, high, alpha, events)
	return x
}

func noInteraction(low, high Stratum) Reason {
	switch {
	case !low.valid() || !high.valid():
		return InvalidInput
	case !low.overlaps():
		return emptyReason([]Stratum{low})
	case !high.overlaps():
		return emptyReason([]Stratum{high})
	}
	return ""
}

// logRisk is the variance of the logarithm of y/n.
func logRisk(y, n float64) float64 { return 1/y - 1/n }

// additive fills in RERI with its delta-method error, AP and the synergy index.
func (x *Interaction) additive(low, high Stratum, alpha, events float64) {
	alone := both(x.AILow, x.HumanHigh, func(x, y float64) float64 { return x + y })
	reri := both(x.AIHighRef, alone, func(joint, alone float64) float64 { return joint - alone + 1 })
	if !x.RatioLogSE.OK() { // a cell without incidents: its log risk has no finite variance
		u := x.RatioLogSE
		x.RERI, x.RERISE = Estimate{reri, u, u, events}, u
	} else {
		x.rateError(reri, low, high, alpha, events)
	}
	x.AP = both(reri, x.AIHighRef, func(e, r float64) float64 { return e / r })
	x.Synergy = both(x.AIHighRef, alone, func(joint, alone float64) float64 { return (joint - 1) / (alone - 2) })
}

// rateError is the delta-method error of RERI from its gradient in the four log risks.
func (x *Interaction) rateError(reri Number, low, high Stratum, alpha, events float64) {
	r11, r10, r01 := x.AIHighRef.F, x.AILow.F, x.HumanHigh.F
	reference := r10 + r01 - r11
	x.RERISE = Num(math.Sqrt(r11*r11*logRisk(high.A, high.N1) + r10*r10*logRisk(low.A, low.N1) +
		r01*r01*logRisk(high.C, high.N0) + reference*reference*logRisk(low.C, low.N0)))
	i := waldInterval(reri, x.RERISE, num.Z(alpha))
	x.RERI = Estimate{reri, i.Low, i.High, events}
}
