package figures_test

import (
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// monday is the first day of week n of the histories of these tests.
func monday(n int) time.Time { return time.Date(2026, 8, 3, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*n) }

// landing is a change that is told by what these figures count.
type landing struct {
	at                         time.Time
	author                     uint64
	team, class, review, level string
	repo                       string
	tier                       uint8
	lines                      uint64
	opened, hotfixed           *time.Time
	young                      bool // too young to tell what came of it
}

// on is a change of an author in a team on a day of a week.
func on(week, day int, author uint64, team, class string) landing {
	return landing{at: monday(week).AddDate(0, 0, day).Add(time.Hour), author: author, team: team, class: class}
}

// told saves changes whose data end at a moment.
func told(t *testing.T, landings []landing, end time.Time) *store.Store {
	t.Helper()
	s := storetest.Open(t)
	save(t, s, landings, end)
	return s
}

func save(t *testing.T, s *store.Store, landings []landing, end time.Time) {
	t.Helper()
	shas := make([]string, len(landings))
	for i := range landings {
		l := &landings[i]
		l.repo, l.review, l.level = or(l.repo, "o/r"), or(l.review, "independent"), or(l.level, "write")
		shas[i] = fmt.Sprintf("%040d", i)
	}
	err := s.Insert(t.Context(), `INSERT INTO changes (change_id, repo, sha, landed_at, author, team, author_class, review_state, permission, tier,
		additions, size_known, opened_at, hotfixed_at, people, mature)`, []any{
		shas,
		store.Column(landings, func(l *landing) string { return l.repo }),
		shas,
		store.Column(landings, func(l *landing) time.Time { return l.at }),
		store.Column(landings, func(l *landing) uint64 { return l.author }),
		store.Column(landings, func(l *landing) string { return l.team }),
		store.Column(landings, func(l *landing) string { return l.class }),
		store.Column(landings, func(l *landing) string { return l.review }),
		store.Column(landings, func(l *landing) string { return l.level }),
		store.Column(landings, func(l *landing) uint8 { return l.tier }),
		store.Column(landings, func(l *landing) uint64 { return l.lines }),
		store.Repeat(len(landings), true),
		store.Column(landings, func(l *landing) *time.Time { return l.opened }),
		store.Column(landings, func(l *landing) *time.Time { return l.hotfixed }),
		store.Column(landings, func(l *landing) []uint64 { return []uint64{l.author} }),
		store.Column(landings, func(l *landing) bool { return !l.young }),
	})
	if err != nil {
		t.Fatal(err)
	}
	ledger := record.Collection{Source: "git", Scope: "o/r", Stream: "history", StartedAt: end, FinishedAt: end, Status: record.StatusOK, Rows: 1}
	if err := s.Save(t.Context(), record.Batch{}, ledger); err != nil {
		t.Fatal(err)
	}
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// line is a row of a figure by the names of its columns.
type line map[string]any

// read answers a figure.
func read(t *testing.T, r *figures.Reader, id string, f figures.Filter) []line {
	t.Helper()
	d, found := figures.Find(id)
	if !found {
		t.Fatalf("no figure %s", id)
	}
	a, err := r.Read(t.Context(), d, f)
	if err != nil {
		t.Fatal(err)
	}
	lines := make([]line, len(a.Rows))
	for i, row := range a.Rows {
		lines[i] = line{}
		for k, c := range a.Columns {
			lines[i][c.Name] = row[k]
		}
	}
	return lines
}

// holds fails unless a row has these values; nil is not shown.
func (l line) holds(t *testing.T, where string, want line) {
	t.Helper()
	for name, value := range want {
		if n, is := value.(int); is {
			value = uint64(n)
		}
		if l[name] != value {
			t.Errorf("%s: %s is %v (%T), not %v", where, name, l[name], l[name], value)
		}
	}
}

// A clock that runs fast dates changes after the collection. No week counts them, and no list behind a week has them: not in the week
// that the data end in, and not in those to come.
func TestWeeksEndWithTheData(t *testing.T) {
	end := monday(1).AddDate(0, 0, 2).Add(12 * time.Hour)
	var all []landing
	for person := range uint64(5) {
		all = append(all, on(0, 1, person, "a", "ai_agent"), on(1, 1, person, "a", "ai_agent"), on(1, 2, person, "a", "ai_agent"),
			on(1, 3, person, "a", "ai_agent"), on(2, 0, person, "a", "ai_agent"))
	}
	r := &figures.Reader{Store: told(t, all, end)}
	for id, column := range map[string]string{
		"changes_weeks": "ai_agent", "adoption_uses": "agent", "permissions_weeks": "known", "reviews_weeks": "agent_of", "teams_weeks": "changes",
	} {
		d, _ := figures.Find(id)
		answer, err := r.Read(t.Context(), d, figures.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		place := slices.IndexFunc(d.Columns, func(c figures.Column) bool { return c.Name == column })
		row := answer.Rows[len(answer.Rows)-1]
		link, err := url.Parse(d.Link(&d.Columns[place], answer.Filter, row))
		if err != nil {
			t.Fatal(err)
		}
		listed := uint64(0)
		for _, l := range all {
			if day := l.at.Format(time.DateOnly); day >= link.Query().Get("from") && day < link.Query().Get("to") {
				listed++
			}
		}
		if row[place] != uint64(10) || listed != 10 {
			t.Errorf("%s: the last week has %v changes, want 10; its list %s has %d", id, row[place], link, listed)
		}
	}
}
