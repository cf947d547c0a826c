package derive_test

import (
	"testing"
)

const (
	byClaude  = "\n\nCo-Authored-By: Claude <noreply@anthropic.com>"
	fullStop  = "\n\nSigned-off-by: Ada <ada@example.org>"
	byBob     = "\n\nReviewed-by: Bob <bob@example.org>"
	bySelf    = "\n\nReviewed-by: Ada <ada@other.example>"
	byMachine = "\n\nReviewed-by: Helper <1+coderabbitai[bot]@users.noreply.github.com>"
)

func TestKinds(t *testing.T) {
	got := derived(t, func(h *history) {
		h.land("push", 0, "tidy up"+fullStop, "a.go")
		h.land("squash", 1, "Add a thing (#7)", "a.go", "b.go")
		h.commit("m1", 2, "first", "c.go")
		h.commit("m2", 3, "second", "c.go", "d.go")
		h.merge("merge", 4, "Merge pull request #12 from o/topic\n\nThe title of it", "m1", "m2")
		h.commit("m3", 5, "third", "c.go")
		h.merge("local", 6, "Merge branch 'topic' into main", "m3")
		h.commit("m4", 7, "fourth", "c.go")
		h.merge("lab", 8, "Merge branch 'x' into 'main'\n\nDo x\n\nSee merge request g/p!33", "m4")
		h.land("azure", 9, "Merged PR 88: do y", "a.go")
	})
	type want struct {
		kind, method, title string
		pr, files, commits  uint32
	}
	for name, w := range map[string]want{
		"push":   {"push", "direct", "tidy up", 0, 1, 1},
		"squash": {"pull_request", "squash", "Add a thing (#7)", 7, 2, 1},
		"merge":  {"pull_request", "merge", "The title of it", 12, 3, 2},
		"local":  {"push", "merge", "Merge branch 'topic' into main", 0, 1, 1},
		"lab":    {"pull_request", "merge", "Merge branch 'x' into 'main'", 33, 1, 1},
		"azure":  {"pull_request", "squash", "Merged PR 88: do y", 88, 1, 1},
	} {
		c, ok := got[name]
		if !ok {
			t.Errorf("%s: no change", name)
			continue
		}
		g := want{c.Kind, c.Method, c.Title, 0, *c.Files, c.Commits}
		if c.PRNumber != nil {
			g.pr = *c.PRNumber
		}
		if g != w {
			t.Errorf("%s: got %+v, want %+v", name, g, w)
		}
		if size := uint64(4 * w.files); *c.SizeLines != size {
			t.Errorf("%s: %d lines, want %d", name, *c.SizeLines, size)
		}
	}
	if len(got) != 6 {
		t.Errorf("%d changes, want 6: a commit inside a merge is none of its own", len(got))
	}
}

func TestAuthorClassOfAChange(t *testing.T) {
	got := derived(t, func(h *history) {
		h.land("plain", 0, "tidy")
		h.land("claude", 1, "tidy (#1)"+byClaude)
		h.commit("a1", 2, "by hand")
		h.commit("a2", 3, "by tool"+byClaude)
		h.merge("mixed", 4, "Merge pull request #2 from o/topic", "a1", "a2")
		bot := h.commit("b1", 5, "bump x")
		bot.Author.Name, bot.Author.Email = "dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"
		h.merge("bots", 6, "Merge pull request #3 from o/dependabot/npm/x", "b1")
		h.commit("c1", 7, "the agent's work, under a person's name")
		h.merge("branch", 8, "Merge pull request #4 from o/copilot/fix-1", "c1")
		bot = h.commit("d1", 9, "bump y")
		bot.Author.Name, bot.Author.Email = "dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"
		h.commit("d2", 9.5, "and adapt by hand")
		h.merge("botandhand", 10, "Merge pull request #5 from o/dependabot/npm/y", "d1", "d2")
	})
	for name, class := range map[string]string{
		"plain": "unknown", "claude": "ai_agent", "mixed": "ai_agent", "bots": "automation", "branch": "ai_agent", "botandhand": "unknown",
	} {
		if got[name].AuthorClass != class {
			t.Errorf("%s is %s, want %s", name, got[name].AuthorClass, class)
		}
	}
	if c := got["claude"]; c.Tool != "claude-code" || c.Autonomy != "agent" {
		t.Errorf("claude: tool %q, autonomy %q", c.Tool, c.Autonomy)
	}
	if c := got["bots"]; c.Tool != "" || c.Autonomy != "none" {
		t.Errorf("bots: tool %q, autonomy %q; automation is no AI tool", c.Tool, c.Autonomy)
	}
}

// A review counts by what a trailer says of a second person; that nothing is said is not "none".
func TestReviewState(t *testing.T) {
	got := derived(t, func(h *history) {
		h.land("silent", 0, "a")
		h.land("bob", 1, "b"+byBob)
		h.land("self", 2, "c"+bySelf)
		h.land("machine", 3, "d"+byMachine)
		h.land("both", 4, "e"+byMachine+"\nReviewed-by: Bob <bob@example.org>")
		c := h.commit("x1", 5, "f"+byBob)
		c.Committer.Email = "bob@example.org"
		h.merge("committer", 6, "Merge pull request #1 from o/x", "x1")
		h.commit("y1", 7, "g"+byBob)
		h.commit("y2", 8, "h")
		h.merge("half", 9, "Merge pull request #2 from o/y", "y1", "y2")
		h.land("coauthor", 10, "i\n\nCo-authored-by: Bob <bob@example.org>\nReviewed-by: Bob <bob@example.org>")
	})
	for name, state := range map[string]string{
		"silent": "not_collected", "bob": "independent", "self": "self", "machine": "ai_only", "both": "independent",
		"committer": "self", "half": "not_collected", "coauthor": "self",
	} {
		if got[name].ReviewState != state {
			t.Errorf("%s: review is %s, want %s", name, got[name].ReviewState, state)
		}
	}
}

// The last fourteen days of a repository's data are too young to be judged, and a date in the future moves nothing.
func TestMaturity(t *testing.T) {
	got := derived(t, func(h *history) {
		h.land("old", 0, "a")
		h.land("edge", 24*6, "b")
		h.land("young", 24*6+1, "c")
		h.land("last", 24*20, "d")
		h.land("future", 24*36500, "e")
	})
	for name, mature := range map[string]bool{"old": true, "edge": true, "young": false, "last": false, "future": false} {
		if got[name].Mature != mature {
			t.Errorf("%s: mature is %v", name, got[name].Mature)
		}
	}
}
