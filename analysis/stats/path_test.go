package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestDecompositionMultiplies: total = direct · indirect, and Kitagawa's parts add up.
func TestDecompositionMultiplies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Decompose(comparableStrata().Draw(t, "strata"), 0.05)
		equal(t, "total", d.Total.Value, both(d.Direct.Value, d.Indirect.Value, func(x, y float64) float64 { return x * y }))
		equal(t, "difference", d.Difference, both(d.Rate, d.Mix, func(x, y float64) float64 { return x + y }))
	})
}

// TestAccessOnlyWorld: equal risks at each permission level, AI merely gets the dangerous level more often.
func TestAccessOnlyWorld(t *testing.T) {
	world := []Stratum{{20, 20_000, 80, 80_000}, {800, 80_000, 200, 20_000}}
	d := Decompose(world, 0.05)
	near(t, "direct", d.Direct.Value, 1, 1e-12)
	if d.Indirect.Low.F <= 1 || d.Share.F < 0.99 {
		t.Errorf("indirect %v from %v, share %v", d.Indirect.Value, d.Indirect.Low, d.Share)
	}
	level := func(rr, low, high float64) Estimate { return Estimate{Value: Num(rr), Low: Num(low), High: Num(high)} }
	narrow, wide := Interval{Num(0.9), Num(1.1)}, Interval{Num(0.6), Num(1.6)}
	for _, c := range []struct {
		name     string
		direct90 Interval
		operator Estimate
		want     AccessReading
	}{
		{"direct effect excluded", narrow, level(1, 0.8, 1.2), AccessSupported},
		{"direct effect unclear", wide, level(1, 0.8, 1.2), AccessUnseparated},
		{"operators differ", narrow, level(3, 1.5, 6), AccessContradicted},
		{"operators unknown", narrow, undefinedEstimate(NoIncidents), AccessSupported},
	} {
		if got := ReadAccess(d, c.direct90, c.operator, DefaultMargin); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	autonomous := Decompose([]Stratum{{60, 20_000, 80, 80_000}, {2400, 80_000, 200, 20_000}}, 0.05)
	if got := ReadAccess(autonomous, wide, level(3, 2, 4), DefaultMargin); got != AccessContradicted {
		t.Errorf("three times the risk at every level: %s", got)
	}
}

func TestDecompositionEdges(t *testing.T) {
	undefined(t, "direct without overlap", Decompose([]Stratum{{1, 10, 0, 0}, {0, 0, 1, 10}}, 0.05).Direct.Value, NoOverlap)
	undefined(t, "direct of nonsense", Decompose([]Stratum{{2, 1, 0, 0}}, 0.05).R11, InvalidInput)
	undefined(t, "total without incidents", Decompose([]Stratum{{0, 10, 0, 10}}, 0.05).Total.Value, NoIncidents)
	undefined(t, "share of a total within its error", Decompose([]Stratum{{3, 100, 3, 101}}, 0.05).Share, NoVariance)
}

func TestCounterfactual(t *testing.T) {
	approvals := []Stratum{{2, 1000, 40, 4000}, {1, 100, 10, 500}, {0, 0, 3, 50}} // approved against not
	c := Swap(approvals, 0.05)
	near(t, "expected incidents", c.Expected.Value, 4000*0.002+500*0.01+3, 1e-12)
	if c.Observed != 53 || c.Kept != 50 || !c.Expected.Interval().Contains(16) {
		t.Errorf("counterfactual %+v", c)
	}
	undefined(t, "nothing to change", Swap([]Stratum{{1, 10, 0, 0}}, 0.05).Expected.Value, NoHumanChanges)
	undefined(t, "nonsense", Swap([]Stratum{{1, 0, 0, 0}}, 0.05).Expected.Value, InvalidInput)
}

func TestInteractionEdges(t *testing.T) {
	x := Interact(Stratum{4, 100, 0, 100}, Stratum{3, 50, 2, 60}, 0.05)
	requireFit(t, x)
	if !math.IsInf(x.AILow.F, 1) || x.RatioLogSE.OK() {
		t.Errorf("no incidents in the reference: %+v", x)
	}
	near(t, "RR at the high level", x.AIHigh, (3.0/50)/(2.0/60), 1e-12)
	undefined(t, "an empty arm", Interact(Stratum{0, 0, 1, 10}, Stratum{1, 10, 1, 10}, 0.05).Ratio.Value, NoAIChanges)
	undefined(t, "the other empty arm", Interact(Stratum{1, 10, 1, 10}, Stratum{1, 10, 0, 0}, 0.05).Ratio.Value, NoHumanChanges)
	undefined(t, "nonsense", Interact(Stratum{9, 1, 0, 0}, Stratum{}, 0.05).RERI.Value, InvalidInput)
	same := Interact(Stratum{40, 60000, 90, 160000}, Stratum{40, 60000, 90, 160000}, 0.05)
	near(t, "ratio of equal effects", same.Ratio.Value, 1, 1e-12)
}

func TestAttributableEdges(t *testing.T) {
	prevented := AttributableShare([]Stratum{{5, 1000, 20, 1000}}, 0.05)
	if prevented.Excess.Value.F >= 0 || prevented.Excess.Low.F > prevented.Excess.High.F {
		t.Errorf("fewer incidents with AI: excess %+v", prevented.Excess)
	}
	undefined(t, "excess without incidents", AttributableShare([]Stratum{{0, 10, 0, 10}}, 0.05).Excess.Value, NoIncidents)
	undefined(t, "nonsense", AttributableShare([]Stratum{{1, 0, 0, 0}}, 0.05).CaseShare, InvalidInput)
}
