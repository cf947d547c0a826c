package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/store"
)

// simulated is a derived fleet in a database of its own, by that path.
func simulated(t *testing.T, path string, f *simulate.Fleet) *opened {
	t.Helper()
	db, err := (&database{Data: t.TempDir()}).open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	// One key for every fleet, so that the same person is the same pseudonym.
	for _, sql := range []string{"TRUNCATE TABLE pseudonym_key", "INSERT INTO pseudonym_key SELECT 1, 2, 3"} {
		if err := db.Exec(t.Context(), sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := saveFleet(t.Context(), db, f, path, func(_, _ int64) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := newFleet(db, nil).derive(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

// changesOf are the rows of table changes as text, but for what only facts can say: when a proposal was opened, looked at and
// deployed, who merged it and for whom, by which grant, and what its author was usually allowed to do.
func changesOf(t *testing.T, db *opened) []string {
	t.Helper()
	rows, err := store.Select[struct {
		Row string `ch:"row"`
	}](t.Context(), db.Store, `
		SELECT toString(tuple(* EXCEPT (version, opened_at, first_review_at, review_rounds, usual_permission, permission_source,
			merged_by_author, prompter_known, deployed_at))) AS row
		FROM changes FINAL
		ORDER BY repo, landed_at, sha`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return store.Column(rows, func(r *struct {
		Row string `ch:"row"`
	},
	) string {
		return r.Row
	})
}

// The fast path is a short cut to the changes that the pipeline makes of the facts, not a second opinion. Labels come late in
// the fleet, and incidents are blamed on the wrong change, so that neither goes unseen.
func TestPathsAgree(t *testing.T) {
	s, _ := simulate.Named("late-labels")
	s.Misattributed, s.Assisted, s.Base = .3, .4, 5e-3
	f := simulate.New(s, simulate.Options{Changes: 6000, Seed: 4})
	facts, fast := changesOf(t, simulated(t, factsPath, f)), changesOf(t, simulated(t, fastPath, f))
	if len(facts) != 6000 {
		t.Errorf("%d changes from facts", len(facts))
	}
	if diff := cmp.Diff(facts, fast); diff != "" {
		t.Errorf("facts and fast (-facts +fast): %.3000s", diff)
	}
	for _, some := range []string{"ai_agent", "ai_assisted", "human", "unknown", "operator", "pagerduty:INC-"} {
		if !strings.Contains(strings.Join(fast, "\n"), some) {
			t.Errorf("no %s in the fleet", some)
		}
	}
}

// The demo's derived outcomes are those that were drawn, of every kind.
func TestDemoOutcomesAreFound(t *testing.T) {
	s, _ := simulate.Named("demo")
	f := simulate.New(s, simulate.Options{Changes: 8000, Seed: 4})
	drawn := map[simulate.Mistake]uint64{}
	for i := range f.Chunks() {
		for _, c := range f.Chunk(i, nil) {
			drawn[f.Known(c).Mistake]++
		}
	}
	db := simulated(t, factsPath, f)
	rows, err := store.Select[struct {
		Incidents uint64   `ch:"incidents"`
		Reverted  uint64   `ch:"reverted"`
		Hotfixed  uint64   `ch:"hotfixed"`
		Failed    uint64   `ch:"failed"`
		Controls  uint64   `ch:"controls"`
		Reviews   []string `ch:"reviews"`
	}](t.Context(), db.Store, `
		SELECT countIf(incident != '') AS incidents, countIf(isNotNull(reverted_at)) AS reverted, countIf(isNotNull(hotfixed_at)) AS hotfixed,
			countIf(isNotNull(failed_at)) AS failed, countIf(isNotNull(control_at)) AS controls, arraySort(groupUniqArray(review_state)) AS reviews
		FROM changes FINAL`, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := rows[0]
	if got.Incidents != drawn[simulate.Incident] || got.Reverted != drawn[simulate.Reverted] || got.Failed != drawn[simulate.FailedDeployment] {
		t.Errorf("derived %+v, drawn %v", got, drawn)
	}
	if got.Hotfixed < drawn[simulate.Hotfixed]*95/100 || got.Controls == 0 {
		t.Errorf("derived %+v, drawn %v", got, drawn)
	}
	if diff := cmp.Diff([]string{"after_merge", "ai_only", "independent", "none", "self", "stale"}, got.Reviews); diff != "" {
		t.Error(diff)
	}
}

// The command says what it did and by which path, keeps the truth beside the data, and touches no database that holds any.
func TestSimulate(t *testing.T) {
	data := t.TempDir()
	c := simulateFleet{database: database{Data: data}, Scenario: "worse", Changes: 2000, Seed: 3, End: "2026-05-01"}
	printed := string(stdout(t, func() error { return c.Run(t.Context()) }))
	for _, want := range []string{"worse, seed 3: 2000 changes by the facts path in ", "relative risk 1.5", filepath.Join(data, "truth.json")} {
		if !strings.Contains(printed, want) {
			t.Errorf("%q does not say %q", printed, want)
		}
	}
	text, err := os.ReadFile(filepath.Join(data, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth simulate.Truth
	if err := json.Unmarshal(text, &truth); err != nil || truth.Scenario != "worse" || truth.RR != 1.5 || truth.End != "2026-05-01" || truth.Path != factsPath {
		t.Errorf("%s: %v", text, err)
	}
	err = c.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "already holds the simulated fleet worse of 2000 changes") || !strings.Contains(err.Error(), "--data") {
		t.Errorf("a second fleet: %v", err)
	}
	db, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	kept, ok, err := db.Simulation(t.Context())
	if err != nil || !ok || kept.Truth+"\n" != string(text) || kept.Changes != 2000 {
		t.Errorf("kept %+v, %t, %v", kept, ok, err)
	}
}

// A fleet needs a database of its own: one with a clone in it is left alone.
func TestSimulateLeavesOtherDataAlone(t *testing.T) {
	data := t.TempDir()
	collect := collectGit{database: database{Data: data}, Format: "json", Paths: []string{clone(t, 2)}}
	stdout(t, func() error { return collect.Run(t.Context()) })
	c := simulateFleet{database: database{Data: data}, Scenario: "null", Changes: 100}
	if err := c.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "already holds git facts (1 scope)") {
		t.Errorf("beside a clone: %v", err)
	}
	if _, err := os.Stat(filepath.Join(data, "truth.json")); err == nil {
		t.Error("a truth was written beside other data")
	}
}

func TestSimulateIsChecked(t *testing.T) {
	for want, c := range map[string]simulateFleet{
		"none of: null, worse":      {Scenario: "nil", Changes: 1},
		"--changes 0":               {Scenario: "null"},
		"--end \"May\" is no date":  {Scenario: "null", Changes: 1, End: "May"},
		"use --path facts":          {Scenario: "demo", Changes: 1, Path: fastPath},
		"":                          {Scenario: "demo", Changes: 1},
		"between 1 and 2,000,000,0": {Scenario: "null", Changes: 3_000_000_000},
	} {
		if err := c.Validate(); (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
			t.Errorf("%+v: %v, want %q", c, err, want)
		}
	}
	if err := (&simulateFleet{List: true}).Validate(); err != nil {
		t.Error(err)
	}
	var out bytes.Buffer
	if err := listScenarios(&out); err != nil || strings.Count(out.String(), "\n") != 13 || !strings.HasPrefix(out.String(), "null ") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// Small fleets take the way of the facts, large ones the fast one, unless they cannot.
func TestPathOf(t *testing.T) {
	for _, tc := range []struct {
		scenario, asked, want string
		changes               int
	}{
		{"null", "", factsPath, 300_000},
		{"null", "", fastPath, 300_001},
		{"demo", "", factsPath, 300_001},
		{"null", factsPath, factsPath, 300_001},
		{"null", fastPath, fastPath, 1},
	} {
		s, _ := simulate.Named(tc.scenario)
		if got := pathOf(simulate.New(s, simulate.Options{Changes: tc.changes}), tc.asked); got != tc.want {
			t.Errorf("%+v: %s", tc, got)
		}
	}
}

// The demo's data end today, so that the page about the last weeks is not empty.
func TestEnd(t *testing.T) {
	end, err := (&simulateFleet{Scenario: "demo"}).end()
	if age := time.Since(end); err != nil || age < 0 || age > 25*time.Hour || end.Hour() != 0 {
		t.Errorf("%s, %v", end, err)
	}
	if end, err := (&simulateFleet{Scenario: "null"}).end(); err != nil || !end.IsZero() {
		t.Errorf("%s, %v", end, err)
	}
}

func TestMeter(t *testing.T) {
	var out bytes.Buffer
	m := &meter{statusLine: statusLine{w: &out}, scope: "simulate null", unit: "changes", start: time.Now().Add(-10 * time.Second)}
	m.draw(100, 400)
	if got := out.String(); !strings.HasPrefix(got, "simulate null: 100 of 400 changes, 10/s, ") || !strings.Contains(got, "30s left") {
		t.Error(got)
	}
	m.every, m.terminal = time.Hour, true
	m.draw(200, 400)
	m.clear()
	if got := out.String(); strings.Contains(got, "200") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("%q", got)
	}
}
