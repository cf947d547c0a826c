package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// overlap is by how much a walk begins before the end of the last one; pages is more than any site has.
const (
	overlap = 15 * time.Minute
	pages   = 100_000
)

// position is the cursor.
type position struct {
	Through time.Time     `json:"through"` // changes until then are known
	Swept   time.Time     `json:"swept"`   // when all that may still change were last read
	Recent  outage.Recent `json:"recent"`
}

// Collect walks incidents in the order of their last change.
func (s *Source) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return collectors.Emit(func(emit func(record.Batch) error) error {
		w := &walk{Source: s, now: s.options.Now(), seen: map[string]bool{}, emit: emit}
		if err := w.begin(since); err != nil {
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
	from   time.Time // changes since then are asked for; zero: all
	asked  collectors.Window
	sweep  bool // everything that may still change is read again
	search int  // which of the searches this site has
	seen   map[string]bool
	emit   func(record.Batch) error
}

func (w *walk) begin(since record.Cursor) error {
	if since != nil {
		if err := json.Unmarshal(since, &w.position); err != nil {
			return fmt.Errorf("read the cursor of jira %s: %w", w.options.Scope, err)
		}
	}
	if w.Recent == nil {
		w.Recent = outage.Recent{}
	}
	if w.Through.After(w.now) {
		w.Through = w.now
	}
	w.sweep = w.now.Sub(w.Swept) >= w.options.Sweep
	w.from = w.options.Since
	if !w.Through.IsZero() {
		w.from = w.Through.Add(-overlap)
		if settling := w.now.Add(-w.options.Settle); w.sweep && settling.Before(w.from) {
			w.from = settling
		}
	}
	w.asked = collectors.Window{Filter: w.query(), From: w.from, Slack: overlap}
	return nil
}

// query is what is asked for. Jira reads a date in the time zone of the account, and minutes ago alike everywhere.
func (w *walk) query() string {
	jql := "(" + strings.TrimSpace(w.options.JQL) + ")"
	if !w.from.IsZero() {
		jql += fmt.Sprintf(` AND updated >= "-%dm"`, int(math.Ceil(w.now.Sub(w.from).Minutes())))
	}
	return jql + " ORDER BY updated ASC"
}

func (w *walk) walk(ctx context.Context) error {
	guard := web.NewPages(pages)
	for at := (&place{}); at != nil; {
		counted, requests := web.Count(ctx)
		list, next, err := w.page(counted, &w.search, w.query(), *at)
		if err == nil {
			err = guard.Next(fmt.Sprint(at.token, " ", at.start), nil)
		}
		if err != nil {
			return fmt.Errorf("search incidents of jira: %w", err)
		}
		b, err := w.batch(counted, list)
		if err != nil {
			return err
		}
		if err := w.send(b, requests.Load()); err != nil {
			return err
		}
		at = next
	}
	return w.end(ctx)
}

// end looks after incidents that a sweep should have found and did not, and closes the walk.
func (w *walk) end(ctx context.Context) error {
	counted, requests := web.Count(ctx)
	b := record.Batch{Covered: []record.Covered{{Scope: w.options.Scope, From: w.from, To: w.now}}}
	for _, id := range slices.Sorted(maps.Keys(w.Recent)) {
		if !w.sweep || w.seen[id] || w.Recent[id].At.Before(w.from) {
			continue
		}
		there, err := w.exists(counted, id)
		if err != nil {
			return err
		}
		if !there {
			delete(w.Recent, id)
			b.Tombstones = append(b.Tombstones, record.Tombstone{Source: "jira", Kind: "incident", Scope: w.options.Scope, ID: id, Reason: "hidden", SeenAt: w.now})
		}
	}
	w.Through = w.now // the index of a site may lag; the overlap covers that
	if w.sweep {
		w.Swept = w.now
	}
	return w.send(b, requests.Load())
}
