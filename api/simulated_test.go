package api_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// simulated fills a store with a small fleet that has everything: incidents, reviews, permissions, teams.
func simulated(t testing.TB) *store.Store {
	t.Helper()
	ctx, s := context.Background(), storetest.Open(t)
	scenario, ok := simulate.Named("demo")
	if !ok {
		t.Fatal("there is no scenario demo")
	}
	scenario.Base *= 3 // few changes, so that the test is quick, with many mistakes
	scenario.Repositories, scenario.Weeks = 40, 40
	now := time.Now().UTC()
	fleet := simulate.New(scenario, simulate.Options{Changes: 6000, Seed: 7, End: now.Truncate(24 * time.Hour)})
	ledger := record.Collection{Source: "simulate", Scope: fleet.Name, Stream: "facts", StartedAt: now, FinishedAt: now, Status: record.StatusOK}
	for batch := range fleet.Facts() {
		if err := s.Save(ctx, batch, ledger); err != nil {
			t.Fatal(err)
		}
	}
	var repositories []record.Collection
	for i := range fleet.Repositories {
		repositories = append(repositories, record.Collection{
			Source: "git", Scope: fleet.RepoName(i), Stream: "history", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 1,
		})
	}
	made := store.Simulation{Scenario: "demo", Seed: 7, Changes: 6000, Path: "facts", Truth: `{"relative_risk":1.3,"line":"a world"}`, MadeAt: now}
	if err := s.SaveSimulation(ctx, made, repositories); err != nil {
		t.Fatal(err)
	}
	deriver := derive.Deriver{Store: s, Classifier: attribution.Default()}
	if _, err := deriver.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

// The numbers of all claims, the filters and the columns, on a fleet that has facts of every kind.
func TestSimulatedFleet(t *testing.T) {
	s := simulated(t)
	server := on(t, s)
	for name, test := range map[string]func(*testing.T, *client){
		"numbers of claims are their rows":  func(t *testing.T, c *client) { everyNumberIsItsRows(t, c, 14, 180) },
		"numbers of figures are their rows": everyFigureIsItsRows,
		"filters of the work":               filtersOfTheWork,
		"claims have answers":               claimsHaveAnswers,
		"answers as of a day":               func(t *testing.T, c *client) { answersAsOfADay(t, c, s) },
		"fleet says what it is":             fleetSaysWhatItIs,
	} {
		t.Run(name, func(t *testing.T) { test(t, newClient(t, server)) })
	}
}

var workLevels = []api.Permission{"none", "read", "triage", "write", "maintain", "admin", "operator"}

// raised says whether a change landed above the usual level of its account, and whether that can be told.
func raised(c api.Change) (above, known bool) {
	level, usual := slices.Index(workLevels, c.Permission), slices.Index(workLevels, c.UsualPermission)
	return level > usual, level >= 0 && usual >= 0
}

func soon(c api.Change, days int) bool {
	for _, at := range []*time.Time{c.IncidentAt, c.RevertedAt, c.FailedAt} {
		if at != nil && !at.After(c.LandedAt.AddDate(0, 0, days)) {
			return true
		}
	}
	return c.Hotfixed
}

func within(at *time.Time, c api.Change, days int) bool {
	return at != nil && !at.After(c.LandedAt.AddDate(0, 0, days)) && c.Mature
}

// workFilters are the filters that need more than a history, said a second time over the fields of a row.
var workFilters = map[string]func(api.Change) bool{
	"permission=operator":       func(c api.Change) bool { return c.Permission == "operator" },
	"permission=write,unknown":  func(c api.Change) bool { return c.Permission == "write" || c.Permission == "unknown" },
	"above_usual=true":          func(c api.Change) bool { above, known := raised(c); return above && known },
	"above_usual=false":         func(c api.Change) bool { above, known := raised(c); return !above && known },
	"instant=true":              func(c api.Change) bool { return c.OpenedAt != nil && c.LandedAt.Sub(*c.OpenedAt) <= time.Minute },
	"instant=false":             func(c api.Change) bool { return c.OpenedAt != nil && c.LandedAt.Sub(*c.OpenedAt) > time.Minute },
	"min_lines=200":             func(c api.Change) bool { return c.SizeLines != nil && *c.SizeLines >= 200 },
	"followed=100":              func(c api.Change) bool { return c.FollowedDays >= 100 },
	"review=none,ai_only":       func(c api.Change) bool { return c.ReviewState == "none" || c.ReviewState == "ai_only" },
	"outcome=incident":          func(c api.Change) bool { return within(c.IncidentAt, c, 14) },
	"outcome=major":             func(c api.Change) bool { return within(c.IncidentAt, c, 14) && c.Severity != nil && *c.Severity <= 2 },
	"outcome=reverted_14d":      func(c api.Change) bool { return within(c.RevertedAt, c, 14) },
	"outcome=failed_deployment": func(c api.Change) bool { return within(c.FailedAt, c, 14) },
	"outcome=rework_21d":        func(c api.Change) bool { return c.ReworkedAt != nil && c.FollowedDays >= 21 && c.Mature },
	"outcome=control":           func(c api.Change) bool { return within(c.ControlAt, c, 14) },
	"outcome=mistake":           func(c api.Change) bool { return c.Mature && soon(c, 14) },
	"outcome=mistake_3d":        func(c api.Change) bool { return c.Mature && soon(c, 3) },
	"outcome=mistake_7d":        func(c api.Change) bool { return c.Mature && soon(c, 7) },
	"outcome=mistake_30d":       func(c api.Change) bool { return c.Mature && c.FollowedDays >= 30 && soon(c, 30) },
}

func filtersOfTheWork(t *testing.T, c *client) {
	everything := pages(c, "", 500)
	for query, means := range workFilters {
		var want []string
		for _, item := range everything.items {
			if means(item) {
				want = append(want, item.ChangeID)
			}
		}
		if len(want) == 0 && query != "instant=true" { // nobody in the fleet is so quick
			t.Errorf("%q matches nothing: it tests nothing", query)
		}
		if got := pages(c, query, 500); !slices.Equal(got.ids, want) || got.total != int64(len(want)) {
			t.Errorf("%q: %d rows, total %d, want %d", query, len(got.ids), got.total, len(want))
		}
		if _, table := export(c, query); len(table) != len(want) {
			t.Errorf("%q: %d lines of CSV, want %d", query, len(table), len(want))
		}
	}
	one := everything.items[slices.IndexFunc(everything.items, func(c api.Change) bool { return c.Incident != nil })]
	if one.Team == "" || one.Tier == nil || one.OpenedAt == nil || one.IncidentMethod == nil || one.OutageMinutes == nil {
		t.Errorf("a change with an incident lacks columns: %+v", one)
	}
	if got := pages(c, "change="+one.ChangeID, 10); len(got.ids) != 1 || got.ids[0] != one.ChangeID {
		t.Errorf("one change: %v", got.ids)
	}
	team := pages(c, "team="+one.Team, 500)
	if len(team.ids) == 0 || slices.ContainsFunc(team.items, func(c api.Change) bool { return c.Team != one.Team }) {
		t.Errorf("team %s: %d rows", one.Team, len(team.ids))
	}
	_, table := export(c, "change="+one.ChangeID)
	if row := table[0]; row["incident"] != *one.Incident || row["team"] != one.Team || row["permission"] != string(one.Permission) || row["tier"] != fmt.Sprint(*one.Tier) {
		t.Errorf("line of the CSV: %v", row)
	}
}

func claimsHaveAnswers(t *testing.T, c *client) {
	list := get[api.ClaimList](c, "/api/v1/claims")
	if len(list.Claims) != 14 || list.Simulated == nil || list.Simulated.Truth["relative_risk"].Value != 1.3 || list.Simulated.Line != "a world" {
		t.Errorf("%d claims of %+v", len(list.Claims), list.Simulated)
	}
	for _, claim := range list.Claims {
		if a := claim.Answer; a.Sentence == "" || a.Word == "" || a.Code == "gated" || len(a.Connect) > 0 || claim.Kind == "" || claim.Flips == "" {
			t.Errorf("claim %s: %s, %q, %q", claim.ID, a.Code, a.Sentence, a.Connect)
		}
	}
	mistakes := get[api.Claim](c, "/api/v1/claims/mistakes").Answer.Comparisons[0]
	if len(mistakes.Effects) != 4 || !mistakes.Effects[0].Deciding || mistakes.Effects[0].SQL == "" || len(mistakes.Effects[0].Params) == 0 || len(mistakes.Sensitivity) != 5 {
		t.Errorf("effects of mistakes: %+v", mistakes)
	}
	if first := mistakes.Effects[0]; mistakes.Direct.Value == nil || *mistakes.Direct.Value != *first.Ratio.Value {
		t.Errorf("direct %+v is not the effect that decides %+v", mistakes.Direct, first.Ratio)
	}
}

func fleetSaysWhatItIs(t *testing.T, c *client) {
	fleet := get[api.Fleet](c, "/api/v1/fleet")
	if fleet.ID != api.Own || fleet.Making != nil || fleet.Simulated == nil || fleet.Simulated.Scenario != "demo" || !strings.Contains(fleet.Simulated.Truth["relative_risk"].Words, "agent") {
		t.Errorf("%+v", fleet)
	}
}
