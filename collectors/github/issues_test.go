package github

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// filed is an issue of the fake.
type filed struct {
	id      int
	label   string
	updated time.Time
	more    string
}

func (f filed) text() string {
	return fmt.Sprintf(`{"id":%d,"node_id":"I_%d","number":%d,"title":"down %d","state":"open","html_url":"https://x/%d","user":{"login":"Ada","type":"User"},"labels":[{"name":%q},{"name":"sev2"}],"created_at":%q,"updated_at":%q%s}`,
		f.id, f.id, f.id, f.id, f.id, f.label, ago(days(300)).Format(time.RFC3339), f.updated.Format(time.RFC3339), f.more)
}

// tracks serves issues as GitHub does: by label and since, from old to new, and no page deeper than deepest.
func (o *octo) tracks(repo string, deepest int, all func() []filed) {
	path := "/repos/" + repo + "/issues"
	o.on(path, func(w http.ResponseWriter, r *http.Request) any {
		q := r.URL.Query()
		since, _ := time.Parse(time.RFC3339, q.Get("since"))
		var found []string
		for _, f := range all() {
			if f.label == q.Get("labels") && !f.updated.Before(since) {
				found = append(found, f.text())
			}
		}
		page := 1
		fmt.Sscan(q.Get("page"), &page)
		if page > deepest {
			refuse(w, http.StatusUnprocessableEntity, "use cursor based pagination")
			return nil
		}
		if q.Get("direction") != "asc" || q.Get("state") != "all" {
			o.t.Errorf("asked %s", r.URL)
		}
		from, to := min(len(found), (page-1)*100), min(len(found), page*100)
		if to < len(found) {
			q.Set("page", fmt.Sprint(page+1))
			w.Header().Set("Link", fmt.Sprintf(`<%s%s?%s>; rel="next"`, o.URL, path, q.Encode()))
		}
		return "[" + strings.Join(found[from:to], ",") + "]"
	})
}

func TestIssuesAsIncidents(t *testing.T) {
	o := newOcto(t, "acme/shop")
	issues := []filed{
		{1, "incident", ago(days(9)), `,"body":"Caused by #40, acme/lib@abcdef1.\nFixed by #41","closed_at":"2026-11-15T00:00:00Z","state_reason":"completed"`},
		{2, "incident", ago(days(8)), `,"pull_request":{"url":"x"}`},
		{3, "bug", ago(days(7)), ""},
		{4, "incident", ago(days(6)), `,"body":"we deployed a revert of the rollback","state_reason":"not_planned","closed_at":"2026-11-16T00:00:00Z"`},
	}
	o.tracks("acme/shop", 99, func() []filed { return issues })
	o.nodesBy("IssueFixes", func(id string, _ map[string]any) any {
		pulls := []map[string]any{}
		if id == "I_1" {
			for n, merged := range []any{ago(days(8)), nil} {
				pulls = append(pulls, map[string]any{"number": 50 + n, "mergedAt": merged, "url": "u", "repository": map[string]any{"nameWithOwner": "acme/shop"}})
			}
		}
		return map[string]any{"closedByPullRequestsReferences": map[string]any{"nodes": pulls}}
	})
	o.nodesBy("IncidentIssues", func(string, map[string]any) any { return map[string]any{"issues": map[string]any{"totalCount": 2}} })
	g := must(t, o.source().issues(), nil)
	if len(g.Incidents) != 2 {
		t.Fatalf("%+v", g.Incidents)
	}
	one := g.Incidents[0]
	want := record.Incident{
		Source: "github", ID: "1", Title: "down 1", Severity: 2, DeclaredAt: ago(days(300)), ResolvedAt: time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC),
		UpdatedAt: ago(days(9)), Repos: []string{"acme/shop"}, URL: "https://x/1", CauseType: record.CauseChange, Status: "open", Summary: one.Summary,
		Extra: map[string]string{"repository": "acme/shop", "number": "1", "labels": "incident, sev2", "state_reason": "completed"},
	}
	if diff := cmp.Diff(want, one); diff != "" {
		t.Error(diff)
	}
	if two := g.Incidents[1]; two.CauseType != record.CauseUnknown || two.Deleted || two.Drill {
		t.Errorf("%+v", two)
	}
	var causes []string
	for _, c := range g.Causes {
		causes = append(causes, fmt.Sprintf("%s %s %s %s@%s %s %g", c.Incident, c.Role, c.Kind, c.Repo, c.Ref, c.Method, c.Score))
	}
	if diff := cmp.Diff([]string{
		"1 cause pull_request acme/shop@40 text 0.7", "1 cause commit acme/lib@abcdef1 text 0.7", "1 fix pull_request acme/shop@41 text 0.7",
		"1 fix pull_request acme/shop@50 issue_link 1",
	}, causes); diff != "" {
		t.Error(diff)
	}
	if g.Causes[0].By != human("ada") || g.Causes[3].By != (record.Account{}) || len(g.Payloads) != 2 {
		t.Errorf("%+v", g.Causes)
	}
}

// Where nothing was touched nothing is asked, a hundred repositories at a time; what was touched is read from there on.
func TestIssuesIncrementally(t *testing.T) {
	var names []string
	for i := range 150 {
		names = append(names, fmt.Sprintf("acme/r%03d", i))
	}
	o := newOcto(t, names...)
	issues := []filed{{1, "incident", ago(days(9)), ""}, {2, "outage", ago(days(8)), ""}}
	quiet := func() []filed { return nil }
	for _, n := range names {
		o.tracks(n, 99, quiet)
	}
	o.tracks("acme/r003", 99, func() []filed { return issues })
	task := func() collectors.Task {
		return o.source(func(o *Options) { o.IncidentLabels = []string{"incident", "outage"} }).issues()
	}
	first := must(t, task(), nil) // without GraphQL each is asked
	if len(first.Incidents) != 2 || len(o.requests("/issues")) != 300 {
		t.Errorf("%+v", first.Incidents)
	}
	o.now = today.Add(time.Hour)
	issues[1].updated = today.Add(30 * time.Minute)
	o.nodesBy("IncidentIssues", func(id string, vars map[string]any) any {
		since, err := time.Parse(time.RFC3339, vars["since"].(string))
		if err != nil || !since.Equal(ago(overlap)) {
			t.Errorf("since %v, want since the last run: %v", vars["since"], err)
		}
		n := 0
		if id == "R_4" {
			n = 1
		}
		return map[string]any{"issues": map[string]any{"totalCount": n}}
	})
	o.nodesBy("IssueFixes", func(string, map[string]any) any { return nil })
	second := must(t, task(), first.Cursor)
	if len(second.Incidents) != 1 || second.Incidents[0].ID != "2" || len(second.Covered) != 1 || second.Requests > 7 {
		t.Errorf("%d requests, %+v", second.Requests, second.Incidents)
	}
}

// GitHub refuses deep pages: the list is asked for anew from the last time on, with nothing left out.
func TestIssuesBeyondTheDeepestPage(t *testing.T) {
	var all []filed
	for i := range 1234 {
		all = append(all, filed{i + 1, "incident", ago(days(100)).Add(time.Duration(i/3) * time.Second), ""})
	}
	for name, tc := range map[string]int{"refused at page 5": 4, "never refused": 9999} {
		t.Run(name, func(t *testing.T) {
			o := newOcto(t, "acme/shop")
			o.tracks("acme/shop", tc, func() []filed { return all })
			g := must(t, o.source().issues(), nil)
			ids := map[string]bool{}
			for _, in := range g.Incidents {
				ids[in.ID] = true
			}
			if len(ids) != len(all) {
				t.Errorf("%d of %d", len(ids), len(all))
			}
		})
	}
	for i := range all {
		all[i].updated = ago(days(100))
	}
	o := newOcto(t, "acme/shop")
	o.tracks("acme/shop", 4, func() []filed { return all })
	g := must(t, o.source().issues(), nil)
	if len(g.Covered) != 1 || !strings.Contains(g.Covered[0].Error, "same second") {
		t.Errorf("it goes on for ever, or silently ends: %+v", g.Covered)
	}
}

// A run that is cut anywhere and gone on with finds what an undisturbed one does.
func TestIssuesCutAnywhere(t *testing.T) {
	var all []filed
	for i := range 2500 {
		all = append(all, filed{i + 1, "incident", ago(days(100)).Add(time.Duration(i) * time.Minute), ""})
	}
	o := newOcto(t, "acme/a", "acme/b")
	for n, name := range []string{"acme/a", "acme/b"} {
		o.tracks(name, 99, func() []filed { return all[n*1200 : 1200+n*1300] })
	}
	ids := map[string]bool{}
	var cursor record.Cursor
	runs := 0
	for done := false; !done && runs < 20; runs++ {
		done = true
		for b, err := range o.source().issues().Collect(t.Context(), cursor) {
			if err != nil {
				t.Fatal(err)
			}
			for _, in := range b.Incidents {
				ids[in.ID] = true
			}
			cursor = slices.Clone(b.Cursor)
			if len(b.Incidents) > 0 { // cut after each batch that brings anything
				done = false
				break
			}
		}
	}
	if len(ids) != len(all) || runs < 3 {
		t.Errorf("%d of %d in %d runs", len(ids), len(all), runs)
	}
}

func TestIssuesAreAbsent(t *testing.T) {
	o := newOcto(t, "acme/shop")
	_, err := run(t, o.source(func(o *Options) { o.IncidentLabels = nil }).issues(), nil)
	wantAbsent(t, err)
	o.refuses("/repos/acme/shop/issues", http.StatusGone, "Issues are disabled")
	if g := must(t, o.source().issues(), nil); len(g.Covered) != 0 {
		t.Errorf("a repository without issues has no incidents: %+v", g.Covered)
	}
	o.refuses("/repos/acme/shop/issues", http.StatusForbidden, "no")
	_, err = run(t, o.source().issues(), nil)
	wantAbsent(t, err)
	var label issueLabel
	if err := label.UnmarshalJSON([]byte(`"plain"`)); err != nil || label != "plain" {
		t.Errorf("%q, %v", label, err)
	}
}
