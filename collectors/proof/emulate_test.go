package proof

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors/github"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// options collect from a forge at the moment at which it stands.
func (f *forge) options(c *clock) github.Options {
	return github.Options{
		Name: "acme", Repos: []string{"acme/shop", "acme/ledger"}, BaseURL: f.URL, Tokens: []string{"ada"}, IncidentLabels: []string{"incident"},
		Now: c.Now, Sleep: c.Sleep,
	}
}

// begin makes the first days of two repositories: pull requests that are open, merged in each way, closed, reviewed and not.
func (f *forge) begin() {
	f.t.Helper()
	squashed := f.open("shop", "ben", "Add the basket", 2)
	f.label(squashed, "feature")
	f.look(squashed, "cleo", "REQUEST_CHANGES")
	f.update(squashed)
	f.look(squashed, "cleo", "APPROVE")
	f.pass(time.Hour)
	f.merge(squashed, "cleo", "squash")
	merged := f.open("shop", "copilot-swe-agent[bot]", "Bump the parser", 1)
	f.look(merged, "ben", "APPROVE")
	f.merge(merged, "ben", "merge")
	alone := f.open("shop", "cleo", "Fix the tax", 1)
	f.merge(alone, "cleo", "rebase")
	f.trouble("shop", "Checkout is down", fmt.Sprintf("Caused by #%d.", alone.Number), "incident")
	f.trouble("shop", "A question", "Why?", "question")
	f.closePull(f.open("ledger", "ben", "Try another format", 3), "ben")
	f.look(f.open("ledger", "ben", "Round to cents", 1), "ada", "COMMENT")
	f.open("ledger", "copilot-swe-agent[bot]", "Explain rounding", 1)
}

// A history is made on an emulated GitHub and collected; then it goes on and is collected again. Each time the tables have what
// was made, once.
func TestEmulatedGitHub(t *testing.T) {
	f, s := newForge(t, "shop", "ledger"), storetest.Open(t)
	f.begin()
	c := newClock(f.now.Add(time.Hour))
	first := gatherAll(t, s, f.options(c))
	f.matches(s, "first")

	gatherAll(t, s, f.options(c))
	f.matches(s, "again, with nothing new")

	f.at(c.Now())
	f.carryOn()
	c.pass(24 * time.Hour)
	later := gatherAll(t, s, f.options(c))
	f.matches(s, "a day later")
	t.Logf("requests for the pull requests: %d, then %d", first["pull_requests"].Requests, later["pull_requests"].Requests)

	f.at(c.Now())
	frozen := f.rename("ledger", "books")
	late := f.open("books", "ben", "After the move", 1)
	c.pass(24 * time.Hour)
	f.at(c.Now())
	f.look(late, "cleo", "APPROVE")
	f.merge(late, "ben", "squash")
	c.pass(time.Hour)
	o := f.options(c)
	o.Repos = []string{"acme/shop", "acme/books"}
	gatherAll(t, s, o)
	f.pulls = append(f.pulls, frozen...)
	f.matches(s, "under another name")
	f.alike("tombstones", []string{line(t, "repository", "acme/ledger", "renamed", "acme/books")}, pick(t, s, "tombstones", "kind, scope, reason, renamed_to"))
}

// carryOn is what happens on a day: an old pull request is reviewed, merged or closed, a new one is opened.
func (f *forge) carryOn() {
	f.t.Helper()
	open := slices.DeleteFunc(slices.Clone(f.pulls), func(p *pull) bool { return !p.Closed.IsZero() })
	f.update(open[0])
	f.look(open[0], "cleo", "APPROVE")
	f.merge(open[0], "ben", "squash")
	f.look(open[1], "ben", "REQUEST_CHANGES")
	f.closePull(open[1], "ben")
	f.label(f.open("shop", "ben", "Ship to islands", 2), "feature", "urgent")
	f.look(f.pulls[2], "ada", "COMMENT") // after it landed
}

// matches fails the test with each row of the tables that was not made, or is not as it was made.
func (f *forge) matches(s *store.Store, when string) {
	f.t.Helper()
	var pulls, reviews, commits []string
	for _, p := range f.pulls {
		pulls = append(pulls, line(f.t, p.Repo, p.Number, fmt.Sprint(p.ID), p.Title, p.Body, p.Branch, "main", p.Author, p.MergedBy, seconds(p.Created),
			seconds(p.Merged), seconds(p.Closed), p.Landed, p.Head, append([]string{}, p.Labels...), true, false))
		for _, r := range p.Reviews {
			reviews = append(reviews, line(f.t, p.Repo, p.Number, fmt.Sprint(r.ID), r.Author, r.State, r.Sha, seconds(r.At)))
		}
		for _, sha := range p.Shas {
			commits = append(commits, line(f.t, p.Repo, p.Number, sha))
		}
	}
	f.alike(when+": pull requests", pulls, pick(f.t, s, "pull_requests", `repo, number, id, title, body, branch, base, author, merged_by,
		toUnixTimestamp(created_at), ifNull(toUnixTimestamp(merged_at), 0), ifNull(toUnixTimestamp(closed_at), 0), merge_sha, head_sha, arraySort(label_names),
		reviews_complete, deleted`))
	f.alike(when+": reviews", reviews, pick(f.t, s, "reviews", "repo, number, id, author, state, sha, toUnixTimestamp(submitted_at)"))
	f.alike(when+": commits", commits, pick(f.t, s, "pull_commits", "repo, number, sha"))
}

func (f *forge) alike(what string, want, got []string) {
	f.t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		f.t.Errorf("%s: %d rows, want %d (-made +kept):\n%s", what, len(got), len(want), cut(diff))
	}
}

func seconds(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.Unix()
}
