package proof

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// referee sends calls to GitHub's API somewhere else, those of GraphQL apart, and keeps what is against the contract in them. No
// call leaves this machine.
type referee struct {
	rest, graph string
	endless     bool                // lists go on as Prism says, with the same page again; else they end with the first
	excused     func(finding) bool  // what is no flaw of ours
	file        func(*http.Request) // told of calls to other hosts: signed links

	mu      sync.Mutex
	calls   int
	reports int                // of a day's use, of which there are hundreds
	found   map[string]finding // by call
}

// finding is what is against the contract in a call or its answer.
type finding struct {
	Location []string
	Code     string
	Message  string
	call     string
}

// RoundTrip sends a call.
func (r *referee) RoundTrip(req *http.Request) (*http.Response, error) {
	target, query := r.rest, req.URL.Path == "/graphql"
	switch {
	case r.file != nil && req.URL.Host != "api.github.com":
		r.file(req)
		body := io.NopCloser(strings.NewReader(`{"day":"2026-05-30","user_login":"octocat","user_id":1}` + "\n"))
		return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Header: http.Header{}, Body: body, Request: req}, nil
	case query:
		target = r.graph
	}
	to, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	if r.ready(req) > manyReports {
		body := io.NopCloser(strings.NewReader(`{"message":"Not Found"}`))
		return &http.Response{StatusCode: http.StatusNotFound, Status: "404 Not Found", Header: http.Header{}, Body: body, Request: req}, nil
	}
	sent := req.Clone(req.Context())
	sent.URL.Scheme, sent.URL.Host, sent.Host = to.Scheme, to.Host, to.Host
	if !query {
		sent.Header.Set("Accept", "application/json") // Prism knows no other name for it
	}
	resp, err := http.DefaultTransport.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	return r.judge(req, resp, query)
}

// manyReports are enough of them: GitHub says of the others that they are not ready.
const manyReports = 30

func (r *referee) ready(req *http.Request) int {
	if !strings.Contains(req.URL.Path, "/copilot/metrics/reports/") {
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reports++
	return r.reports
}

var pageNumber = regexp.MustCompile(`\bpage=\d+&?`)

func (r *referee) judge(req *http.Request, resp *http.Response, query bool) (*http.Response, error) {
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if strings.Contains(resp.Header.Get("Link"), "/resource?") { // an example, which leads nowhere
		resp.Header.Del("Link")
		if r.endless {
			rest := pageNumber.ReplaceAllString(req.URL.RawQuery, "")
			resp.Header.Set("Link", "<https://api.github.com"+req.URL.Path+"?page=2&"+rest+`>; rel="next"`)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls++
	call := req.Method + " " + req.URL.RequestURI()
	for i, f := range findings(resp, body, query) {
		if f.call = call; r.excused == nil || !r.excused(f) {
			if r.found == nil {
				r.found = map[string]finding{}
			}
			r.found[fmt.Sprint(call, i)] = f
		}
	}
	return resp, nil
}

// findings reads what Prism has to say, or GraphQL against a query.
func findings(resp *http.Response, body []byte, query bool) []finding {
	var said []finding
	if text := resp.Header.Get("Sl-Violations"); text != "" {
		if err := json.Unmarshal([]byte(text), &said); err != nil {
			said = []finding{{Code: "violations", Message: text}}
		}
	}
	if resp.Header.Get("Content-Type") == "application/problem+json" {
		said = append(said, finding{Code: resp.Status, Message: string(body)})
	}
	if query && bytes.Contains(body, []byte(`"errors":`)) {
		said = append(said, finding{Code: "GraphQL", Message: string(body)})
	}
	return said
}

// report fails the test with what was found.
func (r *referee) report(t *testing.T) {
	t.Helper()
	if r.calls == 0 {
		t.Error("no call was made")
	}
	for i, key := range slices.Sorted(maps.Keys(r.found)) {
		if i == 20 {
			t.Errorf("and %d more", len(r.found)-i)
			break
		}
		f := r.found[key]
		t.Errorf("%s: %s %s: %s", f.call, f.Code, strings.Join(f.Location, "."), cut(f.Message))
	}
}
