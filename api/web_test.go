package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"github.com/baserate/baserate/api"
)

// with returns a GET request with a header.
func with(path, header, value string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set(header, value)
	return r
}

// A page that lies on another site reaches a server on loopback under that site's name, and is refused.
func TestHosts(t *testing.T) {
	for _, tc := range []struct {
		addr    string
		hosts   []string
		host    string
		refused bool
	}{
		{addr: "127.0.0.1:8080", host: "127.0.0.1:8080"},
		{addr: "127.0.0.1:8080", host: "localhost:5173"},
		{addr: "127.0.0.1:8080", host: "LOCALHOST"},
		{addr: "127.0.0.1:8080", host: "[::1]:8080"},
		{addr: "[::1]:8080", host: "[::1]"},
		{addr: "127.0.0.1:8080", host: "evil.example", refused: true},
		{addr: "127.0.0.1:8080", host: "evil.example:8080", refused: true},
		{addr: "localhost:8080", host: "127.0.0.1.evil.example", refused: true},
		{addr: "127.0.0.1:8080", host: "10.0.0.1", refused: true},
		{addr: "127.0.0.1:8080", host: "localhost.", refused: true},
		{addr: "127.0.0.1:8080", hosts: []string{"base.example"}, host: "BASE.example:443"},
		{addr: "127.0.0.1:8080", hosts: []string{"base.example"}, host: "other.example", refused: true},
		{addr: "0.0.0.0:8080", host: "anything.example"},
		{addr: "0.0.0.0:8080", hosts: []string{"base.example"}, host: "base.example"},
		{addr: "0.0.0.0:8080", hosts: []string{"base.example"}, host: "127.0.0.1"},
		{addr: "0.0.0.0:8080", hosts: []string{"base.example"}, host: "evil.example", refused: true},
	} {
		c := newClient(t, on(t, nil, func(o *api.Options) { o.Addr, o.Hosts = tc.addr, tc.hosts }))
		for _, path := range []string{"/", "/healthz", "/api/v1/problems", "/metrics2"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = tc.host
			if tc.refused {
				problem(c, r, "unknown_host", "Host")
			} else if response, _ := c.do(r); response.StatusCode == http.StatusMisdirectedRequest {
				t.Errorf("listening on %s for %v: %s is refused", tc.addr, tc.hosts, tc.host)
			}
		}
	}
}

func TestPages(t *testing.T) {
	c := newClient(t, on(t, nil))
	const html = "text/html,application/xhtml+xml"
	for _, tc := range []struct{ path, accept, kind, cache string }{
		{"/", html, "text/html; charset=utf-8", "no-cache"},
		{"/", "*/*", "text/html; charset=utf-8", "no-cache"},
		{"/index.html", "*/*", "text/html; charset=utf-8", "no-cache"},
		{"/changes", html, "text/html; charset=utf-8", "no-cache"},
		{"/changes/owner%2Fname.js%40aa", html, "text/html; charset=utf-8", "no-cache"},
		{"/favicon.svg", "*/*", "image/svg+xml", "no-cache"},
		{"/assets/index-abc.js", "*/*", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/sans.woff2", "*/*", "font/woff2", "public, max-age=31536000, immutable"},
	} {
		response, body := c.do(with(tc.path, "Accept", tc.accept))
		if response.StatusCode != 200 || response.Header.Get("Content-Type") != tc.kind || response.Header.Get("Cache-Control") != tc.cache || len(body) == 0 {
			t.Errorf("%s: %d %v, want %s and %s", tc.path, response.StatusCode, response.Header, tc.kind, tc.cache)
		}
	}
	for path, accept := range map[string]string{
		"/changes": "application/json", "/nothing.js": "*/*", "/assets/gone.js": html, "/assets": html, "/api": html, "/api/v2/x": html,
		"/.vite/manifest.json": "*/*", "/.gitkeep": "*/*", "/../server.go": "*/*", "/%2e%2e/server.go": "*/*",
	} {
		problem(c, with(path, "Accept", accept), "not_found", "")
	}
}

func TestPagesThatAreNotBuilt(t *testing.T) {
	c := newClient(t, on(t, nil, func(o *api.Options) { o.Assets = fstest.MapFS{".gitkeep": {}} }))
	response, body := c.do(httptest.NewRequest(http.MethodGet, "/", nil))
	if response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "`make`") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}

func TestAssetOfNoKnownType(t *testing.T) {
	_, err := api.New(api.Options{Assets: fstest.MapFS{"x.zzz": {}}})
	if err == nil || !strings.Contains(err.Error(), "x.zzz") {
		t.Errorf("err = %v, want one that names the file", err)
	}
}

// An answer that has not changed is not sent again; one that has is.
func TestUnchangedAnswers(t *testing.T) {
	done := int64(0)
	server := serve(t, func(o *api.Options) {
		o.Progress = func() []api.Running {
			return []api.Running{{Source: "git", Scope: "a/b", Done: done, Total: 9, Unit: "commits"}}
		}
	})
	c := newClient(t, server)
	for _, path := range []string{"/", "/assets/index-abc.js", "/api/v1/claims/share", "/api/v1/mix", "/api/v1/changes?limit=3", "/api/v1/coverage"} {
		first, _ := c.do(httptest.NewRequest(http.MethodGet, path, nil))
		tag := first.Header.Get("ETag")
		if first.StatusCode != http.StatusOK || !strings.HasPrefix(tag, `W/"`) || first.Header.Get("Cache-Control") == "" {
			t.Errorf("%s: %d, tag %q", path, first.StatusCode, tag)
		}
		for condition, status := range map[string]int{
			tag: 304, `"other", ` + tag: 304, strings.TrimPrefix(tag, "W/"): 304, "*": 304, `W/"other"`: 200, "": 200,
		} {
			again, body := c.do(with(path, "If-None-Match", condition))
			if again.StatusCode != status || again.Header.Get("ETag") != tag || (status == 304) != (len(body) == 0) {
				t.Errorf("%s when it has %s: %d with %d bytes, want %d", path, condition, again.StatusCode, len(body), status)
			}
		}
	}
	before, _ := c.do(httptest.NewRequest(http.MethodGet, "/api/v1/coverage", nil))
	done = 5
	after, body := c.do(with("/api/v1/coverage", "If-None-Match", before.Header.Get("ETag")))
	if after.StatusCode != http.StatusOK || !bytes.Contains(body, []byte(`"done":5`)) {
		t.Errorf("a collection went on, and the answer is %d %s", after.StatusCode, body)
	}
	if tag := mustFail(c, "/api/v1/claims/nothing_such").Header.Get("ETag"); tag != "" {
		t.Errorf("a problem has the tag %s", tag)
	}
}

func mustFail(c *client, path string) *http.Response {
	c.t.Helper()
	response, _ := c.do(httptest.NewRequest(http.MethodGet, path, nil))
	if response.StatusCode < 400 {
		c.t.Errorf("%s: %d", path, response.StatusCode)
	}
	return response
}

func compression(t *testing.T, c *client) {
	for _, path := range []string{"/", "/api/v1/changes?limit=100", "/api/v1/changes.csv?mature=true", "/api/v1/claims"} {
		_, plain := c.do(httptest.NewRequest(http.MethodGet, path, nil))
		response, packed := c.do(with(path, "Accept-Encoding", "br, gzip"))
		if response.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(response.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: %v", path, response.Header)
			continue
		}
		reader, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := io.ReadAll(reader)
		if err != nil || !bytes.Equal(unpacked, plain) || len(packed) > len(plain)/2 {
			t.Errorf("%s: %d bytes packed, %d unpacked, %d plain, %v", path, len(packed), len(unpacked), len(plain), err)
		}
	}
	if response, _ := c.do(with("/healthz", "Accept-Encoding", "gzip")); response.Header.Get("Content-Encoding") != "" {
		t.Error("a body of 20 bytes is compressed")
	}
}

// A file that the build packed is sent so to whom takes it, and as it is, or by gzip, to others.
func TestPackedAssets(t *testing.T) {
	files := fstest.MapFS{
		"index.html": {Data: []byte("<title>baserate</title>")}, "assets/a.js": {Data: bytes.Repeat([]byte("a"), 4000)}, "assets/a.js.br": {Data: []byte("packed")},
	}
	c := newClient(t, on(t, nil, func(o *api.Options) { o.Assets = files }))
	for accept, want := range map[string]string{"gzip, br": "br", "br;q=0.5": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "": ""} {
		response, body := c.do(with("/assets/a.js", "Accept-Encoding", accept))
		if got := response.Header.Get("Content-Encoding"); got != want || (want == "br") != (string(body) == "packed") || response.Header.Get("ETag") == "" {
			t.Errorf("who takes %q gets %q, %d bytes", accept, got, len(body))
		}
		if want != "" && response.Header.Get("Vary") == "" {
			t.Errorf("who takes %q: no Vary", accept)
		}
	}
	problem(c, with("/assets/a.js.br", "Accept", "*/*"), "not_found", "")
}

func TestMetrics(t *testing.T) {
	c := newClient(t, serve(t))
	get[api.Mix](c, "/api/v1/mix")
	mustFail(c, "/api/v1/claims/nothing_such")
	mustFail(c, "/some/file.js")
	_, body := c.do(httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`baserate_http_request_duration_seconds_count{route="/api/v1/mix",status="200"} 1`,
		`baserate_http_request_duration_seconds_count{route="/api/v1/claims/:id",status="404"} 1`,
		`baserate_http_request_duration_seconds_count{route="pages",status="404"} 1`,
		`baserate_collections{source="git",status="failed"} 1`,
		`baserate_collections{source="git",status="ok"} 1`,
		`baserate_data_age_seconds{source="git"} `,
		"baserate_database_up 1", "baserate_changes 2", "go_goroutines ",
	} {
		if !bytes.Contains(body, []byte("\n"+want)) {
			t.Errorf("no metric %s", want)
		}
	}
}

// When the server is told to stop, a request in flight gets its answer and a new one no connection.
func TestServeEndsGracefully(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	server := on(t, nil, func(o *api.Options) {
		o.Ready = func(context.Context) error {
			close(entered)
			<-release
			return io.ErrUnexpectedEOF
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	ended, answered := make(chan error, 1), make(chan int, 1)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	go func() { ended <- server.Serve(ctx, listener) }()
	go func() {
		response, err := client.Get(address + "/readyz")
		if err != nil {
			answered <- 0
			return
		}
		response.Body.Close()
		answered <- response.StatusCode
	}()
	<-entered
	stop()
	select {
	case err := <-ended:
		t.Fatalf("the server ended with a request in flight: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	if _, err := client.Get(address + "/healthz"); err == nil {
		t.Error("a server that stops took another request")
	}
	close(release)
	if status := <-answered; status != http.StatusServiceUnavailable {
		t.Errorf("the request in flight got %d", status)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve = %v, want nil after a stop", err)
	}
}

func TestServeSaysWhyItEnds(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := on(t, nil).Serve(t.Context(), listener); err == nil || !strings.Contains(err.Error(), listener.Addr().String()) {
		t.Errorf("err = %v, want one that names the address", err)
	}
}
