package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/record"
)

// PullNumbers and PullRequests make what was kept a Known.
func (k *kept) PullNumbers(_ context.Context, _, repo string) ([]uint32, error) {
	var all []uint32
	for _, p := range k.pulls {
		if p.Repo == repo && !p.Deleted {
			all = append(all, p.Number)
		}
	}
	return all, nil
}

func (k *kept) PullRequests(_ context.Context, _, repo string, numbers []uint32) ([]record.PullRequest, error) {
	var some []record.PullRequest
	for _, n := range numbers {
		some = append(some, k.pulls[fmt.Sprintf("%s#%d", repo, n)])
	}
	return some, nil
}

func TestDeletedPullRequestsAreFoundInAMonth(t *testing.T) {
	for _, graph := range []string{"", "-"} {
		k := nothing()
		f := newFleet(t, githubtest.Options{Repos: 20, Pulls: 110}, func(o *Options) { o.Known = k })
		for b, err := range f.source.pulls().Collect(t.Context(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			k.save(b)
		}
		k.cursor = nil
		for r := 1; r <= 20; r += 5 {
			f.Delete(r, 17)
			f.Delete(r, 110)
		}
		source := f.open(t, func(o *Options) { o.Known, o.GraphQLURL = k, graph })
		before := f.Requests()
		for range rounds {
			k.mustRun(t, source.deletions())
			f.clock.pass(24 * time.Hour)
		}
		if len(k.tombstones) != 8 {
			t.Fatalf("%d tombstones, want 8", len(k.tombstones))
		}
		for _, ts := range k.tombstones {
			if ts.Kind != "pull_request" || ts.Reason != "deleted" || ts.ID == "" || ts.Scope == "" {
				t.Errorf("%+v", ts)
			}
		}
		if p := k.pulls["acme/repo-0011#17"]; !p.Deleted || p.Title == "" || len(p.Commits) == 0 {
			t.Errorf("what is known of a deleted pull request is %+v", p)
		}
		if n := f.Requests() - before; n > rounds+20*2+2*8 { // lists, two pages of numbers, each of the deleted and its repository
			t.Errorf("%d requests in %d days", n, rounds)
		}
		tombstones := len(k.tombstones)
		for range rounds {
			k.mustRun(t, source.deletions())
			f.clock.pass(24 * time.Hour)
		}
		if len(k.tombstones) != tombstones {
			t.Error("they were found again")
		}
	}
}

func TestNoStoreNoDeletions(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 1}, nil)
	var absent collectors.Absent
	if err := nothing().run(t, f.source.deletions(), -1); !errors.As(err, &absent) {
		t.Errorf("%v, want that it is absent", err)
	}
}

// A repository that is not shown any more, or lists that are cut short, are no deletions of pull requests.
func TestWhatIsNoDeletion(t *testing.T) {
	k := nothing()
	w := &weather{}
	f := newFleet(t, githubtest.Options{Repos: rounds, Pulls: 5}, func(o *Options) { o.Known, o.HTTP = k, w })
	for b, err := range f.source.pulls().Collect(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		k.save(b)
	}
	k.cursor, k.covered = nil, map[string]record.Covered{}
	w.answer = func(q asked) (int, string, http.Header) {
		switch {
		case q.operation == "PullNumbers":
			return 200, `{"data":{"node":{"pullRequests":{"pageInfo":{"hasNextPage":false},"nodes":[]}}}}`, nil
		case strings.HasPrefix(q.URL.Path, "/repos/"):
			return 404, `{"message":"Not Found"}`, nil
		}
		return 0, "", nil
	}
	k.mustRun(t, f.source.deletions())
	if len(k.tombstones) > 0 {
		t.Errorf("%d tombstones for a repository that is not shown", len(k.tombstones))
	}
	if len(k.covered) != 1 {
		t.Errorf("ledger %+v, want the repository of the day", k.covered)
	}
}

func TestEveryRepositoryHasItsDay(t *testing.T) {
	seen := 0
	for day := int64(20000); day < 20000+rounds; day++ {
		for id := range 100 {
			if due(fmt.Sprint(500+id), day-1, day) {
				seen++
			}
		}
	}
	if seen != 100 {
		t.Errorf("%d of 100 repositories in %d days", seen, rounds)
	}
	if !due("31", 19000, 20000) || due("x", 0, 20000) {
		t.Error("after a long absence every repository is due, and what has no number never is")
	}
}
