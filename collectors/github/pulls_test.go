package github

import (
	"context"
	"fmt"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/record"
)

// fleet is a fake GitHub on loopback with a clock of its own, and a source that reads it.
type fleet struct {
	*githubtest.Fleet
	source *Source
	clock  *clock
	url    string
}

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// sleep lets the time pass that a source would wait for.
func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.pass(d)
	return ctx.Err()
}

func noon() *clock { return &clock{at: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)} }

func newFleet(t testing.TB, o githubtest.Options, change func(*Options)) *fleet {
	t.Helper()
	c := noon()
	o.Now = c.now
	f := &fleet{Fleet: githubtest.New(o), clock: c}
	server := httptest.NewServer(f.Fleet)
	t.Cleanup(server.Close)
	f.url = server.URL
	f.source = f.open(t, change)
	return f
}

// open makes another source for the same server, as a program that starts again does.
func (f *fleet) open(t testing.TB, change func(*Options)) *Source {
	t.Helper()
	o := Options{
		Org: "acme", BaseURL: f.url, Tokens: []string{"secret-1"}, Now: f.clock.now,
		Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// kept is what a store would hold: facts by their keys, and the ledger.
type kept struct {
	pulls   map[string]record.PullRequest
	reviews map[string]record.Review
	commits map[string]record.PullCommit
	events  map[string]record.PullEvent
	covered map[string]record.Covered

	warnings   []record.Warning
	tombstones []record.Tombstone
	hosted     []record.HostedRepository
	payloads   int
	batches    int
	requests   uint64
	cursor     record.Cursor
}

func nothing() *kept {
	return &kept{
		pulls: map[string]record.PullRequest{}, reviews: map[string]record.Review{}, commits: map[string]record.PullCommit{},
		events: map[string]record.PullEvent{}, covered: map[string]record.Covered{},
	}
}

func (k *kept) save(b record.Batch) {
	for _, p := range b.PullRequests {
		key := fmt.Sprintf("%s#%d", p.Repo, p.Number)
		if old, ok := k.pulls[key]; !ok || !p.UpdatedAt.Before(old.UpdatedAt) {
			k.pulls[key] = p
		}
	}
	for _, r := range b.Reviews {
		k.reviews[fmt.Sprintf("%s#%d/%s", r.Repo, r.Number, r.ID)] = r
	}
	for _, c := range b.PullCommits {
		k.commits[fmt.Sprintf("%s#%d/%s", c.Repo, c.Number, c.SHA)] = c
	}
	for _, e := range b.PullEvents {
		k.events[fmt.Sprintf("%s#%d/%s/%s", e.Repo, e.Number, e.Kind, e.ID)] = e
	}
	for _, c := range b.Covered {
		k.covered[c.Scope] = c
	}
	k.warnings = append(k.warnings, b.Warnings...)
	k.tombstones = append(k.tombstones, b.Tombstones...)
	k.hosted = append(k.hosted, b.Hosted...)
	k.payloads += len(b.Payloads)
	k.batches++
	k.requests += b.Requests
	if b.Cursor != nil {
		k.cursor = b.Cursor
	}
}

// run collects from where the last run came to, all of it or a number of batches.
func (k *kept) run(t testing.TB, task collectors.Task, batches int) error {
	t.Helper()
	n := 0
	for b, err := range task.Collect(t.Context(), k.cursor) {
		if err != nil {
			return err
		}
		k.save(b)
		if n++; n == batches {
			break
		}
	}
	return nil
}

func (k *kept) mustRun(t testing.TB, task collectors.Task) {
	t.Helper()
	if err := k.run(t, task, -1); err != nil {
		t.Fatal(err)
	}
}

// same fails unless two stores hold the same facts.
func same(t *testing.T, got, want *kept) {
	t.Helper()
	for name, diff := range map[string]string{
		"pull requests": cmp.Diff(want.pulls, got.pulls), "reviews": cmp.Diff(want.reviews, got.reviews),
		"commits": cmp.Diff(want.commits, got.commits), "events": cmp.Diff(want.events, got.events),
	} {
		if diff != "" {
			t.Errorf("%s differ (-want +got):\n%.2000s", name, diff)
		}
	}
}

func TestTenThousandPullRequests(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 10_000, LongEvery: 20}, nil)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if len(k.pulls) != 10_000 || k.payloads != 10_000 {
		t.Errorf("%d pull requests and %d payloads, want 10000 of each", len(k.pulls), k.payloads)
	}
	if n := f.Requests(); n > 900 || uint64(n) != k.requests {
		t.Errorf("%d requests were sent and %d reported, want at most 900 and the same: %v", n, k.requests, f.RequestsBy())
	}
	for key, p := range k.pulls {
		if !p.ReviewsComplete || p.Number%20 == 0 && len(p.Commits) < 35 {
			t.Fatalf("%s has its reviews %t and %d commits", key, p.ReviewsComplete, len(p.Commits))
		}
	}
	t.Logf("%d requests, %d reviews, %d commits, %d batches: %v", f.Requests(), len(k.reviews), len(k.commits), k.batches, f.RequestsBy())
}
