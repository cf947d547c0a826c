package stats

import "math"

// Prevalence is a share corrected for detection errors (Rogan & Gladen 1978).
type Prevalence struct {
	Apparent  Number // share labelled
	Corrected Number // share after correction, kept within 0 and 1
	SE        Number // standard error of the corrected share, from the sample alone
}

// CorrectPrevalence corrects x of n labelled for sensitivity and specificity (E11).
func CorrectPrevalence(x, n, sensitivity, specificity float64) Prevalence {
	if why := badShare(x, n); why != "" {
		return Prevalence{Undefined(why), Undefined(why), Undefined(why)}
	}
	p := Prevalence{Apparent: Num(x / n)}
	j := sensitivity + specificity - 1
	if !(sensitivity >= 0 && sensitivity <= 1 && specificity >= 0 && specificity <= 1 && j > 0) {
		p.Corrected, p.SE = Undefined(Infeasible), Undefined(Infeasible)
		return p
	}
	p.Corrected = Num(math.Min(1, math.Max(0, (x/n+specificity-1)/j)))
	p.SE = Num(math.Sqrt(x/n*(1-x/n)/n) / j)
	return p
}

// PrevalenceBand is the corrected share over the intervals of a measured sensitivity and specificity.
func PrevalenceBand(x, n float64, sensitivity, specificity Estimate) Estimate {
	at := func(se, sp Number) Number { return CorrectPrevalence(x, n, se.Or(-1), sp.Or(-1)).Corrected }
	return Estimate{
		Value: at(sensitivity.Value, specificity.Value),
		Low:   at(sensitivity.High, specificity.Low), // fewest missed, most mistaken
		High:  at(sensitivity.Low, specificity.High),
		N:     x,
	}
}

// TargetReading says whether a share has reached a target.
type TargetReading string

// The readings of a target.
const (
	TargetReached    TargetReading = "reached"
	TargetNotReached TargetReading = "not_reached"
	TargetNoise      TargetReading = "within_noise"
	TargetUnknown    TargetReading = "unknown"
)

// ReadTarget compares a share with a target by its interval.
func ReadTarget(share Estimate, target float64) TargetReading {
	switch {
	case !share.Low.OK() || !share.High.OK():
		return TargetUnknown
	case share.Low.F >= target:
		return TargetReached
	case share.High.F < target:
		return TargetNotReached
	}
	return TargetNoise
}
