package derive_test

import (
	"context"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// What a pull request says of itself is joined with what its commits say.
func TestPullRequestsSayWhoMadeThem(t *testing.T) {
	got := befell(t, func(h *history) {
		h.land("mention", 1, "prepare for it (#3)") // named before it landed
		h.land("plain", 2, "do it (#1)")
		h.pull(1, "ada", "plain", 0)
		// An agent is no bot to be left out: its pull request is its own (trap 6).
		h.land("agent", 2, "do it (#2)")
		h.pull(2, "copilot-swe-agent[bot]", "agent", 0).Author.Kind = record.KindBot
		h.land("branch", 2, "do it (#3)")
		h.pull(3, "ada", "branch", 0).Branch = "copilot/fix-1"
		h.land("body", 2, "do it (#4)")
		h.pull(4, "ada", "body", 0).Body = "It does it.\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)"
		// The squash lost the trailers; the pull request's own commits have them still.
		h.land("lost", 2, "do it (#5)")
		h.commit("l1", 1, "half of it"+byClaude)
		h.pull(5, "ada", "lost", 0).Commits = []string{sha("l1"), sha("head")}
		h.land("bumped", 2, "Bump x (#6)").Author = record.Person{Name: "Merger", Email: "merge-bot@example.org"}
		h.pull(6, "dependabot[bot]", "bumped", 0)
		h.land("adapted", 2, "Bump y, and adapt (#7)")
		h.pull(7, "dependabot[bot]", "adapted", 0)
		// The forge knows the number that the title does not name.
		h.land("unnamed", 2, "do it")
		h.pull(8, "ada", "unnamed", 0).Branch = "copilot/fix-2"
		h.land("bynumber", 2, "do it (#9)")
		h.pull(9, "ada", "bynumber", 0).MergeSHA = ""
		h.told.PullRequests[8].Branch = "copilot/fix-3"
		// A number that only was proposed explains no landing.
		h.land("open", 2, "see (#10)")
		p := h.pull(10, "ada", "open", 0)
		p.MergedAt, p.MergeSHA, p.Branch = time.Time{}, "", "copilot/fix-4"
		// A backport names the number of a pull request that landed as something else.
		h.land("backport", 3, "do it (#3)")
		h.land("again", 3, "do it (#9)")
	})
	for name, want := range map[string]struct {
		class, tool, kind string
		number            uint32
	}{
		"plain": {"unknown", "", "pull_request", 1}, "agent": {"ai_agent", "copilot", "pull_request", 2}, "branch": {"ai_agent", "copilot", "pull_request", 3},
		"body": {"ai_agent", "claude-code", "pull_request", 4}, "lost": {"ai_agent", "claude-code", "pull_request", 5},
		"bumped": {"automation", "", "pull_request", 6}, "adapted": {"unknown", "", "pull_request", 7},
		"unnamed": {"ai_agent", "copilot", "pull_request", 8}, "bynumber": {"ai_agent", "copilot", "pull_request", 9},
		"open": {"unknown", "", "pull_request", 10}, "backport": {"unknown", "", "pull_request", 3},
		"mention": {"unknown", "", "pull_request", 3}, "again": {"unknown", "", "pull_request", 9},
	} {
		g := got[name]
		if g.Class != want.class || g.Kind != want.kind || g.PRNumber == nil || *g.PRNumber != want.number ||
			(want.tool == "") != (g.Tool == "") {
			t.Errorf("%s: got %s by %q, %s, want %+v", name, g.Class, g.Tool, g.Kind, want)
		}
	}
}

// A label that was put on after the merge was not known at the landing: it is kept apart, and used for nothing.
func TestLateLabels(t *testing.T) {
	got := befell(t, func(h *history) {
		for i, at := range []time.Time{{}, hour(1), hour(3)} {
			name := []string{"sometime", "early", "late"}[i]
			h.land(name, 2, "do it")
			h.pull(uint32(i+1), "ada", name, 0).Labels = []record.Label{{Name: "bug", At: hour(0)}, {Name: "ai-generated", At: at}}
		}
		h.land("already", 2, "do it"+byClaude)
		h.pull(4, "ada", "already", 0).Labels = []record.Label{{Name: "ai-generated", At: hour(3)}}
	})
	for name, want := range map[string]struct{ class, late string }{
		"sometime": {got["early"].Class, ""}, "early": {got["early"].Class, ""}, "late": {"unknown", got["early"].Class}, "already": {"ai_agent", ""},
	} {
		if g := got[name]; g.Class != want.class || g.LateClass != want.late {
			t.Errorf("%s: %s and late %q, want %+v", name, g.Class, g.LateClass, want)
		}
	}
	if class := got["early"].Class; class != "ai_agent" && class != "ai_assisted" {
		t.Errorf("the label says %s", class)
	}
}

// A pull request that was rebased or fast-forwarded is one change, however many commits it put on the branch.
func TestOnePullRequestIsOneChange(t *testing.T) {
	got := befell(t, func(h *history) {
		h.land("before", 0, "before", "z.go")
		for _, name := range []string{"o1", "o2", "o3"} {
			h.commit(name, map[string]float64{"o1": 1, "o2": 1.1, "o3": 1.2}[name], "a part of it")
		}
		for i, name := range []string{"r1", "r2", "r3"} {
			h.land(name, 2, "a part of it", name+".go")
			h.commits[len(h.commits)-1].AuthoredAt = hour([]float64{1, 1.1, 1.2}[i])
		}
		h.pull(1, "ada", "r3", 0).Commits = []string{sha("o1"), sha("o2"), sha("o3")}
		h.land("f1", 3, "fast"+byClaude, "f.go")
		h.land("f2", 3.1, "forward", "f.go", "g.go")
		h.pull(2, "ada", "f2", 1).Commits = []string{sha("f1"), sha("f2")}
		h.land("undo", 4, "Revert \"a part of it\""+reverts("r1"), "r1.go")
		h.incident("i", "r2", 5)
		h.land("end", 24*40, "end")
	})
	if len(got) != 5 {
		t.Errorf("%d changes, want before, r3, f2, undo and end: %v", len(got), got)
	}
	r, f := got["r3"], got["f2"]
	if r.Kind != "pull_request" || r.Method != "direct" || r.Commits != 3 || *r.SizeLines != 12 || *r.PRNumber != 1 {
		t.Errorf("rebased: %+v", r)
	}
	if !r.Incident || !r.Mistake {
		t.Errorf("what befalls one of its commits befalls the change: %+v", r)
	}
	if f.Commits != 2 || *f.SizeLines != 12 || f.Class != "ai_agent" {
		t.Errorf("fast-forwarded: %+v", f)
	}
}

// Every pull request is a proposal, whatever became of it.
func TestProposals(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.member("p1", "core", github("ada"))
	h.land("a", 2, "do it (#1)"+byClaude)
	h.pull(1, "ada", "a", 0)
	h.review(1, "bob", record.ReviewApproved, "head", 1)
	open := h.pull(2, "ada", "", 5)
	open.MergedAt, open.ClosedAt, open.MergeSHA, open.ReadyAt = time.Time{}, time.Time{}, "", hour(6)
	h.commit("n1", 5, "part"+byClaude)
	open.Commits = []string{sha("n1")}
	down := h.pull(3, "eve", "", 5)
	down.MergedAt, down.MergeSHA = time.Time{}, ""
	h.review(3, "bob", record.ReviewChangesRequested, "head", 6)
	h.pull(4, "copilot-swe-agent[bot]", "", 5).MergeSHA = ""
	save(t, s, h.repo, h.batch())
	run(t, s)
	type proposal struct {
		Number        uint32     `ch:"number"`
		State         string     `ch:"state"`
		Class         string     `ch:"author_class"`
		Team          string     `ch:"team"`
		Review        string     `ch:"review_state"`
		Rounds        uint16     `ch:"review_rounds"`
		ReadyAt       time.Time  `ch:"ready_at"`
		FirstReviewAt *time.Time `ch:"first_review_at"`
	}
	got, err := store.Select[proposal](context.Background(), s, `SELECT number, state, author_class, team, review_state, review_rounds, ready_at, first_review_at
		FROM baserate.pull_requests ORDER BY number`, nil)
	if err != nil || len(got) != 4 {
		t.Fatalf("%d proposals, %v", len(got), err)
	}
	for i, want := range []proposal{
		{1, "merged", "ai_agent", "core", "independent", 1, hour(0), nil},
		{2, "open", "ai_agent", "core", "none", 0, hour(6), nil},
		{3, "closed", "unknown", "", "none", 1, hour(5), nil},
		{4, "merged", "ai_agent", "", "none", 0, hour(5), nil}, // on a branch that was not collected
	} {
		g := got[i]
		if first := g.FirstReviewAt; (first != nil) != (want.Rounds > 0) {
			t.Errorf("%d: first review at %v", want.Number, first)
		}
		if g.FirstReviewAt = nil; g != want {
			t.Errorf("got %+v, want %+v", g, want)
		}
	}
}

// What a class rests on is found by the change: the evidence on its pull request, and on commits that a squash lost.
func TestEvidenceOfPullRequests(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("a", 2, "do it (#1)")
	h.commit("a0", 1, "part of it"+byClaude)
	p := h.pull(1, "ada", "a", 0)
	p.Branch, p.Commits = "copilot/fix-1", []string{sha("a0"), sha("head")}
	save(t, s, h.repo, h.batch())
	run(t, s)
	c, found, err := s.Change(context.Background(), "o/r@"+sha("a"))
	if err != nil || !found {
		t.Fatalf("found %v, %v", found, err)
	}
	subjects := map[string]string{}
	for _, a := range c.Attributions {
		subjects[a.Subject] = a.Mode
	}
	if subjects["#1"] != "branch" || subjects[sha("a0")] != "coauthor" {
		t.Errorf("evidence: %v", subjects)
	}
}
