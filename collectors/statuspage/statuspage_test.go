package statuspage_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/statuspage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
	"github.com/google/go-cmp/cmp"
)

var now = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// board is a status page.
type board struct {
	incidents []map[string]any
	status    int
	body      string
	url       string
}

func serve(t *testing.T) *board {
	p := &board{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/api/v2/incidents.json":
			w.WriteHeader(http.StatusNotFound)
		case p.status != 0:
			w.WriteHeader(p.status)
		case p.body != "":
			_, _ = w.Write([]byte(p.body))
		default:
			shown := p.incidents[max(0, len(p.incidents)-50):]
			_ = json.NewEncoder(w).Encode(map[string]any{"page": map[string]any{"url": "https://elsewhere.test"}, "incidents": shown})
		}
	}))
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

func (p *board) add(id string, more map[string]any) map[string]any {
	i := map[string]any{
		"id": id, "name": "incident " + id, "status": "investigating", "impact": "major",
		"created_at": "2026-11-19T10:00:00.123Z", "updated_at": "2026-11-19T10:00:00.123Z", "started_at": "2026-11-19T09:55:00Z",
	}
	for k, v := range more {
		i[k] = v
	}
	p.incidents = append(p.incidents, i)
	return i
}

func (p *board) poll(t *testing.T, since record.Cursor) (record.Batch, error) {
	t.Helper()
	s, err := statuspage.New(statuspage.Options{
		Pages: []string{p.url + "/"}, Now: func() time.Time { return now }, Repos: outage.Services{"API": {"acme/api"}},
		Web: web.Options{MaxAttempts: 2, Sleep: func(context.Context, time.Duration) error { return nil }},
	})
	if err != nil {
		t.Fatal(err)
	}
	for b, err := range s.Tasks()[0].Collect(context.Background(), since) {
		return b, err
	}
	t.Fatal("no batch")
	return record.Batch{}, nil
}

func codes(ws []record.Warning) []string {
	var all []string
	for _, w := range ws {
		all = append(all, fmt.Sprint(w.Code, w.Loss))
	}
	return all
}

func TestIncident(t *testing.T) {
	p := serve(t)
	p.add("abc", map[string]any{
		"status": "postmortem", "resolved_at": "2026-11-19T11:00:00Z", "monitoring_at": "2026-11-19T10:30:00Z",
		"components": []any{map[string]any{"name": "API"}},
		"incident_updates": []any{
			map[string]any{"body": "This was caused by #12. We have reverted #13 and deployed a fix."},
			map[string]any{"body": "We deployed a configuration change.", "affected_components": []any{
				map[string]any{"name": "Web", "old_status": "operational", "new_status": "major_outage"},
				map[string]any{"name": "Mail", "old_status": "operational", "new_status": "operational"},
			}},
		},
	})
	p.add("plan", map[string]any{"impact": "maintenance"})
	b, err := p.poll(t, nil)
	if err != nil || len(b.Incidents) != 2 || b.Requests != 1 {
		t.Fatalf("%v, %d incidents, %d requests", err, len(b.Incidents), b.Requests)
	}
	if plan := b.Incidents[1]; !plan.Drill || plan.Severity != 0 || plan.Extra["impact"] != "maintenance" {
		t.Errorf("planned work: %+v", plan)
	}
	want := record.Incident{
		Source: "statuspage", ID: "abc", Title: "incident abc", Status: "postmortem", Severity: 2, Summary: "This was caused by #12. We have reverted #13 and deployed a fix.",
		DeclaredAt: time.Date(2026, 11, 19, 10, 0, 0, 123e6, time.UTC), StartedAt: time.Date(2026, 11, 19, 9, 55, 0, 0, time.UTC),
		MitigatedAt: time.Date(2026, 11, 19, 10, 30, 0, 0, time.UTC), ResolvedAt: time.Date(2026, 11, 19, 11, 0, 0, 0, time.UTC),
		UpdatedAt: time.Date(2026, 11, 19, 10, 0, 0, 123e6, time.UTC), Services: []string{"API", "Web"}, Repos: []string{"acme/api"},
		URL: p.url + "/incidents/abc", PostmortemURL: p.url + "/incidents/abc", Extra: map[string]string{"impact": "major"},
	}
	if diff := cmp.Diff(want, b.Incidents[0]); diff != "" {
		t.Error(diff)
	}
	if len(b.Causes) != 1 || b.Causes[0].Ref != "12" || b.Causes[0].Method != "text" {
		t.Errorf("causes: %+v", b.Causes)
	}
}

// Nothing is told twice; what changed is.
func TestIncremental(t *testing.T) {
	p := serve(t)
	p.add("a", nil)
	b := p.add("b", nil)
	p.add("plan", map[string]any{"scheduled_for": "2026-12-01T00:00:00Z"})
	first, err := p.poll(t, nil)
	if err != nil || len(first.Incidents) != 3 {
		t.Fatalf("%v, %d incidents", err, len(first.Incidents))
	}
	second, err := p.poll(t, first.Cursor)
	if err != nil || len(second.Incidents) != 0 || len(second.Warnings) != 0 {
		t.Errorf("%v, %+v, %v", err, second.Incidents, second.Warnings)
	}
	b["status"], b["updated_at"] = "resolved", "2026-11-19T12:00:00Z"
	third, err := p.poll(t, second.Cursor)
	if err != nil || len(third.Incidents) != 1 || third.Incidents[0].Status != "resolved" {
		t.Errorf("%v, %+v", err, third.Incidents)
	}
}

// Fifty unknown incidents after a former look mean that some were missed; fewer mean that the page shows them all.
func TestScrolledOut(t *testing.T) {
	p := serve(t)
	p.add("first", nil)
	before, err := p.poll(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 49 {
		p.add(fmt.Sprint("n", n), nil)
	}
	full, err := p.poll(t, before.Cursor)
	if err != nil || len(full.Incidents) != 49 || len(full.Warnings) != 0 {
		t.Errorf("the known one is last on the page: %v, %v", err, full.Warnings)
	}
	p.add("n49", nil)
	lost, err := p.poll(t, before.Cursor)
	if diff := cmp.Diff([]string{"scrolled_outtrue"}, codes(lost.Warnings)); diff != "" || err != nil || len(lost.Incidents) != 50 {
		t.Error(err, diff)
	}
	if first, err := p.poll(t, nil); err != nil || len(first.Warnings) != 0 {
		t.Errorf("a first look misses nothing that it could know of: %v", first.Warnings)
	}
}

func TestFaults(t *testing.T) {
	p := serve(t)
	p.status = http.StatusBadGateway
	if _, err := p.poll(t, nil); err == nil {
		t.Error("a page that is down is an error")
	}
	p.status = 0
	for _, body := range []string{`{"incidents":[{"id":"x"}]}`, `{}`, `<html>`, `{"incidents":[{"id":`} {
		p.body = body
		if b, err := p.poll(t, nil); err == nil || b.Cursor != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// The updates of a real page hold no cause.
func TestRealPage(t *testing.T) {
	const path = "../../../shared/data/incidents/statuspage-github-2024-09-16.incidents.json"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("no ../shared/data here: ", err)
	}
	p := serve(t)
	p.body = string(text)
	b, err := p.poll(t, nil)
	if err != nil || len(b.Incidents) == 0 || len(b.Causes) != 0 || len(b.Warnings) != 0 {
		t.Fatalf("%v, %d incidents, causes %v, warnings %v", err, len(b.Incidents), b.Causes, b.Warnings)
	}
	i := b.Incidents[0]
	if i.ID != "69sb0f8lydp4" || i.Severity != 2 || !slices.Equal(i.Services, []string{"Actions", "Pages"}) || i.ResolvedAt.Sub(i.StartedAt).Round(time.Minute) != 38*time.Minute {
		t.Errorf("%+v", i)
	}
}

func TestOptions(t *testing.T) {
	if _, err := statuspage.New(statuspage.Options{}); err == nil || !strings.Contains(err.Error(), "statuspage.pages") {
		t.Error(err)
	}
	_, err := statuspage.New(statuspage.Options{Pages: []string{"status.test", "https://a.test/", "https://a.test"}})
	if err == nil || !strings.Contains(err.Error(), "status.test") || !strings.Contains(err.Error(), "twice") {
		t.Error(err)
	}
}
