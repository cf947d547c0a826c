package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestAdjustedPValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 20).Draw(t, "p")
		a := AdjustP(p, 0.1)
		requireFit(t, a)
		for i := range p {
			if a.BH[i].F < p[i] || a.BY[i].F < a.BH[i].F || a.Holm[i].F < a.BH[i].F || a.Holm[i].F > 1 {
				t.Fatalf("p = %g: BH %v, BY %v, Holm %v", p[i], a.BH[i], a.BY[i], a.Holm[i])
			}
			if a.Reject[i] != (a.BH[i].F <= 0.1) {
				t.Fatalf("p = %g: rejected %v with BH %v", p[i], a.Reject[i], a.BH[i])
			}
			for j := range p {
				if p[i] < p[j] && a.BH[i].F > a.BH[j].F {
					t.Fatalf("p %g < %g but BH %v > %v", p[i], p[j], a.BH[i], a.BH[j])
				}
			}
		}
	})
	undefined(t, "a p-value of 2", AdjustP([]float64{2, 0.1}, 0.05).BH[1], InvalidInput)
}

// TestEBHNeedsLargeEvidence walks the threshold K/(k·q).
func TestEBHNeedsLargeEvidence(t *testing.T) {
	if got := EBH([]float64{19, 0.5, 0.5, 0.5}, 0.2); got[0] {
		t.Error("19 of four at q = 0.2 needs 20")
	}
	if got := EBH([]float64{20, 0.5, 0.5, 0.5}, 0.2); !got[0] || got[1] {
		t.Errorf("20 of four at q = 0.2: %v", got)
	}
	if got := EBH([]float64{10, 10, 0.5, 0.5}, 0.2); !got[0] || !got[1] {
		t.Errorf("two of 10: %v", got)
	}
	if got := EBH([]float64{math.NaN(), 1}, 0.2); got[0] || got[1] {
		t.Errorf("NaN is no evidence: %v", got)
	}
}

// TestShrinkageGradients compares the derivatives of both marginal likelihoods with differences.
func TestShrinkageGradients(t *testing.T) {
	counts := []Count{{3, 3.3}, {0, 1.2}, {10, 2.6}, {17, 5.7}, {0, 0}}
	shares := []Proportion{{9, 40}, {5, 61}, {12, 34}, {0, 29}}
	for name, f := range map[string]func(u, v float64) peak{
		"gamma": func(u, v float64) peak { return gammaPeak(counts, math.Exp(u), math.Exp(v)) },
		"beta":  func(u, v float64) peak { return betaPeak(shares, math.Exp(u), math.Exp(v)) },
	} {
		const u, v, h = 0.7, 1.9, 1e-5
		p := f(u, v)
		near(t, name+" gradient u", Num((f(u+h, v).value-f(u-h, v).value)/(2*h)), p.gradU, 1e-6)
		near(t, name+" gradient v", Num((f(u, v+h).value-f(u, v-h).value)/(2*h)), p.gradV, 1e-6)
		near(t, name+" curvature uu", Num((f(u+h, v).gradU-f(u-h, v).gradU)/(2*h)), p.hessUU, 1e-6)
		near(t, name+" curvature uv", Num((f(u, v+h).gradU-f(u, v-h).gradU)/(2*h)), p.hessUV, 1e-6)
		near(t, name+" curvature vv", Num((f(u, v+h).gradV-f(u, v-h).gradV)/(2*h)), p.hessVV, 1e-6)
	}
}

// TestShrinkagePullsInwards: every posterior mean lies between the group's own value and the prior mean.
func TestShrinkagePullsInwards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var counts []Count
		var shares []Proportion
		for range rapid.IntRange(1, 12).Draw(t, "groups") {
			o := float64(rapid.IntRange(0, 40).Draw(t, "observed"))
			counts = append(counts, Count{o, rapid.Float64Range(0.1, 20).Draw(t, "expected")})
			shares = append(shares, Proportion{o, o + float64(rapid.IntRange(0, 400).Draw(t, "rest"))})
		}
		r, s := ShrinkRates(counts, 0.05), ShrinkShares(shares, 0.05)
		requireFit(t, r, s)
		for i, g := range r.Groups {
			centre := r.Pooled.F
			if !r.Degenerate {
				centre = r.Shape.F / r.Rate.F
			}
			between(t, "rate", g.Value, counts[i].Observed/counts[i].Expected, centre, r.Degenerate)
			contains(t, "rate", g)
		}
		for i, g := range s.Groups {
			if shares[i].N == 0 || s.Degenerate {
				continue
			}
			between(t, "share", g.Value, shares[i].Y/shares[i].N, s.PriorMean.F, false)
			contains(t, "share", g)
		}
	})
}

func between(t *rapid.T, what string, x Number, own, centre float64, degenerate bool) {
	slack := 1e-9 * (1 + math.Abs(own) + math.Abs(centre))
	if degenerate {
		own = centre
	}
	if x.OK() && (x.F < min(own, centre)-slack || x.F > max(own, centre)+slack) {
		t.Fatalf("%s: %v is not between its own %g and the common %g", what, x, own, centre)
	}
}

func TestDegenerateShrinkage(t *testing.T) {
	r := ShrinkRates([]Count{{0, 3}, {0, 5}}, 0.05)
	if !r.Degenerate || r.Groups[1].Value != Num(0) {
		t.Errorf("no incidents at all: %+v", r)
	}
	undefined(t, "rate of nothing", ShrinkRates(nil, 0.05).Pooled, NoIncidents)
	undefined(t, "an impossible group", ShrinkRates([]Count{{3, 0}}, 0.05).Pooled, InvalidInput)
	s := ShrinkShares([]Proportion{{4, 4}, {9, 9}}, 0.05)
	if !s.Degenerate || s.Groups[0].Value != Num(1) {
		t.Errorf("everybody: %+v", s)
	}
	undefined(t, "shape without spread", s.Alpha, Degenerate)
}

func TestObservedExpected(t *testing.T) {
	s := ObservedExpected(0, 0, 0.05)
	undefined(t, "nothing of nothing", s.Ratio.Value, NoIncidents)
	if s = ObservedExpected(3, 0, 0.05); !math.IsInf(s.Ratio.Value.F, 1) {
		t.Errorf("three of none expected: %v", s.Ratio.Value)
	}
	undefined(t, "a third of an incident", ObservedExpected(0.3, 1, 0.05).Ratio.Value, InvalidInput)
	big := ObservedExpected(1e9, 1e9, 0.05)
	near(t, "lower end of a billion", big.Ratio.Low, 1-1.959964/math.Sqrt(1e9), 1e-8)
	contains2(t, big.Ratio)
}

func contains2(t *testing.T, e Estimate) {
	t.Helper()
	if !e.Interval().Contains(e.Value.F) {
		t.Errorf("%v outside %v to %v", e.Value, e.Low, e.High)
	}
}

func TestSuppress(t *testing.T) {
	slice := func(name string, people, changes uint64) Slice {
		return Slice{"fleet", name, people, people + 3, changes}
	}
	for _, c := range []struct {
		name   string
		slices []Slice
		want   []bool
	}{
		{"all large", []Slice{slice("a", 5, 10), slice("b", 9, 90)}, []bool{false, false}},
		{"one small hides the next smallest", []Slice{slice("a", 4, 70), slice("b", 9, 90), slice("c", 9, 80)}, []bool{true, false, true}},
		{"two small hide each other", []Slice{slice("a", 4, 70), slice("b", 3, 90), slice("c", 9, 80)}, []bool{true, true, false}},
		{"few changes", []Slice{slice("a", 40, 9), slice("b", 30, 90)}, []bool{true, true}},
		{"alone", []Slice{slice("a", 1, 1)}, []bool{true}},
		{"other parents do not matter", []Slice{slice("a", 1, 1), {"elsewhere", "b", 9, 9, 90}}, []bool{true, false}},
		{"a tie goes by name", []Slice{slice("z", 9, 80), slice("b", 9, 80), slice("c", 1, 80)}, []bool{false, true, true}},
	} {
		if got := Suppress(c.slices, MinPeople); !identical(got, c.want) {
			t.Errorf("%s: hidden %v, want %v", c.name, got, c.want)
		}
	}
	for n, want := range map[uint64]bool{0: false, 1: true, 2: true, 3: false} {
		if FewIncidents(n) != want {
			t.Errorf("%d incidents printed as few: %v", n, !want)
		}
	}
}
