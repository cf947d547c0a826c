package stats

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// benchCells is n cells in n/10 strata of ten teams each, with one or two incidents a stratum, the shape that a fleet's
// strata with incidents have.
func benchCells(n int) []Cell {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	cells := make([]Cell, n)
	for i := range cells {
		s := Stratum{N1: float64(1 + r.IntN(40)), N0: float64(1 + r.IntN(60))}
		if r.IntN(8) == 0 {
			s.A = 1
		}
		if r.IntN(8) == 0 {
			s.C = 1
		}
		cells[i] = Cell{Stratum: r.Uint64() % uint64(max(1, n/10)), Cluster: uint64(r.IntN(300)), Counts: s}
	}
	return cells
}

func benchStrata(n int) []Stratum {
	out := make([]Stratum, n)
	for i, c := range benchCells(n) {
		out[i] = c.Counts
	}
	return out
}

func overSizes(b *testing.B, run func(b *testing.B, n int)) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { run(b, n) })
	}
}

func BenchmarkConditionalRR(b *testing.B) {
	overSizes(b, func(b *testing.B, n int) {
		strata := benchStrata(n)
		for b.Loop() {
			ConditionalRR(strata, 0.05)
		}
	})
}

func BenchmarkMantelHaenszel(b *testing.B) {
	overSizes(b, func(b *testing.B, n int) {
		strata := benchStrata(n)
		for b.Loop() {
			MantelHaenszel(strata, 0.05)
		}
	})
}

func BenchmarkClusterRR(b *testing.B) {
	overSizes(b, func(b *testing.B, n int) {
		cells := benchCells(n)
		for b.Loop() {
			ClusterRR(cells)
		}
	})
}

func BenchmarkEProcess(b *testing.B) {
	overSizes(b, func(b *testing.B, n int) {
		strata := benchStrata(n)
		for b.Loop() {
			EProcess(strata, DefaultTau, 0.05)
		}
	})
}

func BenchmarkConfidenceSequence(b *testing.B) {
	for b.Loop() {
		ConfidenceSequence(0.12, 0.09, DefaultPhi, 0.05)
	}
}

func BenchmarkCoincidence(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			strata := make([]Stratum, n/2)
			for i := range strata {
				strata[i] = Stratum{1, float64(10 + i), 1, float64(20 + i%7)}
			}
			for b.Loop() {
				Coincidence(strata)
			}
		})
	}
}
