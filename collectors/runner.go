package collectors

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/record"
)

// lastWords is how long a run that was stopped may take to write its row of the ledger.
const lastWords = 10 * time.Second

// Runner runs collectors side by side and keeps the coverage ledger. One collector that fails, or panics, stops no
// other.
type Runner struct {
	Sink     Sink
	Parallel int          // collectors at once; 1 when zero
	Log      *slog.Logger // slog.Default when nil

	mu      sync.Mutex
	running []*run
}

// Run runs each task once, from where it last came to, and returns their ledger rows in the same order.
func (r *Runner) Run(ctx context.Context, tasks []Task) []record.Collection {
	ledgers := make([]record.Collection, len(tasks))
	var group errgroup.Group
	group.SetLimit(max(1, r.Parallel))
	for i, t := range tasks {
		group.Go(func() error {
			ledgers[i] = r.collect(ctx, t)
			return nil
		})
	}
	_ = group.Wait()
	return ledgers
}

// run is a collection under way.
type run struct {
	task   Task
	ledger record.Collection

	mu       sync.Mutex
	progress record.Progress
	requests uint64
	from     int64 // where progress stood at the first batch
	since    time.Time
}

func (r *Runner) collect(ctx context.Context, t Task) record.Collection {
	now := time.Now()
	run := &run{task: t, since: now, ledger: record.Collection{
		Source: t.Source, Scope: t.Scope, Stream: t.Stream, StartedAt: now, Status: record.StatusRunning,
	}}
	r.enter(run)
	defer r.leave(run)
	err := r.within(ctx, run)
	run.close(err)
	r.log(run, err)
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	if err := r.Sink.Save(closing, record.Batch{}, run.ledger); err != nil {
		run.ledger.Status = record.StatusFailed
		run.ledger.Error = errors.Join(errors.New(run.ledger.Error), err).Error()
	}
	return run.ledger
}

// within drains the collector in the time that its task has.
func (r *Runner) within(ctx context.Context, run *run) error {
	limit := run.task.Timeout
	if limit == 0 {
		return r.drain(ctx, run)
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := r.drain(limited, run)
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		return fmt.Errorf("not done after %s; the next run goes on from its last cursor: %w", limit, err)
	}
	return err
}

// drain saves what the collector yields until it ends, fails, or the context does.
func (r *Runner) drain(ctx context.Context, run *run) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the collector broke: %v\n%s", p, debug.Stack())
		}
	}()
	cursor, err := r.Sink.Cursor(ctx, run.ledger.Source, run.ledger.Scope, run.ledger.Stream)
	if err != nil {
		return err
	}
	for batch, err := range run.task.Collect(ctx, cursor) {
		if err != nil {
			return err
		}
		run.add(batch)
		if err := r.Sink.Save(ctx, batch, run.ledger); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (u *run) add(b record.Batch) {
	u.mu.Lock()
	if u.progress == (record.Progress{}) {
		u.from = b.Progress.Done - int64(len(b.Commits))
	}
	u.progress = b.Progress
	u.requests += b.Requests
	u.mu.Unlock()
	u.ledger.Rows += uint64(b.Rows())
	u.ledger.Requests += b.Requests
	for _, part := range b.Covered {
		u.span(part.From)
		u.span(part.To)
	}
	u.ledger.Warnings = append(u.ledger.Warnings, b.Warnings...)
	for i := range b.Commits {
		u.span(b.Commits[i].CommittedAt)
	}
}

// span widens the window of the ledger; a date in the future says nothing about coverage.
func (u *run) span(t time.Time) {
	if t.IsZero() || t.After(u.ledger.StartedAt) {
		return
	}
	if u.ledger.From.IsZero() || t.Before(u.ledger.From) {
		u.ledger.From = t
	}
	if t.After(u.ledger.To) {
		u.ledger.To = t
	}
}

func (u *run) close(err error) {
	u.ledger.FinishedAt = time.Now()
	var absent Absent
	switch {
	case errors.As(err, &absent):
		u.ledger.Status, u.ledger.Error = record.StatusAbsent, absent.Why
	case errors.Is(err, context.Canceled):
		u.ledger.Status = record.StatusPartial
		u.ledger.Warnings = append(u.ledger.Warnings, record.Warning{
			Code: "stopped", Subject: u.ledger.Scope, Detail: "stopped before the end; the next run goes on from here", Loss: true,
		})
	case err != nil:
		u.ledger.Status, u.ledger.Error = record.StatusFailed, err.Error()
	case slices.ContainsFunc(u.ledger.Warnings, func(w record.Warning) bool { return w.Loss }):
		u.ledger.Status = record.StatusPartial
	default:
		u.ledger.Status = record.StatusOK
	}
}

func (r *Runner) log(u *run, err error) {
	log := r.Log
	if log == nil {
		log = slog.Default()
	}
	level := slog.LevelDebug
	if u.ledger.Status == record.StatusFailed {
		level = slog.LevelWarn
	}
	log.Log(context.Background(), level, "collected", "source", u.ledger.Source, "scope", u.ledger.Scope, "status", u.ledger.Status,
		"rows", u.ledger.Rows, "warnings", len(u.ledger.Warnings), "seconds", u.ledger.FinishedAt.Sub(u.ledger.StartedAt).Seconds(), "error", err)
}

func (r *Runner) enter(u *run) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.running = append(r.running, u)
}

func (r *Runner) leave(u *run) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, other := range r.running {
		if other == u {
			r.running = append(r.running[:i:i], r.running[i+1:]...)
			return
		}
	}
}
