package api_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// schedule is one that remembers what it was asked.
type schedule struct {
	asked  []string
	paused map[string]bool
	next   time.Time
}

func (s *schedule) options(o *api.Options) {
	o.Schedule = &api.Schedule{
		Plan: func() []api.Planned {
			return []api.Planned{
				{Source: "github", Scope: "acme", Stream: "pull_requests", Every: 10 * time.Minute, Next: s.next, Running: true},
				{Source: "github", Scope: "other", Stream: "pull_requests", Every: 5 * time.Minute, Next: s.next.Add(-time.Minute), Waiting: true},
				{Source: "pagerduty", Scope: "acme", Stream: "incidents", Every: time.Hour, Paused: true},
			}
		},
		Run: func(source, scope, stream string) (int, int) {
			s.asked = append(s.asked, strings.Join([]string{source, scope, stream}, " "))
			if source != "github" {
				return 0, 0
			}
			return 2, 1
		},
		Pause: func(_ context.Context, source string, paused bool) (bool, error) {
			s.paused[source] = paused
			return source == "github", nil
		},
	}
}

// post is a request with a JSON body.
func post(path, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

// organisation saves a run over so many repositories: one of them failed, one is not to be had.
func organisation(t *testing.T, s *store.Store, repositories int) {
	t.Helper()
	at := time.Now().UTC().Truncate(time.Second)
	parts := make([]record.Covered, repositories)
	for i := range parts {
		parts[i] = record.Covered{Scope: fmt.Sprintf("acme/r%04d", i), Rows: 1, Requests: 1}
	}
	parts[0].Error, parts[1].Absent = "502 from the proxy", "issues are off"
	whole := record.Collection{
		Source: "github", Scope: "acme", Stream: "pull_requests", StartedAt: at.Add(-time.Minute), FinishedAt: at, Status: record.StatusOK, Rows: 2007, Requests: 2009,
	}
	if err := s.Save(t.Context(), record.Batch{Covered: parts, Cursor: record.Cursor(`{"at":1}`)}, whole); err != nil {
		t.Fatal(err)
	}
}

// The ledger and the schedule are one picture: what never ran is there, what failed is counted, and the next turn is the first.
func TestCoverageByStream(t *testing.T) {
	s := storetest.Open(t)
	organisation(t, s, 2000)
	plan := &schedule{next: time.Now().UTC().Add(time.Hour).Truncate(time.Second)}
	c := newClient(t, on(t, s, plan.options))
	coverage := get[api.Coverage](c, "/api/v1/coverage")
	if len(coverage.Streams) != 2 || len(coverage.Sources) != 100 || !coverage.Controls || coverage.Sources[0].Status != "failed" {
		t.Fatalf("%d streams, %d sources, controls %t", len(coverage.Streams), len(coverage.Sources), coverage.Controls)
	}
	pulls, incidents := coverage.Streams[0], coverage.Streams[1]
	if pulls.Scopes != 2001 || pulls.Ok != 1999 || pulls.Failed != 1 || pulls.Absent != 1 || pulls.Running != 1 || pulls.Waiting != 1 ||
		pulls.Requests != 2009 || *pulls.EverySeconds != 300 || !pulls.NextRunAt.Equal(plan.next.Add(-time.Minute)) {
		t.Errorf("%+v", pulls)
	}
	if incidents.Scopes != 0 || !incidents.Paused || incidents.NextRunAt != nil || incidents.StartedAt != nil {
		t.Errorf("%+v", incidents)
	}
	whole := get[api.ScopeList](c, "/api/v1/coverage/scopes?scope=acme&limit=1&status=ok")
	if whole.Total != 1999 || !whole.Items[0].NextRunAt.Equal(plan.next) || whole.Items[0].Requests != 2009 {
		t.Errorf("%+v", whole)
	}
}

func TestScopesInPages(t *testing.T) {
	s := storetest.Open(t)
	organisation(t, s, 120)
	c := newClient(t, on(t, s))
	seen, path := 0, "/api/v1/coverage/scopes?source=github&stream=pull_requests"
	for next := ""; ; {
		list := get[api.ScopeList](c, path+next)
		if list.Total != 121 || seen == 0 && (list.Items[0].Status != "failed" || *list.Items[0].Error != "502 from the proxy") {
			t.Fatalf("%+v", list)
		}
		seen += len(list.Items)
		if list.Next == nil {
			break
		}
		next = "&cursor=" + *list.Next
	}
	if seen != 121 {
		t.Errorf("%d rows on all pages", seen)
	}
	absent := get[api.ScopeList](c, "/api/v1/coverage/scopes?status=absent,running&scope=R0001")
	if absent.Total != 1 || absent.Items[0].Status != "absent" || *absent.Items[0].Error != "issues are off" || absent.Items[0].LastSuccessAt != nil {
		t.Errorf("%+v", absent)
	}
	if none := get[api.ScopeList](c, "/api/v1/coverage/scopes?source=gitlab"); none.Total != 0 || none.Items == nil {
		t.Errorf("%+v", none)
	}
	for _, cursor := range []string{"x", "e30", "%25"} {
		problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/coverage/scopes?cursor="+cursor, nil), "bad_cursor", "cursor")
	}
	problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/coverage/scopes?status=lost", nil), "invalid_parameter", "status")
}

func TestControls(t *testing.T) {
	plan := &schedule{paused: map[string]bool{}}
	c := newClient(t, on(t, nil, plan.options))
	response, body := c.do(post("/api/v1/collections/run", `{"source":"github","scope":"acme"}`))
	if response.StatusCode != http.StatusAccepted || !bytes.Contains(body, []byte(`"begun":1`)) {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	if response, body := c.do(post("/api/v1/collections/pause", `{"source":"github","paused":true}`)); response.StatusCode != http.StatusOK || !plan.paused["github"] {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	if diff := cmp.Diff([]string{"github acme "}, plan.asked); diff != "" {
		t.Error(diff)
	}
	problem(c, post("/api/v1/collections/run", `{"source":"gitlab"}`), "no_such_source", "source")
	problem(c, post("/api/v1/collections/pause", `{"source":"gitlab","paused":true}`), "no_such_source", "source")
	for _, body := range []string{``, `{`, `{}`, `{"source":7}`, `{"source":"github","scopes":"x"}`, `{"source":""}`} {
		problem(c, post("/api/v1/collections/run", body), "invalid_body", "")
	}
	form := post("/api/v1/collections/run", `source=github`)
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	problem(c, form, "invalid_body", "")
}

// What another site makes a browser send is refused, whatever it says, and so is everybody where others can reach the server.
func TestControlsAreForThisMachine(t *testing.T) {
	plan := &schedule{paused: map[string]bool{}}
	c := newClient(t, on(t, nil, plan.options))
	for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"} {
		r := post("/api/v1/collections/run", `{"source":"github"}`)
		r.Header.Set(header, value)
		problem(c, r, "cross_origin", "Origin")
	}
	own := post("/api/v1/collections/run", `{"source":"github"}`)
	own.Header.Set("Origin", "http://127.0.0.1:8080")
	own.Header.Set("Sec-Fetch-Site", "same-origin")
	if response, body := c.do(own); response.StatusCode != http.StatusAccepted {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	for name, tc := range map[string]struct {
		change func(*api.Options)
		open   bool
	}{
		"on all addresses":               {func(o *api.Options) { plan.options(o); o.Addr = "0.0.0.0:80" }, false},
		"on all addresses, as asked for": {func(o *api.Options) { plan.options(o); o.Addr, o.Control = "0.0.0.0:80", true }, true},
		"without a schedule":             {func(o *api.Options) { o.Control = true }, false},
	} {
		c := newClient(t, on(t, nil, tc.change))
		for _, r := range []*http.Request{
			post("/api/v1/collections/run", `{"source":"github"}`), post("/api/v1/collections/pause", `{"source":"github","paused":false}`),
		} {
			if tc.open {
				if response, body := c.do(r); response.StatusCode >= 300 {
					t.Errorf("%s: %d %s", name, response.StatusCode, body)
				}
				continue
			}
			problem(c, r, "controls_off", "")
		}
	}
}

// The hook judges itself who may, bounds its body itself, and is not there unless somebody may.
func TestAlertsHook(t *testing.T) {
	var got int
	hook := func(o *api.Options) {
		o.Alerts = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n, _ := new(bytes.Buffer).ReadFrom(r.Body)
			got = int(n)
			w.WriteHeader(http.StatusTeapot)
		})
	}
	c := newClient(t, on(t, nil, hook))
	if response, _ := c.do(post("/hooks/alertmanager", strings.Repeat("x", 200<<10))); response.StatusCode != http.StatusTeapot || got != 200<<10 {
		t.Errorf("%d after %d bytes", response.StatusCode, got)
	}
	problem(newClient(t, on(t, nil)), post("/hooks/alertmanager", "{}"), "method_not_allowed", "")
}

// A stream of many scopes has one series, one of few has one a scope, and what a source does not have is neither up nor down.
func TestMetricsOfCollections(t *testing.T) {
	s := storetest.Open(t)
	organisation(t, s, 2000)
	at := time.Now().Add(-time.Hour)
	for _, run := range []record.Collection{
		{Source: "pagerduty", Scope: "acme", Stream: "incidents", Status: record.StatusFailed, Error: "401"},
		{Source: "github", Scope: "acme", Stream: "audit_log", Status: record.StatusAbsent, Error: "not here"},
	} {
		run.StartedAt, run.FinishedAt, run.Rows, run.Requests = at, at.Add(2*time.Second), 3, 4
		if err := s.Save(t.Context(), record.Batch{}, run); err != nil {
			t.Fatal(err)
		}
	}
	_, body := newClient(t, on(t, s)).do(httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`baserate_collection_rows_total{scope="",source="github",stream="pull_requests"} 2007`,
		`baserate_collection_requests_total{scope="",source="github",stream="pull_requests"} 2009`,
		`baserate_collection_runs_total{scope="",source="github",status="ok",stream="pull_requests"} 1999`,
		`baserate_collection_up{scope="",source="github",stream="pull_requests"} 0.9995`,
		`baserate_collection_up{scope="acme",source="pagerduty",stream="incidents"} 0`,
		`baserate_collection_duration_seconds{scope="acme",source="pagerduty",stream="incidents"} 2`,
		`baserate_collection_last_success_timestamp_seconds{scope="",source="github",stream="pull_requests"} `,
		`baserate_collection_lag_seconds{scope="",source="github",stream="pull_requests"} `,
		`baserate_collections{source="github",status="absent"} 2`,
	} {
		if !bytes.Contains(body, []byte("\n"+want)) {
			t.Errorf("no metric %s", want)
		}
	}
	if bytes.Contains(body, []byte(`baserate_collection_up{scope="acme",source="github",stream="audit_log"}`)) {
		t.Error("what is absent is up or down")
	}
	if n := bytes.Count(body, []byte("\nbaserate_collection")); n > 60 {
		t.Errorf("%d series", n)
	}
}

// The kinds of source come page by page as they come at once; a cursor of a kind that has gone leads on to the next.
func TestUnmatchedAccountsHavePages(t *testing.T) {
	s := storetest.Open(t)
	merged := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	var b record.Batch
	for i, source := range []string{"github", "gitlab", "gitea"} {
		b.PullRequests = append(b.PullRequests, record.PullRequest{
			Source: source, Repo: "o/r", Number: uint32(i + 1), ID: fmt.Sprint(i), Author: record.Account{Source: source, Login: "ada"}, CreatedAt: merged, MergedAt: merged, UpdatedAt: merged,
		})
	}
	if err := s.Save(t.Context(), b, record.Collection{Source: "github", Scope: "o/r", Stream: "pull_requests", StartedAt: merged, FinishedAt: merged, Status: record.StatusOK}); err != nil {
		t.Fatal(err)
	}
	c := newClient(t, on(t, s))
	whole := get[api.UnmatchedAccounts](c, "/api/v1/coverage/accounts")
	if len(whole.Items) != 3 || whole.Total != 3 || whole.Truncated || whole.Next != nil {
		t.Fatalf("%+v", whole)
	}
	var paged []api.Unmatched
	for next := ""; ; {
		page := get[api.UnmatchedAccounts](c, "/api/v1/coverage/accounts?limit=2"+next)
		paged = append(paged, page.Items...)
		if page.Next == nil {
			break
		}
		next = "&cursor=" + *page.Next
	}
	if diff := cmp.Diff(whole.Items, paged); diff != "" {
		t.Error(diff)
	}
	if rest := get[api.UnmatchedAccounts](c, "/api/v1/coverage/accounts?cursor=github2").Items; len(rest) != 1 || rest[0].Source != "gitlab" {
		t.Errorf("after a kind that has gone: %+v", rest)
	}
}
