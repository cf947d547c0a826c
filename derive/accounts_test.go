package derive_test

import (
	"testing"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// The level is what the newest snapshot before the landing says of the account that landed it; nothing is known before
// the first.
func TestPermissions(t *testing.T) {
	got := befell(t, func(h *history) {
		snapshot := func(repo, login string, level record.Level, hours float64) {
			h.told.Permissions = append(h.told.Permissions, record.Permission{Repo: repo, Account: github(login), Level: level, SeenAt: hour(hours)})
		}
		snapshot("o/r", "ada", record.LevelWrite, 10)
		snapshot("o/r", "ada", record.LevelAdmin, 20)
		snapshot("", "ada", record.LevelOperator, 0)
		snapshot("", "bob", record.LevelRead, 0)
		snapshot("o/other", "bob", record.LevelAdmin, 0)
		snapshot("o/r", "eve-admin", record.LevelMaintain, 0)
		h.member("p-eve", "", git("eve@example.org"), github("eve"), github("eve-admin"))
		n := uint32(0)
		pull := func(name, by string, hours float64) {
			n++
			h.land(name, hours, name)
			h.pull(n, "zed", name, hours-2).MergedBy.Login = by
		}
		pull("wide", "ada", 5) // nothing of its own yet: that of the whole source
		pull("at", "ada", 10)
		pull("write", "ada", 15)
		pull("admin", "ada", 25)
		pull("bob", "bob", 15)
		pull("nobody", "nobody", 15)
		pull("Case", "ADA", 16)
		pull("eve", "eve", 15) // another account of the same person can more: not this one
		h.land("push", 15, "push").Author = record.Person{Name: "Eve", Email: "eve@example.org"}
	})
	for name, level := range map[string]string{
		"wide": "operator", "at": "write", "write": "write", "admin": "admin", "bob": "read", "nobody": "unknown", "Case": "write",
		"eve": "unknown", "push": "maintain",
	} {
		if got[name].Permission != level {
			t.Errorf("%s: permission %s, want %s", name, got[name].Permission, level)
		}
	}
}

// What an account usually lands changes with is told by the 90 days before, not by the change itself.
func TestUsualPermission(t *testing.T) {
	got := befell(t, func(h *history) {
		levels := []record.Level{record.LevelWrite, record.LevelWrite, record.LevelAdmin, record.LevelWrite, record.LevelAdmin}
		days := []float64{0, 1, 2, 3, 200}
		for i, level := range levels {
			name := string(rune('a' + i))
			h.told.Permissions = append(h.told.Permissions, record.Permission{Repo: "o/r", Account: github("ada"), Level: level, SeenAt: hour(24*days[i] - 1)})
			h.land(name, 24*days[i], name)
			h.pull(uint32(i+1), "ada", name, 24*days[i]-2).MergedBy.Login = "ada"
		}
	})
	for name, want := range map[string][2]string{
		"a": {"write", "unknown"}, "b": {"write", "write"}, "c": {"admin", "write"}, "d": {"write", "write"}, "e": {"admin", "unknown"},
	} {
		if g := got[name]; g.Permission != want[0] || g.Usual != want[1] {
			t.Errorf("%s: %s, usually %s, want %v", name, g.Permission, g.Usual, want)
		}
	}
}

// A person with two addresses and a login is one person, in the team of that day.
func TestPersonsAndTeams(t *testing.T) {
	got := befell(t, func(h *history) {
		by := func(name, address string, hours float64) {
			h.land(name, hours, name).Author = record.Person{Name: "X", Email: address}
		}
		by("home", "ada@home.example", 1)
		by("Work", "Ada@Work.example", 2)
		by("login", "7+ada@users.noreply.github.com", 3)
		by("moved", "ada@work.example", 24*10)
		by("left", "ada@work.example", 24*20)
		by("stranger", "bob@example.org", 4)
		by("machine", "noreply@anthropic.com", 5)
		h.land("prompted", 6, "by ada\n\nCo-authored-by: Ada <ada@home.example>").Author = record.Person{Name: "Claude", Email: "noreply@anthropic.com"}
		h.land("pulled", 7, "do it").Author = record.Person{Name: "X", Email: "unknown@example.org"}
		h.pull(1, "ada", "pulled", 5)
		m := func(a record.Account, team string, from, to float64) {
			row := record.Member{Account: a, Person: "p1", Team: team, From: hour(from)}
			if to > 0 {
				row.To = hour(to)
			}
			h.told.Members = append(h.told.Members, row)
		}
		m(git("ada@home.example"), "", -10, 0)
		m(git("ada@work.example"), "core", -10, 24*9)
		m(git("ada@work.example"), "edge", 24*9, 24*15)
		m(github("ada"), "core", -20, 24*9)
		// An agent's own accounts, which somebody is known to run.
		by("agent", "agent@acme.example", 24*2)
		h.commits[len(h.commits)-1].Message += byClaude
		h.land("runs", 24*2, "do it").Author.Email = "noreply@anthropic.com"
		h.pull(2, "acme-agent[bot]", "runs", 40).Author.Kind = record.KindBot
		h.member("p2", "core", git("agent@acme.example"), github("acme-agent[bot]"))
		h.told.Profiles = []record.Profile{{Repo: "o/r", Tier: 2}}
	})
	ada := got["home"].Author
	for name, team := range map[string]string{
		"home": "core", "Work": "core", "login": "core", "moved": "edge", "left": "", "prompted": "core", "pulled": "core",
	} {
		if g := got[name]; g.Author != ada || g.Team != team {
			t.Errorf("%s: by %d in %q, want %d in %q", name, g.Author, g.Team, ada, team)
		}
	}
	if a, r := got["agent"], got["runs"]; a.Author == 0 || a.Author == ada || r.Author != a.Author || a.Team != "core" || a.Class != "ai_agent" {
		t.Errorf("agents with an owner: %+v, %+v", a, r)
	}
	if g := got["stranger"]; g.Author == ada || g.Author == 0 || g.Team != "" || len(g.People) != 1 || g.People[0] != g.Author {
		t.Errorf("stranger: %+v", g)
	}
	if g := got["machine"]; g.Author != 0 || len(g.People) != 0 {
		t.Errorf("a machine is no person: %+v", g)
	}
	if got["home"].Tier != 2 {
		t.Errorf("tier %d", got["home"].Tier)
	}
}

// Who somebody is may be learned later: rows derived before are derived again (trap 12), and two people become one.
func TestIdentitiesAreMergedInOldRows(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("a", 0, "a").Author.Email = "ada@home.example"
	h.land("b", 1, "b").Author.Email = "ada@work.example"
	save(t, s, h.repo, h.batch())
	run(t, s)
	if got := fates(t, s); got["a"].Author == got["b"].Author {
		t.Fatal("two addresses are one person before anybody said so")
	}
	k := &history{repo: "o/r"}
	k.member("p1", "core", git("ada@home.example"), git("ada@work.example"))
	tell(t, s, record.Batch{Members: k.told.Members})
	if sum := run(t, s); sum.Repositories != 1 {
		t.Errorf("%d repositories derived again", sum.Repositories)
	}
	if got := fates(t, s); got["a"].Author != got["b"].Author || got["a"].Team != "core" {
		t.Errorf("after: %+v, %+v", got["a"], got["b"])
	}
}
