package pagerduty

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// window is the longest stretch of time that is listed at once (PagerDuty's limit is six months), and overlap by how much a walk
// begins before the end of the last one.
const (
	window  = 170 * 24 * time.Hour
	overlap = time.Hour
)

// position is the cursor.
type position struct {
	Through time.Time     `json:"through"` // incidents that were created before are known
	Swept   time.Time     `json:"swept"`   // when all that may still change were last read
	Recent  outage.Recent `json:"recent"`
}

// Collect walks incidents in the order of their creation, then reads again those that may have changed since.
func (s *Source) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return collectors.Emit(func(emit func(record.Batch) error) error {
		w, err := s.begin(since)
		if err != nil {
			return err
		}
		w.emit = emit
		return errors.Join(w.walk(ctx), ctx.Err())
	})
}

// walk is one run under way.
type walk struct {
	*Source
	position
	now    time.Time
	sweep  bool            // everything that may still change is read again
	seen   map[string]bool // incidents of this run
	shown  bool            // related change events were read
	denied string          // why they cannot be read; "" while they can
	from   time.Time       // where the walk began
	asked  collectors.Window
	emit   func(record.Batch) error
}

func (s *Source) begin(since record.Cursor) (*walk, error) {
	w := &walk{Source: s, now: s.options.Now(), seen: map[string]bool{}}
	if since != nil {
		if err := json.Unmarshal(since, &w.position); err != nil {
			return nil, fmt.Errorf("read the cursor of pagerduty %s: %w", s.options.Scope, err)
		}
	}
	if w.Recent == nil {
		w.Recent = outage.Recent{}
	}
	if w.Through.After(w.now) {
		w.Through = w.now
	}
	w.sweep = w.now.Sub(w.Swept) >= s.options.Sweep
	return w, nil
}

func (w *walk) walk(ctx context.Context) error {
	w.from = w.options.Since
	if !w.Through.IsZero() {
		back := overlap
		if w.sweep {
			back = w.options.Settle
		}
		w.from = w.Through.Add(-back)
	}
	if err := w.created(ctx, w.from); err != nil {
		return err
	}
	if err := w.open(ctx); err != nil {
		return err
	}
	return w.again(ctx)
}

// created reads what was created since a moment, window by window, oldest first.
func (w *walk) created(ctx context.Context, from time.Time) error {
	for from.Before(w.now) {
		until := from.Add(window)
		if until.After(w.now) {
			until = w.now
		}
		query := url.Values{"since": {stamp(from)}, "until": {stamp(until)}}
		w.asked = collectors.Window{Filter: "since=" + stamp(from) + "&until=" + stamp(until), From: from, To: until, Slack: overlap}
		last, err := w.stretch(ctx, query, true)
		if err != nil {
			return err
		}
		if last.IsZero() { // the stretch came to its end
			last = until
		} else if !last.After(from) {
			return fmt.Errorf("pagerduty: more than %d incidents were created in one second, at %s: name teams or services to read fewer", deepest, stamp(from))
		}
		from = last
		if last.After(w.Through) {
			w.Through = last
		}
	}
	return nil
}

// open reads every incident that is not over, whenever it was created.
func (w *walk) open(ctx context.Context) error {
	w.asked = collectors.Window{}
	query := url.Values{"date_range": {"all"}, "statuses[]": {"triggered", "acknowledged"}}
	_, err := w.stretch(ctx, query, false)
	return err
}

// stretch reads one list page by page. It returns the zero time at the list's end, and where to begin anew when the list goes on
// beyond what can be asked for. A list in the order of creation moves the cursor.
func (w *walk) stretch(ctx context.Context, query url.Values, ordered bool) (time.Time, error) {
	pages := web.NewPages(deepest / pageSize)
	for offset := 0; ; offset += pageSize {
		counted, requests := web.Count(ctx)
		list, more, err := w.page(counted, query, offset)
		if err != nil {
			return time.Time{}, err
		}
		body, err := json.Marshal(ids(list))
		if err == nil && more {
			err = pages.Next(fmt.Sprint(offset), body)
		}
		if err != nil {
			return time.Time{}, fmt.Errorf("list incidents of pagerduty: %w", err)
		}
		end, empty := newest(list), len(list) == 0
		list = slices.DeleteFunc(list, func(i incident) bool { return !w.asked.Holds(i.CreatedAt) })
		b, err := w.batch(counted, list)
		if err != nil {
			return time.Time{}, err
		}
		b.Warnings = append(b.Warnings, w.asked.Warnings(w.options.Scope)...)
		if last := newest(list); ordered && last.After(w.Through) && !last.After(w.now) {
			w.Through = last
		}
		if err := w.send(b, requests.Load()); err != nil {
			return time.Time{}, err
		}
		if !more || empty {
			return time.Time{}, nil
		}
		if offset+2*pageSize > deepest {
			return w.beyond(end)
		}
	}
}

// beyond is where to begin anew when a list goes on after its last place that can be asked for, whose incident is of that time.
func (w *walk) beyond(end time.Time) (time.Time, error) {
	switch {
	case w.asked.Holds(end):
		return end, nil
	case end.After(w.asked.To): // what was asked for is read
		return time.Time{}, nil
	}
	return time.Time{}, fmt.Errorf("pagerduty does not heed %s: its list is older than that for as far as it can be read, %d incidents: name teams or services to read fewer",
		w.asked.Filter, deepest)
}

// newest is when the last incident of a list was created; zero when there is none.
func newest(list []incident) time.Time {
	if len(list) == 0 {
		return time.Time{}
	}
	return list[len(list)-1].CreatedAt
}

// again reads, one by one, known incidents that no list of this run had: they were open and are not any more, or they changed
// lately and everything is swept.
func (w *walk) again(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(w.Recent)) {
		if w.seen[id] || !w.Recent[id].Open && !w.sweep {
			continue
		}
		counted, requests := web.Count(ctx)
		i, err := w.one(counted, id)
		if err != nil {
			return err
		}
		b := record.Batch{}
		if i == nil {
			delete(w.Recent, id)
			b.Tombstones = []record.Tombstone{{Source: "pagerduty", Kind: "incident", Scope: w.options.Scope, ID: id, Reason: "hidden", SeenAt: w.now}}
		} else if b, err = w.batch(counted, []incident{*i}); err != nil {
			return err
		}
		if err := w.send(b, requests.Load()); err != nil {
			return err
		}
	}
	if w.sweep {
		w.Swept = w.now
	}
	return w.send(w.end(), 0)
}

// end is the last batch: what was read, and what could not be.
func (w *walk) end() record.Batch {
	covered := []record.Covered{{Scope: w.options.Scope, From: w.from, To: w.now}}
	if w.denied != "" {
		covered = append(covered, record.Covered{Scope: w.options.Scope + "/change_events", Absent: w.denied})
	}
	return record.Batch{Covered: covered}
}
