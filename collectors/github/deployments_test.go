package github

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

// What a deployment came to is what was reported last, and when that was.
func TestOutcome(t *testing.T) {
	at := func(states ...string) (all []deploymentStatus) {
		for i, s := range states {
			all = append(all, deploymentStatus{s, ago(time.Hour).Add(time.Duration(i) * time.Minute)})
		}
		return all
	}
	for _, tc := range []struct {
		name     string
		statuses []deploymentStatus
		minute   int // -1: not finished
		failed   bool
		settled  bool
	}{
		{"nothing said", nil, -1, false, false},
		{"queued", at("QUEUED"), -1, false, false},
		{"under way", at("pending", "in_progress"), -1, false, false},
		{"waits for approval", at("WAITING"), -1, false, false},
		{"success", at("in_progress", "success"), 1, false, true},
		{"failure", at("in_progress", "FAILURE"), 1, true, true},
		{"error", at("error"), 0, true, true},
		{"success replaced by a later one", at("in_progress", "success", "inactive"), 1, false, true},
		{"failure, then inactive", at("failure", "inactive"), 0, true, true},
		{"success, then found broken", at("success", "failure"), 1, true, true},
		{"tried again", at("failure", "in_progress"), -1, false, false},
		{"tried again and done", at("failure", "in_progress", "success"), 2, false, true},
		{"replaced before it ended", at("in_progress", "inactive"), -1, false, true},
	} {
		statuses := slices.Clone(tc.statuses)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(statuses), func(i, j int) { statuses[i], statuses[j] = statuses[j], statuses[i] })
		finished, failed, settled := outcome(statuses)
		var want time.Time
		if tc.minute >= 0 {
			want = ago(time.Hour).Add(time.Duration(tc.minute) * time.Minute)
		}
		if !finished.Equal(want) || failed != tc.failed || settled != tc.settled {
			t.Errorf("%s: %v, failed %t, settled %t", tc.name, finished, failed, settled)
		}
	}
}

// deployed is a deployment of the fake, in all its forms.
type deployed struct {
	id     int64
	at     time.Time
	states []deploymentStatus
}

func (d deployed) graph(number bool) map[string]any {
	statuses := []map[string]any{}
	for _, s := range d.states {
		statuses = append(statuses, map[string]any{"state": strings.ToUpper(s.State), "createdAt": s.CreatedAt})
	}
	g := map[string]any{
		"id": fmt.Sprintf("D_%d", d.id), "databaseId": nil, "commitOid": strings.Repeat("A", 40), "environment": "production", "createdAt": d.at,
		"creator": map[string]any{"__typename": "Bot", "login": "github-actions"}, "statuses": map[string]any{"nodes": statuses},
	}
	if number {
		g["databaseId"] = d.id
	}
	return g
}

func (d deployed) rest() map[string]any {
	return map[string]any{
		"id": d.id, "node_id": fmt.Sprintf("D_%d", d.id), "sha": strings.Repeat("a", 40), "environment": "production", "created_at": d.at,
		"updated_at": today, "creator": map[string]any{"login": "github-actions[bot]", "type": "Bot"},
	}
}

// shipped are three deployments of one repository, the newest first: one under way, one that worked a month ago, one that failed
// a year ago.
func shipped() []deployed {
	return []deployed{
		{4_000_000_003, ago(time.Hour), []deploymentStatus{{"in_progress", ago(50 * time.Minute)}}},
		{4_000_000_002, ago(days(30)), []deploymentStatus{{"success", ago(days(30) - time.Minute)}, {"inactive", ago(days(29))}}},
		{4_000_000_001, ago(days(365)), []deploymentStatus{{"failure", ago(days(365) - time.Minute)}}},
	}
}

func (o *octo) deploysByGraph(all func() []deployed, number bool) {
	list := func(from, n int) any {
		page := all()[from:min(from+n, len(all()))]
		nodes := []any{}
		for _, d := range page {
			nodes = append(nodes, d.graph(number))
		}
		return map[string]any{"deployments": map[string]any{
			"pageInfo": map[string]any{"hasNextPage": from+n < len(all()), "endCursor": fmt.Sprint(from + n)}, "nodes": nodes,
		}}
	}
	o.nodesBy("Deployments", func(string, map[string]any) any { return list(0, 2) })
	o.nodesBy("MoreDeployments", func(_ string, vars map[string]any) any {
		from := 0
		fmt.Sscan(vars["after"].(string), &from)
		return list(from, int(vars["n"].(float64)))
	})
}

func (o *octo) deploysByREST(repo string, all func() []deployed) {
	o.on("/repos/"+repo+"/deployments", func(http.ResponseWriter, *http.Request) any {
		page := []any{}
		for _, d := range all() {
			page = append(page, d.rest())
		}
		return page
	})
	for _, d := range all() {
		statuses := []any{}
		for _, s := range d.states {
			statuses = append(statuses, map[string]any{"state": s.State, "created_at": s.CreatedAt})
		}
		o.always(fmt.Sprintf("/repos/%s/deployments/%d/statuses", repo, d.id), statuses)
	}
}

func wantDeployments() []record.Deployment {
	d := record.Deployment{
		Repo: "acme/shop", SHA: strings.Repeat("a", 40), Environment: "production",
		Creator: record.Account{Source: "github", Login: "github-actions[bot]", Kind: record.KindBot},
	}
	a, b, c := d, d, d
	a.ID, a.CreatedAt = "4000000003", ago(time.Hour)
	b.ID, b.CreatedAt, b.FinishedAt = "4000000002", ago(days(30)), ago(days(30)-time.Minute)
	c.ID, c.CreatedAt, c.FinishedAt, c.Failed = "4000000001", ago(days(365)), ago(days(365)-time.Minute), true
	return []record.Deployment{a, b, c}
}

// REST, GraphQL, and GraphQL whose numbers are too small for those of deployments say the same.
func TestDeploymentsEitherWay(t *testing.T) {
	for name, set := range map[string]func(*octo){
		"GraphQL":                 func(o *octo) { o.deploysByGraph(shipped, true) },
		"GraphQL without numbers": func(o *octo) { o.deploysByGraph(shipped, false); o.deploysByREST("acme/shop", shipped) },
		"REST":                    func(o *octo) { o.deploysByREST("acme/shop", shipped) },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOcto(t, "acme/shop")
			set(o)
			g := must(t, o.source().deployments(), nil)
			if diff := cmp.Diff(wantDeployments(), g.Deployments); diff != "" {
				t.Error(diff)
			}
			if len(g.Covered) != 1 || g.Covered[0].Rows != 3 || !g.Covered[0].From.Equal(ago(days(365))) || g.Requests == 0 {
				t.Errorf("covered %+v with %d requests", g.Covered, g.Requests)
			}
		})
	}
}

// The next run reads what is younger than a week or under way, and nothing below.
func TestDeploymentsAreRefreshed(t *testing.T) {
	all := shipped()
	o := newOcto(t, "acme/shop")
	o.deploysByGraph(func() []deployed { return all }, true)
	first := must(t, o.source().deployments(), nil)
	o.now = o.now.Add(time.Hour)
	o.requests("")
	all[0].states = append(all[0].states, deploymentStatus{"success", today.Add(time.Minute)})
	second := must(t, o.source().deployments(), first.Cursor)
	if len(second.Deployments) != 1 || !second.Deployments[0].FinishedAt.Equal(today.Add(time.Minute)) {
		t.Errorf("second run: %+v", second.Deployments)
	}
	if asked := o.requests("More"); len(asked) != 0 {
		t.Errorf("it went below what is settled: %q", asked)
	}
	o.now = o.now.Add(days(10))
	third := must(t, o.source().deployments(), second.Cursor)
	fourth := must(t, o.source().deployments(), third.Cursor)
	if len(fourth.Deployments) != 0 {
		t.Errorf("a settled one is read again: %+v", fourth.Deployments)
	}
}

// A deployment that never ends is asked for until it is a month old.
func TestDeploymentUnderWayIsFollowed(t *testing.T) {
	o := newOcto(t, "acme/shop")
	stuck := []deployed{{7, ago(days(20)), []deploymentStatus{{"in_progress", ago(days(20))}}}}
	o.deploysByGraph(func() []deployed { return stuck }, true)
	g := must(t, o.source().deployments(), nil)
	for _, later := range []int{2, 9} {
		o.now = today.Add(days(later))
		if g = must(t, o.source().deployments(), g.Cursor); len(g.Deployments) != 1 {
			t.Errorf("after %d days it is lost", later)
		}
	}
	o.now = today.Add(days(20))
	g = must(t, o.source().deployments(), g.Cursor)
	o.now = today.Add(days(21))
	if g = must(t, o.source().deployments(), g.Cursor); len(g.Deployments) != 0 {
		t.Error("it is followed for ever")
	}
}

// Twenty-five repositories are asked for at once, and fewer when the server fails.
func TestDeploymentsInBatches(t *testing.T) {
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprintf("acme/r%02d", i))
	}
	o := newOcto(t, names...)
	o.onQuery("Deployments", func(vars map[string]any) any {
		ids := vars["ids"].([]any)
		if len(ids) > 13 {
			return http.StatusBadGateway
		}
		nodes := []any{}
		for range ids {
			nodes = append(nodes, map[string]any{"deployments": map[string]any{"nodes": []any{}}})
		}
		return map[string]any{"nodes": nodes}
	})
	g := must(t, o.source().deployments(), nil)
	if n := len(o.requests("query Deployments")); n != 7 { // 25 fails, 12, 13; the same; 10
		t.Errorf("%d queries for 60 repositories", n)
	}
	if len(g.Covered) != 0 || g.Cursor == nil {
		t.Errorf("repositories without news are in the ledger: %+v", g.Covered)
	}
}

// A walk that is cut short goes on from its page, also when that page is not there any more.
func TestDeploymentsResume(t *testing.T) {
	var all []deployed
	for i := range 1200 {
		all = append(all, deployed{int64(5000 - i), ago(days(1) * time.Duration(i) / 4), []deploymentStatus{{"success", ago(0)}}})
	}
	o := newOcto(t, "acme/shop")
	o.deploysByGraph(func() []deployed { return all }, true)
	var first gathered
	for b, err := range o.source().deployments().Collect(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		first.join(b)
		break
	}
	if len(first.Deployments) < sweepRows || len(first.Deployments) == len(all) {
		t.Fatalf("the first batch has %d of %d", len(first.Deployments), len(all))
	}
	for name, refuse := range map[string]bool{"the page is there": false, "the page is gone": true} {
		t.Run(name, func(t *testing.T) {
			if refuse {
				o.onQuery("MoreDeployments", func(map[string]any) any {
					return graphErrors{nil, []map[string]any{{"type": "INVALID_CURSOR_ARGUMENTS", "path": []string{"nodes"}, "message": "no such cursor"}}}
				})
				g := must(t, o.source().deployments(), first.Cursor)
				if len(g.Covered) != 1 || g.Covered[0].Error == "" {
					t.Fatalf("the failure is not in the ledger: %+v", g.Covered)
				}
				o.deploysByGraph(func() []deployed { return all }, true)
				if g = must(t, o.source().deployments(), g.Cursor); len(g.Deployments) != len(all) {
					t.Errorf("begun anew it brought %d of %d", len(g.Deployments), len(all))
				}
				return
			}
			rest := must(t, o.source().deployments(), first.Cursor)
			ids := map[string]bool{}
			for _, d := range append(first.Deployments, rest.Deployments...) {
				ids[d.ID] = true
			}
			if len(ids) != len(all) || len(rest.Deployments) > 300 {
				t.Errorf("%d of %d in all, %d in the second run", len(ids), len(all), len(rest.Deployments))
			}
		})
	}
}
