package stats

import "github.com/baserate/baserate/analysis/stats/internal/num"

// Standardised is observed over expected incidents with the exact Poisson interval.
type Standardised struct {
	Ratio   Estimate
	AtLeast Number // P(X ≥ observed) if the expectation held
	AtMost  Number // P(X ≤ observed)
}

// ObservedExpected compares a whole number of incidents with an expectation.
func ObservedExpected(observed, expected, alpha float64) Standardised {
	if !countable(observed) || !countable(expected) || !whole(observed) {
		u := Undefined(InvalidInput)
		return Standardised{undefinedEstimate(InvalidInput), u, u}
	}
	t := num.PoissonTails(observed, expected)
	s := Standardised{AtLeast: Num(t.AtLeast), AtMost: Num(t.AtMost)}
	s.Ratio = Estimate{quotient(observed, expected, NoIncidents), Undefined(NoIncidents), Undefined(NoIncidents), observed}
	if expected == 0 {
		return s
	}
	s.Ratio.Low = Num(0)
	if observed > 0 {
		s.Ratio.Low = Num(num.GammaQuantile(alpha/2, observed) / expected)
	}
	s.Ratio.High = Num(num.GammaUpperQuantile(alpha/2, observed+1) / expected)
	return s
}
