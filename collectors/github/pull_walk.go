package github

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

const (
	pullsInBatch  = 500 // pull requests that wait for each other before they are saved
	reposPerToken = 4   // that are read side by side: far below GitHub's limit of 100 calls at once
	mostRepos     = 16
	downAfter     = 5 // repositories that fail one after the other: it is the server then, and the run ends
)

// pullWalk is one run over the pull requests of a source. Jobs read repositories side by side and report to one goroutine, which
// alone knows the cursor: so what a batch holds is what its cursor says.
type pullWalk struct {
	source   *Source
	pass     *pass
	position position
	looked   int64     // when the run before this one began
	now      time.Time // when this one did

	batch  record.Batch
	open   map[string]*record.Covered // repositories under way, by number
	failed int                        // one after the other
	done   int64
	total  int64
}

// job reads some repositories and tells what it finds.
type job func(ctx context.Context, tell func(report) error) error

// report is a page of one repository, or how it ended.
type report struct {
	repo     record.HostedRepository
	facts    []pullFacts
	place    *place // where the repository stands now; nil: where it stood
	done     bool
	err      error
	requests uint64
	warnings []record.Warning
}

func newPullWalk(s *Source, p *pass, pos position) *pullWalk {
	w := &pullWalk{source: s, pass: p, position: pos, looked: pos.Looked, now: s.opts.Now(), open: map[string]*record.Covered{}}
	w.position.Looked = w.now.Unix()
	return w
}

// width is how many repositories are read side by side.
func (s *Source) width() int {
	tokens := len(s.opts.Tokens)
	if s.opts.App != nil {
		tokens++
	}
	return min(reposPerToken*max(1, tokens), mostRepos)
}

// run does the jobs. What was read before an error is saved.
func (w *pullWalk) run(ctx context.Context, jobs []job) error {
	working, cancel := context.WithCancel(ctx)
	defer cancel()
	reports := make(chan report)
	go func() {
		defer close(reports)
		var group errgroup.Group
		group.SetLimit(w.source.width())
		for _, j := range jobs {
			if working.Err() != nil {
				break
			}
			group.Go(func() error {
				j.do(working, reports)
				return nil
			})
		}
		_ = group.Wait()
	}()
	var failure error
	for r := range reports {
		if failure == nil {
			if failure = w.take(r); failure != nil {
				cancel()
			}
		}
	}
	switch {
	case errors.Is(failure, collectors.ErrStopped):
		return failure
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return errors.Join(w.flush(), failure)
}

// do runs the job and reports what breaks it: a panic too, which nobody else could catch.
func (j job) do(ctx context.Context, reports chan<- report) {
	ctx, requests := web.Count(ctx)
	var told uint64
	tell := func(r report) error {
		total := requests.Load()
		r.requests, told = total-told, total
		select {
		case reports <- r:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	defer func() {
		if p := recover(); p != nil {
			_ = tell(report{err: fmt.Errorf("reading pull requests broke: %v\n%s", p, debug.Stack())})
		}
	}()
	if err := j(ctx, tell); err != nil {
		_ = tell(report{err: err})
	}
}

// take adds a report to the batch, and sends the batch when it is long enough. It fails when there is no use in going on.
func (w *pullWalk) take(r report) error {
	if r.repo.ID == "" {
		return r.err
	}
	hopeless := hopelessError(r.err)
	if hopeless != nil { // what came before it is good
		r.err = nil
	}
	w.close(r)
	if hopeless != nil {
		return hopeless
	}
	if r.err != nil && w.failed >= downAfter {
		return fmt.Errorf("%d repositories failed one after the other, the last with: %w", w.failed, r.err)
	}
	if len(w.batch.PullRequests) >= pullsInBatch {
		return w.flush()
	}
	return nil
}

// hopelessError is an error that every other repository would meet as well.
func hopelessError(err error) error {
	var limit *web.LimitError
	if errors.As(err, &limit) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || status(err) == 401 {
		return err
	}
	return nil
}

// close adds what a report says to the batch and to the cursor, and to the ledger if the repository is done.
func (w *pullWalk) close(r report) {
	row := w.open[r.repo.ID]
	if row == nil {
		row = &record.Covered{Scope: r.repo.Name}
		w.open[r.repo.ID] = row
	}
	for i := range r.facts {
		f := &r.facts[i]
		f.into(&w.batch)
		row.Rows += uint64(f.rows())
		widen(row, f.pull.CreatedAt, f.pull.UpdatedAt)
	}
	row.Requests += r.requests
	w.done += int64(len(r.facts))
	w.batch.Warnings = append(w.batch.Warnings, r.warnings...)
	if r.place != nil {
		w.position.Repos[r.repo.ID] = r.place
	}
	switch {
	case r.err != nil:
		w.position.Flawed[r.repo.ID] = true
		w.fail(row, r.err)
	case r.done:
		w.failed = 0
		delete(w.position.Flawed, r.repo.ID)
	default:
		return
	}
	w.batch.Covered = append(w.batch.Covered, *row)
	delete(w.open, r.repo.ID)
}

// fail says in the ledger what is wrong with a repository.
func (w *pullWalk) fail(row *record.Covered, err error) {
	var absent collectors.Absent
	if errors.As(w.source.absent(err), &absent) {
		row.Absent = absent.Why
		return
	}
	w.failed++
	row.Error = err.Error()
	w.batch.Warnings = append(w.batch.Warnings, record.Warning{
		Code: "repository_failed", Subject: row.Scope, Detail: err.Error() + "; the next run reads it again", Loss: true,
	})
}

func widen(row *record.Covered, from, to time.Time) {
	if row.From.IsZero() || from.Before(row.From) {
		row.From = from
	}
	if to.After(row.To) {
		row.To = to
	}
}

// flush sends the batch with the cursor that goes with it.
func (w *pullWalk) flush() error {
	cursor, err := encode(w.position)
	if err != nil {
		return fmt.Errorf("write the cursor: %w", err)
	}
	b := w.batch
	w.batch = record.Batch{}
	b.Cursor = cursor
	b.Progress = record.Progress{Done: w.done, Total: max(w.total, w.done), Unit: "pull requests"}
	return w.pass.send(b)
}
