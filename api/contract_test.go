package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/baserate/baserate/api"
)

// client asks a server and holds every answer that the contract speaks of to it.
type client struct {
	t      testing.TB
	server http.Handler
	router routers.Router
}

func newClient(t testing.TB, server http.Handler) *client {
	t.Helper()
	spec, err := api.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	spec.Servers = nil
	router, err := gorillamux.NewRouter(spec)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t, server, router}
}

// do sends a request and returns the answer, its body read.
func (c *client) do(r *http.Request) (*http.Response, []byte) {
	c.t.Helper()
	if r.Host == "example.com" { // what httptest puts there
		r.Host = "127.0.0.1:8080"
	}
	recorder := httptest.NewRecorder()
	c.server.ServeHTTP(recorder, r)
	response := recorder.Result()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.Header.Get("Content-Encoding") == "" {
		c.hold(r, response, body)
	}
	return response, body
}

// hold validates an answer against the contract.
func (c *client) hold(r *http.Request, response *http.Response, body []byte) {
	c.t.Helper()
	route, params, err := c.router.FindRoute(r)
	if err != nil || response.StatusCode == http.StatusNotModified {
		return
	}
	kind, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	isFile := slices.Contains([]string{"text/csv", "text/event-stream", "text/markdown", "application/vnd.apache.parquet"}, kind)
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 response.StatusCode, Header: response.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, ExcludeResponseBody: isFile},
	}
	if !isFile {
		input.SetBodyBytes(body)
	}
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		c.t.Errorf("%s %s: the answer is not as the contract has it: %v", r.Method, r.URL, err)
	}
}

// get asks for JSON and expects it.
func get[T any](c *client, path string) T {
	c.t.Helper()
	response, body := c.do(httptest.NewRequest(http.MethodGet, path, nil))
	if response.StatusCode != http.StatusOK {
		c.t.Fatalf("GET %s: %d %s", path, response.StatusCode, body)
	}
	var v T
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&v); err != nil {
		c.t.Fatalf("GET %s: %v", path, err)
	}
	return v
}

// What can be asked of one store without changing it is asked of one store.
func TestAnswers(t *testing.T) {
	server := serve(t)
	for name, test := range map[string]func(*testing.T, *client){
		"list pages and export agree":      listPagesAndExportAgree,
		"numbers of claims are their rows": numbersOfClaimsAreTheirRows,
		"mix and coverage count the list":  mixAndCoverageCountTheList,
		"one change":                       oneChange,
		"hostile titles in export":         hostileTitlesInExport,
		"export says what it is":           exportSaysWhatItIs,
		"filter cannot forge lines":        filterCannotForgeLines,
		"compression":                      compression,
		"every operation is served":        everyOperationIsServed,
		"export to a client that leaves":   exportToAClientThatLeaves,
	} {
		t.Run(name, func(t *testing.T) { test(t, newClient(t, server)) })
	}
}

// absent are operations on what this fleet does not have; tests of their own ask them. Those of SQL likewise.
var absent = map[string]bool{
	"/api/v1/changes.parquet": true, "/api/v1/outages/{id}": true, "/api/v1/digests/{week}": true, "/api/v1/digests/{week}/markdown": true,
}

// Every operation of the contract is served, with GET and HEAD, and nothing but problems is answered otherwise.
func everyOperationIsServed(t *testing.T, c *client) {
	spec, err := api.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	first := get[api.ChangeList](c, "/api/v1/changes?limit=1").Items[0].ChangeID
	for path, item := range spec.Paths.Map() {
		if strings.HasPrefix(path, "/api/v1/sql/") || absent[path] {
			continue
		}
		if item.Get == nil {
			if response, _ := c.do(httptest.NewRequest(http.MethodGet, path, nil)); response.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("GET %s: %d", path, response.StatusCode)
			}
			continue
		}
		address := strings.NewReplacer("/claims/{id}", "/claims/share", "/figures/{id}", "/figures/changes_weeks").Replace(path)
		address = strings.Replace(address, "{id}", url.PathEscape(first), 1)
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			response, body := c.do(httptest.NewRequest(method, address, nil))
			if response.StatusCode != http.StatusOK {
				t.Errorf("%s %s: %d %s", method, address, response.StatusCode, body)
			}
		}
		if response, _ := c.do(httptest.NewRequest(http.MethodDelete, address, nil)); response.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("DELETE %s: %d", address, response.StatusCode)
		}
	}
}

func TestSecurityHeadersAreEverywhere(t *testing.T) {
	c := newClient(t, on(t, nil))
	for _, path := range []string{"/", "/healthz", "/assets/index-abc.js", "/nowhere", "/api/v1/problems", "/api/v1/claims/UPPER"} {
		response, _ := c.do(httptest.NewRequest(http.MethodGet, path, nil))
		policy := response.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"} {
			if got := response.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", path, header, got, want)
			}
		}
		if id := response.Header.Get("X-Request-Id"); len(id) < 16 {
			t.Errorf("%s: request id %q", path, id)
		}
		if cors := response.Header.Get("Access-Control-Allow-Origin"); cors != "" {
			t.Errorf("%s: other origins may read: %q", path, cors)
		}
	}
}

// A proxy's request id is kept when it is one; anything else would go into the log as it is.
func TestRequestID(t *testing.T) {
	c := newClient(t, on(t, nil))
	for sent, kept := range map[string]bool{"abc-123": true, "a b": false, "x\"y": false, strings.Repeat("a", 65): false} {
		r := httptest.NewRequest(http.MethodGet, "/healthz", nil)
		r.Header.Set("X-Request-Id", sent)
		response, _ := c.do(r)
		if got := response.Header.Get("X-Request-Id"); (got == sent) != kept || got == "" {
			t.Errorf("request id %q became %q", sent, got)
		}
	}
}

func TestNoFieldIsAboutAPerson(t *testing.T) {
	spec, err := api.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	for name, schema := range spec.Components.Schemas {
		for field := range schema.Value.Properties {
			if slices.Contains([]string{"author", "author_name", "author_email", "committer", "reviewer", "user", "login", "email", "person"}, field) {
				t.Errorf("%s.%s", name, field)
			}
		}
	}
}
