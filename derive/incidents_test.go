package derive_test

import (
	"context"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// Which change an incident is charged to, and which not.
func TestRootCauses(t *testing.T) {
	got := befell(t, func(h *history) {
		land := func(name string, hours float64) { h.land(name, hours, name) }
		land("declared", 0)
		h.incident("declared", "declared", 10)
		land("prefix", 0)
		h.incident("prefix", "", 10)
		h.cause("prefix", "commit", sha("prefix")[:8], "text", 0.5)
		land("short", 0)
		h.incident("short", "", 10)
		h.cause("short", "commit", sha("short")[:6], "text", 0.5)
		h.land("number", 0, "do it (#12)")
		h.incident("number", "", 10)
		h.cause("number", "pull_request", "12", "attachment", 0.9)
		land("deployed", 0)
		h.deploy("d1", "deployed", 1, false)
		h.incident("deployed", "", 10)
		h.cause("deployed", "deployment", "d1", "deploy_window", 0.3)
		h.commit("m1", 0, "part")
		h.merge("merged", 1, "Merge pull request #20 from o/m", "m1")
		h.incident("merged", "m1", 10)

		land("later", 20)
		h.incident("later", "later", 19) // began before it landed
		land("ago", 0)
		h.incident("ago", "ago", 24*31)
		land("slow", 0)
		h.incident("slow", "slow", 24*20) // a cause, but too late to count as a mistake of 14 days
		land("drill", 0)
		h.incident("drill", "drill", 10).Drill = true
		land("deleted", 0)
		h.incident("deleted", "deleted", 10).Deleted = true
		land("weather", 0)
		h.incident("weather", "weather", 10).CauseType = record.CauseCapacity
		land("remedy", 0) // said to be both: a fix is never a cause
		h.incident("remedy", "remedy", 10)
		h.cause("remedy", "commit", sha("remedy")[:10], "text", 0.9).Role = record.RoleFix
		land("repair", 11)
		h.incident("repair", "", 10)
		h.cause("repair", "commit", sha("repair"), "declared", 1).Role = record.RoleFix

		// Of several candidates the surest, then the most direct, then the latest.
		for _, name := range []string{"sure", "unsure", "direct", "indirect", "early", "late"} {
			land(name, map[string]float64{"early": 1, "late": 2}[name])
		}
		h.incident("score", "", 10)
		h.cause("score", "commit", sha("unsure"), "declared", 0.4)
		h.cause("score", "commit", sha("sure"), "text", 0.5)
		h.incident("method", "", 10)
		h.cause("method", "commit", sha("indirect"), "text", 0.5)
		h.cause("method", "commit", sha("direct"), "issue_link", 0.5)
		h.incident("time", "", 10)
		h.cause("time", "commit", sha("early"), "text", 0.5)
		h.cause("time", "commit", sha("late"), "text", 0.5)
		land("end", 24*60)
	})
	for name, want := range map[string]bool{
		"declared": true, "prefix": true, "short": false, "number": true, "deployed": true, "merged": true,
		"later": false, "ago": false, "slow": true, "drill": false, "deleted": false, "weather": false, "remedy": false, "repair": false,
		"sure": true, "unsure": false, "direct": true, "indirect": false, "early": false, "late": true,
	} {
		g := got[name]
		if (g.IncidentID != "") != want || (g.IncidentAt != nil) != want || g.Incident != (want && name != "slow") || g.Mistake != g.Incident {
			t.Errorf("%s: incident %q at %v, within 14 days %v, mistake %v; want %v", name, g.IncidentID, g.IncidentAt, g.Incident, g.Mistake, want)
		}
		if g.Control != (name == "weather") {
			t.Errorf("%s: control is %v", name, g.Control)
		}
	}
	if g := got["number"]; g.IncidentMethod != "attachment" || g.IncidentID != "pager:number" {
		t.Errorf("number: %q by %q", g.IncidentID, g.IncidentMethod)
	}
}

// A change with several incidents keeps the first, the worst severity and all minutes, and is one mistake (trap 1).
func TestSeveralIncidents(t *testing.T) {
	got := befell(t, func(h *history) {
		h.land("a", 0, "a")
		h.incident("second", "a", 20).Severity = 2
		h.incident("first", "a", 10)
		h.incident("third", "a", 30).ResolvedAt = time.Time{}
		h.incident("unrated", "a", 40).Severity = 0
		h.land("b", 1, "b")
		h.incident("mild", "b", 10)
		h.land("end", 24*60, "end")
	})
	a, b := got["a"], got["b"]
	if a.IncidentID != "pager:first" || !a.IncidentAt.Equal(hour(10)) || *a.Severity != 2 || a.OutageMinutes != 180 || !a.Major {
		t.Errorf("a: %+v", a)
	}
	if b.Major || *b.Severity != 3 || b.OutageMinutes != 60 {
		t.Errorf("b: %+v", b)
	}
}

// An incident that several repositories are blamed for has one root cause, whichever of them is derived first or again.
func TestOneRootCauseOverRepositories(t *testing.T) {
	s := storetest.Open(t)
	for _, repo := range []string{"o/a", "o/b", "o/z"} {
		h := &history{repo: repo}
		h.land("x", 0, "x")
		h.land("end", 24*60, "end")
		if repo != "o/z" {
			h.incident("i", "x", 10)
			h.told.Causes[0].Score = map[string]float32{"o/a": 0.4, "o/b": 0.6}[repo]
		}
		save(t, s, repo, h.batch())
	}
	charged := func() (repos []string) {
		t.Helper()
		rows, err := store.Select[struct {
			Repo string `ch:"repo"`
		}](context.Background(), s, "SELECT repo FROM baserate.changes WHERE incident ORDER BY repo", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			repos = append(repos, r.Repo)
		}
		return repos
	}
	run(t, s)
	if got := charged(); len(got) != 1 || got[0] != "o/b" {
		t.Fatalf("charged: %v, want o/b", got)
	}
	// The source is surer now: both repositories are derived again, the third is not.
	h := &history{repo: "o/a"}
	h.cause("i", "commit", sha("x"), "declared", 0.9)
	tell(t, s, record.Batch{Causes: h.told.Causes})
	if sum := run(t, s); sum.Repositories != 2 {
		t.Errorf("%d repositories derived again, want the two that are blamed", sum.Repositories)
	}
	if got := charged(); len(got) != 1 || got[0] != "o/a" {
		t.Errorf("charged: %v, want o/a", got)
	}
	links, err := store.Select[struct {
		Change string `ch:"change_id"`
		Method string `ch:"method"`
		Chosen bool   `ch:"chosen"`
		Linked bool   `ch:"linked"`
	}](context.Background(), s, `SELECT l.change_id AS change_id, l.method AS method, l.chosen AS chosen, i.linked AS linked
		FROM baserate.incident_links AS l INNER JOIN baserate.incidents AS i ON i.incident = l.incident ORDER BY change_id`, nil)
	if err != nil || len(links) != 2 || !links[0].Chosen || links[1].Chosen || !links[0].Linked || links[0].Change != "o/a@"+sha("x") {
		t.Errorf("links = %+v, %v: both candidates are shown, one is chosen", links, err)
	}
}

// tell saves what a source other than git says.
func tell(t *testing.T, s *store.Store, b record.Batch) {
	t.Helper()
	ledger := record.Collection{Source: "github", Scope: "o", Stream: "work", StartedAt: time.Now(), Status: record.StatusOK, Rows: uint64(b.Rows())}
	if err := s.Save(context.Background(), b, ledger); err != nil {
		t.Fatal(err)
	}
}

// One failed deployment of many changes is one failure (trap 2), at the time it ended (trap 13), and counts only after the
// landing.
func TestFailedDeployments(t *testing.T) {
	got := befell(t, func(h *history) {
		for _, name := range []string{"a", "b", "c", "d", "fine"} {
			h.land(name, 1, name)
		}
		h.deploy("1", "c", 5, true)
		h.deploy("2", "c", 6, true)
		h.deploy("3", "fine", 5, false)
		h.deploy("4", "fine", 0, true) // a preview of it, before it landed
		h.deploy("5", "d", 24*20, true)
		h.commit("m1", 1, "part")
		h.merge("m", 2, "Merge pull request #1 from o/m", "m1")
		h.deploy("6", "m1", 7, true).FinishedAt = time.Time{}
		h.land("end", 24*60, "end")
	})
	for name, want := range map[string]bool{"a": false, "b": false, "c": true, "d": false, "fine": false, "m": true} {
		if g := got[name]; g.FailedDeployment != want || g.Mistake != want {
			t.Errorf("%s: failed deployment is %v, mistake %v, want %v", name, g.FailedDeployment, g.Mistake, want)
		}
	}
	if at := got["c"].FailedAt; !at.Equal(hour(5.5)) {
		t.Errorf("c failed at %v, want the end of the first failure", at)
	}
}

// A fix within 72 hours is a hot-fix, one within 21 days rework.
func TestRework(t *testing.T) {
	got := befell(t, func(h *history) {
		h.land("a", 0, "add a", "a.go")
		h.land("fa", 5, "repair a\n\nFixes: "+sha("a")[:12], "z.go")
		h.land("b", 10, "add b", "b.go")
		h.land("fb", 10+24*20, "fix b", "b.go")
		h.land("c", 20, "add c", "c.go")
		h.land("fc", 20+24*22, "fix c", "c.go")
		h.land("d", 30, "add d", "d.go")
		h.land("fd", 31, "fix d", "d.go")
		h.land("fd2", 30+24*10, "repair d\n\nFixes: "+sha("d")[:12], "y.go")
		h.land("e", 40, "add e", "e.go")
		h.land("fe", 40+24*22, "repair e\n\nFixes: "+sha("e")[:12], "x.go")
		h.land("end", 24*60.5, "end")
	})
	for name, want := range map[string]struct {
		hot, rework bool
		score       float32
	}{"a": {true, true, 0.9}, "b": {false, true, 0}, "c": {false, false, 0}, "d": {true, true, 0.5}, "e": {false, false, 0}, "fa": {false, false, 0}} {
		if g := got[name]; g.Hotfixed != want.hot || g.Reworked != want.rework || g.HotfixScore != want.score || g.Mistake != want.hot {
			t.Errorf("%s: hot-fixed %v (%g), reworked %v, mistake %v, want %+v", name, g.Hotfixed, g.HotfixScore, g.Reworked, g.Mistake, want)
		}
	}
	if days := got["a"].FollowedDays; days != 60 {
		t.Errorf("a was followed for %d whole days", days)
	}
}

// What came of a change within its 14 days does not depend on how far the collection goes beyond them (trap 1), and no rate
// can exceed one: a change with every outcome is one mistake.
func TestOutcomesStayAsTheyWere(t *testing.T) {
	upTo := func(end float64) map[string]fate {
		return befell(t, func(h *history) {
			h.land("a", 0, "add a", "a.go")
			h.land("b", 1, "add b", "b.go")
			h.land("fa", 2, "fix a", "a.go")
			h.land("ra", 3, "Revert \"add a\""+reverts("a"))
			h.deploy("1", "a", 1, true)
			h.incident("i", "a", 5)
			if end > 20 {
				h.land("rb", 24*19, "Revert \"add b\""+reverts("b"), "b.go")
				h.incident("j", "b", 24*18)
			}
			h.land("end", 24*end, "end")
		})
	}
	short, long := upTo(15), upTo(200)
	for _, name := range []string{"a", "b"} {
		s, l := short[name], long[name]
		if s.Mistake != (name == "a") || s.Mistake != l.Mistake || s.Incident != l.Incident || s.FailedDeployment != l.FailedDeployment || s.Hotfixed != l.Hotfixed {
			t.Errorf("%s is %+v up to day 15, %+v up to day 200", name, s, l)
		}
	}
	if a := short["a"]; !a.Incident || !a.FailedDeployment || !a.Hotfixed {
		t.Errorf("a: %+v, want every outcome", a)
	}
}
