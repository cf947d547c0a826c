package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestCorrectionUndoesDetection misclassifies known counts in expectation and corrects them back.
func TestCorrectionUndoesDetection(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := func(name string, low float64) float64 { return rapid.Float64Range(low, 1).Draw(t, name) }
		d := Detection{share("se case", 0.5), share("sp case", 0.8), share("se", 0.5), share("sp", 0.8)}
		var truth, seen []Stratum
		for range rapid.IntRange(1, 5).Draw(t, "strata") {
			n1, n0 := rapid.Float64Range(100, 9e4).Draw(t, "n1"), rapid.Float64Range(100, 9e4).Draw(t, "n0")
			s := Stratum{n1 * rapid.Float64Range(0.01, 0.3).Draw(t, "risk1"), n1, n0 * rapid.Float64Range(0.01, 0.3).Draw(t, "risk0"), n0}
			truth = append(truth, s)
			a := d.SeCase*s.A + (1-d.SpCase)*s.C
			n := a + d.SeNoncase*(s.N1-s.A) + (1-d.SpNoncase)*(s.N0-s.C)
			seen = append(seen, Stratum{a, n, s.m() - a, s.n() - n})
		}
		c := CorrectExposure(seen, d)
		want := MantelHaenszel(truth, 0.05).RR.Value
		if !c.Feasible || math.Abs(c.RR.F-want.F) > 1e-6*want.F {
			t.Fatalf("corrected %v (feasible %v), truth %v", c.RR, c.Feasible, want)
		}
	})
}

func TestOutcomeCorrection(t *testing.T) {
	truth := Stratum{300, 20_000, 200, 40_000}
	r := Recall{0.7, 0.999, 0.6, 0.9995}
	seen := Stratum{
		r.Se1*truth.A + (1-r.Sp1)*(truth.N1-truth.A), truth.N1,
		r.Se0*truth.C + (1-r.Sp0)*(truth.N0-truth.C), truth.N0,
	}
	c := CorrectOutcome([]Stratum{seen}, r)
	near(t, "RR", c.RR, 3, 1e-10)
	near(t, "a", c.A, truth.A, 1e-10)
	undefined(t, "RR when false alarms explain everything", CorrectOutcome([]Stratum{{60, 100_000, 60, 100_000}}, Recall{0.9, 0.996, 0.9, 0.996}).RR, Infeasible)
	undefined(t, "RR of a coin", CorrectOutcome([]Stratum{seen}, Recall{0.5, 0.5, 0.5, 0.5}).RR, Infeasible)
}

// TestTippingSensitivity puts the tipping point back in and must get the target.
func TestTippingSensitivity(t *testing.T) {
	strata := []Stratum{{30, 48231, 31, 150772}, {12, 9000, 20, 22000}}
	d := Detection{0.8, 0.99, 0.65, 0.99}
	se := TippingSensitivity(strata, d, 1.5)
	d.SeCase = se.F
	near(t, "RR at the tipping point", CorrectExposure(strata, d).RR, 1.5, 1e-9)
	undefined(t, "an unreachable target", TippingSensitivity(strata, d, 0.01), OutOfReach)
	undefined(t, "a nonsensical target", TippingSensitivity(strata, d, -1), InvalidInput)
}

func TestDetectionBandHoldsItsMiddle(t *testing.T) {
	se, sp := Wilson(80, 100, 0.05), Wilson(995, 1000, 0.05)
	b := DetectionBand([]Stratum{{30, 48231, 31, 150772}}, se, sp)
	if !(b.Low.F < b.Middle.F && b.Middle.F < b.High.F) || b.Feasible != 9 {
		t.Errorf("band %+v", b)
	}
	hopeless := DetectionBand([]Stratum{{30, 48231, 31, 150772}}, Wilson(0, 0, 0.05), sp)
	undefined(t, "band without validation", hopeless.Middle, InvalidInput)
}

func TestEValueEnds(t *testing.T) {
	inf := math.Inf(1)
	if e := EValueOf(Estimate{Value: Num(inf), Low: Num(2), High: Num(inf)}); !math.IsInf(e.Estimate.F, 1) || e.CI.F <= 2 {
		t.Errorf("infinite RR: %+v", e)
	}
	if e := EValueOf(Estimate{Value: Num(0), Low: Num(0), High: Num(0.5)}); !math.IsInf(e.Estimate.F, 1) || !e.CI.OK() {
		t.Errorf("zero RR: %+v", e)
	}
	e := EValueOf(undefinedEstimate(NoIncidents))
	undefined(t, "E-value of nothing", e.Estimate, NoIncidents)
	x, y := EValueOf(Estimate{Value: Num(2), Low: Num(1.5), High: Num(3)}), EValueOf(Estimate{Value: Num(0.5), Low: Num(1.0 / 3), High: Num(1 / 1.5)})
	near(t, "E-value of the reciprocal", x.Estimate, y.Estimate.F, 1e-12)
	near(t, "E-value of the reciprocal's limit", x.CI, y.CI.F, 1e-12)
}

func TestAdoption(t *testing.T) {
	band := PrevalenceBand(412, 1000, Wilson(75, 100, 0.05), Wilson(98, 100, 0.05))
	if !band.Interval().Contains(band.Value.F) || band.Low.F == band.High.F {
		t.Errorf("band %+v", band)
	}
	for _, c := range []struct {
		x, n float64
		want TargetReading
	}{{850, 1000, TargetReached}, {700, 1000, TargetNotReached}, {412, 500, TargetNoise}, {0, 0, TargetUnknown}} {
		if got := ReadTarget(Wilson(c.x, c.n, 0.05), 0.8); got != c.want {
			t.Errorf("%g of %g against 80 %%: %s, want %s", c.x, c.n, got, c.want)
		}
	}
	undefined(t, "correction by a coin", CorrectPrevalence(3, 10, 0.5, 0.5).Corrected, Infeasible)
	undefined(t, "share of nobody", CorrectPrevalence(0, 0, 0.9, 0.9).Apparent, NoChanges)
}
