package proof

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/github"
	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/store/storetest"
)

// rounds is how often a collection that was disturbed is run again at most.
const rounds = 40

// A collection through a line on which every third call goes wrong ends with the rows that an undisturbed one has: no call that
// can be repeated fails a stream, and a stream that must give up goes on from where it was.
func TestFaultsChangeNothing(t *testing.T) {
	f := newForge(t, "shop", "ledger")
	f.begin()
	now := f.now.Add(time.Hour)
	fleet := httptest.NewServer(githubtest.New(githubtest.Options{Repos: 4, Pulls: 40, LongEvery: 7, Now: newClock(now).Now}))
	t.Cleanup(fleet.Close)
	disturbed(t, "emulate, REST", now, f.options(newClock(now)))
	disturbed(t, "fake, GraphQL", now, github.Options{Org: "acme", BaseURL: fleet.URL, Tokens: []string{"one", "two"}, PageSize: 10},
		"repositories", "pull_requests")
}

// disturbed collects once without faults, then with them, from several seeds, and compares.
func disturbed(t *testing.T, name string, now time.Time, o github.Options, streams ...string) {
	t.Helper()
	c := newClock(now)
	o.Now, o.Sleep = c.Now, c.Sleep
	calm := storetest.Open(t)
	if why := broken(gather(t, calm, o, streams...)); why != "" {
		t.Fatalf("%s: undisturbed: %s", name, why)
	}
	want := facts(t, calm)
	if len(want["pull_requests"]) == 0 {
		t.Fatalf("%s: undisturbed, there are no pull requests: %s", name, count(want))
	}
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("%s, seed %d", name, seed), func(t *testing.T) {
			c := newClock(now)
			line := newFaulty(t, o.BaseURL, seed, 0.3, c)
			o := o
			o.BaseURL, o.HTTP, o.Now, o.Sleep = line.URL, line.Client().Transport, c.Now, c.Sleep
			s := storetest.Open(t)
			runs := 1
			for why := broken(gather(t, s, o, streams...)); why != ""; why = broken(gather(t, s, o, streams...)) {
				if runs++; runs > rounds {
					t.Fatalf("after %d runs: %s", rounds, why)
				}
			}
			same(t, "disturbed", want, facts(t, s))
			t.Logf("%d runs, %d calls, %s of waiting; %s", runs, line.calls, c.waited.Round(time.Second), line.report(t))
		})
	}
}

// report says which faults there were.
func (f *faulty) report(t *testing.T) string {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	hits := 0
	for name, n := range f.done {
		all = append(all, fmt.Sprintf("%s %d", name, n))
		hits += n
	}
	if hits < f.calls/10 {
		t.Errorf("%d of %d calls went wrong: too few to prove anything", hits, f.calls)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
