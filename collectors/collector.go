package collectors

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/baserate/baserate/record"
)

// Collector reads one stream of a source from a cursor on.
//
// Collect yields batches until the source is exhausted or ctx ends. A non-nil error is the last thing it
// yields: what went wrong, with what to do, for a person to read; see [Absent] for what a source does not have.
// Batches may repeat facts already saved.
type Collector interface {
	Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error]
}

// Task is a collector with what it reads, as the ledger names it. The three names are its key.
type Task struct {
	Source string // the kind of source, such as "git"
	Scope  string // a repository, an organisation, a folder
	Stream string // "history", "pull_requests"
	Collector
	Every   time.Duration // how often a schedule runs it where nobody says otherwise
	Timeout time.Duration // of one run; none when zero. The next run goes on from the last cursor
}

// Absent is the error of a stream that its source does not have, or does not let this account read: it is in the ledger as
// not collected, and is no failure.
type Absent struct{ Why string }

// Error returns why.
func (a Absent) Error() string { return a.Why }

// Sink keeps facts and cursors. Save stores the batch's facts and only then its cursor; saving the same batch
// twice leaves the same facts.
type Sink interface {
	Cursor(ctx context.Context, source, scope, stream string) (record.Cursor, error)
	Save(ctx context.Context, b record.Batch, ledger record.Collection) error
}

// ErrStopped is what emit returns when nobody wants more batches. It ends a collector and is never shown.
var ErrStopped = errors.New("stopped")

// Emit makes the sequence of a [Collector] of a function that hands over batch by batch, and ends it with the function's error.
func Emit(collect func(emit func(record.Batch) error) error) iter.Seq2[record.Batch, error] {
	return func(yield func(record.Batch, error) bool) {
		stopped := false
		err := collect(func(b record.Batch) error {
			if stopped = stopped || !yield(b, nil); stopped {
				return ErrStopped
			}
			return nil
		})
		if err != nil && !stopped {
			yield(record.Batch{}, err)
		}
	}
}
