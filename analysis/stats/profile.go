package stats

import (
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// maxProfile bounds the search for a profile limit, in standard errors.
const maxProfile = 60

// profile is the interval {b: 2(ℓ* − ℓ*(b)) ≤ z²} of one coefficient, the others being re-fitted at each b, and the test
// that it is zero.
func (d *design) profile(f *fit, j int, z float64) (Interval, Test) {
	se := math.Sqrt(f.inv.At(j, j))
	drop := d.dropper(f, j)
	limit := func(sign float64) Number {
		g := func(t float64) float64 { return drop(f.beta[j]+sign*t*se) - z*z }
		t := num.RootFrom(g, 0, z, maxProfile)
		if math.IsNaN(t) {
			return Num(math.Inf(int(sign)))
		}
		return Num(f.beta[j] + sign*t*se)
	}
	test := chiSquared(Num(math.Max(0, drop(0))), 1)
	return Interval{limit(-1), limit(1)}, test
}

// dropper is 2(ℓ* − ℓ*(b)) as a function of b. Each fit starts from the one before, which is near. Where no fit exists the
// information has vanished, and the drop is infinite.
func (d *design) dropper(f *fit, j int) func(float64) float64 {
	last := slices.Clone(f.beta)
	return func(b float64) float64 {
		start := slices.Clone(last)
		start[j] = b
		at, why := d.penalised(start, j)
		if why != "" {
			start = slices.Clone(f.beta)
			start[j] = b
			if at, why = d.penalised(start, j); why != "" {
				return math.Inf(1)
			}
		}
		last = at.beta
		return 2 * (f.logLik - at.logLik)
	}
}
