package github

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/record"
)

func TestRepositoriesOfAnOrganisation(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 250}, nil)
	repos, err := f.source.repositories(t.Context())
	if err != nil || len(repos) != 250 || f.Requests() != 3 {
		t.Fatalf("%d repositories in %d requests, %v; want 250 in 3", len(repos), f.Requests(), err)
	}
	want := record.HostedRepository{Source: "github", ID: "1001", Node: "R_1001", Name: "acme/repo-0001", DefaultBranch: "main", Private: true}
	got := repos[0]
	if got.CreatedAt.IsZero() || got.PushedAt.IsZero() {
		t.Errorf("no times: %+v", got)
	}
	got.CreatedAt, got.PushedAt = time.Time{}, time.Time{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the first (-want +got):\n%s", diff)
	}
	f.clock.pass(listFor - time.Second)
	if _, err := f.source.repositories(t.Context()); err != nil || f.Requests() != 3 {
		t.Errorf("the list was asked for again after less than %s: %v", listFor, err)
	}
	f.clock.pass(2 * time.Second)
	if _, err := f.source.repositories(t.Context()); err != nil || f.Requests() != 6 {
		t.Errorf("%d requests after %s, %v; want a list of its own", f.Requests(), listFor, err)
	}
}

func TestRepositoriesByName(t *testing.T) {
	for _, noGraph := range []bool{false, true} {
		f := newFleet(t, githubtest.Options{Repos: 130, NoGraphQL: noGraph}, func(o *Options) {
			o.Org, o.Name = "", "some"
			for n := 120; n > 0; n-- {
				o.Repos = append(o.Repos, fmt.Sprintf("acme/Repo-%04d", n))
			}
			o.Repos = append(o.Repos, "acme/repo-0007", "other/none") // twice, and not there
		})
		l, err := f.source.list(t.Context())
		if err != nil || len(l.repos) != 120 || l.repos[0].Name != "acme/repo-0001" {
			t.Fatalf("%d repositories, %v; want 120, by number", len(l.repos), err)
		}
		if len(l.missing) != 1 || l.missing[0].Scope != "other/none" || l.missing[0].Absent == "" {
			t.Errorf("missing %+v", l.missing)
		}
		if n := f.Requests(); !noGraph && n != 4 {
			t.Errorf("%d requests, want 3 queries and one call for what they do not give", n)
		}
	}
}

func TestAUserIsAsGoodAsAnOrganisation(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 3}, under(&weather{answer: func(q asked) (int, string, http.Header) {
		if strings.HasPrefix(q.URL.Path, "/orgs/") {
			return 404, `{}`, nil
		}
		return 0, "", nil
	}}))
	if repos, err := f.source.repositories(t.Context()); err != nil || len(repos) != 3 {
		t.Errorf("%d repositories, %v", len(repos), err)
	}
	g := newFleet(t, githubtest.Options{Repos: 3}, func(o *Options) { o.Org = "nobody" })
	if _, err := g.source.repositories(t.Context()); err == nil || !strings.Contains(err.Error(), "list the repositories of nobody: GET /users/nobody/repos: 404") {
		t.Errorf("%v, want that there is none of that name", err)
	}
}

func TestWhatBecameOfRepositories(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 9}, nil)
	k := nothing()
	k.mustRun(t, f.source.hostedRepositories())
	if len(k.hosted) != 9 || len(k.tombstones) != 0 {
		t.Fatalf("%d repositories, %d tombstones", len(k.hosted), len(k.tombstones))
	}
	f.Rename(2, "acme/new-name")
	f.Rename(3, "elsewhere/repo-0003")
	f.Remove(4)
	f.clock.pass(time.Hour)
	k.mustRun(t, f.source.hostedRepositories())
	now := f.clock.now()
	want := []record.Tombstone{
		{Source: "github", Kind: "repository", Scope: "acme/repo-0002", ID: "1002", Reason: "renamed", Now: "acme/new-name", SeenAt: now},
		{Source: "github", Kind: "repository", Scope: "acme/repo-0003", ID: "1003", Reason: "transferred", Now: "elsewhere/repo-0003", SeenAt: now},
		{Source: "github", Kind: "repository", Scope: "acme/repo-0004", ID: "1004", Reason: "deleted", SeenAt: now},
	}
	slices.SortFunc(k.tombstones, func(a, b record.Tombstone) int { return strings.Compare(a.ID, b.ID) })
	if diff := cmp.Diff(want, k.tombstones); diff != "" {
		t.Errorf("tombstones (-want +got):\n%s", diff)
	}
	f.clock.pass(time.Hour)
	k.tombstones = nil
	k.mustRun(t, f.source.hostedRepositories())
	if len(k.tombstones) != 0 {
		t.Errorf("said again: %+v", k.tombstones)
	}
}

func TestARepositoryThatCannotBeAskedForStays(t *testing.T) {
	for code, want := range map[int]string{403: "hidden", 451: "hidden", 410: "deleted", 404: "deleted", 422: ""} {
		f := newFleet(t, githubtest.Options{Repos: 2}, under(&weather{answer: func(q asked) (int, string, http.Header) {
			if strings.HasPrefix(q.URL.Path, "/repositories/") {
				return code, `{}`, nil
			}
			return 0, "", nil
		}}))
		k := nothing()
		k.mustRun(t, f.source.hostedRepositories())
		f.Remove(2)
		for range 2 {
			f.clock.pass(time.Hour)
			k.mustRun(t, f.source.hostedRepositories())
		}
		switch {
		case want == "" && (len(k.tombstones) != 0 || len(k.warned("unknown_fate")) != 2):
			t.Errorf("%d: tombstones %v, warnings %v; want none, and a warning in each run", code, k.tombstones, k.warnings)
		case want != "" && (len(k.tombstones) != 1 || k.tombstones[0].Reason != want):
			t.Errorf("%d: tombstones %v, want one that says %s", code, k.tombstones, want)
		}
	}
}

func TestAnEmptyListIsNoDeletion(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 2}, nil)
	k := nothing()
	k.mustRun(t, f.source.hostedRepositories())
	f.Remove(1)
	f.Remove(2)
	f.clock.pass(time.Hour)
	if err := k.run(t, f.source.hostedRepositories(), -1); err == nil || !strings.Contains(err.Error(), "2 repositories were known") || len(k.tombstones) > 0 {
		t.Errorf("%v and %v, want an error and no tombstones", err, k.tombstones)
	}
}
