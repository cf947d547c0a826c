package collectors

import (
	"context"
	"iter"

	"github.com/baserate/baserate/record"
)

// Collector reads one scope of one source from a cursor on.
//
// Collect yields batches until the source is exhausted or ctx ends. A non-nil error is the last thing it
// yields: what went wrong, with what to do, for a person to read. Batches may repeat facts already saved.
type Collector interface {
	Source() string // the kind of source, such as "git"
	Scope() string  // what is read: a repository, an organisation
	Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error]
}

// Sink keeps facts and cursors. Save stores the batch's facts and only then its cursor; saving the same batch
// twice leaves the same facts.
type Sink interface {
	Cursor(ctx context.Context, source, scope string) (record.Cursor, error)
	Save(ctx context.Context, b record.Batch, ledger record.Collection) error
}
