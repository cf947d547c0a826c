package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return today.Add(-d) }
func days(n int) time.Duration      { return time.Duration(n) * 24 * time.Hour }

// octo is a GitHub for the streams: it answers what a test says, and remembers what it was asked.
type octo struct {
	*httptest.Server
	t   *testing.T
	now time.Time

	mu    sync.Mutex
	rest  map[string]http.HandlerFunc // by path
	graph map[string]func(vars map[string]any) any
	asked []string // "GET /path?query" and "query Name"
	repos []hosted
}

func newOcto(t *testing.T, repos ...string) *octo {
	o := &octo{t: t, now: today, rest: map[string]http.HandlerFunc{}, graph: map[string]func(map[string]any) any{}}
	for i, name := range repos {
		o.repos = append(o.repos, hosted{ID: int64(i + 1), NodeID: fmt.Sprintf("R_%d", i+1), FullName: name, PushedAt: ago(time.Hour)})
	}
	o.Server = httptest.NewServer(o)
	t.Cleanup(o.Close)
	o.on("/orgs/acme/repos", func(http.ResponseWriter, *http.Request) any { return o.repos })
	return o
}

var queryName = regexp.MustCompile(`query (\w+)`)

// ServeHTTP answers, and with 404 what the test does not have.
func (o *octo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Path == "/graphql" {
		o.serveGraph(w, r)
		return
	}
	o.mu.Lock()
	o.asked = append(o.asked, "GET "+r.URL.RequestURI())
	handle := o.rest[r.URL.Path]
	o.mu.Unlock()
	if handle == nil {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	handle(w, r)
}

func (o *octo) serveGraph(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Query     string
		Variables map[string]any
	}
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		o.t.Error(err)
	}
	name := queryName.FindStringSubmatch(q.Query)[1]
	o.mu.Lock()
	o.asked = append(o.asked, "query "+name)
	answer := o.graph[name]
	o.mu.Unlock()
	if answer == nil {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	switch a := answer(q.Variables).(type) {
	case int:
		refuse(w, a, http.StatusText(a))
	case graphErrors:
		o.write(w, map[string]any{"data": a.data, "errors": a.errors})
	default:
		o.write(w, map[string]any{"data": a})
	}
}

// graphErrors is an answer with errors beside its data.
type graphErrors struct {
	data   any
	errors []map[string]any
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"message":%q}`, message)
}

func (o *octo) write(w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		o.t.Error(err)
	}
}

// on answers a path with a value: its JSON, or as it is when it is a string. nil: the handler answered itself.
func (o *octo) on(path string, answer func(http.ResponseWriter, *http.Request) any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rest[path] = func(w http.ResponseWriter, r *http.Request) {
		switch a := answer(w, r).(type) {
		case nil:
		case string:
			fmt.Fprint(w, a)
		default:
			o.write(w, a)
		}
	}
}

func (o *octo) always(path string, v any) {
	o.on(path, func(http.ResponseWriter, *http.Request) any { return v })
}

func (o *octo) refuses(path string, status int, message string) {
	o.on(path, func(w http.ResponseWriter, _ *http.Request) any {
		refuse(w, status, message)
		return nil
	})
}

func (o *octo) onQuery(name string, answer func(vars map[string]any) any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.graph[name] = answer
}

// nodesBy answers a query about many nodes with one value for each.
func (o *octo) nodesBy(name string, answer func(id string, vars map[string]any) any) {
	o.onQuery(name, func(vars map[string]any) any {
		nodes := []any{}
		for _, id := range vars["ids"].([]any) {
			nodes = append(nodes, answer(id.(string), vars))
		}
		return map[string]any{"nodes": nodes}
	})
}

// paged answers a list page by page with links, pages being its parts.
func (o *octo) paged(path string, pages ...string) {
	o.on(path, func(w http.ResponseWriter, r *http.Request) any {
		n := 0
		fmt.Sscan(r.URL.Query().Get("cursor"), &n)
		if n+1 < len(pages) {
			next := r.URL.Query()
			next.Set("cursor", fmt.Sprint(n+1))
			w.Header().Set("Link", fmt.Sprintf(`<%s%s?%s>; rel="next"`, o.URL, path, next.Encode()))
		}
		return pages[n]
	})
}

// requests are those whose text has a part, and forgets all.
func (o *octo) requests(part string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var found []string
	for _, a := range o.asked {
		if strings.Contains(a, part) {
			found = append(found, a)
		}
	}
	o.asked = nil
	return found
}

func (o *octo) source(change ...func(*Options)) *Source {
	o.t.Helper()
	opts := Options{
		Org: "acme", BaseURL: o.URL, Tokens: []string{"secret-token"}, Copilot: true, IncidentLabels: []string{"incident"},
		Now:   func() time.Time { return o.now },
		Sleep: func(context.Context, time.Duration) error { return nil },
	}
	for _, c := range change {
		c(&opts)
	}
	s, err := New(opts)
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

// gathered is all that a run brought.
type gathered struct {
	record.Batch
	batches int
}

// run collects once and joins the batches.
func run(t *testing.T, task collectors.Task, since record.Cursor) (gathered, error) {
	t.Helper()
	g := gathered{Batch: record.Batch{Cursor: since}}
	for b, err := range task.Collect(context.Background(), since) {
		if err != nil {
			return g, err
		}
		g.join(b)
	}
	return g, nil
}

func (g *gathered) join(b record.Batch) {
	g.batches++
	g.Permissions = append(g.Permissions, b.Permissions...)
	g.Deployments = append(g.Deployments, b.Deployments...)
	g.Incidents = append(g.Incidents, b.Incidents...)
	g.Causes = append(g.Causes, b.Causes...)
	g.Usage = append(g.Usage, b.Usage...)
	g.Members = append(g.Members, b.Members...)
	g.AgentTasks = append(g.AgentTasks, b.AgentTasks...)
	g.Actions = append(g.Actions, b.Actions...)
	g.RuleSuites = append(g.RuleSuites, b.RuleSuites...)
	g.Activities = append(g.Activities, b.Activities...)
	g.Rules = append(g.Rules, b.Rules...)
	g.Seats = append(g.Seats, b.Seats...)
	g.Payloads = append(g.Payloads, b.Payloads...)
	g.Tombstones = append(g.Tombstones, b.Tombstones...)
	g.Covered = append(g.Covered, b.Covered...)
	g.Warnings = append(g.Warnings, b.Warnings...)
	g.Requests += b.Requests
	if b.Cursor != nil {
		g.Cursor = b.Cursor
	}
}

// must collects once and ends the test when that fails.
func must(t *testing.T, task collectors.Task, since record.Cursor) gathered {
	t.Helper()
	g, err := run(t, task, since)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func wantAbsent(t *testing.T, err error) {
	t.Helper()
	if !errors.As(err, new(collectors.Absent)) {
		t.Errorf("error %v, want that it is absent", err)
	}
}

func codes(ws []record.Warning) string {
	var all []string
	for _, w := range ws {
		all = append(all, w.Code)
	}
	return strings.Join(all, " ")
}

// sample reads a file that lies beside the project; the test is skipped where it does not.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("shared/data is absent: %v", err)
	}
	return body
}

func human(login string) record.Account {
	return record.Account{Source: "github", Login: login, Kind: record.KindPerson}
}
