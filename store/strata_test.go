package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// Two strata, counted by hand. The first has two clusters; of the second only one arm has changes.
//
//	stratum 1: cluster 10 has 2/40 with AI and 1/30 without, cluster 11 has 0/10 and 1/20: 2/50 against 2/50 together
//	stratum 2: cluster 10 has 3/9 with AI
const insertByHand = `INSERT INTO strata (outcome, design, adjustment, repo, stratum, cluster, leads,
    agent_changes, agent_events, human_changes, human_events, unknown_changes, automation_changes, automation_events,
    rest_agent_changes, rest_agent_events, rest_human_changes, rest_human_events, rest_unknown_changes, version)
VALUES
    ('mistake', 'repository', 'total', 'o/r', 1, 10, true, 40, 2, 20, 1, 10, 5, 1, 10, 0, 20, 1, 0, 1),
    ('mistake', 'repository', 'total', 'o/r', 1, 11, false, 10, 0, 20, 1, 0, 0, 0, 40, 2, 20, 1, 10, 1),
    ('mistake', 'repository', 'total', 'o/r', 2, 10, true, 9, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    ('incident', 'repository', 'total', 'o/r', 3, 10, true, 9, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1)`

var byHand = store.SumsQuery{Outcome: "mistake", Design: "repository", Adjustment: "total", Exposure: "ai_agent", Side: "reference"}

func storeByHand(t *testing.T) *store.Store {
	t.Helper()
	s := storetest.Open(t)
	for _, sql := range []string{insertByHand, "INSERT INTO strata_live VALUES ('o/r', 1)"} {
		if err := s.Exec(context.Background(), sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestSumsByHand(t *testing.T) {
	got, sql, params, err := storeByHand(t).Sums(context.Background(), byHand)
	if err != nil {
		t.Fatal(err)
	}
	want := store.StrataSums{
		A: 5, N1: 59, C: 2, N0: 50, OverlapA: 2, OverlapC: 2, Strata: 1,
		R: 1, S: 1, V: (4.*50*50 - 2*2*100) / (100 * 100),
		AA: 2*2/100. + 3*3/9., AM: 2*4/100. + 3*3/9., MM: 4*4/100. + 3*3/9.,
		Clusters: []store.ClusterSums{
			{Cluster: 10, R: 1, S: 1 - 10./30},            // left: 0/10 against 1/20
			{Cluster: 11, R: 1 - 2*30./70, S: 1 - 40./70}, // left: 2/40 against 1/30
		},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(x, y float64) bool { return x-y < 2e-10 && y-x < 2e-10 })); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(sql, "GROUP BY") || params["outcome"] != "mistake" {
		t.Errorf("the query behind the sums is %.40q… with %v", sql, params)
	}
}

// A derivation's strata count from the moment that it says so, all at once; what it replaces counts until then.
func TestSumsAreOfTheLiveDerivation(t *testing.T) {
	ctx, s := context.Background(), storeByHand(t)
	events := func() float64 {
		sums, _, _, err := s.Sums(ctx, byHand)
		if err != nil {
			t.Fatal(err)
		}
		return sums.A
	}
	later := `INSERT INTO strata (outcome, design, adjustment, repo, stratum, cluster, leads, agent_changes, agent_events, human_changes, version)
		VALUES ('mistake', 'repository', 'total', 'o/r', 7, 10, true, 50, 8, 50, 2)`
	if err := s.Exec(ctx, later, nil); err != nil {
		t.Fatal(err)
	}
	if got := events(); got != 5 {
		t.Errorf("while the next derivation is being written: %v events, want the 5 of the last", got)
	}
	if err := s.Exec(ctx, "INSERT INTO strata_live VALUES ('o/r', 2)", nil); err != nil {
		t.Fatal(err)
	}
	if got := events(); got != 8 {
		t.Errorf("%v events, want the 8 of the new derivation", got)
	}
}

func TestSumsOfNothing(t *testing.T) {
	s := storetest.Open(t)
	for _, ask := range []func(context.Context, store.SumsQuery) (store.StrataSums, string, store.Params, error){s.Sums, s.RawSums} {
		got, _, _, err := ask(context.Background(), byHand)
		if diff := cmp.Diff(store.StrataSums{}, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	}
	overlap, err := s.Overlap(context.Background(), "developer", "direct", "ai")
	if err != nil || overlap != (store.StrataOverlap{}) {
		t.Errorf("%+v, %v", overlap, err)
	}
	if _, known := overlap.ExposedShare(); known {
		t.Error("a share of no changes is known")
	}
}

// A cut-off list of cells would give a wrong answer, so there is none.
func TestStrataCellsLimit(t *testing.T) {
	s := storeByHand(t)
	want := []store.StrataCell{{1, 10, 2, 40, 1, 30}, {1, 11, 0, 10, 1, 20}, {2, 10, 3, 9, 0, 0}}
	got, _, _, err := s.StrataCells(context.Background(), byHand, 3)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if got, _, _, err = s.StrataCells(context.Background(), byHand, 2); !errors.Is(err, store.ErrTooManyCells) || got != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestOverlapShares(t *testing.T) {
	o := store.StrataOverlap{Exposed: 8, Reference: 5, ExposedCompared: 6, ReferenceCompared: 1}
	exposed, _ := o.ExposedShare()
	reference, _ := o.ReferenceShare()
	if exposed != 0.75 || reference != 0.2 {
		t.Errorf("shares %g and %g, want 0.75 and 0.2", exposed, reference)
	}
}
