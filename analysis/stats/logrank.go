package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// restrictedMean is the area under the curve up to tau, and its standard error.
func (c *curve) restrictedMean(tau float64) (mean, se Number) {
	areas := make([]float64, len(c.time)) // area from each event time to tau
	var total, variance num.Sum
	from, s := 0.0, 1.0
	last := 0
	for i, t := range c.time {
		if t > tau {
			break
		}
		total.Add((t - from) * s)
		from, s, last = t, c.s[i], i+1
	}
	total.Add((tau - from) * s)
	var rest num.Sum
	end := tau
	for i := last - 1; i >= 0; i-- {
		rest.Add((end - c.time[i]) * c.s[i])
		end, areas[i] = c.time[i], rest.Value()
		if left := c.risk[i] - c.events[i]; left > 0 {
			variance.Add(areas[i] * areas[i] * c.events[i] / c.risk[i] / left)
		}
	}
	return Num(total.Value()), Num(math.Sqrt(variance.Value()))
}

// LogRank compares the waiting times of two arms.
type LogRank struct {
	Observed1, Expected1, Variance Number // events of arm 1: seen, expected if the arms were alike, variance
	Test
}

// CompareTimes is the log-rank test of arm 1 against arm 0 (E10).
func CompareTimes(arm1, arm0 []Time) LogRank {
	return CompareTimesStratified([][2][]Time{{arm1, arm0}})
}

// CompareTimesStratified adds observed, expected and variance over strata, each a pair of arm 1 and arm 0.
func CompareTimesStratified(strata [][2][]Time) LogRank {
	var observed, expected, variance num.Sum
	for _, s := range strata {
		arms, n, why := bothArms(s)
		if why != "" {
			u := Undefined(why)
			return LogRank{u, u, u, undefinedTest(why)}
		}
		logRank(arms, n, &observed, &expected, &variance)
	}
	l := LogRank{Observed1: Num(observed.Value()), Expected1: Num(expected.Value()), Variance: Num(variance.Value())}
	if !(l.Variance.F > 0) {
		l.Test = undefinedTest(NoVariance)
		return l
	}
	d := l.Observed1.F - l.Expected1.F
	l.Test = chiSquared(Num(d*d/l.Variance.F), 1)
	return l
}

// bothArms orders the two arms of a stratum; an empty arm is allowed and adds nothing.
func bothArms(s [2][]Time) (arms [2][]Time, n [2]float64, why Reason) {
	for i := range s {
		arms[i], n[i], _, why = orderTimes(s[i])
		if why == InvalidInput {
			return arms, n, why
		}
	}
	return arms, n, ""
}

// logRank walks both arms' times in step and adds up one stratum.
func logRank(arms [2][]Time, risk [2]float64, observed, expected, variance *num.Sum) {
	for len(arms[0]) > 0 || len(arms[1]) > 0 {
		t := math.Min(firstTime(arms[0]), firstTime(arms[1]))
		var here [2]Time
		for i := range arms {
			if firstTime(arms[i]) == t {
				here[i], arms[i] = arms[i][0], arms[i][1:]
			}
		}
		d, n := here[0].Events+here[1].Events, risk[0]+risk[1]
		if d > 0 && n > 0 {
			observed.Add(here[0].Events)
			expected.Add(d * risk[0] / n)
			if n > 1 {
				variance.Add(d * (risk[0] / n) * (risk[1] / n) * ((n - d) / (n - 1)))
			}
		}
		for i := range risk {
			risk[i] = math.Max(0, risk[i]-here[i].Events-here[i].Censored)
		}
	}
}

func firstTime(times []Time) float64 {
	if len(times) == 0 {
		return math.Inf(1)
	}
	return times[0].T
}

// MeanDifference is the difference of two restricted means in the unit of time, the number people understand.
func MeanDifference(arm1, arm0 Survival, alpha float64) (difference Estimate, se Number) {
	d := both(arm1.Mean, arm0.Mean, func(x, y float64) float64 { return x - y })
	se = both(arm1.MeanSE, arm0.MeanSE, math.Hypot)
	i := waldInterval(d, se, num.Z(alpha))
	return Estimate{d, i.Low, i.High, arm1.Events + arm0.Events}, se
}
