package github

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// In a fleet of which one repository in a hundred moved, a run costs three requests in a hundred of what the first one cost.
func TestFleetIsAskedForNewsAlone(t *testing.T) {
	const fleet = 1000
	var names []string
	for i := range fleet {
		names = append(names, fmt.Sprintf("acme/r%04d", i))
	}
	o := newOcto(t, names...)
	for i, name := range names {
		o.repos[i].PushedAt = ago(days(2))
		o.always("/repos/"+name+"/activity", "["+moved(i, "push", ago(days(2)))+"]")
		o.always("/agents/repos/"+name+"/tasks", `{"tasks":[]}`)
		o.always("/repos/"+name+"/issues", "[]")
	}
	for _, list := range []string{"/orgs/acme/members", "/orgs/acme/rulesets", "/orgs/acme/rulesets/rule-suites", "/orgs/acme/teams"} {
		o.always(list, "[]")
	}
	o.always("/orgs/acme/installations", `{"total_count":0}`)
	none := map[string]any{"nodes": []any{}}
	o.nodesBy("Deployments", func(string, map[string]any) any { return map[string]any{"deployments": none} })
	o.nodesBy("Collaborators", func(string, map[string]any) any { return collaborators("", edge("ada", "WRITE")) })
	o.nodesBy("Protection", func(string, map[string]any) any {
		return map[string]any{"viewerCanAdminister": true, "rulesets": map[string]any{"totalCount": 0}, "branchProtectionRules": none}
	})
	o.nodesBy("IncidentIssues", func(string, map[string]any) any { return map[string]any{"issues": map[string]any{"totalCount": 0}} })

	cursors := map[string]record.Cursor{}
	ask := func() (total uint64) {
		source := o.source()
		for _, task := range []collectors.Task{
			source.deployments(), source.permissions(), source.rules(), source.installations(), source.suites(), source.activity(), source.agentTasks(),
			source.teams(), source.issues(),
		} {
			g := must(t, task, cursors[task.Stream])
			cursors[task.Stream] = g.Cursor
			total += g.Requests
			t.Logf("%s: %d requests, a cursor of %d bytes", task.Stream, g.Requests, len(g.Cursor))
		}
		return total
	}
	first := ask()
	o.now = today.Add(time.Hour)
	for i := range fleet / 100 {
		o.repos[i*100].PushedAt = o.now
	}
	second := ask()
	t.Logf("%d requests, then %d", first, second)
	if float64(second) > 0.03*float64(first) {
		t.Errorf("%d requests after %d", second, first)
	}
	if n := len(o.requests(http.MethodGet + " /orgs/acme/repos")); n != 2 {
		t.Errorf("the repositories were listed %d times in two runs", n)
	}
}
