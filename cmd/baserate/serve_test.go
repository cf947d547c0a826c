package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/embedded"
)

// clone makes a repository with so many commits, every other one with AI.
func clone(t *testing.T, commits int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "shop")
	runGit(t, ".", "init", "-q", "-b", "main", dir)
	for i := range commits {
		commit(t, dir, i)
	}
	return dir
}

func commit(t *testing.T, dir string, i int) {
	t.Helper()
	message := fmt.Sprintf("change %d", i)
	if i%2 == 0 {
		message += "\n\nCo-Authored-By: Claude <noreply@anthropic.com>"
	}
	runGit(t, dir, "commit", "-q", "--allow-empty", "-m", message)
}

func runGit(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org",
		"GIT_CONFIG_GLOBAL=/dev/null")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", args, err, out)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// eventually asks for JSON until it is as wanted.
func eventually[T any](t *testing.T, url string, wanted func(T) bool) T {
	t.Helper()
	var v T
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(50 * time.Millisecond) {
		response, err := http.Get(url)
		if err != nil {
			continue
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err == nil && response.StatusCode == http.StatusOK && json.Unmarshal(body, &v) == nil && wanted(v) {
			return v
		}
	}
	t.Fatalf("%s: never as wanted: %+v", url, v)
	return v
}

// stdout returns what do prints.
func stdout(t *testing.T, do func() error) []byte {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	was := os.Stdout
	os.Stdout = f
	err = do()
	os.Stdout = was
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A server collects at once and again on its schedule; one clone that is none stops nothing; the claims command works
// beside it and prints what the API answers; a second server is told who has the data; the first ends well.
func TestServe(t *testing.T) {
	data, dir := t.TempDir(), clone(t, 6)
	c := serve{database: database{Data: data}, Listen: freeAddress(t), Every: new(time.Second), Paths: []string{dir, "/gone"}}
	address := "http://" + c.Listen
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()

	changes := func(n int64) func(api.Coverage) bool { return func(c api.Coverage) bool { return c.Changes == n } }
	coverage := eventually(t, address+"/api/v1/coverage", changes(6))
	if first := coverage.Sources[0]; first.Status != "failed" || first.Error == nil {
		t.Errorf("the clone that is none is not in the ledger: %+v", first)
	}
	commit(t, dir, 7)
	eventually(t, address+"/api/v1/coverage", changes(7))

	answered := eventually(t, address+"/api/v1/claims", func(api.ClaimList) bool { return true })
	var printed api.ClaimList
	command := claims{database: database{Data: data}, Format: "json"}
	if err := json.Unmarshal(stdout(t, func() error { return command.Run(t.Context()) }), &printed); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(answered, printed); diff != "" {
		t.Errorf("the API and the command line differ:\n%s", diff)
	}
	second := serve{database: database{Data: data}, Listen: freeAddress(t), Every: new(time.Second)}
	var held *embedded.HeldError
	if err := second.Run(t.Context()); !errors.As(err, &held) || held.PID != os.Getpid() {
		t.Errorf("a second server: %v, want one that names this process", err)
	}

	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("after a stop: %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the server did not end")
	}
	if _, err := http.Get(address + "/healthz"); err == nil {
		t.Error("the server still answers")
	}
}

// Without clones what is there is served, and a taken address is an error that says what to do.
func TestServeWithoutClones(t *testing.T) {
	data := t.TempDir()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	c := serve{database: database{Data: data}, Listen: taken.Addr().String(), Every: new(time.Minute)}
	if err := c.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("on a taken address: %v", err)
	}
	c.Listen = freeAddress(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	list := eventually(t, "http://"+c.Listen+"/api/v1/claims", func(api.ClaimList) bool { return true })
	if list.DataTo != nil || list.Claims[0].Answer.Code == "more" {
		t.Errorf("an answer from nothing: %+v", list)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestEveryIsChecked(t *testing.T) {
	for every, ok := range map[time.Duration]bool{0: false, -time.Minute: false, time.Millisecond: false, time.Second: true, 10 * time.Minute: true} {
		if err := (&serve{Every: &every}).Validate(); (err == nil) != ok {
			t.Errorf("--every=%s: %v", every, err)
		}
	}
}

func TestGreeting(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:8080": "listening on http://127.0.0.1:8080\n", "[::1]:80": "listening on http://[::1]:80\n",
		"0.0.0.0:8080": "listening on http://127.0.0.1:8080\n", "[::]:8080": "listening on http://127.0.0.1:8080\n",
		"10.1.2.3:80": "listening on http://10.1.2.3:80\n",
	} {
		tcp, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		(&serve{}).greet(&out, tcp)
		if !strings.HasPrefix(out.String(), want) || !strings.Contains(out.String(), "/api/v1/claims") || strings.Contains(out.String(), "/demo/") {
			t.Errorf("%s: %s", addr, out.String())
		}
		out.Reset()
		(&serve{Demo: true}).greet(&out, tcp)
		if !strings.Contains(out.String(), "/demo/ ") {
			t.Errorf("%s with the demo: %s", addr, out.String())
		}
	}
}

func TestRunning(t *testing.T) {
	got := running([]collectors.Running{
		{Source: "git", Scope: "a", Progress: record.Progress{Done: 2, Total: 10, Unit: "commits"}, PerSecond: 4, Left: 2 * time.Second},
		{Source: "git", Scope: "b", Left: -1},
	})
	if r := got[0]; r.Done != 2 || r.Total != 10 || r.Unit != "commits" || *r.PerSecond != 4 || *r.SecondsLeft != 2 {
		t.Errorf("%+v", r)
	}
	if r := got[1]; r.PerSecond != nil || r.SecondsLeft != nil {
		t.Errorf("what cannot be told is told: %+v", r)
	}
}

// What the pages may do with the schedule: collect now, and pause for good, also over a restart.
func TestServeControls(t *testing.T) {
	data, dir := t.TempDir(), clone(t, 2)
	start := func() (address string, stop func()) {
		c := serve{database: database{Data: data}, Listen: freeAddress(t), Every: new(time.Hour), Paths: []string{dir}}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- c.Run(ctx) }()
		return "http://" + c.Listen, func() {
			cancel()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	}
	ask := func(url, body string) {
		t.Helper()
		response, err := http.Post(url, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if text, _ := io.ReadAll(response.Body); response.StatusCode >= 300 {
			t.Fatalf("%s: %d %s", url, response.StatusCode, text)
		}
	}
	address, stop := start()
	changes := func(n int64) func(api.Coverage) bool { return func(c api.Coverage) bool { return c.Changes == n } }
	paused := func(is bool) func(api.Coverage) bool {
		return func(c api.Coverage) bool {
			return len(c.Streams) == 1 && c.Streams[0].Paused == is && (c.Streams[0].NextRunAt == nil) == is
		}
	}
	eventually(t, address+"/api/v1/coverage", changes(2))
	ask(address+"/api/v1/collections/pause", `{"source":"git","paused":true}`)
	eventually(t, address+"/api/v1/coverage", paused(true))
	stop()

	commit(t, dir, 3)
	address, stop = start()
	defer stop()
	eventually(t, address+"/api/v1/coverage", paused(true))
	ask(address+"/api/v1/collections/run", `{"source":"git"}`)
	eventually(t, address+"/api/v1/coverage", changes(3)) // somebody asked for it, so the pause does not hold
	ask(address+"/api/v1/collections/pause", `{"source":"git","paused":false}`)
	eventually(t, address+"/api/v1/coverage", paused(false))
}

// Alertmanager's word is kept when its token is right, and what follows is brought up to date without waiting for a collection.
func TestServeTakesAlerts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "base.yaml")
	if err := os.WriteFile(file, []byte("alertmanager: {token: sixteen-characters}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := serve{database: database{Data: t.TempDir(), Config: file}, Listen: freeAddress(t)}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx) }()
	address := "http://" + c.Listen
	eventually(t, address+"/api/v1/coverage", func(c api.Coverage) bool { return len(c.Streams) == 0 })
	body := `{"version":"4","groupKey":"g","status":"firing","receiver":"r","groupLabels":{},"commonLabels":{"alertname":"Down"},"commonAnnotations":{},"alerts":[{"status":"firing","labels":{"alertname":"Down","severity":"critical"},"annotations":{},"startsAt":"2026-11-01T10:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"}]}`
	for token, want := range map[string]int{"wrong": http.StatusUnauthorized, "sixteen-characters": http.StatusOK} {
		r, err := http.NewRequest(http.MethodPost, address+"/hooks/alertmanager", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("with the token %s: %d", token, response.StatusCode)
		}
	}
	eventually(t, address+"/api/v1/coverage", func(c api.Coverage) bool {
		return len(c.Streams) == 1 && c.Streams[0].Source == "alertmanager" && c.Streams[0].Ok == 1
	})
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
