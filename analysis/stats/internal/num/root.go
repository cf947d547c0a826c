package num

import "math"

const (
	maxSteps = 200
	epsilon  = 0x1p-52
)

// Root finds x between lo and hi with f(x) = 0, where f(lo) and f(hi) differ in sign (an infinite value at an end
// is fine). It returns NaN if they do not. The answer is good to a few units in its own last place, so
// roots near zero keep their digits. Method: Chandrupatla (1997), bisection with inverse quadratic steps.
func Root(f func(float64) float64, lo, hi float64) float64 {
	a, b := hi, lo
	fa, fb := f(a), f(b)
	switch {
	case fa == 0:
		return a
	case fb == 0:
		return b
	case !(math.Signbit(fa) != math.Signbit(fb)) || math.IsNaN(fa) || math.IsNaN(fb):
		return math.NaN()
	}
	t := 0.5
	for range maxSteps {
		x := a + t*(b-a)
		fx := f(x)
		c, fc := a, fa
		if math.Signbit(fx) != math.Signbit(fa) {
			c, fc, b, fb = b, fb, a, fa
		}
		a, fa = x, fx
		best, fbest := a, fa
		if math.Abs(fb) < math.Abs(fa) {
			best, fbest = b, fb
		}
		tolerance := (2*epsilon*math.Abs(best) + math.SmallestNonzeroFloat64) / math.Abs(b-a)
		if fbest == 0 || tolerance > 0.5 {
			return best
		}
		t = min(max(nextFraction(a, b, c, fa, fb, fc), tolerance), 1-tolerance)
	}
	return a
}

// nextFraction is where to look next, as a fraction of the way from a to b: the inverse quadratic through the three
// points where that is safe, else the middle.
func nextFraction(a, b, c, fa, fb, fc float64) float64 {
	xi, phi := (a-b)/(c-b), (fa-fb)/(fc-fb)
	if !(phi*phi < xi && (1-phi)*(1-phi) < 1-xi) {
		return 0.5
	}
	return fa/(fb-fa)*fc/(fb-fc) + (c-a)/(b-a)*fa/(fc-fa)*fb/(fc-fb)
}

// RootFrom finds a root of f starting at x0 and going in the direction of step, doubling it until the sign changes or
// limit is passed; NaN if it never changes.
func RootFrom(f func(float64) float64, x0, step, limit float64) float64 {
	lo, flo := x0, f(x0)
	if flo == 0 {
		return x0
	}
	for range maxSteps {
		hi := lo + step
		if (step > 0 && hi > limit) || (step < 0 && hi < limit) {
			hi = limit
		}
		fhi := f(hi)
		if fhi == 0 {
			return hi
		}
		if math.Signbit(fhi) != math.Signbit(flo) {
			return Root(f, lo, hi)
		}
		if hi == limit || math.IsNaN(fhi) {
			return math.NaN()
		}
		lo, flo, step = hi, fhi, 2*step
	}
	return math.NaN()
}

// Newton finds the root of a decreasing function from its value and slope, keeping inside a bracket that it narrows as it
// goes; steps are clipped to ±2, which suits log ratios.
func Newton(f func(x float64) (value, slope float64), x0, lo, hi float64) float64 {
	x := x0
	for range maxSteps {
		y, slope := f(x)
		if y == 0 {
			return x
		}
		if y > 0 {
			lo = x
		} else {
			hi = x
		}
		next := x + min(max(-y/slope, -2), 2)
		if !(next > lo && next < hi) {
			next = lo + (hi-lo)/2
		}
		if math.Abs(next-x) <= 1e-14*math.Max(1, math.Abs(x)) {
			return next
		}
		x = next
	}
	return x
}
