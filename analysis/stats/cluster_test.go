package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func anyCells() *rapid.Generator[[]Cell] {
	one := rapid.Custom(func(t *rapid.T) Cell {
		return Cell{
			Stratum: uint64(rapid.IntRange(0, 5).Draw(t, "stratum")),
			Cluster: uint64(rapid.IntRange(0, 7).Draw(t, "cluster")),
			Counts:  anyStratum().Draw(t, "counts"),
		}
	})
	return rapid.SliceOfN(one, 0, 30)
}

// TestLabelsAndOrderChangeNoBit: what strata and clusters are called, and in which order the cells come, must not show.
func TestLabelsAndOrderChangeNoBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := anyCells().Draw(t, "cells")
		strata := rapid.Permutation([]uint64{10, 3, 77, 21, 900, 5}).Draw(t, "stratum labels")
		clusters := rapid.Permutation([]uint64{8, 1, 4, 1 << 60, 2, 66, 0, 31}).Draw(t, "cluster labels")
		other := shuffled(cells, rapid.Uint64().Draw(t, "seed"))
		for i, c := range other {
			other[i].Stratum, other[i].Cluster = strata[c.Stratum], clusters[c.Cluster]
		}
		x, y := ClusterRR(cells), ClusterRR(other)
		if len(x.Without) != len(y.Without) {
			t.Fatalf("%d clusters left out, then %d", len(x.Without), len(y.Without))
		}
		for label, without := range x.Without {
			if y.Without[clusters[label]] != without {
				t.Fatalf("without cluster %d: %v, then %v", label, without, y.Without[clusters[label]])
			}
		}
		x.Without, y.Without = nil, nil
		if !identical(x, y) {
			t.Fatalf("%+v, then %+v", x, y)
		}
	})
}

// TestSplitCellsAddUp: a cell that arrives in two parts is one cell.
func TestSplitCellsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := anyCells().Draw(t, "cells")
		var parts []Cell
		for _, c := range cells {
			half := Stratum{math.Floor(c.Counts.A / 2), math.Floor(c.Counts.N1 / 2), math.Floor(c.Counts.C / 2), math.Floor(c.Counts.N0 / 2)}
			parts = append(parts, Cell{c.Stratum, c.Cluster, half}, Cell{c.Stratum, c.Cluster, c.Counts.without(half)})
		}
		if x, y := ClusterRR(cells), ClusterRR(parts); !identical(x, y) {
			t.Fatalf("whole %+v, in parts %+v", x, y)
		}
	})
}

// TestJackknifeLeavesOutOneClusterAtATime compares with the plain way: pool again without the cluster.
func TestJackknifeLeavesOutOneClusterAtATime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Cell {
			return Cell{
				uint64(rapid.IntRange(0, 3).Draw(t, "stratum")), uint64(rapid.IntRange(0, 5).Draw(t, "cluster")),
				Stratum{
					float64(rapid.IntRange(0, 5).Draw(t, "a")), float64(rapid.IntRange(5, 900).Draw(t, "n1")),
					float64(rapid.IntRange(0, 5).Draw(t, "c")), float64(rapid.IntRange(5, 900).Draw(t, "n0")),
				},
			}
		}), 2, 20).Draw(t, "cells")
		got := ClusterRR(cells)
		full := pooledWithout(cells, math.MaxUint64)
		if !got.LogRR.Finite() {
			return // incidents in one arm only
		}
		var sum, g float64
		for label, without := range got.Without {
			want := pooledWithout(cells, label)
			if want.OK() != without.OK() || math.Abs(want.F-without.F) > 1e-9*want.F {
				t.Fatalf("without %d: %v, want %v", label, without, want)
			}
			d := math.Log(want.F) - math.Log(full.F)
			sum += d * d
			g++
		}
		want := math.Sqrt((g - 1) / g * sum)
		if got.SEJack.OK() && math.Abs(got.SEJack.F-want) > 1e-9*want+1e-12 {
			t.Fatalf("jackknife %v, want %g", got.SEJack, want)
		}
	})
}

func pooledWithout(cells []Cell, label uint64) Number {
	totals := map[uint64]Stratum{}
	for _, c := range cells {
		if c.Cluster != label {
			s := totals[c.Stratum]
			totals[c.Stratum] = Stratum{s.A + c.Counts.A, s.N1 + c.Counts.N1, s.C + c.Counts.C, s.N0 + c.Counts.N0}
		}
	}
	var strata []Stratum
	for _, s := range totals {
		strata = append(strata, s)
	}
	return MantelHaenszel(strata, 0.05).RR.Value
}

// TestDesignEffectSeesBunches: the same number of incidents, scattered over the clusters or in bunches of ten.
func TestDesignEffectSeesBunches(t *testing.T) {
	single, bunched := make([]Cell, 0, 800), make([]Cell, 0, 800)
	for g := range uint64(400) {
		ai, human := float64(g%3), float64((g+1)%3)
		single = append(single, Cell{0, g, Stratum{ai, 1000, human, 1000}})
		if g%10 != 0 {
			ai, human = 0, 0
		}
		bunched = append(bunched, Cell{0, g, Stratum{10 * ai, 1000, 10 * human, 1000}})
	}
	x, y := ClusterRR(single), ClusterRR(bunched)
	if x.DesignEffect.F > 2 {
		t.Errorf("design effect of scattered incidents %v", x.DesignEffect)
	}
	if y.DesignEffect.F < 5*x.DesignEffect.F {
		t.Errorf("design effect of bunched incidents %v, of scattered %v", y.DesignEffect, x.DesignEffect)
	}
	if y.EffectiveEvents().F >= y.Events {
		t.Errorf("%v effective of %g incidents", y.EffectiveEvents(), y.Events)
	}
}

func TestClusterEdges(t *testing.T) {
	one := ClusterRR([]Cell{{0, 1, Stratum{2, 100, 3, 100}}, {1, 1, Stratum{1, 100, 3, 100}}})
	undefined(t, "SE of one cluster", one.SE(), OneCluster)
	if one.DF() != 0 {
		t.Errorf("one cluster has %g degrees of freedom", one.DF())
	}
	alone := ClusterRR([]Cell{{0, 1, Stratum{2, 100, 3, 100}}, {0, 2, Stratum{0, 100, 0, 100}}})
	undefined(t, "jackknife when one cluster has all incidents", alone.SEJack, OneClusterAll)
	undefined(t, "nothing at all", ClusterRR(nil).LogRR, NoChanges)
	undefined(t, "no humans", ClusterRR([]Cell{{0, 1, Stratum{2, 100, 0, 0}}}).LogRR, NoHumanChanges)
	undefined(t, "nonsense", ClusterRR([]Cell{{0, 1, Stratum{2, 1, 0, 0}}}).SE(), InvalidInput)
	edge := ClusterRR([]Cell{{0, 1, Stratum{0, 100, 3, 100}}, {0, 2, Stratum{0, 100, 1, 100}}})
	if !math.IsInf(edge.CondLogRR.F, -1) || edge.SE().OK() {
		t.Errorf("no AI incidents: ln RR %v, SE %v", edge.CondLogRR, edge.SE())
	}
}

// TestSharedIncidentsAddUpInAnyOrder: a third of an incident three times is one incident, whichever third comes first.
func TestSharedIncidentsAddUpInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Cell {
			n := float64(rapid.IntRange(3, 90).Draw(t, "n"))
			return Cell{
				uint64(rapid.IntRange(0, 2).Draw(t, "stratum")), uint64(rapid.IntRange(0, 3).Draw(t, "cluster")),
				Stratum{float64(rapid.IntRange(0, 4).Draw(t, "a")) / 3, n, float64(rapid.IntRange(0, 4).Draw(t, "c")) / 7, n + 1},
			}
		}), 2, 20).Draw(t, "cells")
		if x, y := ClusterRR(cells), ClusterRR(shuffled(cells, rapid.Uint64().Draw(t, "seed"))); !identical(x, y) {
			t.Fatalf("%+v, then %+v", x, y)
		}
	})
}
