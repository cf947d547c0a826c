package collectors_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// source is a collector that yields what a function says.
type source struct {
	scope   string
	collect func(ctx context.Context, since record.Cursor, yield func(record.Batch, error) bool)
}

func (s source) task() collectors.Task {
	return collectors.Task{Source: "git", Scope: s.scope, Stream: "history", Collector: s}
}

func tasks(sources ...source) []collectors.Task {
	all := make([]collectors.Task, len(sources))
	for i, s := range sources {
		all[i] = s.task()
	}
	return all
}

func (s source) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return func(yield func(record.Batch, error) bool) { s.collect(ctx, since, yield) }
}

func commit(repo, sha string) record.Batch {
	at := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	return record.Batch{
		Commits:  []record.Commit{{Repo: repo, SHA: sha, CommittedAt: at, AuthoredAt: at}},
		Cursor:   record.Cursor(`"` + sha + `"`),
		Progress: record.Progress{Done: 1, Total: 2, Unit: "commits"},
	}
}

func shas(t *testing.T, s *store.Store) []string {
	t.Helper()
	rows, err := store.Select[struct {
		SHA string `ch:"sha"`
	}](context.Background(), s, "SELECT concat(repo, ' ', sha) AS sha FROM commits FINAL ORDER BY sha", nil)
	if err != nil {
		t.Fatal(err)
	}
	return store.Column(rows, func(r *struct {
		SHA string `ch:"sha"`
	},
	) string {
		return r.SHA
	})
}

// One source that fails and one that panics stop no other, and each says what happened.
func TestOneFailingStopsNoOther(t *testing.T) {
	s := storetest.Open(t)
	r := collectors.Runner{Sink: s, Parallel: 2}
	ledgers := r.Run(context.Background(), tasks(
		source{"o/fails", func(_ context.Context, _ record.Cursor, yield func(record.Batch, error) bool) {
			if yield(commit("o/fails", "aa"), nil) {
				yield(record.Batch{}, errors.New("the disk is on fire: put it out"))
			}
		}},
		source{"o/panics", func(context.Context, record.Cursor, func(record.Batch, error) bool) { panic("oh") }},
		source{"o/works", func(_ context.Context, _ record.Cursor, yield func(record.Batch, error) bool) {
			yield(commit("o/works", "bb"), nil)
		}},
		source{"o/warns", func(_ context.Context, _ record.Cursor, yield func(record.Batch, error) bool) {
			yield(record.Batch{Warnings: []record.Warning{{Code: "odd", Subject: "x", Detail: "it is odd"}}}, nil)
		}},
		source{"o/lacks", func(_ context.Context, _ record.Cursor, yield func(record.Batch, error) bool) {
			yield(record.Batch{Warnings: []record.Warning{{Code: "gone", Subject: "x", Detail: "it is gone", Loss: true}}}, nil)
		}},
	))
	status := map[string]record.Status{}
	for _, l := range ledgers {
		status[l.Scope] = l.Status
	}
	want := map[string]record.Status{"o/fails": "failed", "o/panics": "failed", "o/works": "ok", "o/warns": "ok", "o/lacks": "partial"}
	if diff := cmp.Diff(want, status); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(ledgers[0].Error, "put it out") || !strings.Contains(ledgers[1].Error, "oh") {
		t.Errorf("errors: %q, %q", ledgers[0].Error, ledgers[1].Error)
	}
	if diff := cmp.Diff([]string{"o/fails aa", "o/works bb"}, shas(t, s)); diff != "" {
		t.Errorf("what came before a failure is kept: %s", diff)
	}
	cover, err := s.Coverage(context.Background())
	if err != nil || len(cover.Sources) != 5 || cover.Sources[0].Status != "failed" {
		t.Errorf("ledger: %+v, %v", cover.Sources, err)
	}
}

// A run that was stopped says so, and the next one goes on from its last cursor.
func TestStoppedRunGoesOn(t *testing.T) {
	s := storetest.Open(t)
	r := collectors.Runner{Sink: s}
	ctx, stop := context.WithCancel(context.Background())
	var since []string
	c := source{"o/r", func(ctx context.Context, from record.Cursor, yield func(record.Batch, error) bool) {
		since = append(since, string(from))
		if !yield(commit("o/r", "aa"), nil) {
			return
		}
		stop()
		if ctx.Err() != nil {
			yield(record.Batch{}, ctx.Err())
			return
		}
		yield(commit("o/r", "bb"), nil)
	}}
	if l := r.Run(ctx, tasks(c))[0]; l.Status != record.StatusPartial || l.Warnings[0].Code != "stopped" {
		t.Errorf("stopped run: %+v", l)
	}
	if l := r.Run(context.Background(), tasks(c))[0]; l.Status != record.StatusOK || l.Rows != 2 {
		t.Errorf("second run: %+v", l)
	}
	if diff := cmp.Diff([]string{"", `"aa"`}, since); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"o/r aa", "o/r bb"}, shas(t, s)); diff != "" {
		t.Error(diff)
	}
}

func TestProgress(t *testing.T) {
	s := storetest.Open(t)
	r := &collectors.Runner{Sink: s}
	var seen []collectors.Running
	r.Run(context.Background(), tasks(source{"o/r", func(_ context.Context, _ record.Cursor, yield func(record.Batch, error) bool) {
		seen = append(seen, r.Progress()...)
		if yield(commit("o/r", "aa"), nil) {
			seen = append(seen, r.Progress()...)
		}
	}}))
	if len(seen) != 2 || seen[0].Total != 0 || seen[0].Left >= 0 {
		t.Fatalf("before the first batch nothing can be told: %+v", seen)
	}
	if p := seen[1]; p.Done != 1 || p.Total != 2 || p.PerSecond <= 0 || p.Left < 0 {
		t.Errorf("after it: %+v", p)
	}
	if rest := r.Progress(); len(rest) != 0 {
		t.Errorf("after the run: %+v", rest)
	}
}

// A sequence ends with what went wrong, and without a word when nobody wants more, whatever is emitted after that.
func TestEmit(t *testing.T) {
	wrong := errors.New("it broke")
	collect := func(emit func(record.Batch) error) error {
		return errors.Join(emit(record.Batch{Requests: 1}), emit(record.Batch{Requests: 2}), wrong)
	}
	for most, want := range map[int]string{1: "1", 2: "12", 3: "12it broke"} {
		seen := ""
		for b, err := range collectors.Emit(collect) {
			if err != nil {
				seen += err.Error()
			} else {
				seen += fmt.Sprint(b.Requests)
			}
			if most--; most == 0 {
				break
			}
		}
		if seen != want {
			t.Errorf("%q, want %q", seen, want)
		}
	}
	for range collectors.Emit(func(func(record.Batch) error) error { return nil }) {
		t.Error("a batch out of nothing")
	}
}
