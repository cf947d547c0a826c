package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func simulatedRows(repos ...uint16) *store.Simulated {
	n := len(repos)
	ids := make([]uint32, n)
	for i := range ids {
		ids[i] = uint32(i)
	}
	return &store.Simulated{
		Repo: repos, At: store.Repeat(n, uint32(1767225600)), ID: ids, Author: store.Repeat(n, uint32(7)), Team: store.Repeat(n, uint16(2)),
		Tier: store.Repeat(n, uint8(1)), Permission: store.Repeat(n, uint8(2)), Lines: store.Repeat(n, uint16(4000)), Files: store.Repeat(n, uint8(3)),
		Reviewed: store.Repeat(n, true), Class: store.Repeat(n, uint8(2)), Denied: store.Repeat(n, false), Late: store.Repeat(n, true),
		IncidentAfter: store.Repeat(n, uint32(3600)), Severity: store.Repeat(n, uint8(1)), Outage: store.Repeat(n, uint16(30)),
		ControlAfter: store.Repeat(n, uint32(7200)),
	}
}

// Columns arrive where they belong, and a batch that arrives twice is the same as one that arrives once.
func TestSaveSimulated(t *testing.T) {
	s := storetest.Open(t)
	for range 2 {
		if err := s.SaveSimulated(t.Context(), simulatedRows(1, 1, 2)); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := store.Select[struct {
		Row string `ch:"row"`
	}](t.Context(), s, "SELECT toString(tuple(*)) AS row FROM simulated FINAL ORDER BY repo, id", nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, r.Row)
	}
	want := []string{
		"(1,1767225600,0,7,2,1,2,4000,3,true,2,false,true,3600,1,30,7200)",
		"(1,1767225600,1,7,2,1,2,4000,3,true,2,false,true,3600,1,30,7200)",
		"(2,1767225600,2,7,2,1,2,4000,3,true,2,false,true,3600,1,30,7200)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A database says what it was made for, and what it holds, so that nothing else is put into it.
func TestSimulation(t *testing.T) {
	s := storetest.Open(t)
	if _, ok, err := s.Simulation(t.Context()); ok || err != nil {
		t.Errorf("a simulation in an empty database: %v", err)
	}
	holds := func(want ...string) {
		t.Helper()
		got, err := s.Holds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
			t.Error(diff)
		}
	}
	holds()
	if err := s.SaveSimulated(t.Context(), simulatedRows(1)); err != nil {
		t.Fatal(err)
	}
	holds("simulated changes of a run that was cut off")
	now := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	want := store.Simulation{Scenario: "null", Seed: 9, Changes: 1, Path: "fast", Truth: `{"relative_risk":1}`, MadeAt: now}
	ledger := []record.Collection{
		{Source: "simulate", Scope: "fleet/repo-00001", Stream: "fast", StartedAt: now, FinishedAt: now, Status: record.StatusOK, Rows: 1, From: now, To: now},
		{Source: "simulate", Scope: "fleet/repo-00002", Stream: "fast", StartedAt: now, Status: record.StatusOK, Rows: 2},
	}
	if err := s.SaveSimulation(t.Context(), want, ledger); err != nil {
		t.Fatal(err)
	}
	got, ok, err := s.Simulation(t.Context())
	if err != nil || !ok {
		t.Fatalf("%t, %v", ok, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	holds("the simulated fleet null of 1 changes")
	coverage, err := s.Coverage(t.Context())
	if err != nil || len(coverage.Sources) != 2 || coverage.Sources[1].Scope != "fleet/repo-00002" || coverage.Sources[1].Rows != 2 {
		t.Errorf("%+v, %v", coverage.Sources, err)
	}
}

func TestHoldsFacts(t *testing.T) {
	s := storetest.Open(t)
	for _, scope := range []string{"a/b", "a/c"} {
		if err := s.Save(t.Context(), record.Batch{}, record.Collection{Source: "git", Scope: scope, Stream: "history", StartedAt: time.Now(), Status: record.StatusOK}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Holds(t.Context())
	if diff := cmp.Diff([]string{"git facts (2 scopes)"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
