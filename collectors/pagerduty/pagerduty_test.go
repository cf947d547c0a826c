package pagerduty_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/pagerduty"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// account is a PagerDuty account as its API shows it.
type account struct {
	mu        sync.Mutex
	incidents []map[string]any
	log       map[string][]map[string]any
	events    map[string][]map[string]any
	heedless  bool // of dates that are asked for
	denied    bool // related change events are not shown
	fail      func(path string) int
	calls     map[string]int
	deepest   int // furthest end of a page that was asked for
	url       string
}

func serve(t *testing.T) *account {
	a := &account{log: map[string][]map[string]any{}, events: map[string][]map[string]any{}, calls: map[string]int{}}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

func (a *account) add(id string, created time.Time, status string, more map[string]any) map[string]any {
	i := map[string]any{
		"id": id, "incident_number": len(a.incidents) + 1, "title": "incident " + id, "status": status, "urgency": "high",
		"created_at": created.Format(time.RFC3339), "updated_at": created.Format(time.RFC3339), "last_status_change_at": created.Format(time.RFC3339),
		"service": map[string]any{"id": "S1", "summary": "checkout"}, "html_url": "https://acme.pagerduty.com/incidents/" + id,
	}
	maps.Copy(i, more)
	a.incidents = append(a.incidents, i)
	return i
}

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	a.calls[path[len(path)-1]]++
	if a.fail != nil {
		if status := a.fail(r.URL.String()); status != 0 {
			w.WriteHeader(status)
			return
		}
	}
	switch {
	case r.Header.Get("Authorization") != "Token token=secret":
		w.WriteHeader(http.StatusUnauthorized)
	case len(path) == 1:
		a.list(w, r)
	case len(path) == 2:
		a.one(w, path[1])
	case path[2] == "log_entries":
		a.page(w, r, "log_entries", a.log[path[1]])
	case a.denied:
		w.WriteHeader(http.StatusForbidden)
	default:
		_ = json.NewEncoder(w).Encode(map[string]any{"change_events": a.events[path[1]]})
	}
}

func (a *account) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var all []map[string]any
	for _, i := range a.incidents {
		created := i["created_at"].(string)
		in := a.heedless || q.Get("date_range") == "all" || created >= q.Get("since") && created <= q.Get("until")
		if statuses := q["statuses[]"]; in && (len(statuses) == 0 || slices.Contains(statuses, i["status"].(string))) {
			all = append(all, i)
		}
	}
	slices.SortStableFunc(all, func(a, b map[string]any) int {
		return strings.Compare(a["created_at"].(string), b["created_at"].(string))
	})
	a.page(w, r, "incidents", all)
}

func (a *account) page(w http.ResponseWriter, r *http.Request, name string, all []map[string]any) {
	offset, _ := strconv.Atoi(r.URL.Query().Get("offset"))
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	a.deepest = max(a.deepest, offset+limit)
	end := min(offset+limit, len(all))
	_ = json.NewEncoder(w).Encode(map[string]any{name: all[min(offset, end):end], "more": end < len(all)})
}

func (a *account) one(w http.ResponseWriter, id string) {
	for _, i := range a.incidents {
		if i["id"] == id {
			_ = json.NewEncoder(w).Encode(map[string]any{"incident": i})
			return
		}
	}
	w.WriteHeader(http.StatusNotFound)
}

func (a *account) source(t *testing.T, at time.Time) *pagerduty.Source {
	t.Helper()
	s, err := pagerduty.New(pagerduty.Options{
		URL: a.url, Token: "secret", Since: now.AddDate(-1, 0, 0), Repos: outage.Services{"Checkout": {"acme/checkout"}},
		Now: func() time.Time { return at },
		Web: web.Options{MaxAttempts: 2, Sleep: func(context.Context, time.Duration) error { return nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// told is what a run brought.
type told struct {
	record.Batch
	batches int
}

// run collects until the end or the first error; keep says after how many batches the reader goes away.
func run(t *testing.T, s *pagerduty.Source, since record.Cursor, keep int) (all told, err error) {
	t.Helper()
	all.Cursor = since
	for b, err := range s.Tasks()[0].Collect(context.Background(), since) {
		if err != nil {
			return all, err
		}
		all.Incidents, all.Causes = append(all.Incidents, b.Incidents...), append(all.Causes, b.Causes...)
		all.Payloads, all.Tombstones = append(all.Payloads, b.Payloads...), append(all.Tombstones, b.Tombstones...)
		all.Covered, all.Warnings = append(all.Covered, b.Covered...), append(all.Warnings, b.Warnings...)
		all.Requests += b.Requests
		all.Cursor = b.Cursor
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
	slices.Sort(all)
	return all
}

func TestIncidentWithItsCauses(t *testing.T) {
	a := serve(t)
	begun := now.AddDate(0, 0, -3)
	a.add("P1", begun, "resolved", map[string]any{
		"updated_at": begun.Add(3 * time.Hour).Format(time.RFC3339), "priority": map[string]any{"id": "X", "summary": "P2"},
	})
	at := func(d time.Duration) string { return begun.Add(d).Format(time.RFC3339) }
	a.log["P1"] = []map[string]any{
		{"type": "resolve_log_entry", "created_at": at(2 * time.Hour)},
		{"type": "acknowledge_log_entry", "created_at": at(20 * time.Minute)},
		{"type": "acknowledge_log_entry", "created_at": at(5 * time.Minute)},
		{"type": "annotate_log_entry", "created_at": at(time.Hour), "agent": map[string]any{"id": "PUSER"}, "channel": map[string]any{"summary": "Caused by #41; reverted in #42"}},
		{"type": "trigger_log_entry", "created_at": at(0), "contexts": []any{
			map[string]any{"type": "link", "href": "https://github.com/acme/checkout/commit/0a1b2c3d"},
			map[string]any{"type": "link", "href": "https://example.test/runbook"},
		}},
	}
	a.events["P1"] = []map[string]any{
		{
			"id": "E1", "timestamp": at(-time.Hour), "correlation_reason": map[string]any{"reason": "intelligent"},
			"links": []any{map[string]any{"href": "https://github.com/acme/checkout/pull/41"}},
		},
		{
			"id": "E2", "timestamp": at(-2 * time.Hour), "correlation_reason": map[string]any{"reason": "related_service"},
			"custom_details": map[string]any{"deploy": map[string]any{"repo": "acme/payment", "revision": "ABCDEF12"}},
		},
		{"id": "E3", "timestamp": at(-3 * time.Hour), "correlation_reason": map[string]any{"reason": "most_recent"}, "custom_details": map[string]any{"pr_number": 39}},
		{"id": "E4", "timestamp": at(-3 * time.Hour), "correlation_reason": map[string]any{"reason": "most_recent"}, "summary": "deploy #38"},
	}
	got, err := run(t, a.source(t, now), nil, 0)
	if err != nil || len(got.Incidents) != 1 {
		t.Fatalf("%v, %d incidents", err, len(got.Incidents))
	}
	i := got.Incidents[0]
	want := record.Incident{
		Source: "pagerduty", ID: "P1", Title: "incident P1", Status: "resolved", Severity: 2, DeclaredAt: begun, UpdatedAt: begun.Add(3 * time.Hour),
		AcknowledgedAt: begun.Add(5 * time.Minute), ResolvedAt: begun.Add(2 * time.Hour), Services: []string{"checkout"}, Repos: []string{"acme/checkout"},
		URL: "https://acme.pagerduty.com/incidents/P1", Extra: map[string]string{"urgency": "high", "incident_number": "1", "priority": "P2"},
	}
	if diff := cmp.Diff(want, i); diff != "" {
		t.Error(diff)
	}
	var causes []string
	for _, c := range got.Causes {
		causes = append(causes, fmt.Sprintf("%s %s %s %s %.1f %s", c.Role, c.Kind, c.Repo+"@"+c.Ref, c.Method, c.Score, c.By.Login))
	}
	slices.Sort(causes)
	if diff := cmp.Diff([]string{
		"cause commit acme/checkout@0a1b2c3d attachment 0.5 ",
		"cause commit acme/payment@abcdef12 change_event 0.4 ",
		"cause pull_request acme/checkout@39 change_event 0.3 ",
		"cause pull_request acme/checkout@41 change_event 0.5 ",
		"cause pull_request acme/checkout@41 text 0.8 puser",
	}, causes); diff != "" {
		t.Error(diff)
	}
	if len(got.Payloads) != 2 {
		t.Errorf("payloads: %d", len(got.Payloads))
	}
}

// What did not change is neither asked about in detail nor told again; what changed is, and a cause that is said no more is
// withdrawn.
func TestIncremental(t *testing.T) {
	a := serve(t)
	old, open := now.AddDate(0, -5, 0), now.AddDate(0, -4, 0)
	a.add("OLD", old, "resolved", nil)
	long := a.add("OPEN", open, "triggered", nil)
	fresh := a.add("NEW", now.Add(-2*time.Hour), "resolved", nil)
	a.events["NEW"] = []map[string]any{{"links": []any{map[string]any{"href": "https://github.com/acme/checkout/pull/7"}}}}
	first, err := run(t, a.source(t, now), nil, 0)
	if err != nil || len(first.Incidents) != 3 || len(first.Causes) != 1 {
		t.Fatalf("first run: %v, %d incidents, causes %v", err, len(first.Incidents), first.Causes)
	}

	a.calls = map[string]int{}
	second, err := run(t, a.source(t, now.Add(5*time.Minute)), first.Cursor, 0)
	if err != nil || len(second.Incidents) != 0 || a.calls["log_entries"] != 0 || second.Requests != 2 {
		t.Errorf("nothing new: %v, %d incidents, %d requests, calls %v", err, len(second.Incidents), second.Requests, a.calls)
	}

	long["status"], long["updated_at"] = "resolved", now.Add(6*time.Minute).Format(time.RFC3339) // on no list any more
	a.add("NEXT", now.Add(7*time.Minute), "acknowledged", nil)
	third, err := run(t, a.source(t, now.Add(10*time.Minute)), second.Cursor, 0)
	if diff := cmp.Diff([]string{"NEXT", "OPEN"}, ids(third.Incidents)); diff != "" || err != nil {
		t.Error(err, diff)
	}

	a.events["NEW"], a.incidents = nil, a.incidents[1:]
	later := a.source(t, now.Add(7*time.Hour)) // time to sweep: the event was taken back without a sign
	fourth, err := run(t, later, third.Cursor, 0)
	if err != nil || len(fourth.Causes) != 1 || fourth.Causes[0].Score != 0 || fourth.Causes[0].Ref != "7" {
		t.Errorf("withdrawn: %v, %+v", err, fourth.Causes)
	}
	_ = fresh
}

// An incident that is gone leaves a tombstone, once.
func TestGone(t *testing.T) {
	a := serve(t)
	a.add("P1", now.Add(-time.Hour), "triggered", nil)
	first, err := run(t, a.source(t, now), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	a.incidents = nil
	second, err := run(t, a.source(t, now.Add(time.Hour)), first.Cursor, 0)
	if err != nil || len(second.Tombstones) != 1 || second.Tombstones[0].ID != "P1" {
		t.Errorf("%v, %+v", err, second.Tombstones)
	}
	third, err := run(t, a.source(t, now.Add(2*time.Hour)), second.Cursor, 0)
	if err != nil || len(third.Tombstones) != 0 {
		t.Errorf("%v, %+v", err, third.Tombstones)
	}
}

// A list that is deeper than the API goes is read to its end, each incident once, and never asked beyond the limit.
func TestDeepList(t *testing.T) {
	a := serve(t)
	const many = 10_150
	for n := range many {
		a.add(fmt.Sprintf("P%05d", n), now.AddDate(0, -1, 0).Add(time.Duration(n)*time.Second), "resolved", nil)
	}
	got, err := run(t, a.source(t, now), nil, 0)
	if err != nil || len(slices.Compact(ids(got.Incidents))) != many || len(got.Incidents) != many {
		t.Errorf("%v, %d incidents", err, len(got.Incidents))
	}
	if a.deepest > 10_000 {
		t.Errorf("asked as far as %d", a.deepest)
	}
}

// A run that is cut anywhere, by the reader or by a failing server, goes on to the same facts.
func TestGoesOn(t *testing.T) {
	a := serve(t)
	for n := range 250 {
		a.add(fmt.Sprintf("P%03d", n), now.AddDate(0, -11, 0).Add(time.Duration(n)*30*time.Hour), []string{"resolved", "triggered"}[n%2], nil)
	}
	whole, err := run(t, a.source(t, now), nil, 0)
	if err != nil || len(whole.Incidents) != 250 {
		t.Fatalf("%v, %d incidents", err, len(whole.Incidents))
	}
	for cut := 1; cut < whole.batches; cut++ {
		failed := false
		a.fail = func(string) int {
			if failed = !failed; failed {
				return http.StatusServiceUnavailable
			}
			return 0
		}
		part, err := run(t, a.source(t, now), nil, cut)
		if err != nil {
			t.Fatal(err)
		}
		a.fail = func(path string) int { // the server is down from here on, for a while
			if strings.Contains(path, "log_entries") {
				return http.StatusBadGateway
			}
			return 0
		}
		down, _ := run(t, a.source(t, now), part.Cursor, 0)
		a.fail = nil
		rest, err := run(t, a.source(t, now), down.Cursor, 0)
		if err != nil {
			t.Fatal(err)
		}
		all := ids(slices.Concat(part.Incidents, down.Incidents, rest.Incidents))
		if diff := cmp.Diff(ids(whole.Incidents), slices.Compact(all)); diff != "" {
			t.Errorf("cut after %d batches: %s", cut, diff)
		}
	}
}

// Without related change events the incidents are there, and the ledger says what is not.
func TestNoChangeEvents(t *testing.T) {
	a := serve(t)
	a.denied = true
	a.add("P1", now.Add(-time.Hour), "resolved", nil)
	a.add("P2", now.Add(-time.Hour), "resolved", nil)
	got, err := run(t, a.source(t, now), nil, 0)
	if err != nil || len(got.Incidents) != 2 || a.calls["related_change_events"] != 1 {
		t.Errorf("%v, %d incidents, calls %v", err, len(got.Incidents), a.calls)
	}
	if len(got.Covered) != 2 || got.Covered[1].Absent == "" || got.Covered[1].Scope != "account/change_events" {
		t.Errorf("ledger: %+v", got.Covered)
	}
}

// A list that always has one more page ends.
func TestEndlessPages(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"incidents":[{"id":"P1","created_at":"2026-11-19T00:00:00Z"}],"log_entries":[],"change_events":[],"more":true}`))
	}))
	defer server.Close()
	a := &account{url: server.URL}
	if _, err := run(t, a.source(t, now), nil, 0); err == nil || !strings.Contains(err.Error(), "page") {
		t.Errorf("ended with %v", err)
	}
}

func TestOptions(t *testing.T) {
	_, err := pagerduty.New(pagerduty.Options{URL: "nowhere", Sweep: -1, Severities: map[string]uint8{"bad": 9}})
	for _, field := range []string{"pagerduty.url", "pagerduty.token", "pagerduty.severities", "pagerduty.sweep"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s is not named: %v", field, err)
		}
	}
	a := serve(t)
	s, err := pagerduty.New(pagerduty.Options{URL: a.url, Token: "wrong"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run(t, s, nil, 0); err == nil || !strings.Contains(err.Error(), "token") || strings.Contains(err.Error(), "wrong") {
		t.Errorf("a wrong token: %v", err)
	}
}

// An account that gives all incidents whatever since and until say: what lies outside is not read again, and none of its log.
func TestTrap09SinceAndUntilIgnored(t *testing.T) {
	a := serve(t)
	a.heedless = true
	for n := range 250 {
		a.add(fmt.Sprintf("P%03d", n), now.AddDate(-3, 0, n), "resolved", nil)
	}
	a.add("late", now.AddDate(0, 0, -20), "resolved", nil)
	first, err := run(t, a.source(t, now), nil, 0) // from a year ago, in three stretches
	if err != nil || len(first.Incidents) != 1 || first.Incidents[0].ID != "late" || a.calls["log_entries"] != 1 {
		t.Fatalf("%v after %d logs, %v; want the one of the year that was asked for", ids(first.Incidents), a.calls["log_entries"], err)
	}
	if len(first.Warnings) != 3 || first.Warnings[0].Code != "filter_ignored" || first.Warnings[0].Loss {
		t.Errorf("%+v, want one a stretch", first.Warnings)
	}
	a.add("new", now.Add(30*time.Minute), "resolved", nil)
	a.add("tomorrow", now.AddDate(0, 0, 1), "resolved", nil)
	second, err := run(t, a.source(t, now.Add(time.Hour)), first.Cursor, 0)
	if err != nil || len(second.Incidents) != 1 || second.Incidents[0].ID != "new" {
		t.Errorf("%v, %v; want what is new alone", ids(second.Incidents), err)
	}
	var at struct{ Through time.Time }
	if err := json.Unmarshal(second.Cursor, &at); err != nil || !at.Through.Equal(now.Add(time.Hour)) {
		t.Errorf("the watermark is at %v, %v", at.Through, err)
	}
}

// Of a list that is older than what was asked for, for as far as it can be read, the rest cannot be had: an error says so.
func TestTrap09SinceIgnoredInALongList(t *testing.T) {
	a := serve(t)
	a.heedless = true
	for n := range 10_001 {
		a.add(fmt.Sprintf("P%05d", n), now.AddDate(-3, 0, 0).Add(time.Duration(n)*time.Minute), "resolved", nil)
	}
	got, err := run(t, a.source(t, now), nil, 0)
	if err == nil || !strings.Contains(err.Error(), "does not heed since=") || len(got.Incidents) != 0 || a.calls["incidents"] != 100 {
		t.Errorf("%d incidents after %d pages, %v", len(got.Incidents), a.calls["incidents"], err)
	}
	var at struct{ Through time.Time }
	if err := json.Unmarshal(got.Cursor, &at); err != nil || !at.Through.IsZero() {
		t.Errorf("the watermark is at %v, %v", at.Through, err)
	}
}
