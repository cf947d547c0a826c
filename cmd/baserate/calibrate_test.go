package main

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/simulate/calibrate"
	"github.com/baserate/baserate/store"
)

// What the calibration counts in memory is what the store counts of the same fleet, on both ways into it.
func TestCalibrationCountsLikeTheStore(t *testing.T) {
	for _, c := range []struct {
		scenario, path string
		changes        int
	}{{"simpson-a", fastPath, 40_000}, {"misattributed", fastPath, 40_000}, {"late-labels", factsPath, 12_000}} {
		t.Run(c.scenario+" "+c.path, func(t *testing.T) {
			ctx := context.Background()
			db, err := (&database{Data: t.TempDir()}).open(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			scenario, _ := simulate.Named(c.scenario)
			if err := saveFleet(ctx, db, simulate.New(scenario, simulate.Options{Changes: c.changes, Seed: 7}), c.path, func(int64, int64) {}); err != nil {
				t.Fatal(err)
			}
			if _, err := newFleet(db, nil).derive(ctx); err != nil {
				t.Fatal(err)
			}
			compareSums(t, db.Store, calibrate.Draw(scenario, c.changes, 7))
		})
	}
}

func compareSums(t *testing.T, s *store.Store, w *calibrate.World) {
	t.Helper()
	ctx := context.Background()
	for _, design := range []analysis.Design{analysis.SameRepository, analysis.SameDeveloper} {
		for _, adjustment := range []analysis.Adjustment{analysis.Total, analysis.Direct} {
			for _, outcome := range []string{"incident", "control"} {
				for _, side := range []analysis.Side{analysis.SideReference, analysis.SideUnknownAI} {
					want, err := w.Sums(ctx, analysis.Question{Outcome: outcome, Design: design, Adjustment: adjustment, Exposure: "ai_agent", Side: side})
					if err != nil {
						t.Fatal(err)
					}
					got, _, _, err := s.Sums(ctx, store.SumsQuery{
						Outcome: outcome, Design: string(design), Adjustment: string(adjustment), Exposure: "ai_agent", Side: string(side),
					})
					if err != nil {
						t.Fatal(err)
					}
					sameSums(t, string(design)+" "+string(adjustment)+" "+outcome+" "+string(side), got, want.Sums)
				}
			}
		}
	}
}

// sameSums compares all but the labels of the clusters, which each side makes for itself.
func sameSums(t *testing.T, what string, got store.StrataSums, want stats.Sums) {
	t.Helper()
	near := func(x, y float64) bool { return math.Abs(x-y) <= 1e-6*math.Max(1, math.Abs(y)) }
	if got.A != want.A || got.N1 != want.N1 || got.C != want.C || got.N0 != want.N0 || got.OverlapA != want.OverlapA || got.Strata != want.Strata ||
		!near(got.R, want.R) || !near(got.S, want.S) || !near(got.V, want.V) {
		t.Errorf("%s: the store says %+v, the calibration %+v", what, without(got), want)
	}
	if want.A == 0 && want.C == 0 {
		t.Errorf("%s: no event, so nothing was compared", what)
	}
	var lost, meant []float64
	for _, c := range got.Clusters {
		lost = append(lost, c.R-c.S)
	}
	for _, c := range want.Clusters {
		meant = append(meant, c.R-c.S)
	}
	slices.Sort(lost)
	slices.Sort(meant)
	if !slices.EqualFunc(lost, meant, near) {
		t.Errorf("%s: clusters differ: %d and %d", what, len(lost), len(meant))
	}
}

func without(s store.StrataSums) store.StrataSums {
	s.Clusters = nil
	return s
}
