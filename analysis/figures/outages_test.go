package figures_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// cause puts an incident and the change that it may come from where derive would.
type cause struct {
	id        string
	began     time.Time
	minutes   int // 0: not over
	severity  uint8
	causeType string
	change    int // number of the change; −1: none
	score     float32
	rejected  bool
}

func strike(t *testing.T, s *store.Store, changes []released, all []cause) {
	t.Helper()
	end := func(c *cause) *time.Time { return later(c.began, time.Duration(c.minutes)*time.Minute) }
	err := s.Insert(t.Context(), "INSERT INTO incidents (source, id, title, severity, started_at, declared_at, resolved_at, repos, cause_type)", []any{
		store.Repeat(len(all), "pd"), store.Column(all, func(c *cause) string { return c.id }), store.Column(all, func(c *cause) string { return "Outage " + c.id }),
		store.Column(all, func(c *cause) uint8 { return c.severity }), store.Column(all, func(c *cause) time.Time { return c.began }),
		store.Column(all, func(c *cause) time.Time { return c.began }), store.Column(all, end),
		store.Repeat(len(all), []string{"o/struck"}), store.Column(all, func(c *cause) string { return c.causeType }),
	})
	if err != nil {
		t.Fatal(err)
	}
	var linked []cause
	for _, c := range all {
		if c.change >= 0 {
			linked = append(linked, c)
		}
	}
	err = s.Insert(t.Context(), "INSERT INTO candidates (repo, source, incident, sha, method, score, landed_at, started_at, severity, rejected, version)", []any{
		store.Column(linked, func(c *cause) string { return changes[c.change].repo }), store.Repeat(len(linked), "pd"), store.Column(linked, func(c *cause) string { return c.id }),
		store.Column(linked, func(c *cause) string { return fmt.Sprintf("%040d", c.change) }), store.Repeat(len(linked), "declared"),
		store.Column(linked, func(c *cause) float32 { return c.score }), store.Column(linked, func(c *cause) time.Time { return changes[c.change].at }),
		store.Column(linked, func(c *cause) time.Time { return c.began }), store.Column(linked, func(c *cause) uint8 { return c.severity }),
		store.Column(linked, func(c *cause) bool { return c.rejected }), store.Repeat(len(linked), uint64(1)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Insert(t.Context(), "INSERT INTO profiles (repo, team, tier)", []any{[]string{"o/struck"}, []string{"owners"}, []uint8{2}}); err != nil {
		t.Fatal(err)
	}
}

// struck is a store with six changes and eight outages of all kinds.
func struck(t *testing.T) *figures.Reader {
	s := storetest.Open(t)
	changes := []released{
		{class: "ai_agent", review: "none", level: "operator", team: "a", tier: 1},
		{class: "ai_assisted", team: "a"},
		{class: "human", team: "b", repo: "o/x"},
		{class: "unknown", team: "b"},
		{class: "automation"},
	}
	release(t, s, changes)
	at := func(days int) time.Time { return monday(1).AddDate(0, 0, days) }
	strike(t, s, changes, []cause{
		{"1", at(0), 10, 1, "change", 0, 0.95, false},
		{"2", at(1), 20, 2, "", 0, 0.3, false},
		{"3", at(2), 30, 3, "change", 1, 0.95, false},
		{"4", at(3), 0, 3, "", 2, 0.95, false},
		{"5", at(4), 50, 0, "", 3, 0.95, false},
		{"6", at(5), 60, 2, "hardware", -1, 0, false},
		{"7", at(6), 70, 2, "", 1, 0.9, true},
		{"8", at(7), 80, 4, "", 4, 0.95, false},
	})
	return &figures.Reader{Store: s}
}

func ids(lines []line) (all []string) {
	for _, l := range lines {
		all = append(all, l["id"].(string)[len("pd:"):])
	}
	return all
}

// An outage has its change with all that is known of it, or why it has none: elsewhere, or nothing found, as when a person said no.
func TestOutages(t *testing.T) {
	r := struck(t)
	all := read(t, r, "outages", figures.Filter{})
	if got := fmt.Sprint(ids(all)); got != "[8 7 6 5 4 3 2 1]" {
		t.Fatal(got)
	}
	all[7].holds(t, "1", line{
		"class": "ai_agent", "severity": 1, "minutes": 10.0, "permission": "operator", "review_state": "none", "probable": false,
		"cause": "change", "repo": "o/r", "team": "a", "tier": 1, "score": 0.95,
	})
	all[6].holds(t, "2", line{"class": "ai_agent", "probable": true, "score": 0.3})
	all[4].holds(t, "4", line{"class": "human", "minutes": nil, "ended": nil, "repo": "o/x"})
	all[3].holds(t, "5", line{"severity": nil, "class": "unknown"})
	all[2].holds(t, "6", line{"cause": "elsewhere", "class": nil, "change_id": nil, "review_state": nil, "score": nil, "repo": "o/struck", "team": "owners", "tier": 2})
	all[1].holds(t, "7", line{"cause": "unknown", "class": nil, "change_id": nil})
	for want, f := range map[string]figures.Filter{
		"[2 1]": {Classes: []string{"ai_agent"}}, "[7 6 2]": {Severities: []int{2}}, "[5]": {Severities: []int{0}}, "[4]": {Repos: []string{"o/x"}},
		"[7 6]": {Teams: []string{"owners"}}, "[3 2]": {From: monday(1).AddDate(0, 0, 1), To: monday(1).AddDate(0, 0, 3)}, "[2 1]\n": {Tiers: []int{1}},
	} {
		if got := fmt.Sprint(ids(read(t, r, "outages", f))); got != want && got+"\n" != want {
			t.Errorf("%+v: %s, not %s", f, got, want)
		}
	}
}

// Every outage is in one group, and the link of a group lists as many as it counts, whatever the scope.
func TestOutagesByClassAreListed(t *testing.T) {
	r := struck(t)
	all := read(t, r, "outages_classes", figures.Filter{})
	if len(all) != 6 {
		t.Fatal(all)
	}
	all[0].holds(t, "agent", line{"written_by": "ai_agent", "outages": 2, "probable": 1, "median_minutes": nil, "no_median": "fewer than five are over", "longest_minutes": 20.0})
	all[2].holds(t, "no AI", line{"written_by": "no_ai", "outages": 2, "going_on": 1})
	all[4].holds(t, "not known", line{"written_by": "not_known", "outages": 1})
	all[5].holds(t, "elsewhere", line{"written_by": "elsewhere", "outages": 1})
	for _, f := range []figures.Filter{{}, {Classes: []string{"human"}}, {Severities: []int{2, 3}}} {
		for _, row := range read(t, r, "outages_classes", f) {
			narrowed := f
			narrowed.Classes = nil
			for _, class := range row["classes"].([]any) {
				narrowed.Classes = append(narrowed.Classes, class.(string))
			}
			if len(narrowed.Classes) == 0 {
				continue
			}
			if n := len(read(t, r, "outages", narrowed)); uint64(n) != row["outages"] {
				t.Errorf("%+v %s: %d are listed of %d", f, row["written_by"], n, row["outages"])
			}
		}
	}
}

// In one stratum one of four changes is by an agent: of two incidents half a one is expected; the other stratum is all without AI.
func TestOutagesExpected(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, batch(
		[]released{{class: "ai_agent", incident: time.Hour, severity: 1}, {class: "human", incident: time.Hour, severity: 3}, {class: "unknown"}, {class: "human"}},
		many(3, released{class: "human", repo: "o/x"}), []released{{class: "human", repo: "o/x", incident: time.Hour, severity: 2}},
		many(5, released{class: "automation", incident: time.Hour}), []released{{class: "ai_agent", repo: "o/x", incident: 15 * 24 * time.Hour}},
	))
	r := &figures.Reader{Store: s}
	rows := read(t, r, "outages_expected", figures.Filter{})
	if len(rows) != 8 {
		t.Fatal(rows)
	}
	rows[0].holds(t, "with AI", line{"outcome": "incident", "written_by": "ai", "changes": 1, "of": 3, "expected": 0.7, "hidden": ""}) // 2·1/4 + 1·1/5
	rows[3].holds(t, "without", line{"written_by": "no_ai", "changes": 2, "expected": 2.3})
	rows[4].holds(t, "severe", line{"outcome": "major", "changes": 1, "of": 2, "expected": 0.45})
	read(t, r, "outages_expected", figures.Filter{Repos: []string{"o/r"}})[0].holds(t, "of a repository", line{"changes": 1, "of": 2, "expected": 0.5})
}

// Four people's changes are not told of.
func TestOutagesExpectedNeedPeople(t *testing.T) {
	s := storetest.Open(t)
	release(t, s, []released{{class: "ai_agent", incident: time.Hour, people: 4}, {class: "human", incident: time.Hour}})
	read(t, &figures.Reader{Store: s}, "outages_expected", figures.Filter{})[0].holds(t, "with AI", line{
		"changes": nil, "of": nil, "expected": nil, "hidden": "fewer than five people stand behind one of the groups",
	})
}
