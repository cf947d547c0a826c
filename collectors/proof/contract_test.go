package proof

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/github"
	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// prism is started once: it reads GitHub's description for some seconds.
var prism struct {
	sync.Once
	*server
	cmd *exec.Cmd
}

func contract(t testing.TB) *server {
	t.Helper()
	prism.Do(func() { prism.server, prism.cmd = launch(t, "contract.mjs", "github") })
	if prism.server == nil {
		t.Fatal("Prism did not start, see above")
	}
	return prism.server
}

// notOurs excuses what Prism says of GitHub's own examples, which do not all follow GitHub's own rules, and of the audit log,
// which is Enterprise Cloud's and not in this description.
func notOurs(f finding) bool {
	return len(f.Location) > 0 && f.Location[0] == "response" || strings.Contains(f.call, "/audit-log?")
}

// The collectors ask GitHub's API nothing that it does not have: no unknown path, parameter, value or field. What they are told
// are GitHub's own examples and, by GraphQL, made-up values of the right types, all of which they can read.
func TestCallsAreGitHubs(t *testing.T) {
	for name, o := range map[string]github.Options{
		"organisation": {Org: "octo-org", Copilot: true},
		"REST alone":   {Repos: []string{"octocat/Hello-World"}, GraphQLURL: "-"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClock(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
			r := &referee{rest: contract(t).URL, graph: start(t, "graphql.mjs").URL, excused: notOurs}
			r.file = func(req *http.Request) {
				if req.Header.Get("Authorization") != "" {
					t.Errorf("the token was sent to %s", req.URL.Host)
				}
			}
			o.HTTP, o.Now, o.Sleep, o.Tokens, o.IncidentLabels = r, c.Now, c.Sleep, []string{"t"}, []string{"incident"}
			ledger := gather(t, storetest.Open(t), o)
			r.report(t)
			for stream, row := range ledger {
				t.Logf("%-22s %-8s %3d calls, %3d facts %s %v", stream, row.Status, row.Requests, row.Rows, row.Error, row.Warnings)
				if row.Status == record.StatusFailed {
					t.Errorf("%s: %s", stream, row.Error)
				}
			}
		})
	}
}

// Prism gives every list a next page that is the same again. No list is walked for longer than it takes to notice, and one that
// was given up stands in the ledger as such.
func TestEndlessListsEnd(t *testing.T) {
	c := newClock(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	r := &referee{rest: contract(t).URL, endless: true, excused: notOurs}
	s := storetest.Open(t)
	ledger := gather(t, s, github.Options{
		Name: "octocat", Repos: []string{"octocat/Hello-World"}, GraphQLURL: "-", HTTP: r, Now: c.Now, Sleep: c.Sleep, Tokens: []string{"t"},
		IncidentLabels: []string{"incident"},
	})
	r.report(t)
	for stream, row := range ledger {
		if row.Requests > 12 {
			t.Errorf("%s: %d calls", stream, row.Requests)
		}
	}
	given := pick(t, s, "collections", "stream, if(status = 'ok', '', status)")
	for _, stream := range []string{"activity", "deployments", "incidents", "permissions", "pull_requests", "rules"} {
		if !slices.Contains(given, line(t, stream, "failed")) && !slices.Contains(given, line(t, stream, "partial")) {
			t.Errorf("%s: it is nowhere said that its lists were given up", stream)
		}
	}
}

// Our own fake of GitHub answers nothing that GitHub would not, by GitHub's description: Prism stands before it.
func TestFakeAnswersLikeGitHub(t *testing.T) {
	c := newClock(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	fleet := githubtest.New(githubtest.Options{Repos: 2, Pulls: 12, LongEvery: 7, Now: c.Now})
	server := httptest.NewServer(fleet)
	t.Cleanup(server.Close)
	var before struct{ URL string }
	contract(t).ask(t, map[string]string{"upstream": server.URL}, &before)
	for name, o := range map[string]github.Options{
		"GraphQL": {Org: "acme"}, "REST alone": {Org: "acme", GraphQLURL: "-"}, "REST, by name": {Repos: []string{"acme/repo-0001", "acme/repo-0002"}, GraphQLURL: "-"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &referee{rest: before.URL, graph: server.URL}
			s := storetest.Open(t)
			o.HTTP, o.Now, o.Sleep, o.Tokens = r, c.Now, c.Sleep, []string{"t"}
			ledger := gather(t, s, o, "repositories", "pull_requests")
			r.report(t)
			if got := len(pick(t, s, "pull_requests", "repo, number")); got != 24 || broken(ledger) != "" {
				t.Errorf("%d pull requests came through, want 24; %s", got, broken(ledger))
			}
			t.Logf("%d calls", r.calls)
		})
	}
}
