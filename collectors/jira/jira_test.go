package jira_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/jira"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// site is a Jira site as its API shows it.
type site struct {
	now      time.Time
	issues   []map[string]any
	remote   map[string][]string
	searches []string // which it has
	fail     func(query string, page int) int
	queries  []string
	auth     string
	heedless bool // of dates in queries
	calls    map[string]int
	url      string
}

func serve(t *testing.T) *site {
	s := &site{
		now: now, remote: map[string][]string{}, searches: []string{"/rest/api/3/search/jql"}, calls: map[string]int{},
		auth: "Basic YWRhQGV4YW1wbGUudGVzdDpzZWNyZXQ=",
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func stamp(t time.Time) string { return t.Format("2006-01-02T15:04:05.000-0700") }

func (s *site) add(id string, updated time.Time, fields map[string]any) map[string]any {
	all := map[string]any{"summary": "incident " + id, "created": stamp(updated), "updated": stamp(updated), "status": map[string]any{"name": "Open"}}
	for k, v := range fields {
		all[k] = v
	}
	s.issues = append(s.issues, map[string]any{"id": id, "key": "OPS-" + id, "fields": all})
	return all
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(r.URL.Path, "/")
	s.calls[path[len(path)-1]]++
	switch {
	case r.Header.Get("Authorization") != s.auth:
		w.WriteHeader(http.StatusUnauthorized)
	case r.Method == http.MethodPost && slices.Contains(s.searches, r.URL.Path):
		s.search(w, r)
	case r.Method == http.MethodGet && path[len(path)-1] == "remotelink":
		links := []any{}
		for _, href := range s.remote[path[len(path)-2]] {
			links = append(links, map[string]any{"object": map[string]any{"url": href}})
		}
		_ = json.NewEncoder(w).Encode(links)
	case r.Method == http.MethodGet && slices.ContainsFunc(s.issues, func(i map[string]any) bool { return i["id"] == path[len(path)-1] }):
		_, _ = w.Write([]byte(`{"fields":{}}`))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

var ago = regexp.MustCompile(`^\(project = OPS\)(?: AND updated >= "-([0-9]+)m")? ORDER BY updated ASC$`)

// search is two issues a page.
func (s *site) search(w http.ResponseWriter, r *http.Request) {
	var q struct {
		JQL   string
		Token string `json:"nextPageToken"`
		Start int    `json:"startAt"`
	}
	_ = json.NewDecoder(r.Body).Decode(&q)
	s.queries = append(s.queries, q.JQL)
	m := ago.FindStringSubmatch(q.JQL)
	if m == nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if q.Token != "" {
		q.Start, _ = strconv.Atoi(q.Token)
	}
	if s.fail != nil {
		if status := s.fail(q.JQL, q.Start/2); status != 0 {
			w.WriteHeader(status)
			return
		}
	}
	from := ""
	if m[1] != "" && !s.heedless {
		minutes, _ := strconv.Atoi(m[1])
		from = stamp(s.now.Add(-time.Duration(minutes) * time.Minute))
	}
	var all []map[string]any
	updated := func(i map[string]any) string { return i["fields"].(map[string]any)["updated"].(string) }
	for _, i := range s.issues {
		if updated(i) >= from {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b map[string]any) int { return strings.Compare(updated(a), updated(b)) })
	end := min(q.Start+2, len(all))
	answer := map[string]any{"issues": all[min(q.Start, end):end]}
	if strings.HasSuffix(r.URL.Path, "/jql") {
		if end < len(all) {
			answer["nextPageToken"] = strconv.Itoa(end)
		}
	} else {
		answer["total"] = len(all)
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (s *site) source(t *testing.T, at time.Time) *jira.Source {
	t.Helper()
	s.now = at
	source, err := jira.New(jira.Options{
		URL: s.url, Email: "ada@example.test", Token: "secret", JQL: "project = OPS", Scope: "acme", Now: func() time.Time { return at },
		Fields: jira.Fields{Started: "customfield_1", Cause: "customfield_2", CauseType: "customfield_3", Severity: "customfield_4", Drill: "customfield_5"},
		Repos:  outage.Services{"checkout": {"acme/checkout"}},
		Web:    web.Options{MaxAttempts: 2, Sleep: func(context.Context, time.Duration) error { return nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	return source
}

type told struct {
	record.Batch
	batches int
}

func run(s *jira.Source, since record.Cursor, keep int) (all told, err error) {
	all.Cursor = since
	for b, err := range s.Tasks()[0].Collect(context.Background(), since) {
		if err != nil {
			return all, err
		}
		all.Incidents, all.Causes = append(all.Incidents, b.Incidents...), append(all.Causes, b.Causes...)
		all.Tombstones, all.Requests, all.Cursor = append(all.Tombstones, b.Tombstones...), all.Requests+b.Requests, b.Cursor
		all.Warnings, all.Covered = append(all.Warnings, b.Warnings...), append(all.Covered, b.Covered...)
		if all.batches++; all.batches == keep {
			break
		}
	}
	return all, nil
}

func ids(is []record.Incident) []string {
	all := make([]string, len(is))
	for n := range is {
		all[n] = is[n].ID
	}
	return all
}

func TestIncidentWithItsCauses(t *testing.T) {
	s := serve(t)
	at := now.AddDate(0, 0, -2)
	s.add("1", at.Add(time.Hour), map[string]any{
		"created": stamp(at), "resolutiondate": stamp(at.Add(time.Hour)), "priority": map[string]any{"name": "Highest"}, "issuetype": map[string]any{"name": "[System] Incident"},
		"components": []any{map[string]any{"name": "checkout"}}, "labels": []any{"a", "b"},
		"customfield_1": stamp(at.Add(-time.Hour)), "customfield_2": "https://github.com/acme/checkout/pull/5", "customfield_3": map[string]any{"value": "Change"},
		"customfield_4": map[string]any{"value": "Sev 2"},
		"description": map[string]any{"type": "doc", "content": []any{
			map[string]any{"type": "paragraph", "content": []any{
				map[string]any{"type": "text", "text": "Orders failed. Caused by "},
				map[string]any{"type": "text", "text": "this commit", "marks": []any{map[string]any{"type": "link", "attrs": map[string]any{"href": "https://github.com/acme/checkout/commit/0a1b2c3d"}}}},
			}},
			map[string]any{"type": "paragraph", "content": []any{map[string]any{"type": "text", "text": "Caused by #7, says Ada. Fixed by #8."}}},
		}},
		"issuelinks": []any{
			map[string]any{"type": map[string]any{"inward": "is caused by", "outward": "causes"}, "inwardIssue": map[string]any{"id": "77", "key": "CHG-77"}},
			map[string]any{"type": map[string]any{"inward": "is caused by", "outward": "causes"}, "outwardIssue": map[string]any{"id": "78", "key": "OPS-78"}},
			map[string]any{"type": map[string]any{"inward": "is blocked by", "outward": "blocks"}, "inwardIssue": map[string]any{"id": "79", "key": "OPS-79"}},
		},
	})
	s.remote["77"] = []string{"https://github.com/acme/checkout/pull/6", "https://wiki.test/change"}
	got, err := run(s.source(t, now), nil, 0)
	if err != nil || len(got.Incidents) != 1 {
		t.Fatalf("%v, %d incidents", err, len(got.Incidents))
	}
	want := record.Incident{
		Source: "jira", ID: "1", Title: "incident 1", Status: "Open", Severity: 2, URL: s.url + "/browse/OPS-1", CauseType: record.CauseChange,
		Summary:    "Orders failed. Caused by this commit https://github.com/acme/checkout/commit/0a1b2c3d \nCaused by #7, says Ada. Fixed by #8.",
		DeclaredAt: at, StartedAt: at.Add(-time.Hour), ResolvedAt: at.Add(time.Hour), UpdatedAt: at.Add(time.Hour), Services: []string{"checkout"}, Repos: []string{"acme/checkout"},
		Extra: map[string]string{"key": "OPS-1", "severity": "Sev 2", "issuetype": "[System] Incident", "labels": "a; b", "caused_by": "CHG-77"},
	}
	if diff := cmp.Diff(want, got.Incidents[0]); diff != "" {
		t.Error(diff)
	}
	var causes []string
	for _, c := range got.Causes {
		causes = append(causes, fmt.Sprintf("%s %s@%s %s %.1f", c.Kind, c.Repo, c.Ref, c.Method, c.Score))
	}
	slices.Sort(causes)
	if diff := cmp.Diff([]string{
		"action jira:acme@CHG-77 issue_link 0.9", "commit acme/checkout@0a1b2c3d text 0.8", "pull_request acme/checkout@5 declared 1.0", "pull_request acme/checkout@6 issue_link 0.9", "pull_request acme/checkout@7 text 0.8",
	}, causes); diff != "" {
		t.Error(diff)
	}
}

// The search that a site has is found, and each gives the same incidents.
func TestSearches(t *testing.T) {
	for _, path := range []string{"/rest/api/3/search/jql", "/rest/api/3/search", "/rest/api/2/search"} {
		s := serve(t)
		s.searches = []string{path}
		for n := range 5 {
			s.add(strconv.Itoa(n), now.AddDate(0, 0, n-10), nil)
		}
		got, err := run(s.source(t, now), nil, 0)
		if diff := cmp.Diff([]string{"0", "1", "2", "3", "4"}, ids(got.Incidents)); diff != "" || err != nil {
			t.Error(path, err, diff)
		}
	}
	s := serve(t)
	s.searches = nil
	if _, err := run(s.source(t, now), nil, 0); err == nil {
		t.Error("a site without a search is none of Jira's")
	}
}

func TestIncremental(t *testing.T) {
	s := serve(t)
	s.add("old", now.AddDate(0, 0, -100), nil)
	week := s.add("week", now.AddDate(0, 0, -5), nil)
	today := s.add("today", now.Add(-2*time.Hour), map[string]any{"resolutiondate": stamp(now.Add(-time.Hour))})
	first, err := run(s.source(t, now), nil, 0)
	if err != nil || len(first.Incidents) != 3 {
		t.Fatalf("%v, %d incidents", err, len(first.Incidents))
	}
	second, err := run(s.source(t, now.Add(10*time.Minute)), first.Cursor, 0)
	if err != nil || len(second.Incidents) != 0 || second.Requests != 1 {
		t.Errorf("nothing new: %v, %d incidents, %d requests", err, len(second.Incidents), second.Requests)
	}
	today["updated"] = stamp(now.Add(15 * time.Minute))
	third, err := run(s.source(t, now.Add(20*time.Minute)), second.Cursor, 0)
	if diff := cmp.Diff([]string{"today"}, ids(third.Incidents)); diff != "" || err != nil {
		t.Error(err, diff)
	}
	// A sweep sees a link that was made without a sign, and what is gone.
	week["issuelinks"] = []any{map[string]any{"type": map[string]any{"inward": "is caused by"}, "inwardIssue": map[string]any{"id": "9", "key": "CHG-9"}}}
	s.issues = s.issues[:2]
	fourth, err := run(s.source(t, now.Add(7*time.Hour)), third.Cursor, 0)
	if err != nil || len(fourth.Causes) != 1 || fourth.Causes[0].Ref != "CHG-9" || len(fourth.Tombstones) != 1 || fourth.Tombstones[0].ID != "today" {
		t.Errorf("%v, %+v, %+v", err, fourth.Causes, fourth.Tombstones)
	}
}

// A walk that is cut goes on behind the last page that was kept.
func TestGoesOn(t *testing.T) {
	s := serve(t)
	for n := range 9 {
		s.add(strconv.Itoa(n), now.AddDate(0, 0, n-100), map[string]any{"resolutiondate": stamp(now)})
	}
	s.fail = func(_ string, page int) int {
		if page == 2 {
			return http.StatusBadGateway
		}
		return 0
	}
	part, err := run(s.source(t, now), nil, 0)
	if err == nil || len(part.Incidents) != 4 {
		t.Fatalf("%v, %d incidents", err, len(part.Incidents))
	}
	s.fail = nil
	rest, err := run(s.source(t, now.Add(time.Hour)), part.Cursor, 0)
	got := ids(rest.Incidents)
	if err != nil || !slices.Contains(got, "4") || !slices.Contains(got, "8") || slices.Contains(got, "2") {
		t.Errorf("%v, %v", err, got)
	}
}

func TestOptions(t *testing.T) {
	_, err := jira.New(jira.Options{URL: "nowhere", JQL: "project = X ORDER BY key", Sweep: -1, Severities: map[string]uint8{"bad": 7}})
	for _, field := range []string{"jira.url", "jira.token", "jira.jql", "jira.severities", "jira.sweep"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s is not named: %v", field, err)
		}
	}
	s := serve(t)
	s.auth = "Bearer personal"
	source, err := jira.New(jira.Options{URL: s.url, Token: "personal", JQL: "project = OPS"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run(source, nil, 0); err != nil {
		t.Errorf("a bearer token: %v", err)
	}
	s.auth = "other"
	if _, err := run(source, nil, 0); err == nil || !strings.Contains(err.Error(), "jira.token") {
		t.Errorf("a wrong token: %v", err)
	}
}

// A site that gives all issues whatever the query says of their dates: what is older is not read again, and no link of it either.
func TestTrap09UpdatedIgnored(t *testing.T) {
	s := serve(t)
	for n := range 5 {
		s.add(fmt.Sprint(n), now.AddDate(0, 0, -40-n), nil)
	}
	first, err := run(s.source(t, now), nil, 0)
	if err != nil || len(first.Incidents) != 5 || len(first.Warnings) != 0 {
		t.Fatalf("%d incidents, %+v, %v", len(first.Incidents), first.Warnings, err)
	}
	s.heedless = true
	at := now.Add(time.Hour)
	s.add("new", now.Add(time.Minute), nil)
	second, err := run(s.source(t, at), first.Cursor, 0)
	if err != nil || len(second.Incidents) != 1 || second.Incidents[0].ID != "new" {
		t.Errorf("%+v, %v; want what is new alone", second.Incidents, err)
	}
	if len(second.Warnings) != 1 || second.Warnings[0].Code != "filter_ignored" || second.Warnings[0].Loss || s.calls["remotelink"] != 0 {
		t.Errorf("%+v", second.Warnings)
	}
	if last := second.Covered[len(second.Covered)-1]; !last.From.Equal(now.Add(-15 * time.Minute)) {
		t.Errorf("the ledger says that it reaches back to %v", last.From)
	}
	third, err := run(s.source(t, at.Add(time.Hour)), second.Cursor, 0)
	if q := s.queries[len(s.queries)-1]; err != nil || len(third.Incidents) != 0 || !strings.Contains(q, `"-75m"`) {
		t.Errorf("%d incidents, asked %s, %v; want what changed since a quarter of an hour before the run before", len(third.Incidents), q, err)
	}
}
