package incidentio_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/incidentio"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// account is an incident.io account as its API shows it.
type account struct {
	incidents []map[string]any
	attached  map[string][]map[string]any
	denied    bool
	heedless  bool // of dates that are asked for
	fail      func(r *http.Request) int
	asked     []string
	url       string
}

func serve(t *testing.T) *account {
	a := &account{attached: map[string][]map[string]any{}}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

func (a *account) add(id string, updated time.Time, more map[string]any) map[string]any {
	i := map[string]any{
		"id": id, "reference": "INC-" + id, "name": "incident " + id, "mode": "standard", "visibility": "public",
		"permalink": "https://app.incident.io/incidents/" + id, "incident_status": map[string]any{"name": "Investigating", "category": "live"},
		"created_at": updated.Format(time.RFC3339), "updated_at": updated.Format(time.RFC3339),
	}
	for k, v := range more {
		i[k] = v
	}
	a.incidents = append(a.incidents, i)
	return i
}

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.asked = append(a.asked, r.URL.RequestURI())
	if a.fail != nil {
		if status := a.fail(r); status != 0 {
			w.WriteHeader(status)
			return
		}
	}
	var answer any
	switch q := r.URL.Query(); {
	case r.Header.Get("Authorization") != "Bearer secret":
		w.WriteHeader(http.StatusUnauthorized)
		return
	case r.URL.Path == "/v1/severities":
		answer = map[string]any{"severities": []any{
			map[string]any{"name": "Minor", "rank": 10}, map[string]any{"name": "Black swan", "rank": 40}, map[string]any{"name": "Major", "rank": 20},
		}}
	case r.URL.Path == "/v1/incident_attachments" && a.denied:
		w.WriteHeader(http.StatusForbidden)
		return
	case r.URL.Path == "/v1/incident_attachments":
		answer = map[string]any{"incident_attachments": a.attached[q.Get("incident_id")]}
	default:
		answer = a.list(q.Get("updated_at[gte]"), q.Get("after"), q.Get("page_size"))
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (a *account) list(day, after, size string) any {
	var all []map[string]any
	limit, _ := strconv.Atoi(size)
	limit = min(limit, 3) // pages are small here
	next := ""
	for n, i := range a.incidents {
		skip, _ := strconv.Atoi(after)
		if n < skip || !a.heedless && i["updated_at"].(string)[:10] < day {
			continue
		}
		if len(all) == limit {
			next = strconv.Itoa(n)
			break
		}
		all = append(all, i)
	}
	return map[string]any{"incidents": all, "pagination_meta": map[string]any{"after": next, "page_size": limit}}
}

func (a *account) source(t *testing.T, at time.Time) *incidentio.Source {
	t.Helper()
	s, err := incidentio.New(incidentio.Options{
		URL: a.url, Token: "secret", Now: func() time.Time { return at }, Repos: outage.Services{"checkout": {"acme/checkout"}},
		Web: web.Options{MaxAttempts: 2, Sleep: func(context.Context, time.Duration) error { return nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type told struct {
	record.Batch
	batches int
}

func run(s *incidentio.Source, since record.Cursor, keep int) (all told, err error) {
	all.Cursor = since
	for b, err := range s.Tasks()[0].Collect(context.Background(), since) {
		if err != nil {
			return all, err
		}
		all.Incidents, all.Causes = append(all.Incidents, b.Incidents...), append(all.Causes, b.Causes...)
		all.Payloads, all.Covered = append(all.Payloads, b.Payloads...), append(all.Covered, b.Covered...)
		all.Tombstones, all.Warnings = append(all.Tombstones, b.Tombstones...), append(all.Warnings, b.Warnings...)
		all.Requests, all.Cursor = all.Requests+b.Requests, b.Cursor
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

func stamp(name string, at time.Time) map[string]any {
	return map[string]any{"incident_timestamp": map[string]any{"name": name}, "value": map[string]any{"value": at.Format(time.RFC3339)}}
}

func pull(number int) map[string]any {
	return map[string]any{"resource": map[string]any{
		"resource_type": "github_pull_request", "external_id": fmt.Sprint("acme/checkout#", number), "permalink": fmt.Sprint("https://github.com/acme/checkout/pull/", number),
	}}
}

func TestIncidentWithItsCauses(t *testing.T) {
	a := serve(t)
	at := now.AddDate(0, 0, -2)
	a.add("1", at, map[string]any{
		"severity": map[string]any{"name": "Major"}, "summary": "Orders failed; introduced by 0a1b2c3d, fixed by #44 and a revert of #45.",
		"incident_status": map[string]any{"name": "Closed", "category": "closed"},
		"incident_timestamp_values": []any{
			stamp("Reported at", at.Add(time.Minute)), stamp("Accepted at", at.Add(2*time.Minute)), stamp("Impact started", at.Add(-time.Minute)),
			stamp("Closed at", at.Add(40*time.Hour)), stamp("Fixed at", at.Add(time.Hour)),
			map[string]any{"incident_timestamp": map[string]any{"name": "Resolved at"}},
		},
		"custom_field_entries": []any{
			map[string]any{"custom_field": map[string]any{"name": "Affected services"}, "values": []any{map[string]any{"value_catalog_entry": map[string]any{"name": "Checkout"}}}},
			map[string]any{"custom_field": map[string]any{"name": "Caused by"}, "values": []any{map[string]any{"value_link": "https://github.com/acme/checkout/pull/40"}}},
		},
	})
	a.attached["1"] = []map[string]any{
		pull(41),
		{"resource": map[string]any{"resource_type": "pager_duty_incident", "external_id": "PABC"}},
	}
	got, err := run(a.source(t, now), nil, 0)
	if err != nil || len(got.Incidents) != 1 {
		t.Fatalf("%v, %d incidents", err, len(got.Incidents))
	}
	want := record.Incident{
		Source: "incidentio", ID: "1", Title: "incident 1", Summary: "Orders failed; introduced by 0a1b2c3d, fixed by #44 and a revert of #45.",
		Status: "Closed", Severity: 2, DeclaredAt: at.Add(time.Minute), StartedAt: at.Add(-time.Minute), AcknowledgedAt: at.Add(2 * time.Minute),
		MitigatedAt: at.Add(time.Hour), ResolvedAt: at.Add(time.Hour), UpdatedAt: at, Services: []string{"Checkout"}, Repos: []string{"acme/checkout"},
		URL:   "https://app.incident.io/incidents/1",
		Extra: map[string]string{"reference": "INC-1", "mode": "standard", "status_category": "closed", "severity": "Major", "pager_duty_incident": "PABC", "github_pull_request": "acme/checkout#41"},
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
		"commit acme/checkout@0a1b2c3d text 0.8", "pull_request acme/checkout@40 declared 1.0", "pull_request acme/checkout@41 attachment 0.9",
	}, causes); diff != "" {
		t.Error(diff)
	}
}

// Drills are marked, what was declined is no incident, and of a private incident no word is kept anywhere.
func TestKinds(t *testing.T) {
	a := serve(t)
	a.add("test", now, map[string]any{"mode": "test"})
	a.add("tutorial", now, map[string]any{"mode": "tutorial"})
	a.add("retro", now, map[string]any{"mode": "retrospective", "severity": map[string]any{"name": "Black swan"}})
	a.add("declined", now, map[string]any{"incident_status": map[string]any{"name": "Declined", "category": "declined"}})
	a.add("private", now, map[string]any{"visibility": "private", "name": "hush", "summary": "hush", "postmortem_document_url": "https://hush"})
	got, err := run(a.source(t, now), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, i := range got.Incidents {
		kinds[i.ID] = fmt.Sprintf("%v %v %d %s", i.Drill, i.Deleted, i.Severity, i.Title)
	}
	if diff := cmp.Diff(map[string]string{
		"test": "true false 0 incident test", "tutorial": "true false 0 incident tutorial", "retro": "false false 1 incident retro",
		"declined": "false true 0 incident declined", "private": "false false 0 private incident",
	}, kinds); diff != "" {
		t.Error(diff)
	}
	text, _ := json.Marshal(got.Batch)
	if strings.Contains(string(text), "hush") {
		t.Error("a word of the private incident is in the batch")
	}
}

// Only what changed is read again, attachments that came later are found, and what was detached is withdrawn.
func TestIncremental(t *testing.T) {
	a := serve(t)
	a.add("old", now.AddDate(0, 0, -100), nil)
	a.add("week", now.AddDate(0, 0, -5), nil)
	today := a.add("today", now.Add(-2*time.Hour), nil)
	first, err := run(a.source(t, now), nil, 0)
	if err != nil || len(first.Incidents) != 3 {
		t.Fatalf("%v, %d incidents", err, len(first.Incidents))
	}
	second, err := run(a.source(t, now.Add(10*time.Minute)), first.Cursor, 0)
	if err != nil || len(second.Incidents) != 0 || second.Requests != 1 {
		t.Errorf("nothing new: %v, %d incidents, %d requests", err, len(second.Incidents), second.Requests)
	}
	today["updated_at"] = now.Add(15 * time.Minute).Format(time.RFC3339)
	a.attached["week"] = []map[string]any{pull(9)} // without a sign
	third, err := run(a.source(t, now.Add(20*time.Minute)), second.Cursor, 0)
	if diff := cmp.Diff([]string{"today"}, ids(third.Incidents)); diff != "" || err != nil {
		t.Error(err, diff)
	}
	fourth, err := run(a.source(t, now.Add(7*time.Hour)), third.Cursor, 0)
	if err != nil || len(fourth.Causes) != 1 || fourth.Causes[0].Incident != "week" || fourth.Causes[0].Score != 0.9 {
		t.Errorf("attached later: %v, %+v", err, fourth.Causes)
	}
	a.denied = true // what cannot be seen is not taken back
	blind, err := run(a.source(t, now.Add(14*time.Hour)), fourth.Cursor, 0)
	if err != nil || len(blind.Causes) != 0 || len(blind.Covered) != 2 || blind.Covered[1].Absent == "" {
		t.Errorf("attachments denied: %v, %+v, %+v", err, blind.Causes, blind.Covered)
	}
	a.denied, a.attached = false, nil
	fifth, err := run(a.source(t, now.Add(21*time.Hour)), blind.Cursor, 0)
	if err != nil || len(fifth.Causes) != 1 || fifth.Causes[0].Score != 0 || fifth.Causes[0].Ref != "9" {
		t.Errorf("detached: %v, %+v", err, fifth.Causes)
	}
}

// A walk that is cut goes on at its page; when its mark is too old, from the first page; the watermark moves at its end only.
func TestGoesOn(t *testing.T) {
	a := serve(t)
	for n := range 10 {
		a.add(strconv.Itoa(n), now.AddDate(0, 0, -100+n), nil)
	}
	part, err := run(a.source(t, now), nil, 2)
	if err != nil || len(part.Incidents) != 6 || strings.Contains(string(part.Cursor), `"through":"2026`) {
		t.Fatalf("%v, %d incidents, cursor %s", err, len(part.Incidents), part.Cursor)
	}
	rest, err := run(a.source(t, now.Add(time.Hour)), part.Cursor, 0)
	if diff := cmp.Diff([]string{"6", "7", "8", "9"}, ids(rest.Incidents)); diff != "" || err != nil {
		t.Error(err, diff)
	}
	expired := true
	a.fail = func(r *http.Request) int {
		if old := r.URL.Query().Get("after") == "6"; old && expired {
			expired = false
			return http.StatusUnprocessableEntity
		}
		return 0
	}
	all, err := run(a.source(t, now), part.Cursor, 0)
	if diff := cmp.Diff([]string{"6", "7", "8", "9"}, ids(all.Incidents)[max(0, len(all.Incidents)-4):]); diff != "" || err != nil || all.batches != 4 {
		t.Errorf("an expired mark: %v, %d batches, %s", err, all.batches, diff)
	}
	a.fail = func(r *http.Request) int {
		if r.URL.Query().Get("after") == "3" {
			return http.StatusBadGateway
		}
		return 0
	}
	failed, err := run(a.source(t, now), nil, 0)
	if err == nil || len(failed.Incidents) != 3 {
		t.Errorf("a failing page: %v, %d incidents", err, len(failed.Incidents))
	}
}

// An incident that is deleted between the list and the look at its attachments leaves a tombstone, and stops nothing.
func TestDeletedMeanwhile(t *testing.T) {
	a := serve(t)
	a.add("1", now, nil)
	a.add("2", now, nil)
	a.fail = func(r *http.Request) int {
		if r.URL.Query().Get("incident_id") == "1" {
			return http.StatusNotFound
		}
		return 0
	}
	got, err := run(a.source(t, now), nil, 0)
	if err != nil || len(got.Incidents) != 1 || len(got.Tombstones) != 1 || got.Tombstones[0].ID != "1" {
		t.Errorf("%v, %v, %+v", err, ids(got.Incidents), got.Tombstones)
	}
}

func TestOptions(t *testing.T) {
	_, err := incidentio.New(incidentio.Options{URL: "nowhere", Settle: -1, Severities: map[string]uint8{"bad": 0}})
	for _, field := range []string{"incidentio.url", "incidentio.token", "incidentio.severities", "incidentio.settle"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s is not named: %v", field, err)
		}
	}
}

// An account that gives all incidents whatever the filter says: what is older is not read again, and no attachment of it either.
func TestTrap09UpdatedAtIgnored(t *testing.T) {
	a := serve(t)
	for n := range 7 {
		a.add(fmt.Sprint("old", n), now.AddDate(0, 0, -40-n), map[string]any{"incident_status": map[string]any{"category": "closed"}})
	}
	first, err := run(a.source(t, now), nil, 0)
	if err != nil || len(first.Incidents) != 7 || len(first.Warnings) != 0 {
		t.Fatalf("%d incidents, %+v, %v", len(first.Incidents), first.Warnings, err)
	}
	a.heedless, a.asked = true, nil
	a.add("new", now.Add(time.Minute), nil)
	second, err := run(a.source(t, now.Add(time.Hour)), first.Cursor, 0)
	if err != nil || len(second.Incidents) != 1 || second.Incidents[0].ID != "new" {
		t.Errorf("%v, %v; want what is new alone", ids(second.Incidents), err)
	}
	if len(second.Warnings) != 1 || second.Warnings[0].Code != "filter_ignored" || second.Warnings[0].Loss || len(a.asked) != 1+3+1 {
		t.Errorf("%+v; asked %q, want the levels, three pages and the attachments of one incident", second.Warnings, a.asked)
	}
	third, err := run(a.source(t, now.AddDate(0, 0, 5)), second.Cursor, 0)
	if err != nil || !slices.ContainsFunc(a.asked, func(q string) bool { return strings.Contains(q, "updated_at%5Bgte%5D=2026-11-13") }) {
		t.Errorf("%d incidents, asked %q, %v; the next run asks from where this one came to", len(third.Incidents), a.asked, err)
	}
}
