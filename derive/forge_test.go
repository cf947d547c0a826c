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

// own tells what the forge has of a commit of a pull request that no clone has.
func (h *history) own(number uint32, name, address, message string, hours float64) *record.PullCommit {
	who := record.Person{Name: "X", Email: address}
	h.told.PullCommits = append(h.told.PullCommits, record.PullCommit{
		Repo: h.repo, Number: number, SHA: sha(name), Author: who, Committer: who, AuthoredAt: hour(hours), CommittedAt: hour(hours), Message: message,
	})
	for i := range h.told.PullRequests {
		if p := &h.told.PullRequests[i]; p.Number == number {
			p.Commits = append(p.Commits, sha(name))
		}
	}
	return &h.told.PullCommits[len(h.told.PullCommits)-1]
}

// moved tells of a move of the default branch, from the end of that name to the next.
func (h *history) moved(kind, login, from, to string, hours float64) *record.Activity {
	a := record.Activity{
		Source: "github", Repo: h.repo, ID: fmt.Sprint(len(h.told.Activities)), Kind: kind, Actor: github(login), Ref: "refs/heads/main", After: sha(to), At: hour(hours),
	}
	if from != "" {
		a.Before = sha(from)
	}
	h.told.Activities = append(h.told.Activities, a)
	return &h.told.Activities[len(h.told.Activities)-1]
}

func (h *history) bypass(login, to string, hours float64, rules ...string) *record.RuleSuite {
	s := record.RuleSuite{
		Source: "github", Repo: h.repo, ID: fmt.Sprint(len(h.told.RuleSuites)), Actor: github(login), Ref: "refs/heads/main", At: hour(hours), Result: "bypass", Rules: rules,
	}
	if to != "" {
		s.After = sha(to)
	}
	h.told.RuleSuites = append(h.told.RuleSuites, s)
	return &h.told.RuleSuites[len(h.told.RuleSuites)-1]
}

func (h *history) task(number uint32, creator string, hours float64) {
	h.told.AgentTasks = append(h.told.AgentTasks, record.AgentTask{
		Source: "github", Repo: h.repo, ID: fmt.Sprint("task-", number), Tool: "copilot", Creator: github(creator), Number: number, CreatedAt: hour(hours), UpdatedAt: hour(hours),
	})
}

func is(b *bool) string {
	switch {
	case b == nil:
		return "unknown"
	case *b:
		return "yes"
	}
	return "no"
}

// Whoever asked an agent for a change is no second person for it: who gave the task, and of what a machine opened whom it is
// assigned to and whom its commits name.
func TestPrompters(t *testing.T) {
	got := befell(t, func(h *history) {
		h.member("p-bob", "", git("bob@example.org"), github("bob"), github("bob-work"))
		agents := func(n uint32, name string) *record.PullRequest {
			h.land(name, 2, "do it").Author = record.Person{Name: "Copilot", Email: "198982749+Copilot@users.noreply.github.com"}
			p := h.pull(n, "copilot-swe-agent[bot]", name, 0)
			p.Author.Kind, p.MergedBy = record.KindBot, github("bob")
			h.review(n, "bob", record.ReviewApproved, "head", 1)
			return p
		}
		agents(1, "nobody")
		agents(2, "task")
		h.task(2, "bob", -1)
		agents(3, "assigned").Assignees = []record.Account{github("copilot"), github("bob-work")}
		agents(4, "named")
		h.own(4, "n1", "198982749+Copilot@users.noreply.github.com", "do it\n\nCo-authored-by: Bob <1+bob@users.noreply.github.com>", 1)
		agents(5, "another").Assignees = []record.Account{github("eve")}
		// A person's own pull request is assigned to a reviewer.
		h.land("ofperson", 2, "do it")
		p := h.pull(6, "ada", "ofperson", 0)
		p.Assignees, p.MergedBy = []record.Account{github("bob")}, github("bob")
		h.review(6, "bob", record.ReviewApproved, "head", 1)
		// So is what automation opens.
		h.land("bump", 2, "Bump x").Author = record.Person{Name: "dependabot[bot]", Email: "49699333+dependabot[bot]@users.noreply.github.com"}
		p = h.pull(7, "dependabot[bot]", "bump", 0)
		p.Author.Kind, p.Assignees = record.KindBot, []record.Account{github("bob")}
		h.review(7, "bob", record.ReviewApproved, "head", 1)
		// Nothing on the pull request says that an agent made it, but that it was given the task; late tasks say nothing.
		h.land("asked", 2, "do it")
		h.pull(8, "ada", "asked", 0)
		h.task(8, "eve", -1)
		h.land("late", 2, "do it")
		h.pull(9, "ada", "late", 0)
		h.task(9, "eve", 30)
	})
	for name, want := range map[string]struct{ class, review, known, self string }{
		"nobody": {"ai_agent", "independent", "no", "no"}, "task": {"ai_agent", "self", "yes", "yes"}, "assigned": {"ai_agent", "self", "yes", "yes"},
		"named": {"ai_agent", "self", "yes", "yes"}, "another": {"ai_agent", "independent", "yes", "no"},
		"ofperson": {"unknown", "independent", "unknown", "no"}, "bump": {"automation", "independent", "unknown", "no"},
		"asked": {"ai_agent", "none", "yes", "no"}, "late": {"unknown", "none", "unknown", "no"},
	} {
		g := got[name]
		if g.Class != want.class || g.Review != want.review || is(g.PrompterKnown) != want.known || is(g.MergedByAuthor) != want.self {
			t.Errorf("%s: %s, %s, prompter known %s, merged by author %s, want %+v", name, g.Class, g.Review, is(g.PrompterKnown), is(g.MergedByAuthor), want)
		}
	}
}

// Of commits that a squash lost the forge has the words: they have verdicts, makers and dates.
func TestCommitsThatOnlyTheForgeHas(t *testing.T) {
	s := storetest.Open(t)
	build := func(h *history) {
		h.member("p-bob", "", git("bob@example.org"), github("bob"))
		h.land("squashed", 2, "do it (#1)")
		h.pull(1, "ada", "squashed", 0)
		h.review(1, "bob", record.ReviewApproved, "", 1.5).SHA = "" // of no commit: it must be younger than the last
		h.own(1, "s1", "ada@example.org", "half of it"+byClaude, 1)
		h.own(1, "head", "bob@example.org", "the rest", 1)
		// A merge of the base into the branch is nobody's work.
		h.land("updated", 2, "do it (#2)")
		h.pull(2, "ada", "updated", 0)
		h.review(2, "bob", record.ReviewApproved, "u2", 1.5)
		h.own(2, "u1", "ada@example.org", "do it", 1)
		h.own(2, "u2", "bob@example.org", "Merge branch 'main' into topic", 1)
		// Bob put the approved commits on the branch by rebasing: that makes him their committer, and not their maker.
		h.land("rebased", 2, "do it").Committer = record.Person{Name: "Bob", Email: "bob@example.org"}
		h.pull(3, "ada", "rebased", 0)
		h.review(3, "bob", record.ReviewApproved, "head", 1.5)
		h.own(3, "r1", "ada@example.org", "do it", 1)
		h.land("forced", 2, "do it (#4)")
		h.pull(4, "ada", "forced", 0)
		h.review(4, "bob", record.ReviewApproved, "", 1).SHA = ""
		h.told.PullEvents = []record.PullEvent{{Source: "github", Repo: h.repo, Number: 4, ID: "1", Kind: "force_pushed", Actor: github("ada"), At: hour(1.5)}}
	}
	h := &history{repo: "o/r"}
	build(h)
	save(t, s, h.repo, h.batch())
	if sum := run(t, s); sum.Commits != 4+5 {
		t.Errorf("%d commits judged, want four of the clone and five of the forge", sum.Commits)
	}
	got := fates(t, s)
	for name, want := range map[string]struct{ class, review string }{
		"squashed": {"ai_agent", "self"}, "updated": {"unknown", "independent"}, "rebased": {"unknown", "independent"}, "forced": {"unknown", "stale"},
	} {
		if g := got[name]; g.Class != want.class || g.Review != want.review {
			t.Errorf("%s: %s, %s, want %+v", name, g.Class, g.Review, want)
		}
	}
	// A clone brings a commit later, under another address: its word counts.
	late := &history{repo: "o/r"}
	late.commit("s1", 1, "half of it").Author.Email = "zed@example.org"
	save(t, s, late.repo, record.Batch{Commits: late.commits})
	if sum := run(t, s); sum.Commits != 1 {
		t.Errorf("%d commits judged again, want the one that the clone has now", sum.Commits)
	}
	if g := fates(t, s)["squashed"]; g.Class != "unknown" {
		t.Errorf("after the clone: %s", g.Class)
	}
}

// The forge knows who pushed and when: whose right it was, and that nobody looked.
func TestPushes(t *testing.T) {
	got := befell(t, func(h *history) {
		h.told.Hosted = []record.HostedRepository{{Source: "github", ID: "1", Name: h.repo, DefaultBranch: "main"}}
		h.member("p-ada", "core", git("ada@example.org"), github("ada"))
		h.told.Permissions = []record.Permission{
			{Repo: h.repo, Account: github("ada"), Level: record.LevelWrite, Grant: "team core", SeenAt: hour(-10)},
			{Repo: h.repo, Account: github("root"), Level: record.LevelAdmin, Grant: "role", SeenAt: hour(15)},
			{Repo: h.repo, Account: github("eve"), Level: record.LevelMaintain, SeenAt: hour(-10)},
		}
		h.land("before", 0, "before")
		h.land("own", 1, "mine")
		h.land("p1", 2, "one of three")
		h.land("p2", 3, "two of three").Author = record.Person{Name: "Claude", Email: "noreply@anthropic.com"}
		h.land("p3", 4, "three of three")
		h.land("seen", 21, "looked at"+byBob)
		h.land("other", 22, "on a branch first")
		h.land("merged", 23, "merged")
		h.moved("push", "ada", "before", "own", 1.5)
		h.moved("push", "root", "own", "p3", 20) // long after they were committed, and after the snapshot
		h.moved("push", "eve", "p3", "seen", 21)
		h.moved("branch_creation", "zed", "", "other", 22)
		h.moved("push", "zed", "", "other", 22).Ref = "refs/heads/release"
		h.pull(7, "ada", "merged", 21).MergedBy = record.Account{}
		h.moved("pr_merge", "eve", "other", "merged", 23)
	})
	type want struct{ review, permission, grant, self string }
	for name, w := range map[string]want{
		"before": {"not_collected", "write", "team core", "unknown"}, "own": {"none", "write", "team core", "yes"},
		"p1": {"none", "admin", "role", "unknown"}, "p2": {"none", "admin", "role", "unknown"}, "p3": {"none", "admin", "role", "unknown"},
		"seen": {"independent", "maintain", "", "unknown"}, "other": {"not_collected", "write", "team core", "unknown"},
		"merged": {"none", "maintain", "", "no"},
	} {
		g := got[name]
		if have := (want{g.Review, g.Permission, g.Grant, is(g.MergedByAuthor)}); have != w {
			t.Errorf("%s: %+v, want %+v", name, have, w)
		}
	}
}

// Rules that were overridden are found by the commit, by the push, or by who did what when.
func TestBypasses(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.told.Hosted = []record.HostedRepository{{Source: "github", ID: "1", Name: h.repo, DefaultBranch: "main"}}
	pull := func(n uint32, name string, hours float64, reviewed bool) {
		h.land(name, hours, "do it")
		h.pull(n, "ada", name, hours-2)
		if reviewed {
			h.review(n, "bob", record.ReviewApproved, "head", hours-1)
		}
	}
	pull(1, "plain", 1, false)
	pull(2, "overridden", 2, false)
	h.bypass("merger", "overridden", 2, "required_status_checks", "pull_request")
	pull(3, "looked", 3, true)
	h.bypass("merger", "looked", 3, "pull_request")
	pull(4, "checks", 4, false)
	h.bypass("merger", "checks", 4, "required_status_checks")
	pull(5, "anyrule", 5, false)
	h.bypass("merger", "anyrule", 5)
	pull(6, "bytime", 6, false)
	h.bypass("merger", "", 6.05)
	h.bypass("merger", "", 6.5) // nothing landed within five minutes
	h.bypass("zed", "", 5.99)   // nor by that account
	h.bypass("merger", "plain", 1).Ref = "refs/heads/topic"
	h.bypass("merger", "plain", 1).Result = "pass"
	h.land("x1", 7, "pushed")
	h.land("x2", 7, "pushed")
	h.bypass("ada", "x2", 7).Before = sha("bytime")
	h.told.PullRequests[1].ReviewsComplete = false
	save(t, s, h.repo, h.batch())
	run(t, s)
	got := fates(t, s)
	for name, state := range map[string]string{
		"plain": "none", "overridden": "bypassed", "looked": "independent", "checks": "none", "anyrule": "bypassed", "bytime": "bypassed", "x1": "bypassed", "x2": "bypassed",
	} {
		if got[name].Review != state {
			t.Errorf("%s: %s, want %s", name, got[name].Review, state)
		}
	}
	methods, err := store.Select[struct {
		Method string `ch:"method"`
		N      uint64 `ch:"n"`
	}](context.Background(), s, "SELECT method, count() AS n FROM baserate.bypasses GROUP BY method ORDER BY method", nil)
	if text := fmt.Sprint(methods); err != nil || text != "[{ 2} {actor_time 1} {push 1} {sha 5}]" {
		t.Errorf("bypasses: %v, %v", text, err)
	}
}

// A proposal that its source deleted is none; what it landed as stays.
func TestDeletedPullRequests(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("a", 2, "do it")
	h.pull(1, "ada", "a", 0).Deleted = true
	h.review(1, "bob", record.ReviewApproved, "head", 1)
	open := h.pull(2, "ada", "", 5)
	open.MergedAt, open.MergeSHA, open.Deleted = time.Time{}, "", true
	save(t, s, h.repo, h.batch())
	run(t, s)
	rows, err := store.Select[struct {
		N uint64 `ch:"n"`
	}](context.Background(), s, "SELECT (SELECT count() FROM baserate.pull_requests) + 10 * (SELECT count() FROM proposals FINAL) AS n", nil)
	if err != nil || rows[0].N != 10 {
		t.Errorf("%v pull requests shown and ten times those kept, %v; want only the merged one kept", rows, err)
	}
	if g := fates(t, s)["a"]; g.Review != "independent" {
		t.Errorf("what landed was %s", g.Review)
	}
}
