package proof

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/github"
	"github.com/baserate/baserate/store/storetest"
)

// The history of `make emulator` is collected whole, and is there as it was told.
func TestEmulatorHasAHistory(t *testing.T) {
	emulator := start(t, "emulator.mjs", "--pipe")
	var made struct{ Pulls, Merged, Reviews, Incidents int }
	if err := json.Unmarshal(emulator.Hello, &made); err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t)
	gatherAll(t, s, github.Options{
		Name: "acme", Repos: []string{"acme/shop", "acme/ledger"}, BaseURL: emulator.URL, Tokens: []string{"emulator"}, IncidentLabels: []string{"incident"},
		Now: time.Now,
	})
	want := line(t, made.Pulls, made.Merged, made.Reviews, made.Incidents, made.Incidents)
	got := lines(t, s, `SELECT format('[{},{},{},{},{}]',
		toString((SELECT count() FROM pull_requests FINAL)), toString((SELECT countIf(merged_at IS NOT NULL) FROM pull_requests FINAL)),
		toString((SELECT count() FROM reviews FINAL)), toString((SELECT count() FROM incidents FINAL)),
		toString((SELECT uniqExact(incident) FROM causes FINAL WHERE role = 'cause'))) AS line`)
	if len(got) != 1 || got[0] != want {
		t.Errorf("pull requests, merged, reviews, incidents, with a cause: %s, want %s", fmt.Sprint(got), want)
	}
}
