package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/storetest"
)

// problem expects an answer to be a problem, whole and of its kind.
func problem(c *client, r *http.Request, code, field string) api.Problem {
	c.t.Helper()
	response, body := c.do(r)
	if kind := response.Header.Get("Content-Type"); kind != "application/problem+json" {
		c.t.Fatalf("%s %s: %d %s %q", r.Method, r.URL, response.StatusCode, kind, body)
	}
	var p api.Problem
	if err := json.Unmarshal(body, &p); err != nil {
		c.t.Fatal(err)
	}
	if p.Code != code || p.Status != response.StatusCode || (p.Field == nil) != (field == "") || p.Field != nil && *p.Field != field {
		c.t.Errorf("%s %s: %d %s, want %s of %q", r.Method, r.URL, response.StatusCode, body, code, field)
	}
	if p.Title == "" || p.Action == "" || p.RequestID != response.Header.Get("X-Request-Id") || p.Type != "/api/v1/problems#"+code {
		c.t.Errorf("%s: %s: %s", r.URL, code, body)
	}
	if retry := response.Header.Get("Retry-After"); (retry != "") != (p.Status == http.StatusServiceUnavailable) {
		c.t.Errorf("%s: %d with Retry-After %q", code, p.Status, retry)
	}
	if strings.Contains(string(body), "SELECT") || strings.Contains(string(body), "goroutine") {
		c.t.Errorf("%s tells what is inside: %s", code, body)
	}
	return p
}

// The contract is held before the store is asked: there is none here.
func TestBadRequests(t *testing.T) {
	c := newClient(t, on(t, nil))
	for address, want := range map[string]struct{ code, field, detail string }{
		"/api/v1/changes?class=robot":                      {"invalid_parameter", "class", "robot"},
		"/api/v1/changes?class=human,robot":                {"invalid_parameter", "class", "robot"},
		"/api/v1/changes?class=":                           {"invalid_parameter", "class", ""},
		"/api/v1/changes?kind=merge":                       {"invalid_parameter", "kind", "merge"},
		"/api/v1/changes?review=lgtm":                      {"invalid_parameter", "review", "lgtm"},
		"/api/v1/changes?outcome=fun":                      {"invalid_parameter", "outcome", "fun"},
		"/api/v1/changes?mature=maybe":                     {"invalid_parameter", "mature", "maybe"},
		"/api/v1/changes?limit=0":                          {"invalid_parameter", "limit", "at least 1"},
		"/api/v1/changes?limit=501":                        {"invalid_parameter", "limit", "at most 500"},
		"/api/v1/changes?limit=many":                       {"invalid_parameter", "limit", "many"},
		"/api/v1/changes?from=yesterday":                   {"invalid_parameter", "from", "2026-10-04"},
		"/api/v1/changes?from=2026-02-31":                  {"invalid_parameter", "from", "day out of range"},
		"/api/v1/changes?from=0001-01-01":                  {"invalid_parameter", "from", "1900"},
		"/api/v1/changes?to=9999-12-31":                    {"invalid_parameter", "to", "2299"},
		"/api/v1/changes?from=2026-02-02&to=2026-02-02":    {"invalid_parameter", "to", "after"},
		"/api/v1/changes.csv?from=2026-02-02&to=2026-1-1":  {"invalid_parameter", "to", "2026-1-1"},
		"/api/v1/changes?repo=" + strings.Repeat("x", 301): {"invalid_parameter", "repo", "300"},
		"/api/v1/changes?author=me":                        {"unknown_parameter", "author", "repo, class, tool"},
		"/api/v1/changes.csv?limit=5":                      {"unknown_parameter", "limit", "outcome"},
		"/api/v1/mix?x=1":                                  {"unknown_parameter", "x", "there are none"},
		"/api/v1/changes?class=human&class=unknown":        {"repeated_parameter", "class", "2 times"},
		"/api/v1/changes?cursor=%25":                       {"bad_cursor", "cursor", ""},
		"/api/v1/changes?cursor=" + "MTAw":                 {"bad_cursor", "cursor", ""},
		"/api/v1/changes?cursor=OTk5OTk5OTk5OTk5OTkgYUBi":  {"bad_cursor", "cursor", ""},
		"/api/v1/claims/DROP":                              {"invalid_parameter", "id", "DROP"},
		"/api/v1/claims/nothing_such":                      {"no_such_claim", "id", "nothing_such"},
		"/api/v1/nothing":                                  {"not_found", "", "/api/v1/nothing"},
		"/api/v1/changes/owner/name@sha":                   {"not_found", "", "owner/name@sha"},
		"/nothing.js":                                      {"not_found", "", "nothing.js"},
	} {
		p := problem(c, httptest.NewRequest(http.MethodGet, address, nil), want.code, want.field)
		if want.detail != "" && (p.Detail == nil || !strings.Contains(*p.Detail, want.detail)) {
			t.Errorf("%s: detail %v, want %q in it", address, p.Detail, want.detail)
		}
	}
}

func TestOtherMethodsAndBodies(t *testing.T) {
	c := newClient(t, on(t, nil))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
		for _, path := range []string{"/api/v1/claims", "/", "/nowhere"} {
			if method == http.MethodOptions {
				continue // says what is allowed
			}
			problem(c, httptest.NewRequest(method, path, nil), "method_not_allowed", "")
		}
	}
	large := httptest.NewRequest(http.MethodGet, "/api/v1/problems", strings.NewReader(strings.Repeat("x", 65<<10)))
	problem(c, large, "body_too_large", "")
}

func TestNoSuchChange(t *testing.T) {
	c := newClient(t, on(t, storetest.Open(t)))
	for _, id := range []string{"acme%2Fshop%40aa", "x", "@", "%27%20OR%201%3D1", "%F0%9F%8E%89", "a%00b"} {
		problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/changes/"+id, nil), "no_such_change", "id")
	}
}

func TestKindsOfProblem(t *testing.T) {
	c := newClient(t, on(t, nil))
	seen := map[string]bool{}
	for _, k := range get[api.ProblemKinds](c, "/api/v1/problems").Items {
		if seen[k.Code] || k.Title == "" || k.Action == "" || k.Status < 400 || k.Status > 599 {
			t.Errorf("kind %+v", k)
		}
		seen[k.Code] = true
	}
	if len(seen) < 10 {
		t.Errorf("only %d kinds", len(seen))
	}
}

// A mistake in the program is a problem to the client, and the log has the rest under the same id.
func TestPanic(t *testing.T) {
	var log strings.Builder
	c := newClient(t, on(t, nil, func(o *api.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.Ready = func(context.Context) error { panic("the roof is on fire") }
	}))
	p := problem(c, httptest.NewRequest(http.MethodGet, "/readyz", nil), "internal", "")
	if p.Detail != nil || !strings.Contains(log.String(), "the roof is on fire") || !strings.Contains(log.String(), p.RequestID) {
		t.Errorf("problem %+v, log %s", p, log.String())
	}
}

func TestNotReady(t *testing.T) {
	away := errors.New("engine ended: out of memory")
	c := newClient(t, on(t, nil, func(o *api.Options) { o.Ready = func(context.Context) error { return away } }))
	p := problem(c, httptest.NewRequest(http.MethodGet, "/readyz", nil), "not_ready", "")
	if p.Detail == nil || !strings.Contains(*p.Detail, "out of memory") {
		t.Errorf("%+v", p)
	}
	if response, _ := c.do(httptest.NewRequest(http.MethodGet, "/healthz", nil)); response.StatusCode != http.StatusOK {
		t.Errorf("the process answers, but its health is %d", response.StatusCode)
	}
}

// A database that answers but has no tables is not ready either.
func TestNotReadyWithoutSchema(t *testing.T) {
	engine, err := embedded.Start(t.Context(), embedded.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	options := storetest.Options(engine)
	options.Database = "default"
	bare, err := store.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close()
	p := problem(newClient(t, on(t, bare)), httptest.NewRequest(http.MethodGet, "/readyz", nil), "not_ready", "")
	if p.Detail == nil || !strings.Contains(*p.Detail, "tables") {
		t.Errorf("%+v", p)
	}
}

func TestTimeLimitAndCancelledRequests(t *testing.T) {
	s := storetest.Open(t)
	hasty := newClient(t, on(t, s, func(o *api.Options) { o.Timeout = time.Nanosecond }))
	problem(hasty, httptest.NewRequest(http.MethodGet, "/api/v1/coverage", nil), "timed_out", "")
	c := newClient(t, on(t, s))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, path := range []string{"/api/v1/claims", "/api/v1/changes", "/api/v1/changes.csv", "/api/v1/mix"} {
		problem(c, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil), "client_gone", "")
	}
	get[api.ClaimList](c, "/api/v1/claims")
}

// While the engine is away the answer is 503 with the reason, never 500, and it passes.
func TestKilledEngine(t *testing.T) {
	s, engine := storetest.OpenEngine(t)
	fill(t, s)
	c := newClient(t, on(t, s, func(o *api.Options) {
		o.Ready = func(ctx context.Context) error { return errors.Join(engine.Ready(ctx), s.Ping(ctx)) }
	}))
	before := get[api.ChangeList](c, "/api/v1/changes")
	for _, pid := range children(t) {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
	down, quietSince := 0, time.Now()
	for begin := time.Now(); time.Since(quietSince) < time.Second; {
		if time.Since(begin) > 30*time.Second {
			t.Fatal("the engine did not come back within 30 s")
		}
		for _, path := range []string{"/api/v1/changes", "/api/v1/claims", "/api/v1/changes.csv", "/readyz"} {
			response, body := c.do(httptest.NewRequest(http.MethodGet, path, nil))
			switch response.StatusCode {
			case http.StatusOK:
			case http.StatusServiceUnavailable:
				down, quietSince = down+1, time.Now()
				if !strings.Contains(string(body), `"detail":"`) || response.Header.Get("Retry-After") == "" {
					t.Errorf("%s: %s", path, body)
				}
			default:
				t.Fatalf("%s: %d %s", path, response.StatusCode, body)
			}
		}
	}
	if down == 0 {
		t.Error("the engine was never seen to be away: the test tests nothing")
	}
	if after := get[api.ChangeList](c, "/api/v1/changes"); after.Total != before.Total || before.Total == 0 {
		t.Errorf("%d changes before and %d after", before.Total, after.Total)
	}
}

// children lists the processes that this one started and that still run: its engines.
func children(t *testing.T) []int {
	t.Helper()
	folders, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, path := range folders {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it ended meanwhile
		}
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if slices.Equal(fields[1:2], []string{strconv.Itoa(os.Getpid())}) && fields[0] != "Z" {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	return pids
}
