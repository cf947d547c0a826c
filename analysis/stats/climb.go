package stats

import "math"

// peak is a log-likelihood at a point in the plane with its gradient and second derivatives.
type peak struct {
	value                  float64
	gradU, gradV           float64
	hessUU, hessUV, hessVV float64
}

// maximise climbs a log-likelihood in two logarithms by Newton steps, damped until they go uphill. It returns false where
// the maximum is not at a finite point.
func maximise(f func(u, v float64) peak, u, v float64) (float64, float64, float64, bool) {
	const farthest = 46 // e^46: further out there is no difference from infinity
	at := f(u, v)
	damping := 0.0
	for range 500 {
		du, dv, ok := uphill(at, damping)
		if ok {
			next := f(u+du, v+dv)
			if next.value >= at.value-1e-13*math.Abs(at.value) {
				u, v, at, damping = u+du, v+dv, next, damping/10
				if math.Abs(u) > farthest || math.Abs(v) > farthest {
					return u, v, at.value, false
				}
				if math.Max(math.Abs(du), math.Abs(dv)) < 1e-10 {
					return u, v, at.value, true
				}
				continue
			}
		}
		if damping = math.Max(damping*10, 1e-4*(1+math.Abs(at.hessUU)+math.Abs(at.hessVV))); math.IsInf(damping, 0) {
			break
		}
	}
	return u, v, at.value, false
}

// uphill solves (damping·I − H)·step = gradient, clipped; ok is false unless the matrix is positive definite.
func uphill(p peak, damping float64) (du, dv float64, ok bool) {
	a, b, c := damping-p.hessUU, -p.hessUV, damping-p.hessVV
	det := a*c - b*b
	if !(a > 0 && det > 0) {
		return 0, 0, false
	}
	du, dv = (c*p.gradU-b*p.gradV)/det, (a*p.gradV-b*p.gradU)/det
	if longest := math.Max(math.Abs(du), math.Abs(dv)); longest > 3 {
		du, dv = du*3/longest, dv*3/longest
	}
	return du, dv, true
}

// priorSizes are the prior strengths that the shrinkage fits start from; the best of the maxima counts.
var priorSizes = [...]float64{5, 50, 500}

// inLogs turns derivatives in a and b into derivatives in ln a and ln b.
func inLogs(a, b float64, p peak) peak {
	return peak{
		value: p.value, gradU: a * p.gradU, gradV: b * p.gradV,
		hessUU: a*a*p.hessUU + a*p.gradU, hessUV: a * b * p.hessUV, hessVV: b*b*p.hessVV + b*p.gradV,
	}
}
