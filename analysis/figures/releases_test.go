package figures_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
)

// released is a change of five people with what these figures count of it. Its hash and its place in time are made from its number.
type released struct {
	class, review, level, usual string
	repo, team                  string
	tier                        uint8
	lines                       uint64
	people                      int       // five when zero
	at                          time.Time // the first Monday when zero
	incident                    time.Duration
	severity                    uint8
}

// release saves changes; a change with an incident caused one so long after it landed.
func release(t *testing.T, s *store.Store, all []released) {
	t.Helper()
	shas := make([]string, len(all))
	for i := range all {
		c := &all[i]
		c.repo, c.review, c.level, c.usual = or(c.repo, "o/r"), or(c.review, "independent"), or(c.level, "write"), or(c.usual, "unknown")
		if c.at.IsZero() {
			c.at = monday(0).Add(time.Duration(i) * time.Minute)
		}
		shas[i] = fmt.Sprintf("%040d", i)
	}
	err := s.Insert(t.Context(), `INSERT INTO changes (change_id, repo, sha, kind, landed_at, people, team, author_class, review_state, permission,
		usual_permission, tier, additions, size_known, incident_at, severity, mature)`, []any{
		store.Column(all, func(c *released) string { return c.repo + "@" + fmt.Sprintf("%040d", indexOf(all, c)) }),
		store.Column(all, func(c *released) string { return c.repo }), shas, store.Repeat(len(all), "pull_request"),
		store.Column(all, func(c *released) time.Time { return c.at }),
		store.Column(all, func(c *released) []uint64 { return crew(c.people) }),
		store.Column(all, func(c *released) string { return c.team }), store.Column(all, func(c *released) string { return c.class }),
		store.Column(all, func(c *released) string { return c.review }), store.Column(all, func(c *released) string { return c.level }),
		store.Column(all, func(c *released) string { return c.usual }), store.Column(all, func(c *released) uint8 { return c.tier }),
		store.Column(all, func(c *released) uint64 { return c.lines }), store.Repeat(len(all), true),
		store.Column(all, func(c *released) *time.Time { return later(c.at, c.incident) }),
		store.Column(all, func(c *released) uint8 { return c.severity }), store.Repeat(len(all), true),
	})
	if err != nil {
		t.Fatal(err)
	}
	end := monday(20)
	ledger := record.Collection{Source: "git", Scope: "o/r", Stream: "history", StartedAt: end, FinishedAt: end, Status: record.StatusOK, Rows: 1}
	if err := s.Save(t.Context(), record.Batch{}, ledger); err != nil {
		t.Fatal(err)
	}
}

func indexOf(all []released, c *released) int {
	for i := range all {
		if &all[i] == c {
			return i
		}
	}
	return -1
}

func crew(n int) []uint64 {
	if n == 0 {
		n = 5
	}
	all := make([]uint64, n)
	for i := range all {
		all[i] = uint64(i + 1)
	}
	return all
}

func later(at time.Time, after time.Duration) *time.Time {
	if after == 0 {
		return nil
	}
	then := at.Add(after)
	return &then
}

// many repeats a change.
func many(n int, c released) []released {
	all := make([]released, n)
	for i := range all {
		all[i] = c
	}
	return all
}

func batch(parts ...[]released) (all []released) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// measure is a measure of a claim's table.
func measure(t *testing.T, claims []analysis.Claim, claim, table, id string) analysis.Measure {
	t.Helper()
	for _, c := range claims {
		if c.ID != claim {
			continue
		}
		for _, tab := range c.Answer.Tables {
			for _, m := range tab.Measures {
				if tab.ID == table && m.ID == id {
					return m
				}
			}
		}
	}
	t.Fatalf("claim %s has no %s in table %s", claim, id, table)
	return analysis.Measure{}
}

func near(a any, b float64, within float64) bool {
	x, ok := a.(float64)
	return ok && math.Abs(x-b) <= within
}
