package num

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestRootKeepsDigitsNearZero(t *testing.T) {
	for _, want := range []float64{1e-9, -3e-12, 0.25, 41} {
		f := func(x float64) float64 { return math.Sinh(x) - math.Sinh(want) }
		if got := Root(f, -50, 50); math.Abs(got-want) > 1e-14*math.Abs(want) {
			t.Errorf("root = %.17g, want %.17g", got, want)
		}
	}
}

func TestRootOfSteps(t *testing.T) {
	step := func(x float64) float64 {
		if x < 2 {
			return math.Inf(-1)
		}
		return 1
	}
	if got := Root(step, -10, 100); math.Abs(got-2) > 1e-14 {
		t.Errorf("the step is at %g, want 2", got)
	}
	if got := Root(step, 3, 4); !math.IsNaN(got) {
		t.Errorf("a root where there is none: %g", got)
	}
	if got := RootFrom(step, 0, 0.1, 1); !math.IsNaN(got) {
		t.Errorf("a root short of the limit: %g", got)
	}
}

func TestNewtonSurvivesSteepAndFlat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Float64Range(-30, 30).Draw(t, "root")
		scale := math.Exp(rapid.Float64Range(-8, 8).Draw(t, "log scale"))
		f := func(x float64) (float64, float64) {
			y := math.Tanh((want - x) * scale)
			return y, -scale * (1 - y*y)
		}
		start := rapid.Float64Range(-40, 40).Draw(t, "start")
		if got := Newton(f, start, -600, 600); math.Abs(got-want) > 1e-9 {
			t.Fatalf("root = %g, want %g", got, want)
		}
	})
}
