package github

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

const (
	sweepRows    = 1000 // facts that wait for others before they are saved, with the cursor of the whole sweep
	hopeless     = 5    // repositories that fail one after the other, or do not show a thing when none does: the rest are not asked
	snapshotAge  = 20 * time.Hour
	settledAfter = 7 * 24 * time.Hour // what is older than that does not change any more, or is found by other ways
)

// sweep reads a stream of one repository after the other. T is what the cursor remembers of each, by the forge's number for it.
type sweep[T any] struct {
	pass   *pass
	Parts  map[string]T    `json:"parts,omitempty"`
	Flawed map[string]bool `json:"flawed,omitempty"` // those that the ledger has as failed or absent

	cursor func() (record.Cursor, error) // of the whole stream; of the sweep alone when nil
	batch  record.Batch
	done   int64
	total  int64
	shown  int             // repositories that could be read
	hidden []string        // why the others could not
	failed int             // one after the other, the last of them included
	warned map[string]bool // by code
}

// part is a repository under way.
type part[T any] struct {
	*sweep[T]
	Repo  record.HostedRepository
	State T

	before   uint64 // requests until it began
	rows     int    // that were in the batch when it began, or that it sent already, as a negative number
	from, to time.Time
	whole    bool // it is named in the ledger even when it has no news
}

func newSweep[T any](p *pass, since record.Cursor) *sweep[T] {
	w := decode[*sweep[T]](since)
	if w == nil {
		w = &sweep[T]{}
	}
	if w.Parts == nil {
		w.Parts = map[string]T{}
	}
	if w.Flawed == nil {
		w.Flawed = map[string]bool{}
	}
	w.pass = p
	return w
}

// over reads each repository. One that fails is in the ledger with what went wrong, and stops no other.
func (w *sweep[T]) over(ctx context.Context, repos []record.HostedRepository, read func(ctx context.Context, pt *part[T]) error) error {
	w.total = int64(len(repos))
	w.forget(repos)
	for _, repo := range repos {
		pt := &part[T]{sweep: w, Repo: repo, State: w.Parts[repo.ID], before: w.pass.requests.Load(), rows: w.batch.Rows()}
		err := read(ctx, pt)
		if errors.Is(err, collectors.ErrStopped) || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		pt.close(err)
		if w.failed == hopeless {
			return errors.Join(w.flush(), fmt.Errorf("%d repositories one after the other cannot be read, the last one: %w", hopeless, err))
		}
		if w.shown == 0 && len(w.hidden) == hopeless {
			break
		}
		if w.batch.Rows() >= sweepRows {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return w.end()
}

// forget drops what is remembered of repositories that are not the source's any more.
func (w *sweep[T]) forget(repos []record.HostedRepository) {
	listed := map[string]bool{wholeList: true}
	for _, r := range repos {
		listed[r.ID] = true
	}
	maps.DeleteFunc(w.Parts, func(id string, _ T) bool { return !listed[id] })
	maps.DeleteFunc(w.Flawed, func(id string, _ bool) bool { return !listed[id] })
}

func (w *sweep[T]) end() error {
	if w.shown > 0 || len(w.hidden) == 0 {
		return w.flush()
	}
	if w.batch.Rows() > 0 {
		if err := w.flush(); err != nil {
			return err
		}
	}
	return collectors.Absent{Why: w.hidden[0]}
}

// flush sends what was gathered, and how far it reaches.
func (w *sweep[T]) flush() (err error) {
	b := w.batch
	w.batch = record.Batch{}
	if w.cursor != nil {
		b.Cursor, err = w.cursor()
	} else {
		b.Cursor, err = encode(w)
	}
	if err != nil {
		return fmt.Errorf("write the cursor: %w", err)
	}
	b.Progress = record.Progress{Done: w.done, Total: w.total, Unit: "repositories"}
	return w.pass.send(b)
}

// keep remembers how far a repository was read, and sends what there is when that is much.
func (pt *part[T]) keep() error {
	pt.Parts[pt.Repo.ID] = pt.State
	if pt.batch.Rows() < sweepRows {
		return nil
	}
	pt.rows -= pt.batch.Rows()
	return pt.flush()
}

// span widens the time that the ledger says was covered.
func (pt *part[T]) span(t time.Time) {
	if t.IsZero() {
		return
	}
	if pt.from.IsZero() || t.Before(pt.from) {
		pt.from = t
	}
	if t.After(pt.to) {
		pt.to = t
	}
}

func (pt *part[T]) close(err error) {
	w := pt.sweep
	w.done++
	row := record.Covered{
		Scope: pt.Repo.Name, Rows: uint64(w.batch.Rows() - pt.rows), Requests: w.pass.requests.Load() - pt.before, From: pt.from, To: pt.to,
	}
	var absent collectors.Absent
	switch {
	case errors.As(w.pass.source.absent(err), &absent):
		row.Absent = absent.Why
		w.hidden = append(w.hidden, absent.Why)
		w.Flawed[pt.Repo.ID] = true
	case err != nil:
		row.Error = err.Error()
		w.failed++
		w.Flawed[pt.Repo.ID] = true
		w.warn(record.Warning{Code: "part_failed", Subject: pt.Repo.Name, Detail: row.Error, Loss: true})
	default:
		w.failed = 0
		w.shown++
		w.Parts[pt.Repo.ID] = pt.State
		mended := w.Flawed[pt.Repo.ID]
		delete(w.Flawed, pt.Repo.ID)
		if row.Rows == 0 && !pt.whole && !mended {
			return
		}
	}
	w.batch.Covered = append(w.batch.Covered, row)
}

// warn says that something is missing, or odd, in what was read.
func (w *sweep[T]) warn(warning record.Warning) { w.batch.Warnings = append(w.batch.Warnings, warning) }

// warnOnce says so for the first repository that it is true of, where it is true of many alike.
func (w *sweep[T]) warnOnce(warning record.Warning) {
	if w.warned == nil {
		w.warned = map[string]bool{}
	}
	if !w.warned[warning.Code] {
		w.warned[warning.Code] = true
		w.warn(warning)
	}
}

// heed says, for the first repository that it is true of, that the server did not heed a filter by date.
func (pt *part[T]) heed(asked *collectors.Window) {
	for _, warning := range asked.Warnings(pt.Repo.Name) {
		pt.warnOnce(warning)
	}
}

// now is the clock of the source, in whole seconds: what the tables keep.
func (s *Source) now() time.Time { return s.opts.Now().UTC().Truncate(time.Second) }
