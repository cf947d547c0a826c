package num

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// exactly is the reference: the sum in arbitrary precision, rounded once.
func exactly(xs []float64) float64 {
	total := new(big.Float).SetPrec(2200)
	for _, x := range xs {
		total.Add(total, new(big.Float).SetPrec(2200).SetFloat64(x))
	}
	f, _ := total.Float64()
	return f
}

func TestSumIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOf(rapid.Float64Range(-1e300, 1e300)).Draw(t, "xs")
		if got, want := Total(xs), exactly(xs); got != want {
			t.Fatalf("sum = %x, want %x", got, want)
		}
	})
}

func TestSumSpansAllMagnitudes(t *testing.T) {
	for _, c := range []struct {
		name string
		xs   []float64
		want float64
	}{
		{"empty", nil, 0},
		{"cancels to a crumb", []float64{1e100, 1, -1e100}, 1},
		{"smallest float", []float64{math.SmallestNonzeroFloat64, math.SmallestNonzeroFloat64}, 2 * math.SmallestNonzeroFloat64},
		{"largest float", []float64{math.MaxFloat64, -math.MaxFloat64 / 2}, math.MaxFloat64 / 2},
		{"overflow", []float64{math.MaxFloat64, math.MaxFloat64}, math.Inf(1)},
		{"negative", []float64{-0.1, -0.2}, exactly([]float64{-0.1, -0.2})},
		{"infinite", []float64{1, math.Inf(-1)}, math.Inf(-1)},
		{"a tie broken far below", []float64{1, 0x1p-53, 0x1p-200}, 1 + 0x1p-52},
		{"a tie to even", []float64{1, 0x1p-53}, 1},
	} {
		if got := Total(c.xs); got != c.want {
			t.Errorf("%s: sum = %g, want %g", c.name, got, c.want)
		}
	}
}

func TestSumOfManyIsOrderFree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	xs := make([]float64, 5000) // more than one round of carries
	for i := range xs {
		xs[i] = math.Ldexp(r.Float64()-0.5, r.IntN(200)-100)
	}
	want := exactly(xs)
	for range 5 {
		r.Shuffle(len(xs), func(i, j int) { xs[i], xs[j] = xs[j], xs[i] })
		if got := Total(xs); got != want {
			t.Fatalf("sum = %x, want %x", got, want)
		}
	}
	slices.Sort(xs)
	if got := Total(xs); got != want {
		t.Fatalf("sorted sum = %x, want %x", got, want)
	}
}

func TestAddProductKeepsTheRoundingError(t *testing.T) {
	x := 0.1
	var s Sum
	s.AddProduct(x, x)
	s.Add(-x * x)
	wide := new(big.Float).SetPrec(200).SetFloat64(x)
	wide.Mul(wide, wide).Sub(wide, big.NewFloat(x*x))
	if want, _ := wide.Float64(); want == 0 || s.Value() != want {
		t.Errorf("error of 0.1·0.1 = %g, want %g", s.Value(), want)
	}
}

func BenchmarkSum(b *testing.B) {
	xs := make([]float64, 1000)
	for i := range xs {
		xs[i] = 1 / float64(i+1)
	}
	for b.Loop() {
		Total(xs)
	}
}
