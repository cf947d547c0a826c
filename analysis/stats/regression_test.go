package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// TestConditionalIsLogisticWithOffset: the conditional likelihood is a logistic regression of the incidents with offset.
func TestConditionalIsLogisticWithOffset(t *testing.T) {
	var rows []Row
	for _, s := range bcg {
		rows = append(rows, Row{X: []float64{1}, N: s.m(), Y: s.A, Offset: math.Log(s.N1 / s.N0)})
	}
	c, r, f := ConditionalRR(bcg, 0.05), Logistic(rows), Firth(rows, 0.05)
	near(t, "ln RR", r.Beta[0], c.LogRR.F, 1e-9)
	near(t, "SE", r.SE[0], c.LogSE.F, 1e-9)
	near(t, "Firth ln RR", f.Beta[0], c.FirthLog.F, 1e-9)
}

// TestModifiedPoissonOfOneTable reproduces the risk ratio and the Katz error of a single table.
func TestModifiedPoissonOfOneTable(t *testing.T) {
	s := Stratum{40, 900, 25, 1400}
	r := ModifiedPoisson([]Row{{X: []float64{1, 1}, N: s.N1, Y: s.A}, {X: []float64{1, 0}, N: s.N0, Y: s.C, Cluster: 1}})
	x := TwoByTwo(s, 0.05)
	near(t, "ln RR", r.Beta[1], math.Log(x.RR.Value.F), 1e-9)
	near(t, "robust SE", r.HC0[1], x.RRLogSE.F, 1e-9)
}

// TestSandwichOfStrataIsTheClusterEstimator: Poisson regression with a fixed effect per stratum has the same clustered
// errors as the conditional likelihood (design/statistics.md 2.3).
func TestSandwichOfStrataIsTheClusterEstimator(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var cells []Cell
	var rows []Row
	for g := range uint64(12) {
		for k := range uint64(3) {
			c := Stratum{float64(r.IntN(4)), float64(50 + r.IntN(400)), float64(r.IntN(4)), float64(50 + r.IntN(400))}
			cells = append(cells, Cell{k, g, c})
			x := []float64{1, 0, 0, 0}
			if k > 0 {
				x[k] = 1
			}
			ai := append([]float64(nil), x...)
			ai[3] = 1
			rows = append(rows, Row{X: ai, N: c.N1, Y: c.A, Cluster: g}, Row{X: x, N: c.N0, Y: c.C, Cluster: g})
		}
	}
	x, y := ClusterRR(cells), ModifiedPoisson(rows)
	near(t, "ln RR", x.CondLogRR, y.Beta[3].F, 1e-8)
	near(t, "CR0", x.CondSECR0, y.CR0[3].F, 1e-8)
	near(t, "CR1", x.CondSECR1, y.CR1[3].F, 1e-8)
}

func TestSeparationIsNamed(t *testing.T) {
	for name, rows := range map[string][]Row{
		"perfect":           {{X: []float64{1, 0}, N: 14}, {X: []float64{1, 1}, N: 6, Y: 6}},
		"no AI incidents":   {{X: []float64{1, 0, 0}, N: 1200, Y: 3}, {X: []float64{1, 1, 0}, N: 400}, {X: []float64{1, 0, 1}, N: 300, Y: 9}, {X: []float64{1, 1, 1}, N: 55}},
		"no incidents":      {{X: []float64{1, 0}, N: 14}, {X: []float64{1, 1}, N: 6}},
		"only incidents":    {{X: []float64{1, 0}, N: 14, Y: 14}, {X: []float64{1, 1}, N: 6, Y: 6}},
		"rare and separate": {{X: []float64{1, 0}, N: 9e6, Y: 3}, {X: []float64{1, 1}, N: 1e6}},
	} {
		r := Logistic(rows)
		requireFit(t, r)
		if r.Why != Separated {
			t.Errorf("%s: %q (%v), want separation", name, r.Why, r.Beta)
		}
		f := Firth(rows, 0.05)
		requireFit(t, f)
		for j, b := range f.Beta {
			if !b.Finite() || !f.SE[j].Finite() {
				t.Errorf("%s: Firth coefficient %d is %v ± %v", name, j, b, f.SE[j])
			}
		}
	}
	rare := Logistic([]Row{{X: []float64{1, 0}, N: 9e8, Y: 300}, {X: []float64{1, 1}, N: 1e8, Y: 40}})
	if rare.Why != "" {
		t.Errorf("a rare outcome was taken for separation: %s", rare.Why)
	}
}

func TestUnusableDesigns(t *testing.T) {
	for name, c := range map[string]struct {
		rows []Row
		why  Reason
	}{
		"no rows":        {nil, NoChanges},
		"no covariates":  {[]Row{{N: 3, Y: 1}}, InvalidInput},
		"ragged":         {[]Row{{X: []float64{1}, N: 3}, {X: []float64{1, 2}, N: 3}}, InvalidInput},
		"too many":       {[]Row{{X: []float64{1}, N: 3, Y: 4}}, InvalidInput},
		"NaN":            {[]Row{{X: []float64{math.NaN()}, N: 3}}, InvalidInput},
		"empty rows":     {[]Row{{X: []float64{1}}}, NoChanges},
		"same twice":     {[]Row{{X: []float64{1, 2, 2}, N: 9, Y: 4}, {X: []float64{1, 5, 5}, N: 9, Y: 3}, {X: []float64{1, 6, 6}, N: 9, Y: 1}}, Collinear},
		"a column of 0s": {[]Row{{X: []float64{1, 0}, N: 9, Y: 4}, {X: []float64{1, 0}, N: 9, Y: 3}}, Collinear},
	} {
		for kind, r := range map[string]Regression{
			"logistic": Logistic(c.rows), "Poisson": ModifiedPoisson(c.rows).Regression, "Firth": Firth(c.rows, 0.05).Regression,
		} {
			if r.Why != c.why {
				t.Errorf("%s, %s: %q, want %q", name, kind, r.Why, c.why)
			}
		}
	}
	one := ModifiedPoisson([]Row{{X: []float64{1}, N: 9, Y: 4}, {X: []float64{1}, N: 9, Y: 3}})
	undefined(t, "clustered error of one cluster", one.CR1[0], OneCluster)
}

// TestRowOrderChangesNoBit, and splitting a row in two changes nothing but rounding.
func TestRowOrderChangesNoBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Row {
			n := rapid.IntRange(1, 500).Draw(t, "n")
			return Row{
				X: []float64{1, float64(rapid.IntRange(0, 1).Draw(t, "ai")), rapid.Float64Range(-2, 2).Draw(t, "x")},
				N: float64(n), Y: float64(rapid.IntRange(0, n).Draw(t, "y")), Cluster: uint64(rapid.IntRange(0, 4).Draw(t, "cluster")),
			}
		}), 6, 20).Draw(t, "rows")
		other := shuffled(rows, rapid.Uint64().Draw(t, "seed"))
		for i := range other {
			other[i].Cluster = 4 - other[i].Cluster
		}
		if x, y := Logistic(rows), Logistic(other); !identical(x, y) {
			t.Fatalf("logistic %+v, then %+v", x, y)
		}
		if x, y := ModifiedPoisson(rows), ModifiedPoisson(other); !identical(x, y) {
			t.Fatalf("Poisson %+v, then %+v", x, y)
		}
		if x, y := Firth(rows, 0.05), Firth(other, 0.05); !identical(x, y) {
			t.Fatalf("Firth %+v, then %+v", x, y)
		}
	})
}

// TestProfileEndsHaveTheRightDrop puts the ends of the profile interval back into the penalised likelihood.
func TestProfileEndsHaveTheRightDrop(t *testing.T) {
	rows := []Row{
		{X: []float64{1, 0, 0}, N: 40, Y: 3},
		{X: []float64{1, 1, 0}, N: 30, Y: 9},
		{X: []float64{1, 0, 1}, N: 25, Y: 2},
		{X: []float64{1, 1, 1}, N: 12, Y: 5},
	}
	f := Firth(rows, 0.05)
	d, _ := newDesign(rows, binomial{})
	full, _ := d.penalised(d.begin(), -1)
	for i, j := range f.Index {
		for _, end := range []Number{f.CI[i].Low, f.CI[i].High} {
			near(t, "drop at the end", Num(d.dropper(full, j)(end.F)), 3.841458820694124, 1e-7)
		}
	}
}
