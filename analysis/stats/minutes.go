package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Minutes is outage minutes of one stratum: their sum, the sum of their squares and the changes, for each arm.
type Minutes struct {
	Sum1, Squares1, N1 float64
	Sum0, Squares0, N0 float64
}

// DominatedBelow is the effective number of outages under which a ratio of minutes rests on too few of them for a verdict.
const DominatedBelow = 10

// MinutesRatio compares outage minutes per change.
type MinutesRatio struct {
	Ratio      Estimate
	LogSE      Number
	Effective1 Number // (Σm)²/Σm²: the number of equal outages that would weigh as much
	Effective0 Number
}

// Dominated reports whether either arm rests on fewer than ten effective outages.
func (m MinutesRatio) Dominated() bool {
	return m.Effective1.Or(0) < DominatedBelow || m.Effective0.Or(0) < DominatedBelow
}

// CompareMinutes is the Mantel–Haenszel weighted ratio of outage minutes per change, with the variance of a compound
// Poisson process (E10).
func CompareMinutes(strata []Minutes, alpha float64) MinutesRatio {
	var r, s, vr, vs, m1, q1, m0, q0 num.Sum
	overlap := make([]Stratum, 0, len(strata))
	for _, k := range strata {
		if !k.valid() {
			u := Undefined(InvalidInput)
			return MinutesRatio{undefinedEstimate(InvalidInput), u, u, u}
		}
		m1.Add(k.Sum1)
		q1.Add(k.Squares1)
		m0.Add(k.Sum0)
		q0.Add(k.Squares0)
		overlap = append(overlap, Stratum{N1: k.N1, N0: k.N0})
		if k.N1 > 0 && k.N0 > 0 {
			u1, u0 := k.N1/(k.N1+k.N0), k.N0/(k.N1+k.N0)
			r.Add(k.Sum1 * u0)
			s.Add(k.Sum0 * u1)
			vr.Add(u0 * u0 * k.Squares1)
			vs.Add(u1 * u1 * k.Squares0)
		}
	}
	rt, st := r.Value(), s.Value()
	ratio := quotient(rt, st, emptyReason(overlap))
	se := spread(ratio, vr.Value()/rt/rt+vs.Value()/st/st)
	return MinutesRatio{
		Ratio: logRatio(ratio, se, alpha, 0), LogSE: se,
		Effective1: effective(m1.Value(), q1.Value()), Effective0: effective(m0.Value(), q0.Value()),
	}
}

func effective(sum, squares float64) Number {
	return quotient(sum*sum, squares, NoIncidents)
}

func (k Minutes) valid() bool {
	for _, x := range []float64{k.Sum1, k.Squares1, k.N1, k.Sum0, k.Squares0, k.N0} {
		if !(x >= 0 && x <= 1e100) {
			return false
		}
	}
	return math.Max(k.N1, k.N0) <= MaxCount
}
