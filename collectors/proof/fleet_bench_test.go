package proof

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/github"
	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// BenchmarkGitHubFleet collects the pull requests of a fleet from nothing, then again after one of a hundred has changed, five in
// every two repositories or so. BASERATE_BENCH_FLEET is its size, 2000x500 for two thousand repositories with five hundred pull
// requests each; it is smaller when not set. Calls are counted by the server. rss is the most memory that this process held, the
// server's included and the engine's not. The limit for the second time is 3 % of the calls of the first.
func BenchmarkGitHubFleet(b *testing.B) {
	repos, pulls := 200, 200
	if size := os.Getenv("BASERATE_BENCH_FLEET"); size != "" {
		if _, err := fmt.Sscanf(size, "%dx%d", &repos, &pulls); err != nil {
			b.Fatalf("BASERATE_BENCH_FLEET=%s is not like 2000x500: %v", size, err)
		}
	}
	for b.Loop() {
		now := newClock(time.Now())
		fleet := githubtest.New(githubtest.Options{Repos: repos, Pulls: pulls, LongEvery: 20, Now: now.Now})
		server := httptest.NewServer(fleet)
		o := github.Options{Org: "acme", BaseURL: server.URL, Tokens: []string{"t"}, Now: now.Now}
		s := storetest.Open(b)
		run := func() record.Collection {
			row := gather(b, s, o, "pull_requests")["pull_requests"]
			if row.Status != record.StatusOK {
				b.Fatalf("%s: %s %v", row.Status, row.Error, row.Warnings)
			}
			return row
		}
		kept := func(want int) {
			if got := lines(b, s, "SELECT toString(count()) AS line FROM pull_requests FINAL"); got[0] != fmt.Sprint(want) {
				b.Fatalf("%s pull requests are kept, want %d", got[0], want)
			}
		}

		first := run()
		kept(repos * pulls)
		calls := fleet.Requests()
		b.ReportMetric(float64(calls), "calls")
		b.ReportMetric(first.FinishedAt.Sub(first.StartedAt).Seconds(), "s")
		b.ReportMetric(float64(repos*pulls)/first.FinishedAt.Sub(first.StartedAt).Seconds(), "pulls/s")
		b.ReportMetric(peakMemory(b), "rss-MiB")

		now.pass(24 * time.Hour)
		changed := repos * pulls / 100
		for i := range changed {
			fleet.Touch(1+i%repos, 1+(i*37)%pulls)
		}
		now.pass(time.Hour)
		second := run()
		kept(repos * pulls)
		again := fleet.Requests() - calls
		b.ReportMetric(float64(again), "calls-again")
		b.ReportMetric(second.FinishedAt.Sub(second.StartedAt).Seconds(), "s-again")
		b.ReportMetric(100*float64(again)/float64(calls), "%-again")
		if again*100 > calls*3 {
			b.Errorf("%d of %d calls after a change of 1 %%: more than 3 %%", again, calls)
		}
		if second.Rows < uint64(changed) {
			b.Errorf("%d rows after %d changes", second.Rows, changed)
		}
		server.Close()
	}
}

// peakMemory is the high-water mark of this process's resident memory, in MiB.
func peakMemory(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0 // not Linux
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kib float64
	fmt.Sscan(rest, &kib)
	return kib / 1024
}
