package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Estimate is a point estimate with its interval and the number of events (incidents) it rests on.
type Estimate struct {
	Value Number  `json:"value"`
	Low   Number  `json:"low"`
	High  Number  `json:"high"`
	N     float64 `json:"n"`
}

// Interval is a range; an end may be infinite.
type Interval struct {
	Low  Number `json:"low"`
	High Number `json:"high"`
}

// Test is a test statistic, its degrees of freedom where it has any, and its two-sided p-value.
type Test struct {
	Statistic Number `json:"statistic"`
	DF        int    `json:"df,omitempty"`
	P         Number `json:"p"`
}

// Interval is the estimate's interval.
func (e Estimate) Interval() Interval { return Interval{e.Low, e.High} }

// Contains reports whether x lies within the interval, ends included.
func (i Interval) Contains(x float64) bool {
	return i.Low.OK() && i.High.OK() && i.Low.F <= x && x <= i.High.F
}

// undefinedEstimate is an estimate of which nothing is known.
func undefinedEstimate(why Reason) Estimate {
	u := Undefined(why)
	return Estimate{Value: u, Low: u, High: u}
}

func undefinedInterval(why Reason) Interval { return Interval{Undefined(why), Undefined(why)} }

func undefinedTest(why Reason) Test { return Test{Statistic: Undefined(why), P: Undefined(why)} }

// ratioEstimate is exp(log ± z·se), for a ratio whose logarithm is about normal.
func ratioEstimate(log, se Number, alpha, events float64) Estimate {
	i := ratioInterval(log, se, num.Z(alpha))
	return Estimate{log.Then(math.Exp), i.Low, i.High, events}
}

func ratioInterval(log, se Number, z float64) Interval {
	i := waldInterval(log, se, z)
	return Interval{i.Low.Then(math.Exp), i.High.Then(math.Exp)}
}

// waldInterval is x ± z·se.
func waldInterval(x, se Number, z float64) Interval {
	if x.OK() && !x.Finite() {
		return undefinedInterval(OneSided)
	}
	return Interval{
		both(x, se, func(x, s float64) float64 { return x - z*s }),
		both(x, se, func(x, s float64) float64 { return x + z*s }),
	}
}

// chiSquared makes a test of a chi-squared statistic.
func chiSquared(x Number, df int) Test {
	return Test{x, df, x.Then(func(x float64) float64 { return num.ChiSquaredUpper(x, float64(df)) })}
}
