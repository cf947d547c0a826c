package api_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/store/storetest"
)

var twoFleets = []api.FleetLink{{ID: api.Own, Name: "This repository", Path: "/"}, {ID: api.Demo, Name: "Demo", Path: "/demo/"}}

// Before the fleet is there its pages are, and all else says how far it is; then the same server answers about it.
func TestFleetThatIsBeingMade(t *testing.T) {
	making := &api.Making{Step: "Writing its facts"}
	options := func(o *api.Options) {
		o.Fleet, o.Fleets, o.Ledger, o.Store, o.Making = api.Demo, twoFleets, nil, nil, func() *api.Making { return making }
	}
	server := on(t, nil, options)
	c := newClient(t, server)
	detail := func() string {
		return *problem(c, httptest.NewRequest(http.MethodGet, "/api/v1/claims", nil), "being_made", "").Detail
	}
	if text := detail(); !strings.Contains(text, "just begun") {
		t.Error(text)
	}
	making = &api.Making{Step: "Writing its facts", Done: 43, Total: 100}
	if text := detail(); text != "Writing its facts: 43 %." {
		t.Error(text)
	}
	fleet := get[api.Fleet](c, "/api/v1/fleet")
	if fleet.ID != api.Demo || fleet.Making == nil || fleet.Making.Done != 43 || len(fleet.Fleets) != 2 || fleet.Simulated != nil {
		t.Errorf("%+v", fleet)
	}
	for _, path := range []string{"/api/v1/changes", "/api/v1/changes.csv", "/api/v1/coverage", "/api/v1/mix", "/readyz", "/metrics"} {
		problem(c, httptest.NewRequest(http.MethodGet, path, nil), "being_made", "")
	}
	for _, path := range []string{"/", "/healthz", "/api/v1/problems"} {
		if response, _ := c.do(httptest.NewRequest(http.MethodGet, path, nil)); response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, response.StatusCode)
		}
	}
	reason := "no space left"
	making = &api.Making{Error: &reason}
	if text := detail(); !strings.Contains(text, reason) {
		t.Error(text)
	}

	s := storetest.Open(t)
	fill(t, s)
	err := server.Become(api.Options{Store: s, Ledger: analysis.New(s), Assets: built(), Addr: "127.0.0.1:0", Fleet: api.Demo, Fleets: twoFleets})
	if err != nil {
		t.Fatal(err)
	}
	if list := get[api.ChangeList](c, "/api/v1/changes"); list.Total == 0 {
		t.Error("the fleet is there, and has no changes")
	}
	if fleet := get[api.Fleet](c, "/api/v1/fleet"); fleet.Making != nil || fleet.ID != api.Demo {
		t.Errorf("%+v", fleet)
	}
	if err := server.Become(api.Options{Assets: fstest.MapFS{"x.zzz": {}}}); err == nil {
		t.Error("it became what cannot be")
	}
}

// What begins with /demo/ is the other fleet's, pages and API alike; the host is checked there too.
func TestDemoBesideAnotherFleet(t *testing.T) {
	demo := on(t, nil, func(o *api.Options) {
		o.Fleet, o.Fleets, o.Making = api.Demo, twoFleets, func() *api.Making { return &api.Making{Step: "x"} }
	})
	server := serve(t, func(o *api.Options) { o.Demo, o.Fleets = demo, twoFleets })
	c := newClient(t, server)
	if fleet := get[api.Fleet](c, "/api/v1/fleet"); fleet.ID != api.Own || fleet.Simulated != nil || fleet.Making != nil {
		t.Errorf("%+v", fleet)
	}
	if fleet := get[api.Fleet](c, "/demo/api/v1/fleet"); fleet.ID != api.Demo {
		t.Errorf("%+v", fleet)
	}
	problem(c, httptest.NewRequest(http.MethodGet, "/demo/api/v1/claims", nil), "being_made", "")
	for _, path := range []string{"/demo/", "/demo/claims/access", "/demo/changes?class=human"} {
		if response, body := c.do(with(path, "Accept", "text/html")); response.StatusCode != http.StatusOK || !strings.Contains(string(body), "<title>baserate") {
			t.Errorf("%s: %d", path, response.StatusCode)
		}
	}
	if response, _ := c.do(httptest.NewRequest(http.MethodGet, "/demo", nil)); response.Header.Get("Location") != "/demo/" {
		t.Errorf("/demo: %d %v", response.StatusCode, response.Header)
	}
	foreign := httptest.NewRequest(http.MethodGet, "/demo/api/v1/fleet", nil)
	foreign.Host = "evil.example"
	problem(c, foreign, "unknown_host", "Host")
	packed, _ := c.do(with("/demo/", "Accept-Encoding", "gzip"))
	if packed.Header.Get("Content-Encoding") != "gzip" || len(packed.Header.Values("Content-Encoding")) != 1 {
		t.Errorf("compressed %v", packed.Header)
	}
}

func TestDocuments(t *testing.T) {
	files := fstest.MapFS{
		"claims.md":   {Data: []byte("# The claims\n\n| id | n |\n|---|--:|\n| `a` <script> | **1** |\n\nSee [x](calibration.md).\n")},
		"docs.css":    {Data: []byte("body {}")},
		"overview.go": {Data: []byte("package docs")},
	}
	c := newClient(t, on(t, nil, func(o *api.Options) { o.Docs = files }))
	response, body := c.do(httptest.NewRequest(http.MethodGet, "/docs/claims", nil))
	if kind := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || !strings.EqualFold(kind, "text/html; charset=utf-8") {
		t.Fatalf("%d %s %s", response.StatusCode, kind, body)
	}
	for _, want := range []string{"<title>The claims · baserate</title>", "<h1>The claims</h1>", `<td class="number"><strong>1</strong></td>`, `<a href="calibration">x</a>`, "&lt;script&gt;"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if response, _ := c.do(httptest.NewRequest(http.MethodGet, "/docs/docs.css", nil)); response.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("style: %v", response.Header)
	}
	for _, path := range []string{"/docs/calibration", "/docs/overview.go", "/docs/..%2Fclaims", "/docs/.hidden"} {
		problem(c, httptest.NewRequest(http.MethodGet, path, nil), "not_found", "")
	}
	bare := newClient(t, on(t, nil, func(o *api.Options) { o.Docs = fs.FS(nil) }))
	problem(bare, httptest.NewRequest(http.MethodGet, "/docs/claims", nil), "not_found", "")
}
