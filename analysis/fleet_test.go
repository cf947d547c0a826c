package analysis_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// row is one derived change.
type row struct {
	repo, sha, class string
	landed           time.Time
	lines            uint64
	reverted         *time.Time
	mature           bool
	people           []uint64
}

// fleet is derived changes written down by cell.
type fleet struct{ rows []row }

// cell adds n changes of one class in one repository and quarter, the first y of them reverted a day later.
func (f *fleet) cell(repo string, quarter int, class string, lines uint64, n, y int) {
	for i := range n {
		at := time.Date(2024, time.Month(1+3*quarter), 2, 0, 0, i, 0, time.UTC)
		r := row{
			repo: repo, class: class, landed: at, lines: lines, mature: true,
			sha: fmt.Sprintf("%040d", len(f.rows)), people: []uint64{uint64(i % 7)},
		}
		if i < y {
			later := at.Add(24 * time.Hour)
			r.reverted = &later
		}
		f.rows = append(f.rows, r)
	}
}

// save writes the changes, and a collection and a verdict, so that the gates have something to look at.
func (f *fleet) save(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	insert := func(table string, names string, columns ...any) {
		t.Helper()
		if err := s.Insert(ctx, "INSERT INTO "+table+" ("+names+")", columns); err != nil {
			t.Fatal(err)
		}
	}
	insert("changes", "change_id, repo, sha, landed_at, author_class, additions, size_known, reverted_at, mature, people",
		store.Column(f.rows, func(r *row) string { return r.repo + "@" + r.sha }),
		store.Column(f.rows, func(r *row) string { return r.repo }),
		store.Column(f.rows, func(r *row) string { return r.sha }),
		store.Column(f.rows, func(r *row) time.Time { return r.landed }),
		store.Column(f.rows, func(r *row) string { return r.class }),
		store.Column(f.rows, func(r *row) uint64 { return r.lines }),
		store.Repeat(len(f.rows), true),
		store.Column(f.rows, func(r *row) *time.Time { return r.reverted }),
		store.Column(f.rows, func(r *row) bool { return r.mature }),
		store.Column(f.rows, func(r *row) []uint64 { return r.people }))
	version := s.Version()
	for _, step := range []string{"strata", "live_strata", "developer_strata"} {
		text, err := os.ReadFile("../derive/step/" + step + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		repos := store.Column(f.rows, func(r *row) string { return r.repo })
		slices.Sort(repos)
		if err := s.Exec(ctx, string(text), store.Params{"repos": slices.Compact(repos), "version": version}); err != nil {
			t.Fatal(err)
		}
	}
	insert("placements", "repo, sha, landed_by", []string{"o/r"}, []string{"aa"}, []string{"aa"})
	insert("verdicts", "repo, sha, class", []string{"o/r"}, []string{"aa"}, []string{"unknown"})
	now := time.Now()
	ledger := record.Collection{Source: "git", Scope: "o/r", Stream: "history", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 1}
	if err := s.Save(ctx, record.Batch{}, ledger); err != nil {
		t.Fatal(err)
	}
}

// ask builds a fleet and returns the answer to a claim on it.
func ask(t *testing.T, id string, build func(f *fleet)) analysis.Claim {
	t.Helper()
	s := storetest.Open(t)
	var f fleet
	build(&f)
	f.save(t, s)
	c, found, err := analysis.New(s).Claim(context.Background(), id)
	if err != nil || !found {
		t.Fatalf("claim %s: found %v, %v", id, found, err)
	}
	return c
}

// primary returns the comparison of the claim's own outcome for an exposure.
func primary(t *testing.T, c analysis.Claim, exposure string) analysis.Comparison {
	t.Helper()
	for _, x := range c.Answer.Comparisons {
		if x.Primary && x.Exposure == exposure {
			return x
		}
	}
	t.Fatalf("no primary comparison of %s", exposure)
	return analysis.Comparison{}
}

// ratio is the ratio within the same repository and quarter.
func ratio(c analysis.Comparison, a analysis.Adjustment) analysis.Ratio {
	return c.Effect(analysis.SameRepository, a).Ratio
}

// quarters repeats a set of cells over ten quarters of one repository.
func (f *fleet) quarters(build func(quarter int)) {
	for q := range 10 {
		build(q)
	}
}

func mustContain(t *testing.T, text string, parts ...string) {
	t.Helper()
	plain := strings.ReplaceAll(text, "\u202f", " ")
	for _, part := range parts {
		if !strings.Contains(plain, part) {
			t.Errorf("%q is not in %q", part, plain)
		}
	}
}
