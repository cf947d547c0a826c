package stats

import (
	"math"
	"testing"
)

// within checks a number against a value printed in a paper, to the digits printed there.
func printed(t *testing.T, what string, got Number, want float64, digits int) {
	t.Helper()
	if !got.OK() || math.Abs(got.F-want) > 0.5000001*math.Pow10(-digits) {
		t.Errorf("%s = %v, published %.*f", what, got, digits, want)
	}
}

// Newcombe 1998a (Stat Med 17:857), table I, method 3: Wilson without continuity correction.
func TestNewcombeSingleProportions(t *testing.T) {
	for _, c := range []struct{ x, n, low, high float64 }{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		e := Wilson(c.x, c.n, 0.05)
		printed(t, "Wilson low", e.Low, c.low, 4)
		printed(t, "Wilson high", e.High, c.high, 4)
	}
	e := ClopperPearson(81, 263, 0.05) // method 5
	printed(t, "exact low", e.Low, 0.2527, 4)
	printed(t, "exact high", e.High, 0.3676, 4)
}

// Newcombe 1998b (Stat Med 17:873), table II: methods 5 (Mee, without N/(N−1)) is not ours; method 10 and the
// Miettinen–Nurminen interval (method 6) are.
func TestNewcombeDifferences(t *testing.T) {
	s := Stratum{56, 70, 48, 80}
	x := TwoByTwo(s, 0.05)
	printed(t, "score low", x.RDScore.Low, 0.0528, 4)
	printed(t, "score high", x.RDScore.High, 0.3382, 4)
	printed(t, "method 10 low", x.RDNewcombe.Low, 0.0524, 4)
	printed(t, "method 10 high", x.RDNewcombe.High, 0.3339, 4)
	printed(t, "Wald low", x.RDWald.Low, 0.0575, 4)
	printed(t, "Wald high", x.RDWald.High, 0.3425, 4)
}

// Fisher 1935: the lady tasting tea.
func TestFishersTea(t *testing.T) {
	e := FisherExact(Stratum{3, 4, 1, 4}, 0.05)
	printed(t, "two-sided", e.TwoSided, 0.4857, 4)
	printed(t, "greater", e.Greater, 0.2429, 4)
	// R prints 6.408309 and 621.93, where its root finder stops early. With these margins the distribution is a quartic,
	// so the upper end can be checked by hand: the chance of three or fewer is 0.025.
	psi := e.CI.High.F
	below := 1 + 16*psi + 36*psi*psi + 16*psi*psi*psi
	if p := below / (below + psi*psi*psi*psi); math.Abs(p-0.025) > 1e-12 {
		t.Errorf("tail at the upper end %g is %g, want 0.025", psi, p)
	}
	printed(t, "low (R)", e.CI.Low, 0.21174, 5)
	printed(t, "odds ratio (R)", e.OddsRatio, 6.4083, 4)
}

// Bickel, Hammel & O'Connell 1975: the crude comparison of Berkeley admissions favours men, the departments do not.
func TestBerkeleyIsSimpsonsParadox(t *testing.T) {
	crude := TwoByTwo(Crude(berkeley), 0.05)
	if crude.RR.Low.F < 1.3 {
		t.Errorf("crude RR %v from %v: should look strong", crude.RR.Value, crude.RR.Low)
	}
	p := MantelHaenszel(berkeley, 0.05)
	printed(t, "common odds ratio (R)", p.OR.Value, 0.9046968, 7)
	if !p.OR.Interval().Contains(1) {
		t.Errorf("within departments OR %v to %v should contain 1", p.OR.Low, p.OR.High)
	}
}

// Colditz et al. 1994: BCG against tuberculosis, Mantel–Haenszel RR 0.635 (metafor's documentation).
func TestBCG(t *testing.T) {
	p := MantelHaenszel(bcg, 0.05)
	printed(t, "RR", p.RR.Value, 0.6353, 4)
	printed(t, "low", p.RR.Low, 0.5881, 4)
	printed(t, "high", p.RR.High, 0.6862, 4)
}

// VanderWeele & Ding 2017: breastfeeding and respiratory death.
func TestPublishedEValues(t *testing.T) {
	e := EValueOf(Estimate{Value: Num(3.9), Low: Num(1.8), High: Num(8.7)})
	printed(t, "E-value", e.Estimate, 7.26, 2)
	printed(t, "E-value of the limit", e.CI, 3.0, 2)
}

// Schoenfeld 1981 as tabled in design/statistics.md: what most teams do not have.
func TestEventsNeeded(t *testing.T) {
	printed(t, "RR 1.25 at 30 %", EventsNeeded(0.3, 1.25, 0.05, 0.8), 750.6, 1)
	printed(t, "RR 2 at 30 %", EventsNeeded(0.3, 2, 0.05, 0.8), 77.8, 1)
	undefined(t, "no AI", EventsNeeded(0, 2, 0.05, 0.8), InvalidInput)
	if x := EventsNeeded(0.3, 1, 0.05, 0.8); !math.IsInf(x.F, 1) {
		t.Errorf("no effect needs %v incidents, want inf", x)
	}
}

// Schuirmann's two one-sided tests pass exactly when the 90 % interval lies within the margin.
func TestTOSTIsTheNinetyPercentInterval(t *testing.T) {
	for log := -0.3; log <= 0.3; log += 0.007 {
		for se := 0.01; se < 0.3; se += 0.013 {
			m := RatioMargin(1.25)
			q := TestEquivalence(Effect{Log: log, SE: se, DF: 9}, m, 0.05, 0.8)
			inside := q.CITOST.Low.F > math.Exp(m.Low) && q.CITOST.High.F < math.Exp(m.High)
			if (q.TOST.F < 0.05) != inside {
				t.Fatalf("effect %g ± %g: p = %v but interval %v", log, se, q.TOST, q.CITOST)
			}
		}
	}
}

// Rothman's classic: asbestos, smoking and lung cancer, per 100,000 deaths 11.3, 58.4, 122.6, 601.6 (Hammond 1979).
func TestAsbestosAndSmoking(t *testing.T) {
	const n = 1e8
	x := Interact(Stratum{58.4e3, n, 11.3e3, n}, Stratum{601.6e3, n, 122.6e3, n}, 0.05)
	printed(t, "asbestos alone", x.AILow, 5.17, 2)
	printed(t, "smoking alone", x.HumanHigh, 10.85, 2)
	printed(t, "both", x.AIHighRef, 53.24, 2)
	printed(t, "RERI", x.RERI.Value, 38.22, 2)
}

// Benjamini & Hochberg 1995, section 3.2: four of fifteen hypotheses at q = 0.05; Bonferroni rejects three.
func TestBenjaminiHochberg(t *testing.T) {
	p := []float64{.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1}
	a := AdjustP(p, 0.05)
	rejected := 0
	for _, r := range a.Reject {
		if r {
			rejected++
		}
	}
	if rejected != 4 {
		t.Errorf("%d rejected, published 4", rejected)
	}
}

// Waudby-Smith et al.: at the information it is tuned for, the sequence is about 1.55 times a fixed interval.
func TestSequenceWidthAtItsOptimum(t *testing.T) {
	se := math.Log(1.25) / 2.8 // I* = ((1.96+0.84)/ln 1.25)²
	phi := PhiFor(1.25, 0.05, 0.8)
	if phi.F < 19 || phi.F > 21 {
		t.Errorf("phi = %v, want about 20", phi)
	}
	s := ConfidenceSequence(0, se, phi.F, 0.05)
	if r := s.Radius.F / se; math.Abs(r-3.0) > 0.1 {
		t.Errorf("radius = %g standard errors, want about 3.0", r)
	}
	for _, other := range []float64{phi.F / 3, phi.F * 3} {
		if o := ConfidenceSequence(0, se, other, 0.05); o.Radius.F < s.Radius.F {
			t.Errorf("phi %g gives a smaller radius %v than %v", other, o.Radius, s.Radius)
		}
	}
}
