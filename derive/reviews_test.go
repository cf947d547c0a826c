package derive_test

import (
	"testing"

	"github.com/baserate/baserate/record"
)

// A second person is one who had no hand in the change, approved what landed, and did so before it landed.
func TestSecondPerson(t *testing.T) {
	const approved, asked, said, dismissed = record.ReviewApproved, record.ReviewChangesRequested, record.ReviewCommented, record.ReviewDismissed
	cases := map[string]struct {
		state     string
		approvals uint8
		tell      func(h *history, n uint32)
	}{
		"bob": {"independent", 1, func(h *history, n uint32) { h.review(n, "bob", approved, "head", 1) }},
		"two": {"independent", 2, func(h *history, n uint32) {
			h.review(n, "bob", approved, "head", 1)
			h.review(n, "eve", approved, "head", 1)
		}},
		"twice": {"independent", 1, func(h *history, n uint32) {
			h.review(n, "bob", approved, "head", 1)
			h.review(n, "bob", approved, "head", 1.5)
		}},
		"none":       {"none", 0, func(h *history, n uint32) {}},
		"unfetched":  {"not_collected", 0, func(h *history, n uint32) { h.told.PullRequests[n-1].ReviewsComplete = false }}, // trap 14
		"author":     {"self", 0, func(h *history, n uint32) { h.review(n, "ada", approved, "head", 1) }},
		"otherlogin": {"self", 0, func(h *history, n uint32) { h.review(n, "ada-work", approved, "head", 1) }},
		"after":      {"after_merge", 0, func(h *history, n uint32) { h.review(n, "bob", approved, "head", 3) }},
		"older":      {"stale", 0, func(h *history, n uint32) { h.review(n, "bob", approved, "first", 1) }},
		"newagain": {"independent", 1, func(h *history, n uint32) {
			h.review(n, "bob", approved, "first", 1)
			h.review(n, "bob", approved, "head", 1.5)
		}},
		"dismissed": {"none", 0, func(h *history, n uint32) {
			h.review(n, "bob", approved, "head", 1)
			h.review(n, "bob", dismissed, "head", 1.5)
		}},
		"withdrawn": {"none", 0, func(h *history, n uint32) {
			h.review(n, "bob", approved, "head", 1)
			h.review(n, "bob", asked, "head", 1.5)
		}},
		"otherasks": {"independent", 1, func(h *history, n uint32) {
			h.review(n, "bob", approved, "head", 1)
			h.review(n, "eve", asked, "head", 1.5)
		}},
		"commentafter": {"independent", 1, func(h *history, n uint32) {
			h.review(n, "bob", approved, "head", 1)
			h.review(n, "bob", said, "head", 1.5)
		}},
		"comment": {"none", 0, func(h *history, n uint32) { h.review(n, "bob", said, "head", 1) }},
		"ci":      {"none", 0, func(h *history, n uint32) { h.review(n, "ci[bot]", said, "head", 1) }},
		"machine": {"ai_only", 0, func(h *history, n uint32) { h.review(n, "reviewer", approved, "head", 1).Author.Kind = record.KindApp }},
		"byname":  {"ai_only", 0, func(h *history, n uint32) { h.review(n, "coderabbitai[bot]", approved, "head", 1) }},
		"machineandme": {"ai_only", 0, func(h *history, n uint32) {
			h.review(n, "x[bot]", approved, "head", 1)
			h.review(n, "ada", approved, "head", 1)
		}},
		"nobody": {"none", 0, func(h *history, n uint32) { h.review(n, "", approved, "head", 1) }},
		"nosha":  {"independent", 1, func(h *history, n uint32) { h.review(n, "bob", approved, "", 1).SHA = "" }},
	}
	names := make([]string, 0, len(cases))
	got := befell(t, func(h *history) {
		h.member("p1", "", git("ada@example.org"), github("ada"), github("ada-work"))
		for name, c := range cases {
			names = append(names, name)
			n := uint32(len(names))
			h.land(name, 2, "do it")
			h.pull(n, "ada", name, 0)
			c.tell(h, n)
		}
	})
	for name, c := range cases {
		if g := got[name]; g.Review != c.state || g.Approvals != c.approvals {
			t.Errorf("%s: %s by %d, want %s by %d", name, g.Review, g.Approvals, c.state, c.approvals)
		}
	}
}

// Whoever wrote any part of a change is no second person for it: committers, co-authors, the person an agent worked for.
func TestMakersAreNoSecondPersons(t *testing.T) {
	got := befell(t, func(h *history) {
		h.member("p-bob", "", git("bob@example.org"), github("bob"))
		approve := func(n uint32, merge, author string) *record.PullRequest {
			p := h.pull(n, author, merge, 0)
			h.review(n, "bob", record.ReviewApproved, "head", 1)
			return p
		}
		h.land("other", 2, "do it")
		approve(1, "other", "ada")
		h.commit("x1", 1, "do it").Committer.Email = "Bob@example.org"
		h.merge("committer", 2, "Merge pull request #2 from o/x", "x1")
		approve(2, "committer", "ada")
		h.land("coauthor", 2, "do it\n\nCo-authored-by: Bob <bob@example.org>")
		approve(3, "coauthor", "ada")
		// The agent's account opened it, bob had it written, approves and merges it.
		h.land("prompter", 2, "do it\n\nCo-authored-by: Bob <1+bob@users.noreply.github.com>")
		p := approve(4, "prompter", "copilot-swe-agent[bot]")
		p.Author.Kind, p.MergedBy = record.KindBot, github("bob")
		// A squash lost the name, the pull request's own commits have it.
		h.land("squashed", 2, "do it (#5)")
		h.commit("y1", 1, "mine").Author.Email = "bob@example.org"
		approve(5, "squashed", "ada").Commits = []string{sha("y1"), sha("head")}
	})
	for name, state := range map[string]string{
		"other": "independent", "committer": "self", "coauthor": "self", "prompter": "self", "squashed": "self",
	} {
		if got[name].Review != state {
			t.Errorf("%s: review is %s, want %s", name, got[name].Review, state)
		}
	}
	if got["prompter"].Class != "ai_agent" {
		t.Errorf("an agent's pull request is %s", got["prompter"].Class)
	}
}

// Times and rounds are of persons other than the makers; the pull request counts its comments itself.
func TestRounds(t *testing.T) {
	got := befell(t, func(h *history) {
		h.land("a", 2, "do it")
		h.pull(1, "ada", "a", 0).ReviewComments = 7
		h.review(1, "x[bot]", record.ReviewCommented, "head", 0.1)
		h.review(1, "ada", record.ReviewCommented, "head", 0.2)
		h.review(1, "bob", record.ReviewChangesRequested, "first", 0.5)
		h.review(1, "bob", record.ReviewChangesRequested, "second", 1)
		h.review(1, "bob", record.ReviewApproved, "head", 1.5)
		h.review(1, "eve", record.ReviewApproved, "head", 1.6)
		h.land("b", 3, "push it")
	})
	a, b := got["a"], got["b"]
	if a.Rounds != 3 || a.Comments != 7 || a.FirstReviewAt == nil || !a.FirstReviewAt.Equal(hour(0.5)) || a.OpenedAt == nil || !a.OpenedAt.Equal(hour(0)) {
		t.Errorf("a: %d rounds, %d comments, opened %v, first looked at %v", a.Rounds, a.Comments, a.OpenedAt, a.FirstReviewAt)
	}
	if b.OpenedAt != nil || b.FirstReviewAt != nil || b.Rounds != 0 || b.Review != "not_collected" {
		t.Errorf("a push without a pull request: %+v", b)
	}
}
