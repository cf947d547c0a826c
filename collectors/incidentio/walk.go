package incidentio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// overlap is the least by which a walk begins before the one before it did; pages is more than any account has.
const (
	overlap = time.Hour
	pages   = 10_000
)

// position is the cursor.
type position struct {
	Through time.Time     `json:"through"` // when the last complete walk began: changes until then were seen
	Swept   time.Time     `json:"swept"`   // when attachments of what may still change were last read
	Recent  outage.Recent `json:"recent"`

	// Of a walk that is not complete.
	Day   string    `json:"day,omitempty"`
	After string    `json:"after,omitempty"`
	Sweep bool      `json:"sweep,omitempty"`
	Begun time.Time `json:"begun,omitzero"`
}

// Collect walks the incidents that changed since the last complete walk.
func (s *Source) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return collectors.Emit(func(emit func(record.Batch) error) error {
		w := &walk{Source: s, now: s.options.Now(), emit: emit}
		if err := w.begin(ctx, since); err != nil {
			return err
		}
		return errors.Join(w.walk(ctx), ctx.Err())
	})
}

// walk is one run under way.
type walk struct {
	*Source
	position
	now    time.Time
	asked  collectors.Window
	levels map[string]uint8
	denied string // why attachments cannot be read; "" while they can
	done   int64

	resumed bool // the next page is the first of a walk that was cut
	emit    func(record.Batch) error
}

// begin takes up a walk where it was, or begins one.
func (w *walk) begin(ctx context.Context, since record.Cursor) error {
	if since != nil {
		if err := json.Unmarshal(since, &w.position); err != nil {
			return fmt.Errorf("read the cursor of incidentio %s: %w", w.options.Scope, err)
		}
	}
	w.resumed = w.After != ""
	if w.Recent == nil {
		w.Recent = outage.Recent{}
	}
	if w.Begun.IsZero() {
		w.position.Sweep = w.now.Sub(w.Swept) >= w.options.Sweep
		w.Day, w.After, w.Begun = w.first(), "", w.now
	}
	if from, err := time.Parse(time.DateOnly, w.Day); err == nil { // in the account's own time, maybe
		w.asked = collectors.Window{Filter: "updated_at[gte]=" + w.Day, From: from, Slack: 24 * time.Hour}
	}
	ranked, err := w.severities(ctx)
	if err != nil && web.Status(err) != http.StatusNotFound && web.Status(err) != http.StatusForbidden {
		return err
	}
	w.levels = w.options.levels(ranked)
	return nil
}

// first is the day from which a new walk asks for changes; "" for all.
func (w *walk) first() string {
	from := w.options.Since
	if !w.Through.IsZero() {
		from = w.Through.Add(-overlap)
		if w.position.Sweep {
			from = w.Through.Add(-w.options.Settle)
		}
	}
	if from.IsZero() {
		return ""
	}
	return from.UTC().Format(time.DateOnly)
}

// expired reports whether an answer says that the mark of a page is not known any more.
func expired(err error) bool {
	return slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnprocessableEntity}, web.Status(err))
}

func (w *walk) walk(ctx context.Context) error {
	guard := web.NewPages(pages)
	for {
		counted, requests := web.Count(ctx)
		list, next, err := w.page(counted, w.Day, w.After)
		if expired(err) && w.resumed {
			w.After, w.resumed = "", false // the mark of the page is too old: from the first page again
			continue
		}
		w.resumed = false
		if err == nil {
			err = guard.Next(w.After, nil)
		}
		if err != nil {
			return fmt.Errorf("list incidents of incident.io: %w", err)
		}
		b, err := w.batch(counted, list)
		if err != nil {
			return err
		}
		w.After = next
		if next == "" {
			w.complete(&b)
		}
		if err := w.send(b, requests.Load()); err != nil || next == "" {
			return err
		}
	}
}

// complete moves the watermark: everything that changed before the walk began is known. The account's clock may be off by the overlap.
func (w *walk) complete(b *record.Batch) {
	from, _ := time.Parse(time.DateOnly, w.Day) // zero for all
	b.Covered = append(b.Covered, record.Covered{Scope: w.options.Scope, From: from, To: w.Begun})
	if w.denied != "" {
		b.Covered = append(b.Covered, record.Covered{Scope: w.options.Scope + "/attachments", Absent: w.denied})
	}
	w.Through = w.Begun
	if w.position.Sweep {
		w.Swept = w.Begun
	}
	w.Day, w.Begun = "", time.Time{}
}
