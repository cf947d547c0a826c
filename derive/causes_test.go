package derive_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// A change is deployed with its own commit or a later one of the branch, to production, after it landed.
func TestDeployedAt(t *testing.T) {
	got := befell(t, func(h *history) {
		for i, name := range []string{"a", "b", "c", "d", "e"} {
			h.land(name, float64(i), name)
		}
		h.deploy("preview", "b", -3, false) // of the branch, before it landed
		h.deploy("stage", "b", 5, false).Environment = "staging"
		h.deploy("failed", "b", 6, true)
		h.deploy("first", "b", 7, false).Environment = "Prod-EU"
		h.deploy("older", "a", 8, false) // rolled back to it
		h.deploy("next", "d", 9, false).Environment = ""
		h.deploy("under way", "e", 10, false).FinishedAt = time.Time{}
		h.deploy("pre", "e", 11, true).Environment = "pre-production"
	})
	for name, hours := range map[string]float64{"a": 7.5, "b": 7.5, "c": 9.5, "d": 9.5} {
		if at := got[name].DeployedAt; at == nil || !at.Equal(hour(hours)) {
			t.Errorf("%s was deployed at %v, want %v", name, at, hour(hours))
		}
	}
	if e := got["e"]; e.DeployedAt != nil || e.FailedDeployment {
		t.Errorf("e: deployed at %v, failed %v; it is under way, and what failed was not production", e.DeployedAt, e.FailedDeployment)
	}
	if !got["b"].FailedDeployment {
		t.Error("b: its failed deployment to production is none")
	}
}

type link struct {
	Incident string   `ch:"incident"`
	Name     string   `ch:"name"`
	Method   string   `ch:"method"`
	Score    float32  `ch:"score"`
	Chosen   bool     `ch:"chosen"`
	Rejected bool     `ch:"rejected"`
	Window   *float32 `ch:"window_minutes"`
	Service  string   `ch:"service"`
}

// linked returns the links of incidents by "incident change".
func linked(t *testing.T, s *store.Store) map[string]link {
	t.Helper()
	rows, err := store.Select[link](context.Background(), s, `SELECT incident, concat(repo, ' ', trimRight(unhex(extract(change_id, '@(.*)$')), '\0')) AS name, method, score, chosen,
		rejected, window_minutes, service FROM baserate.incident_links`, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]link{}
	for _, r := range rows {
		all[r.Incident[len("pager:"):]+" "+r.Name] = r
	}
	return all
}

// Of an incident that nothing is said of, the last deployment to production shortly before is a weak candidate, if it is of a
// service that was struck.
func TestDeployWindow(t *testing.T) {
	s := storetest.Open(t)
	shop, pay := &history{repo: "o/shop"}, &history{repo: "o/pay"}
	shop.told.Profiles = []record.Profile{{Repo: "o/shop", Services: []string{"Checkout", "cart"}}}
	pay.told.Profiles = []record.Profile{{Repo: "o/pay", Services: []string{"payments"}}}
	for i, name := range []string{"a", "b", "c"} {
		shop.land(name, float64(i), name)
	}
	pay.land("p", 0, "p")
	shop.deploy("1", "a", 9, false)                            // ends at 9.5
	shop.deploy("2", "b", 10, false)                           // 10.5
	shop.deploy("3", "c", 10.6, false).Environment = "staging" // 11.1
	shop.deploy("4", "c", 10.8, true)                          // 11.3
	pay.deploy("5", "p", 11, false)                            // 11.5
	strike := func(id string, hours float64, services ...string) *record.Incident {
		in := shop.incident(id, "", hours)
		in.Services, in.CauseType = services, record.CauseUnknown
		return in
	}
	strike("soon", 11.5, "checkout")
	strike("edge", 14.5, "CHECKOUT")
	strike("late", 14.51, "checkout")
	strike("other", 11.5, "search")
	strike("none", 11.5)
	strike("weather", 11.5, "checkout").CauseType = record.CauseHardware
	strike("staging", 11.5, "checkout").Environment = "staging"
	strike("said", 11.5, "checkout")
	shop.cause("said", "commit", sha("a"), "text", 0.2)
	strike("elsewhere", 11.5, "checkout")
	shop.cause("elsewhere", "config", "flags/new-cart", "declared", 0.9)
	strike("named", 11.5, "search").Repos = []string{"o/pay"}
	strike("both", 12.5, "checkout", "payments")
	save(t, s, shop.repo, shop.batch())
	save(t, s, pay.repo, pay.batch())
	run(t, s)
	got := linked(t, s)
	want := map[string]struct {
		method, service string
		score, minutes  float32
		chosen          bool
	}{
		"soon o/shop b": {"deploy_window", "checkout", 0.25, 60, true},
		"edge o/shop b": {"deploy_window", "CHECKOUT", 0.1, 240, true},
		"said o/shop a": {"text", "", 0.2, -1, true},
		"named o/pay p": {"deploy_window", "", 0.3, 0, true},
		"both o/shop b": {"deploy_window", "checkout", 0.2, 120, false},
		"both o/pay p":  {"deploy_window", "payments", 0.25, 60, true},
	}
	if len(got) != len(want) {
		t.Errorf("%d links, want %d: %+v", len(got), len(want), got)
	}
	for name, w := range want {
		g, ok := got[name]
		if !ok || g.Method != w.method || g.Service != w.service || g.Score < w.score-0.001 || g.Score > w.score+0.001 || g.Chosen != w.chosen ||
			(w.minutes < 0) != (g.Window == nil) || g.Window != nil && *g.Window != w.minutes {
			t.Errorf("%s: %+v, want %+v", name, g, w)
		}
	}
	// The other repository's deployment is learned late, then a cause is stated: who was charged before is charged no more.
	late := &history{repo: "o/pay"}
	late.deploy("6", "p", 11.9, false)
	tell(t, s, late.told)
	if sum := run(t, s); sum.Repositories != 2 {
		t.Errorf("%d repositories derived, want the one with the deployment and the one it shares an incident with", sum.Repositories)
	}
	late = &history{repo: "o/pay"}
	late.cause("soon", "commit", sha("p"), "declared", 0.9)
	tell(t, s, late.told)
	run(t, s)
	got = linked(t, s)
	if _, kept := got["soon o/shop b"]; kept || !got["soon o/pay p"].Chosen {
		t.Errorf("after a cause was stated: %+v", got)
	}
}

// A person's word goes over every method, score and time, the newest over older ones.
func TestConfirmations(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	decide := func(incident, name string, confirmed bool, hours float64) {
		h.told.Confirmations = append(h.told.Confirmations, record.Confirmation{
			Source: "pager", Incident: incident, Change: "o/r@" + sha(name), Confirmed: confirmed, By: "ada", At: hour(hours),
		})
	}
	for _, name := range []string{"a", "b", "m1", "late", "fix", "rain"} {
		h.land(name, map[string]float64{"late": 20}[name], name)
	}
	h.incident("over", "a", 10)
	decide("over", "b", true, 12)
	h.incident("rejected", "a", 10)
	decide("rejected", "a", false, 12)
	h.incident("undecided", "a", 10)
	decide("undecided", "a", false, 12)
	decide("undecided", "a", true, 13)
	h.incident("before", "", 10) // began before it landed, by the clocks
	decide("before", "late", true, 30)
	h.incident("remedy", "", 10)
	h.cause("remedy", "commit", sha("fix"), "declared", 1).Role = record.RoleFix
	decide("remedy", "fix", true, 12)
	h.incident("weather", "", 10).CauseType = record.CauseCapacity
	decide("weather", "rain", true, 12)
	h.incident("drill", "", 10).Drill = true
	decide("drill", "a", true, 12)
	save(t, s, h.repo, h.batch())
	run(t, s)
	got := linked(t, s)
	want := map[string]string{
		"over o/r a": "declared 1 false false", "over o/r b": "confirmed 1 true false", "rejected o/r a": "declared 1 false true",
		"undecided o/r a": "confirmed 1 true false", "before o/r late": "confirmed 1 true false", "remedy o/r fix": "confirmed 1 true false",
		"weather o/r rain": "confirmed 1 true false",
	}
	for name, w := range want {
		if g := got[name]; fmt.Sprint(g.Method, " ", g.Score, " ", g.Chosen, " ", g.Rejected) != w {
			t.Errorf("%s: %+v, want %s", name, g, w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("links: %+v", got)
	}
	if c := fates(t, s); c["rain"].Control || c["rain"].IncidentID != "pager:weather" || c["b"].IncidentID != "pager:over" || c["b"].IncidentMethod != "confirmed" {
		t.Errorf("changes: %+v, %+v", c["rain"], c["b"])
	}
}

// Settings, flags and releases are kept as causes, and match no commit that happens to be called like them.
func TestCausesThatAreNoCommits(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("a", 0, "a")
	for _, kind := range []string{"config", "flag", "release"} {
		h.incident(kind, "", 10)
		h.cause(kind, kind, sha("a")[:8], "declared", 0.9)
		h.incident(kind+"-whole", "", 10)
		h.cause(kind+"-whole", kind, sha("a"), "declared", 0.9)
	}
	save(t, s, h.repo, h.batch())
	run(t, s)
	got := linked(t, s)
	if len(got) != 3 || !got["config-whole o/r a"].Chosen {
		t.Errorf("links: %+v", got)
	}
}
