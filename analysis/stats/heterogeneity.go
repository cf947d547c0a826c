package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Heterogeneity tests that independent effects are one and the same: Cochran's Q, the squared distances of the logarithms from
// their mean, weighted by their precision (Cochran 1954). It is undefined for fewer than two effects, or where one has no error.
func Heterogeneity(effects []Effect) Test {
	if len(effects) < 2 {
		return undefinedTest(NotEstimable)
	}
	var weight, sum num.Sum
	for _, e := range effects {
		if !(e.SE > 0) || math.IsInf(e.SE, 1) || math.IsNaN(e.Log) || math.IsInf(e.Log, 0) {
			return undefinedTest(InvalidInput)
		}
		weight.Add(1 / (e.SE * e.SE))
		sum.Add(e.Log / (e.SE * e.SE))
	}
	mean := sum.Value() / weight.Value()
	var q num.Sum
	for _, e := range effects {
		z := (e.Log - mean) / e.SE
		q.AddProduct(z, z)
	}
	return chiSquared(Num(q.Value()), len(effects)-1)
}
