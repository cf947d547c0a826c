package figures_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// reportedWorld is a week of teams of ten, six and one, all of whom land a change without a mark of AI; a tool reports use by all of
// the ten, and by those of the others who are named. The seven are hidden together. The week after is not over.
func reportedWorld(t *testing.T, users ...string) *store.Store {
	t.Helper()
	s := storetest.Open(t)
	teams := map[string]string{"only": "one"}
	for i := range 10 {
		teams["ten"+strconv.Itoa(i)] = "ten"
		users = append(users, "ten"+strconv.Itoa(i))
	}
	for i := range 6 {
		teams["six"+strconv.Itoa(i)] = "six"
	}
	var b record.Batch
	account := func(login string) record.Account { return record.Account{Source: "tool", Login: login} }
	for login, team := range teams {
		b.Members = append(b.Members, record.Member{Account: account(login), Person: login, Team: team, From: monday(-10)})
	}
	for _, login := range users {
		for week := range 2 {
			b.Usage = append(b.Usage, record.Usage{Account: account(login), Tool: "helper", Day: monday(week), Interactions: 1, Lines: 1})
		}
	}
	ledger := record.Collection{Source: "tool", Scope: "o", Stream: "usage", StartedAt: monday(1), FinishedAt: monday(1), Status: record.StatusOK, Rows: 1}
	if err := s.Save(t.Context(), b, ledger); err != nil {
		t.Fatal(err)
	}
	found, err := s.Table(t.Context(), "SELECT person, spans[1].3 AS team FROM memberships ORDER BY team, person", nil)
	if err != nil || len(found.Rows) != len(teams) {
		t.Fatal(found, err)
	}
	var all []landing
	for _, row := range found.Rows {
		for week := range 2 {
			all = append(all, on(week, 0, row[0].(uint64), row[1].(string), "unknown"))
		}
	}
	save(t, s, all, monday(1).AddDate(0, 0, 2))
	return s
}

// Whether the one person of a team uses AI cannot be had by subtracting what the analysts' view tells of the team that is hidden with it
// from what the figures tell of both: two worlds in which one of the six does and the one does not, or the other way round, read the same.
func TestUsageDoesNotTellHiddenTeamsApart(t *testing.T) {
	var before string
	for i, users := range [][]string{{"six0", "six1", "six2", "six3", "six4", "six5"}, {"six0", "six1", "six2", "six3", "six4", "only"}} {
		s := reportedWorld(t, users...)
		usage, err := s.Table(t.Context(), "SELECT team, week, tool, persons, interactions, lines FROM baserate.ai_usage ORDER BY ALL", nil)
		if err != nil || len(usage.Rows) != 1 || usage.Rows[0][0] != "ten" {
			t.Errorf("world %d: the view has %v, %v; want the whole week of the ten alone", i, usage.Rows, err)
		}
		r := &figures.Reader{Store: s}
		said := fmt.Sprint(usage.Rows, published(t, r, allWeeks[:1]))
		if i > 0 && said != before {
			t.Errorf("they can be told apart:\n%s\n%s", before, said)
		}
		before = said
	}
}
