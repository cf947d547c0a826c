package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func anyTimes() *rapid.Generator[[]Time] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Time {
		return Time{
			T:      float64(rapid.IntRange(0, 12).Draw(t, "t")),
			Events: float64(rapid.IntRange(0, 4).Draw(t, "events")), Censored: float64(rapid.IntRange(0, 3).Draw(t, "open")),
		}
	}), 0, 15)
}

// TestKaplanMeierWithoutOpenEnds is the plain share and mean.
func TestKaplanMeierWithoutOpenEnds(t *testing.T) {
	times := []Time{{1, 2, 0}, {4, 3, 0}, {6, 1, 0}, {10, 4, 0}}
	s := KaplanMeier(times, 5, 100, 0.05)
	near(t, "open at 5", s.At.Value, 0.5, 1e-14)
	near(t, "its error", s.AtSE, math.Sqrt(0.25/10), 1e-12)
	near(t, "mean", s.Mean, (2*1+3*4+6+4*10)/10.0, 1e-12)
	near(t, "median", s.Median.Value, 5, 1e-14) // exactly half are done at 4: halfway to 6
	undefined(t, "median of the patient", KaplanMeier([]Time{{1, 1, 0}, {2, 0, 9}}, 1, 2, 0.05).Median.Value, NotReached)
	undefined(t, "median of nobody", KaplanMeier(nil, 1, 2, 0.05).Median.Value, NoChanges)
	undefined(t, "median of nonsense", KaplanMeier([]Time{{-1, 1, 0}}, 1, 2, 0.05).Median.Value, InvalidInput)
	early := KaplanMeier(times, 0.5, 100, 0.05)
	if early.At.Value.F != 1 || early.At.Low.OK() {
		t.Errorf("before the first event: %+v", early.At)
	}
}

func TestTimesAreOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := anyTimes().Draw(t, "arm 1"), anyTimes().Draw(t, "arm 0")
		seed := rapid.Uint64().Draw(t, "seed")
		a, b := KaplanMeier(x, 3, 7, 0.05), KaplanMeier(shuffled(x, seed), 3, 7, 0.05)
		requireFit(t, a)
		if !identical(a, b) {
			t.Fatalf("%+v, then %+v", a, b)
		}
		l, m := CompareTimes(x, y), CompareTimes(shuffled(x, seed), shuffled(y, seed))
		requireFit(t, l)
		if !identical(l, m) {
			t.Fatalf("%+v, then %+v", l, m)
		}
		swapped := CompareTimes(y, x)
		if l.Statistic.OK() && math.Abs(l.Statistic.F-swapped.Statistic.F) > 1e-9*(1+l.Statistic.F) {
			t.Fatalf("log-rank %v, arms swapped %v", l.Statistic, swapped.Statistic)
		}
		if l.Observed1.OK() {
			both := CompareTimesStratified([][2][]Time{{x, y}, {x, y}})
			if math.Abs(both.Variance.F-2*l.Variance.F) > 1e-9 {
				t.Fatalf("two equal strata have variance %v, one %v", both.Variance, l.Variance)
			}
		}
	})
}

// TestMannWhitneyAgainstAllPairs counts the pairs.
func TestMannWhitneyAgainstAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bins := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Bin {
			return Bin{float64(rapid.IntRange(0, 8).Draw(t, "value")), float64(rapid.IntRange(0, 5).Draw(t, "n1")), float64(rapid.IntRange(0, 5).Draw(t, "n0"))}
		}), 0, 10).Draw(t, "bins")
		r := MannWhitney(bins)
		requireFit(t, r)
		if !identical(r, MannWhitney(shuffled(bins, 3))) {
			t.Fatalf("the order of bins shows")
		}
		u := 0.0
		for _, x := range bins {
			for _, y := range bins {
				switch {
				case x.Value > y.Value:
					u += x.N1 * y.N0
				case x.Value == y.Value:
					u += x.N1 * y.N0 / 2
				}
			}
		}
		if r.U.OK() && r.U.F != u {
			t.Fatalf("U = %v, counted %g", r.U, u)
		}
	})
}

func TestMinutesRatioEdges(t *testing.T) {
	one := CompareMinutes([]Minutes{{846, 608420, 40000, 95, 1450, 90000}}, 0.05)
	if !one.Dominated() {
		t.Errorf("one outage makes up nearly everything, and %v effective outages are not called few", one.Effective1)
	}
	undefined(t, "ratio without outages", CompareMinutes([]Minutes{{0, 0, 10, 0, 0, 10}}, 0.05).Ratio.Value, NoIncidents)
	undefined(t, "ratio without AI", CompareMinutes([]Minutes{{0, 0, 0, 5, 25, 10}}, 0.05).Ratio.Value, NoAIChanges)
	undefined(t, "nonsense", CompareMinutes([]Minutes{{-1, 0, 1, 0, 0, 1}}, 0.05).LogSE, InvalidInput)
	only := CompareMinutes([]Minutes{{30, 900, 10, 0, 0, 10}}, 0.05)
	if !math.IsInf(only.Ratio.Value.F, 1) || only.LogSE.OK() {
		t.Errorf("outages with AI only: %+v", only)
	}
}

// TestKaplanMeierAgainstItsDefinition recomputes the curve, Greenwood's variance and the restricted mean time by time.
func TestKaplanMeierAgainstItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := anyTimes().Draw(t, "times")
		at, tau := rapid.Float64Range(0, 13).Draw(t, "at"), rapid.Float64Range(0, 13).Draw(t, "tau")
		got := KaplanMeier(times, at, tau, 0.05)
		if !got.Mean.OK() {
			return // nobody
		}
		open := func(at float64) (share, greenwood float64) {
			share = 1
			for now := 0.0; now <= at; now++ { // times are whole here
				var d, n float64
				for _, x := range times {
					if x.T == now {
						d += x.Events
					}
					if x.T >= now {
						n += x.Events + x.Censored
					}
				}
				if d > 0 {
					share *= 1 - d/n
					greenwood += d / (n * (n - d))
				}
			}
			return share, greenwood
		}
		share, greenwood := open(at)
		equal(t, "share open", got.At.Value, Num(share))
		if share > 0 && share < 1 {
			equal(t, "its error", got.AtSE, Num(share*math.Sqrt(greenwood)))
		}
		mean := 0.0
		for now := 0.0; now < tau; now++ {
			s, _ := open(now)
			mean += s * math.Min(1, tau-now)
		}
		equal(t, "mean to tau", got.Mean, Num(mean))
		if got.Median.Value.OK() {
			if s, _ := open(got.Median.Value.F); s > 0.5+1e-9 {
				t.Fatalf("at the median %v, %g are still open", got.Median.Value, s)
			}
			if s, _ := open(got.Median.Value.F - 1); got.Median.Value.F >= 1 && s < 0.5-1e-9 {
				t.Fatalf("one unit before the median %v, only %g are still open", got.Median.Value, s)
			}
		}
		contains(t, "median", got.Median)
		contains(t, "share open", got.At)
	})
}
