package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// Five of a team use a tool, each on another day of the week and some by two accounts: whoever leaves out small groups before
// counting, by day or by account, loses all of them or their sums. Four with ten accounts stay out of it.
func TestTrap10PrivacyFilterBeforeAggregation(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	var b record.Batch
	use := func(login, person, team string, day int) {
		a := record.Account{Source: "tool", Login: login}
		b.Members = append(b.Members, record.Member{Account: a, Person: person, Team: team, From: monday.AddDate(0, -1, 0)})
		b.Usage = append(b.Usage, record.Usage{Account: a, Tool: "helper", Day: monday.AddDate(0, 0, day), Interactions: 1, Lines: 10})
	}
	for day, p := range []string{"a", "b", "c", "d", "e"} {
		use(p, p, "five", day)
		use(p+"-2", p, "five", day+1)
	}
	for n := range 10 {
		p := string(rune('p' + n%4))
		use(p+"-"+string(rune('0'+n)), p, "four", n%5)
	}
	if err := s.Save(ctx, b, ledger()); err != nil {
		t.Fatal(err)
	}
	type row struct {
		Team         string  `ch:"team"`
		Members      *uint64 `ch:"members"`
		Persons      uint64  `ch:"persons"`
		Interactions uint64  `ch:"interactions"`
		Lines        uint64  `ch:"lines"`
	}
	got, err := store.Select[row](ctx, s, `SELECT t.team AS team, t.persons AS members, u.persons AS persons, u.interactions AS interactions, u.lines AS lines
		FROM baserate.teams AS t LEFT JOIN baserate.ai_usage AS u ON u.team = t.team ORDER BY team`, nil)
	five := uint64(5)
	if diff := cmp.Diff([]row{{"five", &five, 5, 10, 100}, {Team: "four"}}, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}
