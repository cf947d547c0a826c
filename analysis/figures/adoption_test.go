package figures_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// crowd lands a change of everybody in a team in a week, the first ai of them with AI.
func crowd(week int, team string, first uint64, people, ai int) (all []landing) {
	for i := range people {
		class := "unknown"
		if i < ai {
			class = "ai_assisted"
		}
		all = append(all, on(week, i%5, first+uint64(i), team, class))
	}
	return all
}

func join(parts ...[]landing) (all []landing) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// Nobody is counted twice, automation and strangers not at all, and the week that the data end in is open.
func TestAdoptionCountsPeople(t *testing.T) {
	s := told(t, join(
		crowd(0, "a", 100, 8, 3),
		[]landing{on(0, 4, 100, "a", "ai_agent"), on(0, 2, 200, "a", "automation"), on(0, 2, 0, "a", "ai_agent")},
		crowd(1, "a", 100, 6, 6),
		crowd(2, "a", 100, 9, 4), crowd(2, "b", 200, 6, 0),
	), monday(2).AddDate(0, 0, 6))
	r := &figures.Reader{Store: s}
	weeks := read(t, r, "adoption_weeks", figures.Filter{})
	if len(weeks) != 3 {
		t.Fatalf("%d weeks: %v", len(weeks), weeks)
	}
	weeks[0].holds(t, "first week", line{"week": monday(0), "open": false, "people": 8, "users": 3, "marked": 3, "share": 0.375, "floor": true, "hidden": ""})
	weeks[1].holds(t, "second week", line{"people": 6, "users": 6, "share": 1.0, "open": false})
	weeks[2].holds(t, "open week", line{"people": 15, "users": 4, "open": true, "hidden": ""})
	ofTeam := read(t, r, "adoption_weeks", figures.Filter{Teams: []string{"a"}})
	ofTeam[1].holds(t, "team", line{"people": 6, "users": 6, "hidden": ""})
	ofTeam[2].holds(t, "team in the open week", line{"people": nil, "users": nil, "marked": nil, "share": nil, "hidden": "the week is not over: teams are counted when it is"})
	teams := read(t, r, "adoption_teams", figures.Filter{})
	if len(teams) != 1 {
		t.Fatalf("%v", teams)
	}
	teams[0].holds(t, "the last whole week", line{"week": monday(1), "kind": "team", "team": "a", "groups": 1, "people": 6, "users": 6})
	if early := read(t, r, "adoption_teams", figures.Filter{To: monday(1)}); len(early) != 1 || early[0]["week"] != monday(0) {
		t.Errorf("the last whole week of the period: %v", early)
	}
}

// A small team, and the next smallest with it; the rest is in the total, and all rows of a week add up to it.
func TestAdoptionHidesSmallTeams(t *testing.T) {
	s := told(t, join(
		crowd(0, "big", 100, 20, 10), crowd(0, "mid", 200, 7, 5), crowd(0, "six", 300, 6, 2), crowd(0, "one", 400, 1, 1),
		crowd(1, "big", 100, 5, 1),
	), monday(1).AddDate(0, 0, 6))
	r := &figures.Reader{Store: s}
	teams := read(t, r, "adoption_teams", figures.Filter{})
	if len(teams) != 3 {
		t.Fatalf("%v", teams)
	}
	teams[0].holds(t, "big", line{"kind": "team", "team": "big", "people": 20, "users": 10, "share": 0.5})
	teams[1].holds(t, "mid", line{"kind": "team", "team": "mid", "people": 7, "users": 5})
	teams[2].holds(t, "six and one", line{"kind": "small", "team": "", "groups": 2, "people": 7, "users": 3, "hidden": "too small to show: counted in totals"})
	for team, want := range map[string]line{
		"big": {"people": 20}, "six": {"people": nil, "users": nil, "share": nil}, "one": {"people": nil}, "nobody": {"people": nil},
	} {
		read(t, r, "adoption_weeks", figures.Filter{Teams: []string{team}})[0].holds(t, team, want)
	}
	read(t, r, "adoption_weeks", figures.Filter{Teams: []string{"big", "one"}})[0].
		holds(t, "one is not counted", line{"people": 20, "users": 10, "hidden": "teams that are too small to show are not counted"})
	read(t, r, "adoption_weeks", figures.Filter{})[0].holds(t, "everybody", line{"people": 34, "users": 18})
}

// Two groups are not enough when they are fewer than five people together.
func TestAdoptionHidesUntilThereAreFive(t *testing.T) {
	r := &figures.Reader{Store: told(t, join(crowd(0, "x", 1, 1, 1), crowd(0, "y", 10, 2, 0), crowd(0, "z", 20, 8, 4), crowd(0, "w", 30, 9, 4), crowd(1, "z", 20, 1, 0)),
		monday(1).AddDate(0, 0, 3))}
	teams := read(t, r, "adoption_teams", figures.Filter{})
	if len(teams) != 2 {
		t.Fatalf("%v", teams)
	}
	teams[0].holds(t, "w", line{"team": "w", "people": 9})
	teams[1].holds(t, "x, y and z", line{"kind": "small", "groups": 3, "people": 11, "users": 5})
	for team, people := range map[string]any{"w": 9, "x": nil, "y": nil, "z": nil} {
		read(t, r, "adoption_weeks", figures.Filter{Teams: []string{team}})[0].holds(t, team, line{"people": people})
	}
	few := told(t, join(crowd(0, "x", 1, 4, 1), crowd(1, "x", 1, 4, 1)), monday(1).AddDate(0, 0, 3))
	read(t, &figures.Reader{Store: few}, "adoption_weeks", figures.Filter{})[0].holds(t, "four in all", line{"people": nil, "users": nil, "share": nil})
	read(t, &figures.Reader{Store: few}, "adoption_teams", figures.Filter{})[0].holds(t, "four in all", line{"people": nil, "users": nil, "share": nil})
	read(t, &figures.Reader{Store: few}, "adoption_depth", figures.Filter{})[0].holds(t, "four in all", line{"people": nil, "days_0": nil, "days_1": nil})
}

// Days are counted once, whether by a mark or by reported use; a cell of three hides the next smallest too.
func TestAdoptionDepth(t *testing.T) {
	var all []landing
	days := func(author uint64, marked ...int) {
		all = append(all, on(0, 6, author, "a", "unknown"))
		for _, d := range marked {
			all = append(all, on(0, d, author, "a", "ai_agent"), on(0, d, author, "a", "ai_assisted"))
		}
	}
	for i := range 30 {
		switch a := uint64(100 + i); {
		case i < 2:
			days(a)
		case i < 12:
			days(a, 0)
		case i < 20:
			days(a, 0, 3)
		case i < 27:
			days(a, 0, 1, 2)
		default:
			days(a, 0, 1, 2, 3, 4, 5)
		}
	}
	s := told(t, append(all, on(1, 0, 1, "a", "unknown")), monday(1).AddDate(0, 0, 2))
	weeks := read(t, &figures.Reader{Store: s}, "adoption_depth", figures.Filter{})
	if len(weeks) != 1 {
		t.Fatalf("the open week is told too: %v", weeks)
	}
	weeks[0].holds(t, "days", line{"people": 30, "days_0": 2, "days_1": 10, "days_2": 8, "days_3": nil, "days_4": 0, "days_5": nil})
	if !strings.HasPrefix(fmt.Sprint(weeks[0]["hidden"]), "fewer than 5 people") {
		t.Errorf("%v", weeks[0])
	}
}

// With reported usage the figure has the very numbers of the claim, and days of use that left no mark.
func TestAdoptionAgreesWithTheClaim(t *testing.T) {
	s := storetest.Open(t)
	var use []record.Usage
	for i := range 3 {
		use = append(use, record.Usage{Account: record.Account{Source: "github", Login: fmt.Sprint("user", i)}, Tool: "copilot", Day: monday(2).AddDate(0, 0, i), Interactions: 1})
	}
	ledger := record.Collection{Source: "github", Scope: "o", Stream: "usage", StartedAt: monday(6), FinishedAt: monday(6), Status: record.StatusOK, Rows: 3}
	if err := s.Save(t.Context(), record.Batch{Usage: use}, ledger); err != nil {
		t.Fatal(err)
	}
	reported, err := s.Table(t.Context(), "SELECT DISTINCT person FROM usage_of_persons ORDER BY person", nil)
	if err != nil || len(reported.Rows) != 3 {
		t.Fatal(reported, err)
	}
	all := crowd(6, "a", 100, 6, 3)
	for w := range 6 {
		all = append(all, crowd(w, "a", 100, 20+w, 10-w)...)
		for _, row := range reported.Rows {
			all = append(all, on(w, 0, row[0].(uint64), "b", "unknown"))
		}
	}
	save(t, s, all, monday(6).AddDate(0, 0, 2))
	claim, _, err := analysis.New(s).Claim(t.Context(), "adoption")
	if err != nil {
		t.Fatal(err)
	}
	weeks := read(t, &figures.Reader{Store: s}, "adoption_weeks", figures.Filter{})
	of := claim.Answer.Tables[0].Measures
	if len(weeks) != 7 || len(of) != 6 {
		t.Fatalf("%d weeks, %d of the claim", len(weeks), len(of))
	}
	for i, m := range of {
		weeks[i].holds(t, m.ID, line{"people": *m.Of, "users": *m.Part, "floor": false})
		if at := weeks[i]["week"].(time.Time).Format(time.DateOnly); at != m.ID {
			t.Errorf("week %s is %s", m.ID, at)
		}
	}
	weeks[2].holds(t, "with usage", line{"people": 25, "marked": 8, "users": 11})
	depth := read(t, &figures.Reader{Store: s}, "adoption_depth", figures.Filter{})
	depth[2].holds(t, "days", line{"people": 25, "days_0": 14, "days_1": 11})
}

// What AI did in the changes; reviews that are not collected are no reviews without AI.
func TestAdoptionUses(t *testing.T) {
	all := crowd(0, "a", 1, 8, 2)
	all[0].class, all[1].review, all[2].review, all[3].review = "ai_agent", "ai_only", "not_collected", "none"
	later := crowd(1, "a", 1, 2, 0)
	later[0].review, later[1].review = "not_collected", "not_collected"
	s := told(t, append(all, later...), monday(1).AddDate(0, 0, 3))
	weeks := read(t, &figures.Reader{Store: s}, "adoption_uses", figures.Filter{})
	weeks[0].holds(t, "first", line{"changes": 8, "agent": 1, "agent_share": 0.125, "assisted": 1, "approved": 1, "reviewed": 7, "approved_share": 1.0 / 7})
	weeks[1].holds(t, "not collected", line{"changes": 2, "agent": 0, "approved": nil, "approved_share": nil, "reviewed": 0, "open": true})
	if other := read(t, &figures.Reader{Store: s}, "adoption_uses", figures.Filter{Teams: []string{"b"}}); len(other) != 0 {
		t.Errorf("of another team: %v", other)
	}
}
