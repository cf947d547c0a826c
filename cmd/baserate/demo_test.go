package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/record"
)

// started starts a command and returns how to stop it, which fails the test when it does not end well.
func started(t *testing.T, run func(context.Context) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()
	return func() {
		t.Helper()
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("after a stop: %v", err)
			}
		case <-time.After(time.Minute):
			t.Fatal("it did not end")
		}
	}
}

func isThere(f api.Fleet) bool { return f.Making == nil && f.Simulated != nil }

// The demo fleet is made once, though the first attempt was cut off, answers every claim, and keeps what it answered. The
// claims command beside it prints the same, one claim or all.
func TestDemo(t *testing.T) {
	data := t.TempDir()
	cutOff(t, filepath.Join(data, "demo"))
	c := demo{Data: data, Listen: freeAddress(t), changes: 2500}
	address := "http://" + c.Listen
	stop := started(t, c.Run)
	first := eventually(t, address+"/api/v1/fleet", isThere)
	if first.ID != api.Demo || first.Simulated.Changes != 2500 || first.Simulated.Scenario != "demo" {
		t.Errorf("%+v", first)
	}
	served := eventually(t, address+"/api/v1/claims", func(api.ClaimList) bool { return true })
	for _, claim := range served.Claims {
		if len(claim.Answer.Connect) > 0 {
			t.Errorf("claim %s has nothing to go on: %v", claim.ID, claim.Answer.Connect)
		}
	}
	all := claims{database: database{Data: filepath.Join(data, "demo")}, Format: "json"}
	if diff := cmp.Diff(served, printed[api.ClaimList](t, all)); diff != "" {
		t.Errorf("the API and the command line differ:\n%s", diff)
	}
	one := all
	one.ID, one.AsOf = "share", time.Now().UTC().Format(time.DateOnly)
	if got := printed[api.Claim](t, one); got.ID != "share" || got.Answer.Code != "described" {
		t.Errorf("one claim as of today: %+v", got)
	}
	one.AsOf = "2020-01-01"
	if err := one.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "2020-01-01") {
		t.Errorf("as of a day before there was anything: %v", err)
	}
	stop()

	stop = started(t, c.Run)
	defer stop()
	if again := eventually(t, address+"/api/v1/fleet", isThere); !again.Simulated.MadeAt.Equal(first.Simulated.MadeAt) {
		t.Errorf("made at %s, and again at %s", first.Simulated.MadeAt, again.Simulated.MadeAt)
	}
}

func printed[T any](t *testing.T, c claims) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(stdout(t, func() error { return c.Run(t.Context()) }), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// cutOff leaves behind what a simulation that was stopped leaves.
func cutOff(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := (&database{Data: dir}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	facts := record.Batch{Repository: &record.Repository{Name: "left/over"}}
	half := record.Collection{Source: "simulate", Scope: "demo", Stream: "facts", StartedAt: time.Now(), Status: record.StatusRunning}
	if err := db.Save(t.Context(), facts, half); err != nil {
		t.Fatal(err)
	}
}

// A folder with data of another kind is not emptied: the pages say why there is no demo fleet.
func TestDemoLeavesOtherDataAlone(t *testing.T) {
	data, dir := t.TempDir(), clone(t, 2)
	collected := collectGit{database: database{Data: filepath.Join(data, "demo")}, Paths: []string{dir}, Format: "text"}
	stdout(t, func() error { return collected.Run(t.Context()) })
	c := demo{Data: data, Listen: freeAddress(t), changes: 100}
	stop := started(t, c.Run)
	defer stop()
	fleet := eventually(t, "http://"+c.Listen+"/api/v1/fleet", func(f api.Fleet) bool { return f.Making != nil && f.Making.Error != nil })
	if !strings.Contains(*fleet.Making.Error, "no simulated fleet") {
		t.Error(*fleet.Making.Error)
	}
	response, err := http.Get("http://" + c.Listen + "/api/v1/claims")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("claims of no fleet: %d", response.StatusCode)
	}
}

func TestClaimsAreAskedForByName(t *testing.T) {
	for _, tc := range []struct {
		c    claims
		want string
	}{
		{claims{}, ""},
		{claims{ID: "access", AsOf: "2026-10-04"}, ""},
		{claims{ID: "nothing"}, "none of: mistakes, "},
		{claims{AsOf: "yesterday"}, "no date"},
	} {
		err := tc.c.Validate()
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%+v: %v, want %q", tc.c, err, tc.want)
		}
	}
}
