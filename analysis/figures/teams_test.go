package figures_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/record"
)

// repeat lands n changes of a class by a team, the first y of them mistakes.
func repeat(team, class string, author uint64, n, y int) (all []landing) {
	for i := range n {
		l := on(0, i%7, author+uint64(i%6), team, class)
		if i < y {
			at := l.at.Add(time.Hour)
			l.hotfixed = &at
		}
		all = append(all, l)
	}
	return all
}

func TestTeamsByName(t *testing.T) {
	all := join(repeat("beta", "ai_agent", 1, 60, 3), repeat("beta", "unknown", 1, 50, 2), repeat("Alpha", "human", 10, 20, 1), repeat("", "human", 20, 9, 0))
	all[0].review, all[1].review, all[2].review = "not_collected", "none", "ai_only"
	all[3].young, all[110].young = true, true
	s := told(t, all, monday(2))
	ledger := record.Collection{Source: "people", Scope: "o", Stream: "members", StartedAt: monday(2), FinishedAt: monday(2), Status: record.StatusOK, Rows: 1}
	var members []record.Member
	for i, team := range []string{"beta", "beta", "beta", "beta", "beta", "beta", "Alpha", "Alpha"} {
		members = append(members, record.Member{Account: record.Account{Source: "git", Login: string(rune('a' + i))}, Person: string(rune('a' + i)), Team: team, From: monday(0)})
	}
	members[0].To = monday(1)
	if err := s.Save(t.Context(), record.Batch{Members: members}, ledger); err != nil {
		t.Fatal(err)
	}
	r := &figures.Reader{Store: s}
	teams := read(t, r, "teams", figures.Filter{})
	if len(teams) != 2 {
		t.Fatalf("%v", teams)
	}
	teams[0].holds(t, "Alpha", line{
		"team": "Alpha", "members": nil, "hidden": "fewer than 5 people", "changes": 20, "mature": 19, "mistakes": 0, "rate": nil, "alone": 0,
	})
	teams[1].holds(t, "beta", line{
		"team": "beta", "members": 5, "hidden": "", "repos": 1, "changes": 110, "ai": 60, "mature": 109, "mistakes": 5,
		"rate": 5.0 / 109, "reviewed": 109, "alone": 2, "alone_share": 2.0 / 109,
	})
	if one := read(t, r, "teams", figures.Filter{Teams: []string{"beta"}, From: monday(1)}); len(one) != 0 {
		t.Errorf("of a week without changes: %v", one)
	}
}

// From ten mistakes on there is a ratio with Katz's interval; before, what would stand out is what the plan of two proportions says.
func TestTeamsMistakes(t *testing.T) {
	s := told(t, join(
		repeat("large", "ai_assisted", 1, 400, 20), repeat("large", "unknown", 10, 500, 15), repeat("large", "automation", 10, 50, 50),
		repeat("small", "ai_assisted", 20, 214, 6), repeat("small", "unknown", 20, 100, 2),
	), monday(2))
	r := &figures.Reader{Store: s}
	large := read(t, r, "teams_mistakes", figures.Filter{Teams: []string{"large"}})[1]
	table := stats.TwoByTwo(stats.Stratum{A: 20, N1: 400, C: 15, N0: 500}, 0.05)
	for name, want := range map[string]float64{"ratio": table.RR.Value.F, "low": table.RR.Low.F, "high": table.RR.High.F} {
		if got, ok := large[name].(float64); !ok || math.Abs(got-want) > 1e-5 {
			t.Errorf("%s: %v, not %v", name, large[name], want)
		}
	}
	small := read(t, r, "teams_mistakes", figures.Filter{Teams: []string{"small"}})
	small[0].holds(t, "no agents", line{"class": "ai_agent", "changes": 0, "mistakes": 0, "ratio": nil, "noticeable": nil, "hidden": "no changes to compare"})
	small[1].holds(t, "small", line{"class": "ai_assisted", "changes": 214, "mistakes": 6, "other_changes": 100, "other_mistakes": 2, "ratio": nil, "low": nil, "hidden": "fewer than 10 mistakes in a group"})
	plan := stats.PlanTwoProportions(stats.Design{N1: 214, N0: 100, P0: 17.0 / 600, Ratio: 2, Alpha: 0.05, Power: 0.8})
	if want := math.Ceil(10*plan.MDEUp.F) / 10; math.Abs(small[1]["noticeable"].(float64)-want) > 1e-9 {
		t.Errorf("would stand out: %v, not %v", small[1]["noticeable"], want)
	}
}

// Four people are not spoken of, however many mistakes there are.
func TestTeamsMistakesNeedPeople(t *testing.T) {
	all := join(repeat("few", "ai_agent", 1, 100, 20), repeat("few", "human", 10, 100, 20))
	for i := range all {
		all[i].author = all[i].author/10*10 + all[i].author%4
	}
	rows := read(t, &figures.Reader{Store: told(t, all, monday(2))}, "teams_mistakes", figures.Filter{})
	rows[0].holds(t, "few", line{"mistakes": 20, "ratio": nil, "hidden": "fewer than 5 people in a group"})
}

func TestTeamsWeeksAndAgents(t *testing.T) {
	all := repeat("a", "ai_agent", 1, 4, 1)
	opened := all[0].at.Add(-90 * time.Minute)
	all[0].opened, all[0].lines, all[1].level, all[2].level = &opened, 40, "operator", "unknown"
	all[1].review = "none"
	all = append(all, on(1, 0, 1, "a", "unknown"))
	r := &figures.Reader{Store: told(t, all, monday(1).AddDate(0, 0, 2))}
	weeks := read(t, r, "teams_weeks", figures.Filter{})
	weeks[0].holds(t, "first", line{
		"changes": 4, "ai": 4, "ai_share": 1.0, "agent": 4, "mature": 4, "mistakes": 1, "rate": nil, "alone": 1, "alone_share": 0.25,
		"unknown": 0, "levels": 3, "operator": 1, "hours": 1.5, "open": false,
	})
	weeks[1].holds(t, "second", line{"changes": 1, "unknown_share": 1.0, "hours": nil, "open": true})
	agents := read(t, r, "teams_agents", figures.Filter{})
	if len(agents) != 1 {
		t.Fatalf("%v", agents)
	}
	agents[0].holds(t, "agents", line{"repo": "o/r", "changes": 4, "levels": 3, "operator": 1, "operator_reviewed": 1, "operator_alone": 1, "last_at": all[3].at})
}

// Outages of a team are those that struck what belongs to it; without any outage at all they are not collected, which is not none.
func TestTeamsGaps(t *testing.T) {
	all := repeat("a", "unknown", 1, 3, 0)
	all[0].review, all[1].class = "not_collected", "human"
	s := told(t, all, monday(2))
	read(t, &figures.Reader{Store: s}, "teams_gaps", figures.Filter{})[0].holds(t, "no outages", line{"outages": nil, "unlinked": nil, "changes": 3, "unknown": 2, "uncollected": 1})
	ledger := record.Collection{Source: "pagerduty", Scope: "o", Stream: "incidents", StartedAt: monday(2), FinishedAt: monday(2), Status: record.StatusOK, Rows: 1}
	outage := func(id string, services, repos []string) record.Incident {
		return record.Incident{Source: "pagerduty", ID: id, Severity: 1, DeclaredAt: monday(0), StartedAt: monday(0), UpdatedAt: monday(0), Services: services, Repos: repos}
	}
	drill, power := outage("drill", []string{"shop"}, nil), outage("4", []string{"shop"}, nil)
	drill.Drill, power.CauseType = true, record.CauseCapacity
	for _, b := range []record.Batch{
		{Profiles: []record.Profile{{Repo: "o/r", Team: "a", Services: []string{"shop"}}, {Repo: "o/other", Team: "b"}}},
		{Incidents: []record.Incident{outage("1", []string{"shop"}, nil), outage("2", nil, []string{"o/r"}), outage("3", nil, []string{"o/other"}), drill, power}},
	} {
		if err := s.Save(t.Context(), b, ledger); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Insert(t.Context(), "INSERT INTO candidates (repo, source, incident, sha, landed_at, method, score)",
		[]any{[]string{"o/r"}, []string{"pagerduty"}, []string{"2"}, []string{fmt.Sprintf("%040d", 2)}, []time.Time{all[2].at}, []string{"declared"}, []float32{1}}); err != nil {
		t.Fatal(err)
	}
	r := &figures.Reader{Store: s}
	read(t, r, "teams_gaps", figures.Filter{Teams: []string{"a"}})[0].holds(t, "of a", line{"outages": 3, "unlinked": 1})
	read(t, r, "teams_gaps", figures.Filter{Teams: []string{"b"}})[0].holds(t, "of b", line{"outages": 1, "unlinked": 1, "changes": 0})
	read(t, r, "teams_gaps", figures.Filter{Teams: []string{"a"}, From: monday(1)})[0].holds(t, "later", line{"outages": 0, "unlinked": 0})
}

// The limits are those of a share of so many changes at the rate of all: 30 of 1000 is 3 %, whose standard error at 400 is 0.853 %.
func TestTeamsFunnel(t *testing.T) {
	s := told(t, join(repeat("a", "unknown", 1, 400, 20), repeat("b", "ai_agent", 1, 550, 10), repeat("c", "human", 1, 50, 0), repeat("", "human", 1, 70, 70)), monday(2))
	teams := read(t, &figures.Reader{Store: s}, "teams_funnel", figures.Filter{Teams: []string{"b"}})
	if len(teams) != 3 {
		t.Fatalf("%v", teams)
	}
	teams[0].holds(t, "a", line{"team": "a", "changes": 400, "mistakes": 20, "rate": 0.05, "all_rate": 0.03})
	teams[2].holds(t, "c", line{"changes": 50, "mistakes": 0, "rate": nil, "low_95": 0.0})
	for name, want := range map[string]float64{"low_95": 0.0132828, "high_95": 0.0467172, "low_998": 0.0036424, "high_998": 0.0563576} {
		if got := teams[0][name].(float64); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s is %v, not %v", name, got, want)
		}
	}
}
