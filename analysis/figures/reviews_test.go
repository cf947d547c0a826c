package figures_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// states are changes with every state of review: eight by agents, of which six without a second person, five of others.
func states() []released {
	var all []released
	for _, state := range []string{"independent", "stale", "ai_only", "self", "after_merge", "none", "bypassed", "not_collected"} {
		all = append(all, released{class: "ai_agent", review: state})
	}
	return batch(all, many(3, released{class: "human"}), []released{{class: "unknown", review: "none"}, {class: "unknown", review: "not_collected"}},
		[]released{{class: "ai_assisted", review: "none", people: 4}, {class: "automation", review: "none"}})
}

// What was not collected is neither reviewed nor skipped, and a class of four people is not told of.
func TestReviewsByClass(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, states())
	r := &figures.Reader{Store: s}
	rows := read(t, r, "reviews_classes", figures.Filter{})
	if len(rows) != 5 {
		t.Fatal(rows)
	}
	rows[0].holds(t, "ai", line{"written_by": "ai", "skipped": 7, "collected": 8})
	rows[1].holds(t, "agent", line{"written_by": "ai_agent", "skipped": 6, "collected": 7, "share": 6.0 / 7, "not_collected": 1, "hidden": ""})
	rows[2].holds(t, "assisted", line{"skipped": nil, "collected": nil, "share": nil, "hidden": "fewer than five people stand behind them"})
	rows[3].holds(t, "no AI", line{"written_by": "no_ai", "skipped": 1, "collected": 4, "not_collected": 1})
	reasons := read(t, r, "reviews_reasons", figures.Filter{Classes: []string{"ai_agent"}})
	if len(reasons) != 6 {
		t.Fatal(reasons)
	}
	for _, row := range reasons {
		row.holds(t, fmt.Sprint(row["reason"]), line{"changes": 1, "of": 7, "share": 1.0 / 7})
	}
}

// The numbers are those of claim second_person.
func TestReviewsAgreeWithTheClaim(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, states())
	claims := []analysis.Claim{claimOf(t, s, "second_person")}
	r := &figures.Reader{Store: s}
	for _, row := range read(t, r, "reviews_classes", figures.Filter{}) {
		group := row["written_by"].(string)
		if group == "ai" || row["hidden"] != "" {
			continue
		}
		m := measure(t, claims, "second_person", "unseen", "unseen "+group)
		row.holds(t, group, line{"skipped": *m.Part, "collected": *m.Of})
	}
	for _, row := range read(t, r, "reviews_reasons", figures.Filter{}) {
		if row["hidden"] == "" {
			m := measure(t, claims, "second_person", "reasons", fmt.Sprintf("%s %s", row["reason"], row["written_by"]))
			row.holds(t, m.ID, line{"changes": *m.Part, "of": *m.Of})
		}
	}
}

// A week without anything collected of a class is a gap, and the week that the data end in is open.
func TestReviewsByWeek(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, batch(
		many(3, released{class: "ai_agent", at: monday(1), review: "none"}), many(1, released{class: "ai_agent", at: monday(1)}),
		many(2, released{class: "human", at: monday(2), review: "self"}), many(9, released{class: "ai_agent", at: monday(2), review: "not_collected"}),
	))
	rows := read(t, &figures.Reader{Store: s}, "reviews_weeks", figures.Filter{})
	if len(rows) != 2 {
		t.Fatal(rows)
	}
	rows[0].holds(t, "first", line{"week": monday(1), "open": false, "agent_of": 4, "agent_skipped": 3, "agent_share": 0.75, "no_ai_of": nil, "no_ai_share": nil})
	rows[1].holds(t, "second", line{"open": true, "agent_of": nil, "agent_share": nil, "no_ai_of": 2, "no_ai_share": 1.0})
}

// wait is so many pull requests of a class that were reviewed, or merged without a review, so long after they were ready.
type wait struct {
	class    string
	hours    float64
	n        int
	reviewed bool
}

func propose(t *testing.T, s *store.Store, waits []wait) {
	t.Helper()
	var class []string
	var first, merged []*time.Time
	for _, w := range waits {
		left := monday(0).Add(time.Duration(w.hours * float64(time.Hour)))
		for range w.n {
			class = append(class, w.class)
			if later := left.Add(time.Hour); w.reviewed {
				first, merged = append(first, &left), append(merged, &later)
			} else {
				first, merged = append(first, nil), append(merged, &left)
			}
		}
	}
	n := len(class)
	numbers, authors := make([]uint32, n), make([]uint64, n)
	for i := range n {
		numbers[i], authors[i] = uint32(i+1), uint64(i%6)
	}
	err := s.Insert(t.Context(), `INSERT INTO proposals (repo, number, author_class, author, ready_at, first_review_at, merged_at, closed_at, review_state)`, []any{
		store.Repeat(n, "o/r"), numbers, class, authors, store.Repeat(n, monday(0)), first, merged, merged, store.Repeat(n, "independent"),
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The curve and its band are those of the estimator, on bins of an hour; who merged without a review leaves at the merge.
func TestWaitsAreKaplanMeier(t *testing.T) {
	s := storetest.Open(t)
	waits := []wait{{"ai_agent", 0.5, 10, true}, {"ai_agent", 1.5, 6, false}, {"ai_agent", 2.5, 8, true}, {"ai_agent", 30.5, 4, true}, {"ai_agent", 100, 12, false}}
	propose(t, s, waits)
	var times []stats.Time
	for _, w := range waits {
		one := stats.Time{T: float64(int(w.hours) + 1), Censored: float64(w.n)}
		if w.reviewed {
			one.Events, one.Censored = float64(w.n), 0
		}
		times = append(times, one)
	}
	rows := read(t, &figures.Reader{Store: s}, "reviews_waits", figures.Filter{})
	if len(rows) != 73 {
		t.Fatalf("%d rows", len(rows))
	}
	rows[0].holds(t, "at once", line{"waiting": 1.0, "at_risk": 40, "low": nil})
	for hour, risk := range map[int]int{1: 30, 2: 24, 8: 16, 24: 16, 48: 12} {
		want := stats.KaplanMeier(times, float64(hour), 336, 0.05).At
		rows[hour].holds(t, fmt.Sprint(hour), line{"at_risk": risk})
		if !near(rows[hour]["waiting"], want.Value.F, 1e-9) || !near(rows[hour]["low"], want.Low.F, 1e-6) || !near(rows[hour]["high"], want.High.F, 1e-6) {
			t.Errorf("after %d h: %v, not %v", hour, rows[hour], want)
		}
	}
}

// The medians are those of claim slowdown.
func TestMediansAgreeWithTheClaim(t *testing.T) {
	s := storetest.Open(t)
	propose(t, s, []wait{
		{"ai_agent", 2, 30, true},
		{"ai_agent", 9, 30, true},
		{"ai_agent", 5, 20, false},
		{"human", 1, 70, true},
		{"human", 30, 60, true},
		{"ai_assisted", 1, 9, true},
		{"ai_assisted", 1, 40, false},
	})
	claims := []analysis.Claim{claimOf(t, s, "slowdown")}
	rows := read(t, &figures.Reader{Store: s}, "reviews_medians", figures.Filter{})
	if len(rows) != 3 {
		t.Fatal(rows)
	}
	for i, id := range []string{"ai_agent median", "ai_assisted median", " median"} {
		m := measure(t, claims, "slowdown", "review", id)
		rows[i].holds(t, id, line{"reviewed": *m.Part, "proposals": *m.Of})
		if m.Value.OK() != (rows[i]["median_hours"] != nil) || m.Value.OK() && !near(rows[i]["median_hours"], m.Value.F, 1e-9) {
			t.Errorf("%s: %v, not %v", id, rows[i]["median_hours"], m.Value)
		}
	}
	rows[0].holds(t, "agents", line{"merged_unreviewed": 20, "closed_unreviewed": 0, "still_waiting": 0})
}

// A cell of 99 changes is too small, one of 100 is not.
func TestEffortBySize(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, batch(many(100, released{class: "ai_agent", lines: 10}), many(99, released{class: "ai_agent", lines: 11}), many(100, released{class: "human", lines: 2000}), many(3, released{class: "human"})))
	rows := read(t, &figures.Reader{Store: s}, "reviews_effort", figures.Filter{})
	if len(rows) != 3 {
		t.Fatal(rows)
	}
	rows[0].holds(t, "small", line{"lines": "up to 10", "changes": 100, "comments_per_100": 0.0, "without_comment": 1.0, "hidden": ""})
	rows[1].holds(t, "middle", line{"lines": "11 to 50", "changes": 99, "comments_per_100": nil, "hidden": "too few to show"})
	rows[2].holds(t, "great", line{"written_by": "no_ai", "lines": "over 1 000"})
}

// The most critical and greatest come first, and what was not collected never comes.
func TestSkippedInOrder(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, []released{
		{class: "human", review: "none", tier: 2, lines: 900},
		{class: "human", review: "after_merge", tier: 1, lines: 5},
		{class: "ai_agent", review: "none", tier: 1, lines: 50},
		{class: "ai_agent", review: "not_collected", tier: 1},
		{class: "ai_agent", tier: 1},
		{class: "automation", review: "none"},
	})
	rows := read(t, &figures.Reader{Store: s}, "reviews_skipped", figures.Filter{})
	if len(rows) != 3 {
		t.Fatal(rows)
	}
	rows[0].holds(t, "first", line{"lines": 50, "class": "ai_agent"})
	rows[1].holds(t, "second", line{"lines": 5, "afterwards": true})
	rows[2].holds(t, "third", line{"lines": 900, "tier": 2})
}

func claimOf(t *testing.T, s *store.Store, id string) analysis.Claim {
	t.Helper()
	claim, found, err := analysis.New(s).Claim(t.Context(), id)
	if err != nil || !found {
		t.Fatal(id, found, err)
	}
	return claim
}
