package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// collected saves runs: so many scopes of a stream, the first of which fails and the second of which its source does not have.
func collected(t *testing.T, s *store.Store, source, stream string, scopes int, at time.Time) {
	t.Helper()
	whole := record.Collection{Source: source, Scope: "acme", Stream: stream, StartedAt: at, FinishedAt: at.Add(time.Second), Status: record.StatusOK}
	whole.Rows, whole.Requests = uint64(10*(scopes-1)), uint64(3+2*(scopes-1))
	parts := make([]record.Covered, scopes-1)
	for i := range parts {
		parts[i] = record.Covered{Scope: fmt.Sprintf("acme/Repo%04d", i), Rows: 10, Requests: 2, From: at.Add(-time.Hour), To: at}
	}
	parts[0].Error, parts[1].Absent = "502", "no such thing"
	if err := s.Save(t.Context(), record.Batch{Covered: parts, Cursor: record.Cursor(`{"at":1}`)}, whole); err != nil {
		t.Fatal(err)
	}
}

func TestLedgerInPages(t *testing.T) {
	s := storetest.Open(t)
	at := time.Now().UTC().Truncate(time.Second)
	collected(t, s, "github", "pull_requests", 2000, at.Add(-time.Hour))
	collected(t, s, "github", "deployments", 5, at.Add(-time.Minute))
	seen, filter := map[string]bool{}, store.SourceFilter{Source: "github", Stream: "pull_requests", Limit: 300}
	var last store.SourceKey
	for {
		page, err := s.Sources(t.Context(), filter)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		if page[0].Total != 2000 {
			t.Fatalf("total %d", page[0].Total)
		}
		for _, row := range page {
			if seen[row.Scope] || row.Stream != "pull_requests" {
				t.Fatalf("%s twice, or of another stream: %+v", row.Scope, row)
			}
			seen[row.Scope], last = true, row.Key()
		}
		filter.After = last
	}
	if len(seen) != 2000 || !seen["acme"] {
		t.Errorf("%d scopes in the pages", len(seen))
	}
	first, err := s.Sources(t.Context(), store.SourceFilter{Limit: 1})
	if err != nil || first[0].Status != "failed" || first[0].Total != 2005 || first[0].Error != "502" {
		t.Errorf("first: %+v, %v", first, err)
	}
	found, err := s.Sources(t.Context(), store.SourceFilter{Text: "rEpO0003", Limit: 10})
	if err != nil || len(found) != 2 {
		t.Errorf("found: %+v, %v", found, err)
	}
	absent, err := s.Sources(t.Context(), store.SourceFilter{Statuses: []string{"absent"}, Limit: 10})
	if err != nil || len(absent) != 2 || absent[0].Error != "no such thing" || absent[0].LastSuccess != nil {
		t.Errorf("absent: %+v, %v", absent, err)
	}
}

func TestLedgerByStream(t *testing.T) {
	s := storetest.Open(t)
	at := time.Now().UTC().Truncate(time.Second)
	collected(t, s, "github", "pull_requests", 30, at.Add(-time.Hour))
	collected(t, s, "github", "pull_requests", 30, at)
	collected(t, s, "pagerduty", "incidents", 3, at.Add(-time.Minute))
	streams, err := s.Streams(t.Context())
	if err != nil || len(streams) != 2 {
		t.Fatalf("%+v, %v", streams, err)
	}
	if g := streams[0]; g.Scopes != 30 || g.Whole != 28 || g.Failed != 1 || g.Absent != 1 || g.Never != 1 || g.Rows != 10*29 || g.Requests != 3+2*29 ||
		g.Error == "" || !g.DataTo.Equal(at) || !g.OldestSuccess.After(at.Add(-time.Minute)) {
		t.Errorf("%+v", g)
	}
	runs, err := s.Runs(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range runs {
		up := "–"
		if r.Up != nil {
			up = fmt.Sprintf("%.2f", *r.Up)
		}
		got = append(got, fmt.Sprintf("%s %s %q: %d ok, %d failed, %d absent, %d rows, %d requests, up %s",
			r.Source, r.Stream, r.Scope, r.Whole, r.Failed, r.Absent, r.Rows, r.Requests, up))
	}
	want := []string{
		`github pull_requests "": 56 ok, 2 failed, 2 absent, 580 rows, 122 requests, up 0.97`,
		`pagerduty incidents "acme": 1 ok, 0 failed, 0 absent, 20 rows, 7 requests, up 1.00`,
		`pagerduty incidents "acme/Repo0000": 0 ok, 1 failed, 0 absent, 0 rows, 0 requests, up 0.00`,
		`pagerduty incidents "acme/Repo0001": 0 ok, 0 failed, 1 absent, 0 rows, 0 requests, up –`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	last, err := s.LastSuccesses(t.Context())
	if err != nil || !last[[3]string{"pagerduty", "acme", "incidents"}].Equal(at.Add(-time.Minute+time.Second)) {
		t.Errorf("%v, %v", last, err)
	}
	if _, any := last[[3]string{"pagerduty", "acme/Repo0000", "incidents"}]; any {
		t.Error("what failed is taken for a success")
	}
}

// A part without news has no row of a later run, and is as new as the whole that it was read with; one that failed is not.
func TestPartsAreAsNewAsTheirWhole(t *testing.T) {
	s := storetest.Open(t)
	at := time.Now().UTC().Truncate(time.Second)
	collected(t, s, "github", "pull_requests", 5, at.Add(-time.Hour))
	at = at.Add(time.Hour) // parts are over when they are saved
	save := func(scope string, at time.Time) {
		run := record.Collection{Source: "github", Scope: scope, Stream: "pull_requests", StartedAt: at, FinishedAt: at, Status: record.StatusOK}
		if err := s.Save(t.Context(), record.Batch{Cursor: record.Cursor(`{}`)}, run); err != nil {
			t.Fatal(err)
		}
	}
	for _, another := range []bool{false, true} { // organisation, with news of its own
		if another {
			save("other", at.Add(time.Hour))
		}
		save("acme", at)
		rows, err := s.Sources(t.Context(), store.SourceFilter{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			want := at
			switch r.Scope {
			case "other":
				want = at.Add(time.Hour)
			case "acme/Repo0000", "acme/Repo0001": // failed, absent
				if r.LastSuccess != nil {
					t.Errorf("%s: last success %s", r.Scope, r.LastSuccess)
				}
				continue
			}
			if r.LastSuccess == nil || !r.LastSuccess.Equal(want) {
				t.Errorf("%s: last success %v, want %s", r.Scope, r.LastSuccess, want)
			}
		}
	}
}

func TestPausesAreKept(t *testing.T) {
	s := storetest.Open(t)
	for _, step := range []struct {
		source string
		paused bool
	}{{"github", true}, {"pagerduty", true}, {"github", false}, {"jira", true}, {"jira", true}} {
		if err := s.SavePause(t.Context(), step.source, step.paused); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Pauses(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"jira", "pagerduty"}, got); diff != "" {
		t.Error(diff)
	}
}
