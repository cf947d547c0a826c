package stats

import (
	"cmp"
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Time is a bin of a histogram of waiting times: at T, Events ended (merged, reviewed) and Censored were still open when the
// data ended. Those open at T count as at risk at T.
type Time struct {
	T, Events, Censored float64
}

// Survival is one arm's Kaplan–Meier curve summed up. Open ones are never dropped: that would favour the arm with the
// slow tail.
type Survival struct {
	N, Events float64
	Median    Estimate // log-log band (Brookmeyer & Crowley 1982); undefined if not reached
	At        Estimate // share still open at the time asked for, log-log interval
	AtSE      Number   // Greenwood
	Mean      Number   // mean time up to tau (restricted mean)
	MeanSE    Number
}

// curve is the Kaplan–Meier steps: just after time[i] a share s[i] is still open; g is Greenwood's sum.
type curve struct {
	time, s, g   []float64
	events, risk []float64
}

// KaplanMeier sums up one arm (E10): the share still open at a time, and the mean up to tau.
func KaplanMeier(times []Time, at, tau, alpha float64) Survival {
	rows, n, events, why := orderTimes(times)
	if why == "" && (math.IsNaN(at+tau) || at < 0 || tau < 0) {
		why = InvalidInput
	}
	if why != "" {
		u, e := Undefined(why), undefinedEstimate(why)
		return Survival{0, 0, e, e, u, u, u}
	}
	c := newCurve(rows, n)
	z := num.Z(alpha)
	out := Survival{N: n, Events: events, Median: c.median(z)}
	out.Median.N = events
	out.At, out.AtSE = c.at(at, z)
	out.At.N = events
	out.Mean, out.MeanSE = c.restrictedMean(tau)
	return out
}

// orderTimes sorts and merges the bins and counts what is in them.
func orderTimes(times []Time) (rows []Time, n, events float64, why Reason) {
	rows = slices.Clone(times)
	slices.SortFunc(rows, func(x, y Time) int {
		return cmp.Or(cmp.Compare(x.T, y.T), cmp.Compare(x.Events, y.Events), cmp.Compare(x.Censored, y.Censored))
	})
	var total, ended num.Sum
	merged := rows[:0]
	for _, r := range rows {
		if !countable(r.Events) || !countable(r.Censored) || !(r.T >= 0) || math.IsInf(r.T, 0) {
			return nil, 0, 0, InvalidInput
		}
		total.Add(r.Events + r.Censored)
		ended.Add(r.Events)
		if k := len(merged) - 1; k >= 0 && merged[k].T == r.T {
			merged[k].Events += r.Events
			merged[k].Censored += r.Censored
			continue
		}
		merged = append(merged, r)
	}
	if total.Value() == 0 {
		return nil, 0, 0, NoChanges
	}
	return merged, total.Value(), ended.Value(), ""
}

func newCurve(rows []Time, n float64) *curve {
	c := &curve{}
	s, greenwood, risk := 1.0, 0.0, n
	for _, r := range rows {
		if r.Events > 0 {
			left := math.Max(0, risk-r.Events)
			s *= left / risk
			greenwood += r.Events / risk / left // infinite once nobody is left; unused from there
			c.time, c.s, c.g = append(c.time, r.T), append(c.s, s), append(c.g, greenwood)
			c.events, c.risk = append(c.events, r.Events), append(c.risk, risk)
		}
		risk = math.Max(0, risk-r.Events-r.Censored)
	}
	return c
}

// band is the log-log interval of a share still open; ok is false at 0 and 1, where it does not exist.
func band(s, greenwood, z float64) (low, high float64, ok bool) {
	if !(s > 0 && s < 1) {
		return 0, 0, false
	}
	k := math.Exp(z * math.Sqrt(greenwood) / math.Abs(math.Log(s)))
	return math.Pow(s, k), math.Pow(s, 1/k), true
}

// at reads the curve at a time.
func (c *curve) at(t, z float64) (Estimate, Number) {
	i, _ := slices.BinarySearchFunc(c.time, t, func(x, t float64) int {
		if x <= t {
			return -1
		}
		return 1
	})
	if i == 0 {
		return Estimate{Value: Num(1), Low: Undefined(NoVariance), High: Undefined(NoVariance)}, Num(0)
	}
	s, g := c.s[i-1], c.g[i-1]
	low, high, ok := band(s, g, z)
	if !ok {
		return Estimate{Value: Num(s), Low: Undefined(NoVariance), High: Undefined(NoVariance)}, Num(0)
	}
	return Estimate{Value: Num(s), Low: Num(low), High: Num(high)}, Num(s * math.Sqrt(g))
}

// median is the first time at which half are done; where exactly half are, the middle of the step. Its limits are where
// the band's ends cross the half.
func (c *curve) median(z float64) Estimate {
	var times, lows, highs []float64
	for i, s := range c.s {
		if low, high, ok := band(s, c.g[i], z); ok {
			times, lows, highs = append(times, c.time[i]), append(lows, low), append(highs, high)
		}
	}
	return Estimate{Value: crossing(c.time, c.s), Low: crossing(times, lows), High: crossing(times, highs)}
}

// halfSlack lets a share that is one half but for rounding count as one half.
const halfSlack = 1.5e-8

func crossing(times, shares []float64) Number {
	for i, s := range shares {
		if s >= 0.5+halfSlack {
			continue
		}
		if math.Abs(s-0.5) < halfSlack {
			for j := i + 1; j < len(shares); j++ {
				if shares[j] < s {
					return Num((times[i] + times[j]) / 2)
				}
			}
		}
		return Num(times[i])
	}
	return Undefined(NotReached)
}
