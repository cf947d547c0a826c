package github

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

func TestSecondRunReadsWhatChanged(t *testing.T) {
	const repos, pulls = 60, 125
	f := newFleet(t, githubtest.Options{Repos: repos, Pulls: pulls}, nil)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	first := f.Requests()
	if len(k.pulls) != repos*pulls {
		t.Fatalf("%d pull requests, want %d", len(k.pulls), repos*pulls)
	}
	f.clock.pass(time.Hour)
	for r := 1; r <= repos; r++ { // 1 %, in every repository
		f.Touch(r, 1+r*7%pulls)
	}
	f.clock.pass(time.Minute)
	again := f.open(t, nil)
	k.mustRun(t, again.pulls())
	second := f.Requests() - first
	if share := float64(second) / float64(first); share > 0.03 {
		t.Errorf("the second run took %d requests, %.1f %% of the %d of the first, want at most 3 %%", second, 100*share, first)
	}
	for r := 1; r <= repos; r++ {
		key := fmt.Sprintf("%s#%d", f.Name(r), 1+r*7%pulls)
		if p := k.pulls[key]; !strings.Contains(p.Title, "edited once") && !strings.Contains(p.Title, "edited 1") {
			t.Errorf("%s is %q after it was touched", key, p.Title)
		}
	}
	t.Logf("first run %d requests, second %d; cursor of %d repositories %d bytes", first, second, repos, len(k.cursor))
}

func TestQuietRunReadsNothing(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 30, Pulls: 30}, nil)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	before, batches := f.Requests(), k.batches
	f.clock.pass(time.Hour)
	k.covered = map[string]record.Covered{}
	k.mustRun(t, f.source.pulls())
	if n := f.Requests() - before; n != 2 || len(k.covered) != 0 || k.batches != batches+1 {
		t.Errorf("a run without news took %d requests, %d batches and %d lines of the ledger; want the list, the question, one batch and none",
			n, k.batches-batches, len(k.covered))
	}
}

func TestWhatIsCutOffGoesOn(t *testing.T) {
	open := func() *fleet { return newFleet(t, githubtest.Options{Repos: 3, Pulls: 700, LongEvery: 40}, nil) }
	whole := nothing()
	f := open()
	whole.mustRun(t, f.source.pulls())
	if whole.batches < 4 {
		t.Fatalf("only %d batches: nothing to cut", whole.batches)
	}
	for cut := 1; cut < whole.batches; cut++ {
		g := open()
		k := nothing()
		if err := k.run(t, g.source.pulls(), cut); err != nil {
			t.Fatal(err)
		}
		done := g.Requests()
		g.clock.pass(time.Minute)
		k.mustRun(t, g.open(t, nil).pulls())
		same(t, k, whole)
		if again := g.Requests() - done; again > f.Requests()*(whole.batches-cut)/whole.batches+40 {
			t.Errorf("cut after batch %d of %d: %d requests more, of %d in all: it began anew", cut, whole.batches, again, f.Requests())
		}
		if len(k.covered) != 3 {
			t.Errorf("cut after batch %d: %d repositories covered, want 3", cut, len(k.covered))
		}
	}
}

func TestChangesDuringTheFirstLoadAreRead(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 1500}, nil)
	k := nothing()
	if err := k.run(t, f.source.pulls(), 1); err != nil {
		t.Fatal(err)
	}
	f.Touch(1, 3)    // read already
	f.Touch(1, 1400) // not yet
	k.mustRun(t, f.source.pulls())
	for _, n := range []int{3, 1400} {
		if p := k.pulls[fmt.Sprintf("%s#%d", f.Name(1), n)]; !strings.Contains(p.Title, "edited") {
			t.Errorf("number %d is %q, touched while the first load was under way", n, p.Title)
		}
	}
	if len(k.pulls) != 1500 {
		t.Errorf("%d pull requests, want 1500", len(k.pulls))
	}
}

func TestManyNewPullRequestsOfOneRepository(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 12, Pulls: 120}, nil)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	f.clock.pass(time.Hour)
	for n := 1; n <= 77; n++ { // more than a query for several repositories gives
		f.Touch(5, n)
	}
	f.Touch(6, 1)
	f.clock.pass(time.Minute)
	k.batches = 0
	k.mustRun(t, f.source.pulls())
	touched := 0
	for _, p := range k.pulls {
		if strings.Contains(p.Title, "edited") {
			touched++
		}
	}
	if touched != 78 {
		t.Errorf("%d of 78 changes were read", touched)
	}
}

func TestRefreshOnceADayForAWeek(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 4, Pulls: 40}, nil)
	f.Touch(2, 7)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	for day, want := range []bool{true, true, true, true, true, true, false} { // the first is a day after
		f.clock.pass(24*time.Hour + time.Minute)
		before := f.RequestsBy()["NewestPulls"]
		k.mustRun(t, f.source.pulls())
		if got := f.RequestsBy()["NewestPulls"] > before; got != want {
			t.Errorf("day %d: read again %t, want %t", day+1, got, want)
		}
		if before = f.RequestsBy()["NewestPulls"]; day == 0 {
			f.clock.pass(time.Hour)
			k.mustRun(t, f.source.pulls())
			if f.RequestsBy()["NewestPulls"] > before {
				t.Error("it was read twice in one day")
			}
		}
	}
}

// GitHub's lists lag: what was touched before the newest that was seen may show up after it was read.
func TestWhatComesLateIsRead(t *testing.T) {
	for _, again := range []bool{false, true} { // with and without other news
		f := newFleet(t, githubtest.Options{Repos: 2, Pulls: 40}, nil)
		f.Touch(1, 3)
		f.clock.pass(time.Minute)
		k := nothing()
		k.mustRun(t, f.source.pulls())
		f.clock.pass(-6 * time.Minute)
		f.Touch(1, 4)
		f.clock.pass(16 * time.Minute)
		if again {
			f.Touch(1, 5)
		}
		k.mustRun(t, f.source.pulls())
		if p := k.pulls["acme/repo-0001#4"]; !strings.Contains(p.Title, "edited") {
			t.Errorf("number 4 came late and is %q; other news: %t", p.Title, again)
		}
	}
}

func TestARenamedRepositoryIsReadUnderItsNewName(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 3, Pulls: 10}, nil)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	f.Rename(2, "acme/other")
	f.clock.pass(time.Hour)
	k.mustRun(t, f.source.pulls())
	if p, ok := k.pulls["acme/other#3"]; !ok || p.ID != k.pulls["acme/repo-0002#3"].ID {
		t.Errorf("number 3 under the new name: %t, with id %q; under the old one %q", ok, p.ID, k.pulls["acme/repo-0002#3"].ID)
	}
}

func TestCursorIsShort(t *testing.T) {
	pos := position{Version: positionVersion, Looked: 1700000000, Repos: map[string]*place{}}
	for i := range 2000 {
		p := &place{Name: fmt.Sprintf("organisation/repository-%06d", i), Since: 1700000000 + int64(i), Refreshed: 490000}
		if i%500 == 0 {
			p.After, p.Upto = strings.Repeat("Y3Vyc29y", 8), 1700000000
		}
		pos.Repos[fmt.Sprint(600_000_000+i)] = p
	}
	c, err := encode(pos)
	if err != nil {
		t.Fatal(err)
	}
	if len(c) > 150_000 {
		t.Errorf("the cursor of 2000 repositories has %d bytes, want at most 150000", len(c))
	}
	back, err := readPosition(c)
	if err != nil || len(back.Repos) != 2000 || *back.Repos["600000500"] != *pos.Repos["600000500"] || *back.Repos["600000001"] != *pos.Repos["600000001"] {
		t.Errorf("the cursor reads back as %d repositories, %v", len(back.Repos), err)
	}
}

func TestRESTReadsWhatGraphQLReads(t *testing.T) {
	o := githubtest.Options{Repos: 2, Pulls: 230, LongEvery: 50}
	graph, rest := nothing(), nothing()
	f := newFleet(t, o, nil)
	graph.mustRun(t, f.source.pulls())
	o.NoGraphQL = true
	g := newFleet(t, o, nil)
	rest.mustRun(t, g.source.pulls())
	for key, p := range graph.pulls { // REST does not say what comes before a force push
		if len(p.Labels) > 0 && p.Labels[0].At.IsZero() {
			t.Fatalf("%s: a label without its time", key)
		}
	}
	for key, e := range graph.events {
		e.Before = ""
		graph.events[key] = e
	}
	same(t, rest, graph)

	f.clock.pass(time.Hour)
	g.clock.pass(time.Hour)
	before := g.Requests()
	rest.mustRun(t, g.source.pulls())
	if n := g.Requests() - before; n > 5 {
		t.Errorf("a run without news took %d requests by REST, want a list of each repository", n)
	}
	g.Touch(1, 5)
	f.Touch(1, 5)
	f.clock.pass(time.Minute)
	g.clock.pass(time.Minute)
	rest.mustRun(t, g.source.pulls())
	graph.mustRun(t, f.source.pulls())
	if p := rest.pulls["acme/repo-0001#5"]; !strings.Contains(p.Title, "edited") {
		t.Errorf("number 5 is %q after it was touched", p.Title)
	}
}

func TestRESTIsTakenWhenAsked(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 3}, func(o *Options) { o.GraphQLURL = "-" })
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if by := f.RequestsBy(); len(k.pulls) != 3 || by["Pulls"]+by["PullNews"] > 0 {
		t.Errorf("%d pull requests by %v, want 3 by REST alone", len(k.pulls), by)
	}
}

func TestOneRepositoryStopsNoOther(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 5, Pulls: 10}, func(o *Options) {
		o.Org, o.Repos, o.Name = "", []string{"acme/repo-0001", "acme/none", "acme/repo-0003"}, "some"
	})
	f.Block(3)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if len(k.pulls) != 10 {
		t.Errorf("%d pull requests, want the 10 of the repository that can be read", len(k.pulls))
	}
	for scope, absent := range map[string]bool{"acme/repo-0001": false, "acme/none": true, "acme/repo-0003": true} {
		row, ok := k.covered[scope]
		if !ok || (row.Absent != "") != absent || row.Error != "" {
			t.Errorf("%s is in the ledger %t as %+v, want absent %t", scope, ok, row, absent)
		}
	}
}

func TestEmptyRepositoriesCostNothing(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 3, Pulls: 0}, nil)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if f.Requests() != 2 || len(k.covered) != 3 {
		t.Errorf("%d requests and %d lines of the ledger, want 2 and 3", f.Requests(), len(k.covered))
	}
	names := slices.Sorted(maps.Keys(k.covered))
	k.covered = map[string]record.Covered{}
	f.clock.pass(time.Hour)
	k.mustRun(t, f.source.pulls())
	if len(k.covered) != 0 {
		t.Errorf("%v are in the ledger again", names)
	}
}

func TestFactsHoldWhatGitHubSays(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 400}, nil)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	var ghosts, bots, merged int
	for key, p := range k.pulls {
		switch {
		case p.Author.Login == ghost:
			ghosts++
		case p.Author.Kind == record.KindBot && p.Author.Login == "copilot-swe-agent[bot]":
			bots++
		case p.Author.Login != strings.ToLower(p.Author.Login) || p.Author.Source != kind:
			t.Errorf("%s is by %+v", key, p.Author)
		}
		if !p.MergedAt.IsZero() {
			merged++
			if p.MergeSHA == "" || p.MergedBy.Login == "" {
				t.Errorf("%s is merged by nobody, as nothing: %+v", key, p)
			}
		}
		if p.ReadyAt != p.CreatedAt || p.UpdatedAt.IsZero() || len(p.Commits) == 0 || p.ID == "" || len(p.Assignees) != 1 {
			t.Errorf("%s: %+v", key, p)
		}
	}
	if ghosts == 0 || bots == 0 || merged == 0 || merged == len(k.pulls) {
		t.Errorf("%d by nobody, %d by an agent, %d merged of %d: the fleet has some of each", ghosts, bots, merged, len(k.pulls))
	}
}

// The reads of several tokens are shared: each is asked about as often.
func TestTokensShareTheWork(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 4, Pulls: 400}, func(o *Options) { o.Tokens = []string{"secret-1", "secret-2", "secret-3"} })
	if got := f.source.width(); got != 12 {
		t.Errorf("%d repositories side by side with three tokens, want 12", got)
	}
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if len(k.pulls) != 1600 || web.Origin(f.url) == "" {
		t.Errorf("%d pull requests, want 1600", len(k.pulls))
	}
}
