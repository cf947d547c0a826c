package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// AccessReading is what a decomposition says about "access control, not autonomy".
type AccessReading string

// The readings.
const (
	AccessSupported    AccessReading = "supported"           // direct effect equivalent within the margin, indirect above 1
	AccessContradicted AccessReading = "contradicted"        // direct effect above 1, or RR at operator level above the margin
	AccessUnseparated  AccessReading = "cannot_be_separated" // neither
)

// ReadAccess reads a decomposition, with the risk ratio among changes made with operator permission beside it. direct90 is
// the 90 % interval of the direct effect; the other intervals are at 95 %.
func ReadAccess(d Decomposition, direct90 Interval, operator Estimate, margin float64) AccessReading {
	switch {
	case d.Direct.Low.OK() && d.Direct.Low.F > 1, operator.Low.OK() && operator.Low.F > margin:
		return AccessContradicted
	case within(direct90, margin) && d.Indirect.Low.OK() && d.Indirect.Low.F > 1:
		return AccessSupported
	}
	return AccessUnseparated
}

// Counterfactual is how many incidents to expect in arm 0 if its changes had arm 1's risk, stratum by stratum: what a second
// approval on all changes would have come to, with approved changes as arm 1 and the others as arm 0. Strata without
// arm-1 changes keep what they had; Kept says how many of the changes that is.
type Counterfactual struct {
	Observed float64  // incidents in arm 0
	Expected Estimate // incidents in arm 0 at arm 1's risk
	Kept     float64  // changes of arm 0 in strata with nothing to compare with
}

// Swap computes the counterfactual (g-formula) with a delta-method interval.
func Swap(strata []Stratum, alpha float64) Counterfactual {
	if !validStrata(strata) {
		return Counterfactual{Expected: undefinedEstimate(InvalidInput)}
	}
	all := Crude(strata)
	if all.N0 == 0 {
		return Counterfactual{Expected: undefinedEstimate(NoHumanChanges)}
	}
	var expected, variance, kept num.Sum
	for _, s := range strata {
		if s.N1 == 0 {
			expected.Add(s.C)
			kept.Add(s.N0)
			continue
		}
		r := s.A / s.N1
		expected.Add(s.N0 * r)
		variance.Add(s.N0 * (s.N0 / s.N1) * r * (1 - r))
	}
	i := waldInterval(Num(expected.Value()), Num(math.Sqrt(variance.Value())), num.Z(alpha))
	i.Low = i.Low.Then(func(x float64) float64 { return math.Max(0, x) })
	return Counterfactual{
		Observed: all.C, Kept: kept.Value(),
		Expected: Estimate{Num(expected.Value()), i.Low, i.High, all.m()},
	}
}
