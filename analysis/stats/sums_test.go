package stats

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// someCells are cells of a few strata and clusters with rare incidents.
func someCells(t *rapid.T) []Cell {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Cell {
		n1, n0 := rapid.IntRange(0, 400).Draw(t, "n1"), rapid.IntRange(0, 400).Draw(t, "n0")
		return Cell{
			Stratum: uint64(rapid.IntRange(1, 6).Draw(t, "stratum")), Cluster: uint64(rapid.IntRange(1, 5).Draw(t, "cluster")),
			Counts: Stratum{
				A: float64(rapid.IntRange(0, min(n1, 3)).Draw(t, "a")), N1: float64(n1),
				C: float64(rapid.IntRange(0, min(n0, 3)).Draw(t, "c")), N0: float64(n0),
			},
		}
	}), 1, 30).Draw(t, "cells")
}

// Added up first or not, the risk ratio and its standard errors are the same.
func TestSumsSayWhatCellsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := someCells(t)
		got, want := SumCells(cells).RiskRatio(), ClusterRR(cells)
		for name, pair := range map[string][2]Number{
			"log": {got.LogRR, want.LogRR}, "model": {got.SEModel, want.SEModel}, "jackknife": {got.SEJack, want.SEJack},
			"se": {got.SE(), want.SE()},
		} {
			if !same(pair[0], pair[1], 1e-9) {
				t.Fatalf("%s: %v from sums, %v from cells", name, pair[0], pair[1])
			}
		}
		if want.LogRR.OK() && (got.Clusters != want.Clusters || got.Events != want.Events) {
			t.Fatalf("%d clusters and %v events from sums, %d and %v from cells", got.Clusters, got.Events, want.Clusters, want.Events)
		}
	})
}

func same(x, y Number, tolerance float64) bool {
	if x.OK() != y.OK() {
		return false
	}
	return !x.OK() || x.F == y.F || math.Abs(x.F-y.F) <= tolerance*math.Max(1, math.Abs(y.F))
}

func strataOf(cells []Cell) []Stratum {
	totals := group(cells).all
	var withEvents []Stratum
	for _, s := range totals {
		if s.m() > 0 {
			withEvents = append(withEvents, s)
		}
	}
	return withEvents
}

// Errors of detection are corrected as if the strata were there, whether they depend on incidents or not.
func TestSumsAreCorrectedLikeStrata(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := strataOf(someCells(t))
		var cells []Cell
		for i, s := range strata {
			cells = append(cells, Cell{Stratum: uint64(i), Cluster: 1, Counts: s})
		}
		good := func(name string) float64 { return rapid.Float64Range(0.6, 1).Draw(t, name) }
		d := Detection{good("se case"), good("sp case"), good("se"), good("sp")}
		got, want := SumCells(cells).Corrected(d), CorrectExposure(strata, d)
		sane := want.RR.OK() && want.RR.F > 1e-6 && want.RR.F < 1e6 // beyond, the ratio is one of rounding errors
		if sane && !same(got, want.RR, 1e-6) {
			t.Fatalf("%v from sums, %v from strata", got, want.RR)
		}
	})
}

// The sensitivity that tips a ratio is found on sums as on strata.
func TestTippingOnSums(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var cells []Cell
	for k := range 200 {
		n1, n0 := 2000+random.Float64()*4000, 3000+random.Float64()*9000
		cells = append(cells, Cell{uint64(k), uint64(k % 9), Stratum{math.Round(n1 * 0.0016), math.Round(n1), math.Round(n0 * 0.001), math.Round(n0)}})
	}
	d := Detection{0.7, 0.999, 0.7, 0.999}
	got, want := SumCells(cells).Tipping(d, 1), TippingSensitivity(strataOf(cells), d, 1)
	if !want.OK() || !same(got, want, 1e-9) {
		t.Errorf("tipping: %v from sums, %v from strata", got, want)
	}
}

// What a hundred million changes come to is as quickly decided as what a hundred thousand do.
func TestSumsWithoutComparison(t *testing.T) {
	for why, cells := range map[Reason][]Cell{
		NoIncidents:    nil,
		NoAIChanges:    {{1, 1, Stratum{0, 0, 2, 10}}},
		NoHumanChanges: {{1, 1, Stratum{2, 10, 0, 0}}},
		NoOverlap:      {{1, 1, Stratum{0, 0, 2, 10}}, {2, 1, Stratum{2, 10, 0, 0}}},
	} {
		if got := SumCells(cells).RiskRatio().LogRR.Why; got != why {
			t.Errorf("%v: %q", why, got)
		}
	}
}
