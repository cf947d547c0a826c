package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestStratumOrderChangesNoBit: the order in which rows arrive must not show anywhere.
func TestStratumOrderChangesNoBit(t *testing.T) {
	estimators := map[string]func([]Stratum) any{
		"conditional":    func(s []Stratum) any { return ConditionalRR(s, 0.05) },
		"pooled":         func(s []Stratum) any { return MantelHaenszel(s, 0.05) },
		"coincidence":    func(s []Stratum) any { return Coincidence(s) },
		"e-process":      func(s []Stratum) any { return EProcess(s, 0.5, 0.05) },
		"decomposition":  func(s []Stratum) any { return Decompose(s, 0.05) },
		"attributable":   func(s []Stratum) any { return AttributableShare(s, 0.05) },
		"counterfactual": func(s []Stratum) any { return Swap(s, 0.05) },
		"correction":     func(s []Stratum) any { return CorrectExposure(s, Detection{0.8, 0.98, 0.7, 0.99}) },
		"overlap":        func(s []Stratum) any { return MeasureOverlap(s) },
	}
	rapid.Check(t, func(t *rapid.T) {
		strata := rapid.SliceOfN(anyStratum(), 0, 9).Filter(fewIncidents).Draw(t, "strata")
		other := shuffled(strata, rapid.Uint64().Draw(t, "seed"))
		for name, f := range estimators {
			if x, y := f(strata), f(other); !identical(x, y) {
				t.Fatalf("%s: %+v in one order, %+v in another", name, x, y)
			}
		}
	})
}

// fewIncidents keeps the exact tails cheap.
func fewIncidents(s []Stratum) bool { return Crude(s).m() < 5000 }

// TestArmSwapTurnsRatiosOver: calling AI human and the other way round must give the reciprocal and the same p-values.
func TestArmSwapTurnsRatiosOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := comparableStrata().Draw(t, "strata")
		swapped := make([]Stratum, len(strata))
		for i, s := range strata {
			swapped[i] = s.swapped()
		}
		c, d := ConditionalRR(strata, 0.05), ConditionalRR(swapped, 0.05)
		reciprocal(t, "conditional RR", c.RR, d.RR)
		equal(t, "Firth", c.FirthLog, d.FirthLog.Then(negate))
		equal(t, "score p", c.Score.P, d.Score.P)
		equal(t, "LR p", c.LR.P, d.LR.P)
		p, q := MantelHaenszel(strata, 0.05), MantelHaenszel(swapped, 0.05)
		reciprocal(t, "MH RR", p.RR, q.RR)
		reciprocal(t, "MH OR", p.OR, q.OR)
		equal(t, "RD", p.RD.Value, q.RD.Value.Then(negate))
		equal(t, "RD error", p.RDSE, q.RDSE)
		equal(t, "CMH", p.CMH.Statistic, q.CMH.Statistic)
		equal(t, "Breslow–Day", p.Breslow.Statistic, q.Breslow.Statistic)
		e, f := EProcess(strata, 0.5, 0.05), EProcess(swapped, 0.5, 0.05)
		equal(t, "log e", e.LogE, f.LogE)
		equal(t, "CS end", e.RR.Low, f.RR.High.Then(inverse))
		x, y := Coincidence(strata), Coincidence(swapped)
		equal(t, "tail", x.AtLeast, y.AtMost)
	})
}

func TestArmSwapOfOneTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := comparableStrata().Draw(t, "strata")[0]
		if !s.overlaps() {
			return // one arm
		}
		x, y := TwoByTwo(s, 0.05), TwoByTwo(s.swapped(), 0.05)
		equal(t, "score RD", x.RDScore.Low, y.RDScore.High.Then(negate))
		equal(t, "Newcombe RD", x.RDNewcombe.High, y.RDNewcombe.Low.Then(negate))
		equal(t, "score RR", x.RRScore.Low, y.RRScore.High.Then(inverse))
		equal(t, "chi-squared", x.ChiSquared.Statistic, y.ChiSquared.Statistic)
		e, f := FisherExact(s, 0.05), FisherExact(s.swapped(), 0.05)
		equal(t, "Fisher", e.TwoSided, f.TwoSided)
		equal(t, "exact OR", e.CI.Low, f.CI.High.Then(inverse))
		p, q := PoissonRR(s, 0.05), PoissonRR(s.swapped(), 0.05)
		equal(t, "exact RR", p.Exact.Low, q.Exact.High.Then(inverse))
		equal(t, "mid-p RR", p.MidP.High, q.MidP.Low.Then(inverse))
	})
}

func inverse(x float64) float64 { return 1 / x }

func reciprocal(t *rapid.T, what string, x, y Estimate) {
	equal(t, what, x.Value, y.Value.Then(inverse))
	equal(t, what+", low end", x.Low, y.High.Then(inverse))
	equal(t, what+", high end", x.High, y.Low.Then(inverse))
}

func equal(t *rapid.T, what string, x, y Number) {
	if x.OK() != y.OK() || (x.F != y.F && math.Abs(x.F-y.F) > 1e-7*math.Abs(y.F)+1e-9) {
		t.Fatalf("%s: %v and %v", what, x, y)
	}
}

// TestIntervalsContainTheEstimate holds for every interval that belongs to an estimate.
func TestIntervalsContainTheEstimate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := comparableStrata().Draw(t, "strata")
		c, p := ConditionalRR(strata, 0.05), MantelHaenszel(strata, 0.05)
		e, d := EProcess(strata, 0.5, 0.05), Decompose(strata, 0.05)
		for what, x := range map[string]Estimate{
			"conditional": c.RR, "Wald": {Value: c.RR.Value, Low: c.Wald.Low, High: c.Wald.High},
			"MH RR": p.RR, "MH OR": p.OR, "MH RD": p.RD,
			"e-process": {Value: c.RR.Value, Low: e.RR.Low, High: e.RR.High},
			"direct":    d.Direct, "indirect": d.Indirect, "total": d.Total,
		} {
			contains(t, what, x)
		}
		for _, s := range strata {
			x, q := TwoByTwo(s, 0.05), PoissonRR(s, 0.05)
			contains(t, "Wilson", x.Risk1)
			contains(t, "Clopper–Pearson", ClopperPearson(s.A, s.N1, 0.05))
			contains(t, "Jeffreys", Jeffreys(s.A, s.N1, 0.05))
			contains(t, "score RD", Estimate{x.RD, x.RDScore.Low, x.RDScore.High, 0})
			contains(t, "score RR", Estimate{x.RR.Value, x.RRScore.Low, x.RRScore.High, 0})
			contains(t, "exact RR", Estimate{q.RR, q.Exact.Low, q.Exact.High, 0})
			contains(t, "mid-p RR", Estimate{q.RR, q.MidP.Low, q.MidP.High, 0})
			f := FisherExact(s, 0.05)
			contains(t, "exact OR", Estimate{f.OddsRatio, f.CI.Low, f.CI.High, 0})
		}
	})
}

func contains(t *rapid.T, what string, e Estimate) {
	if !e.Value.OK() || !e.Low.OK() || !e.High.OK() {
		return
	}
	slack := 1e-9 * (1 + math.Abs(e.Value.F))
	if math.IsInf(e.Value.F, 1) {
		slack = 0
	}
	if e.Low.F > e.Value.F+slack || e.High.F < e.Value.F-slack {
		t.Fatalf("%s: %v outside %v to %v", what, e.Value, e.Low, e.High)
	}
}

// TestWiderLevelsNest: a 99 % interval contains the 95 % one.
func TestWiderLevelsNest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := comparableStrata().Draw(t, "strata")
		x, y := ConditionalRR(strata, 0.05).RR, ConditionalRR(strata, 0.01).RR
		e, f := EProcess(strata, 0.5, 0.05).RR, EProcess(strata, 0.5, 0.01).RR
		if y.Low.F > x.Low.F || y.High.F < x.High.F || f.Low.F > e.Low.F || f.High.F < e.High.F {
			t.Fatalf("95 %%: %v, %v; 99 %%: %v, %v", x, e, y, f)
		}
		if e.Low.F > x.Low.F || e.High.F < x.High.F {
			t.Fatalf("the always-valid interval %v is inside the fixed one %v", e, x)
		}
	})
}

// TestConditionalIgnoresSilentStrata: strata without incidents, or with one arm, carry no information.
func TestConditionalIgnoresSilentStrata(t *testing.T) {
	silent := []Stratum{{0, 500, 0, 900}, {7, 30, 0, 0}, {0, 0, 4, 80}, {}}
	x, y := ConditionalRR(bcg, 0.05), ConditionalRR(append(silent, bcg...), 0.05)
	if x.RR != y.RR || x.Score != y.Score || x.Firth != y.Firth {
		t.Errorf("with silent strata %+v, without %+v", y, x)
	}
	if y.StrataDropped != len(silent) {
		t.Errorf("%d strata dropped, want %d", y.StrataDropped, len(silent))
	}
	p, q := MantelHaenszel(bcg, 0.05), MantelHaenszel(append(silent, bcg...), 0.05)
	if p.RR != q.RR || p.OR != q.OR || p.CMH != q.CMH {
		t.Errorf("MH with silent strata %+v, without %+v", q, p)
	}
}
