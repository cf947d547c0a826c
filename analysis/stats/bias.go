package stats

import "math"

// EValue is how strongly an unmeasured factor would have to be tied both to the use of AI and to incidents (as a risk
// ratio each) to explain an effect away, and to move its interval to 1 (VanderWeele & Ding 2017).
type EValue struct {
	Estimate Number // for the point estimate
	CI       Number // for the end of the interval nearer 1; 1 if the interval contains 1
}

// EValueOf computes the E-value of a risk ratio (E9).
func EValueOf(rr Estimate) EValue {
	e := EValue{rr.Value.Then(eValue), Undefined(NotEstimable)}
	switch {
	case !rr.Value.OK():
		e.CI = rr.Value
	case !rr.Low.OK() || !rr.High.OK():
		e.CI = both(rr.Low, rr.High, math.Min)
	case rr.Low.F <= 1 && rr.High.F >= 1:
		e.CI = Num(1)
	case rr.Low.F > 1:
		e.CI = rr.Low.Then(eValue)
	default:
		e.CI = rr.High.Then(eValue)
	}
	return e
}

func eValue(rr float64) float64 {
	if rr < 0 {
		return math.NaN()
	}
	rr = math.Max(rr, 1/rr)
	if math.IsInf(rr, 1) {
		return rr
	}
	return rr + math.Sqrt(rr)*math.Sqrt(rr-1)
}
