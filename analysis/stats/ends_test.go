package stats

import (
	"math"
	"testing"

	"github.com/baserate/baserate/analysis/stats/internal/num"
	"pgregory.net/rapid"
)

// The ends of an interval are where a test just does not reject. These tests put the ends back into the definition of
// their test, written out here a second time, rather than trust the search that found them.

const z95 = 1.959963984540054

func anyShare(t *rapid.T) (x, n float64) {
	size := rapid.SampledFrom([]int{1, 7, 300, 2_000_000}).Draw(t, "size")
	k := rapid.IntRange(0, size).Draw(t, "x")
	return float64(k), float64(size)
}

func TestWilsonEndsAreOneTestApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, n := anyShare(t)
		e := Wilson(x, n, 0.05)
		for _, end := range []float64{e.Low.F, e.High.F} {
			if end == 0 || end == 1 {
				continue
			}
			if z := math.Abs(x/n-end) / math.Sqrt(end*(1-end)/n); math.Abs(z-z95) > 1e-6 {
				t.Fatalf("%g of %g: the end %g is %g standard errors away", x, n, end, z)
			}
		}
	})
}

func TestExactEndsHaveTheirTails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, n := anyShare(t)
		e := ClopperPearson(x, n, 0.05)
		if x > 0 {
			equal(t, "upper tail at the lower end", BinomialTail(x, n, e.Low.F).AtLeast, Num(0.025))
		}
		if x < n {
			equal(t, "lower tail at the upper end", BinomialTail(x, n, e.High.F).AtMost, Num(0.025))
		}
		j := Jeffreys(x, n, 0.05)
		if j.Low.F < e.Low.F-1e-12 || j.High.F > e.High.F+1e-12 {
			t.Fatalf("Jeffreys %v to %v outside the exact %v to %v", j.Low, j.High, e.Low, e.High)
		}
	})
}

// TestPoissonRREnds: at an end, AI's share of the incidents is θ, and the tail at the observed count is α/2.
func TestPoissonRREnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := comparableStrata().Draw(t, "strata")[0]
		if s.m() == 0 {
			return // no incidents
		}
		x := PoissonRR(s, 0.05)
		tails := func(psi Number) TailProbs { return BinomialTail(s.A, s.m(), psi.F*s.N1/(psi.F*s.N1+s.N0)) }
		if s.A > 0 {
			equal(t, "exact low", tails(x.Exact.Low).AtLeast, Num(0.025))
			equal(t, "mid-p low", tails(x.MidP.Low).AtLeastMid, Num(0.025))
		}
		if s.C > 0 {
			equal(t, "exact high", tails(x.Exact.High).AtMost, Num(0.025))
			equal(t, "mid-p high", tails(x.MidP.High).AtMostMid, Num(0.025))
		}
	})
}

// constrainedByGrid maximises the likelihood of two risks tied together, by brute force over the free one.
func constrainedByGrid(s Stratum, tie func(p0 float64) (p1 float64)) (p1, p0 float64) {
	logLik := func(p0 float64) float64 {
		p1 := tie(p0)
		if p0 < 0 || p0 > 1 || p1 < 0 || p1 > 1 {
			return math.Inf(-1)
		}
		return part(s.A, p1) + part(s.N1-s.A, 1-p1) + part(s.C, p0) + part(s.N0-s.C, 1-p0)
	}
	best, low, high := 0.0, 0.0, 1.0
	for range 14 { // narrow the grid around its best point
		height := math.Inf(-1)
		step := (high - low) / 40
		for p := low; p <= high; p += step {
			if h := logLik(p); h > height {
				best, height = p, h
			}
		}
		low, high = math.Max(0, best-2*step), math.Min(1, best+2*step)
	}
	return tie(best), best
}

func part(x, p float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(p)
}

// TestScoreEnds checks both Miettinen–Nurminen intervals with a constrained fit of its own.
func TestScoreEnds(t *testing.T) {
	for _, s := range []Stratum{{56, 70, 48, 80}, {9, 10, 3, 10}, {23, 57, 35, 167}, {3, 50, 20, 60}, {12, 480, 31, 1507}, {1, 9, 7, 20}} {
		x, n := TwoByTwo(s, 0.05), s.n()
		for _, delta := range []float64{x.RDScore.Low.F, x.RDScore.High.F} {
			p1, p0 := constrainedByGrid(s, func(p0 float64) float64 { return p0 + delta })
			v := (p1*(1-p1)/s.N1 + p0*(1-p0)/s.N0) * n / (n - 1)
			near(t, "deviate at the end of RD", Num(math.Abs(x.RD.F-delta)/math.Sqrt(v)), z95, 1e-5)
		}
		for _, psi := range []float64{x.RRScore.Low.F, x.RRScore.High.F} {
			p1, p0 := constrainedByGrid(s, func(p0 float64) float64 { return psi * p0 })
			v := (p1*(1-p1)/s.N1 + psi*psi*p0*(1-p0)/s.N0) * n / (n - 1)
			near(t, "deviate at the end of RR", Num(math.Abs(s.A/s.N1-psi*s.C/s.N0)/math.Sqrt(v)), z95, 1e-5)
		}
	}
}

// plainLogLik is the conditional log-likelihood, written as in the definition.
func plainLogLik(strata []Stratum, psi float64) float64 {
	total := 0.0
	for _, s := range strata {
		if s.overlaps() {
			theta := psi * s.N1 / (psi*s.N1 + s.N0)
			total += part(s.A, theta) + part(s.C, 1-theta)
		}
	}
	return total
}

func TestLikelihoodRatioEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := comparableStrata().Draw(t, "strata")
		c := ConditionalRR(strata, 0.05)
		if !c.RR.Value.OK() || c.RR.Value.F == 0 || math.IsInf(c.RR.Value.F, 1) {
			return // at an end
		}
		top := plainLogLik(strata, c.RR.Value.F)
		for _, end := range []Number{c.RR.Low, c.RR.High} {
			if drop := 2 * (top - plainLogLik(strata, end.F)); math.Abs(drop-z95*z95) > 1e-6 {
				t.Fatalf("the log-likelihood falls by %g at %v", drop, end)
			}
		}
		for _, aside := range []float64{0.999, 1.001} {
			if plainLogLik(strata, c.RR.Value.F*aside) > top {
				t.Fatalf("%v is not the top", c.RR.Value)
			}
		}
		if drop := 2 * (top - plainLogLik(strata, 1)); math.Abs(drop-c.LR.Statistic.F) > 1e-6*(1+drop) {
			t.Fatalf("likelihood ratio %v, want %g", c.LR.Statistic, drop)
		}
	})
}

// TestFirthIsThePenalisedTop compares with the penalised likelihood written out, over a wide grid.
func TestFirthIsThePenalisedTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := rapid.SliceOfN(anyStratum(), 1, 4).Filter(func(s []Stratum) bool { return Crude(s).m() < 60 }).Draw(t, "strata")
		c := ConditionalRR(strata, 0.05)
		if !c.Firth.OK() {
			return // nothing to estimate
		}
		penalised := func(beta float64) float64 {
			information := 0.0
			for _, s := range strata {
				if s.overlaps() {
					x := beta + math.Log(s.N1) - math.Log(s.N0)
					information += s.m() * math.Exp(-math.Abs(x)) / square(1+math.Exp(-math.Abs(x)))
				}
			}
			return newLikelihood(strata).log(beta) + math.Log(information)/2
		}
		top := penalised(c.FirthLog.F)
		for beta := -30.0; beta < 30; beta += 0.1 {
			if penalised(beta) > top+1e-7 {
				t.Fatalf("ln RR = %v is not the top: %g is higher", c.FirthLog, beta)
			}
		}
	})
}

// TestEvidenceEnds: at an end the average likelihood is 20 times that of the end. The average is taken again by a plain
// sum over a fine grid.
func TestEvidenceEnds(t *testing.T) {
	const tau = 0.5
	for _, strata := range [][]Stratum{{{12, 48231, 31, 150772}}, {{8, 400, 20, 2000}, {90, 1500, 12, 200}, {3, 300, 30, 5800}}, {{0, 120, 3, 400}, {0, 15, 5, 90}}} {
		e := EProcess(strata, tau, 0.05)
		average, width := 0.0, 0.0005
		for beta := -8.0; beta < 8; beta += width {
			average += math.Exp(plainLogLik(strata, math.Exp(beta))-beta*beta/(2*tau*tau)) / (tau * math.Sqrt(2*math.Pi)) * width
		}
		near(t, "average", Num(math.Exp(e.LogMarginal.F)), average, 1e-9)
		for _, end := range []Number{e.RR.Low, e.RR.High} {
			if end.F > 0 && !math.IsInf(end.F, 1) {
				near(t, "e-value at the end", Num(average/math.Exp(plainLogLik(strata, end.F))), 20, 1e-8)
			}
		}
	}
}

func TestShareSequenceEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, n := anyShare(t)
		a, b := rapid.Float64Range(0.5, 30).Draw(t, "a"), rapid.Float64Range(0.5, 30).Draw(t, "b")
		s := ShareConfidence(x, n, 0.3, a, b, 0.05)
		mixture := num.LogBeta(a+x, b+n-x) - num.LogBeta(a, b)
		for _, end := range []float64{s.Theta.Low.F, s.Theta.High.F} {
			if end == 0 || end == 1 {
				continue
			}
			logE := mixture - part(x, end) - part(n-x, 1-end)
			if math.Abs(logE-math.Log(20)) > 1e-6 {
				t.Fatalf("%g of %g: log e-value %g at the end %g", x, n, logE, end)
			}
		}
	})
}

// TestSequenceEnds: at an end the e-value against it is 1/α.
func TestSequenceEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, se := rapid.Float64Range(-2, 2).Draw(t, "log"), math.Exp(rapid.Float64Range(-6, 1).Draw(t, "ln se"))
		s := ConfidenceSequence(log, se, 20, 0.05)
		against := ConfidenceSequence(log-s.Log.High.F, se, 20, 0.05)
		if math.Abs(against.LogE.F-math.Log(20)) > 1e-7*(1+1/se) {
			t.Fatalf("log e-value %v at the end %v", against.LogE, s.Log.High)
		}
		fixed := Effect{Log: log, SE: se}.Interval(0.05)
		if fixed.Low.F < s.Ratio.Low.F || fixed.High.F > s.Ratio.High.F {
			t.Fatalf("the fixed interval %v is not inside the sequence %v", fixed, s.Ratio)
		}
	})
}

// TestBreslowDayFitsTheOddsRatio: the fitted counts have the common odds ratio and stay inside the margins.
func TestFittedCountsHaveTheOddsRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := comparableStrata().Draw(t, "strata")[0]
		if s.m() == 0 || s.m() == s.n() {
			return // no margin to fit
		}
		odds := math.Exp(rapid.Float64Range(-4, 4).Draw(t, "ln odds"))
		a := fittedCount(s, odds)
		b, c := s.N1-a, s.m()-a
		if got := a * (s.N0 - c) / (b * c); math.Abs(got-odds) > 1e-6*odds {
			t.Fatalf("fitted count %g has odds ratio %g, want %g", a, got, odds)
		}
	})
}

// TestMantelHaenszelOfOneStratum is the plain table, whatever its size.
func TestMantelHaenszelOfOneStratum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := comparableStrata().Draw(t, "strata")[0]
		p, x := MantelHaenszel([]Stratum{s}, 0.05), TwoByTwo(s, 0.05)
		equal(t, "RR", p.RR.Value, x.RR.Value)
		equal(t, "RR's error", p.RRLogSE, x.RRLogSE)
		equal(t, "RD", p.RD.Value, x.RD)
		equal(t, "RD's error", p.RDSEGR, x.RDSE)
		equal(t, "OR", p.OR.Value, x.OR.Value)
		if x.ORLogSE.OK() {
			equal(t, "OR's error", p.ORLogSE, x.ORLogSE)
		}
	})
}

// TestEqualStrataPoolToThemselves: k copies of a stratum have its ratio and 1/√k of its error.
func TestEqualStrataPoolToThemselves(t *testing.T) {
	s, many := Stratum{12, 480, 31, 1507}, []Stratum{}
	for range 9 {
		many = append(many, s)
	}
	one, nine := MantelHaenszel([]Stratum{s}, 0.05), MantelHaenszel(many, 0.05)
	near(t, "RR", nine.RR.Value, one.RR.Value.F, 1e-12)
	near(t, "error", nine.RRLogSE, one.RRLogSE.F/3, 1e-12)
	near(t, "Breslow–Day", Num(1+nine.Breslow.Statistic.F), 1, 1e-9)
	c, d := ConditionalRR([]Stratum{s}, 0.05), ConditionalRR(many, 0.05)
	near(t, "conditional RR", d.RR.Value, c.RR.Value.F, 1e-12)
	near(t, "its error", d.LogSE, c.LogSE.F/3, 1e-12)
}
