package workbench

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"time"

	"github.com/baserate/baserate/store"
)

// How many runs, how many bytes of their rows, and for how long after their end they are kept to be read again.
const (
	mostRuns  = 64
	mostBytes = 64 << 20
	keepFor   = 30 * time.Minute
)

// Desk runs statements and knows those that run or ran a short while ago. It is safe for concurrent use.
type Desk struct {
	app, analyst *store.Store
	base         context.Context
	stop         context.CancelFunc
	running      sync.WaitGroup

	mu   sync.Mutex
	runs []*Run // oldest first
}

// New returns a desk that runs statements by the connection analyst, which is the account whose rights and limits count, and
// keeps its own tables, ends queries and reads the engine's vocabulary by app. Both stay the caller's to close. It also sees to
// it that neither that account nor those beside it, which have the same limits, run or use more than they may.
func New(app, analyst *store.Store, beside ...string) *Desk {
	base, stop := context.WithCancel(context.Background())
	d := &Desk{app: app, analyst: analyst, base: base, stop: stop}
	d.running.Go(func() { d.keepLimits(base, beside) })
	return d
}

// Close cancels what runs and returns when it has ended.
func (d *Desk) Close() {
	d.stop()
	d.running.Wait()
}

// Question is a statement with the values of its parameters {name:Type}, as text. Of one Tab, one statement runs at a time.
type Question struct {
	SQL    string
	Params map[string]string
	Tab    string
}

func (q Question) params() store.Params {
	p := make(store.Params, len(q.Params))
	for name, value := range q.Params {
		p[name] = value
	}
	return p
}

// Start runs a statement and returns at once. What runs in the same tab is cancelled. The error is a [*Refusal].
func (d *Desk) Start(q Question) (*Run, error) {
	sql, err := Statement(q.SQL)
	if err != nil {
		return nil, err
	}
	q.SQL = sql
	ctx, cancel := context.WithCancel(d.base)
	r := &Run{
		ID: "sql-" + strings.ToLower(rand.Text()), Question: q, StartedAt: time.Now().UTC(),
		cancel: cancel, changed: make(chan struct{}), ended: make(chan struct{}),
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, former := range d.runs {
		if q.Tab != "" && former.Question.Tab == q.Tab {
			former.cancel()
		}
	}
	d.forget()
	d.runs = append(d.runs, r)
	d.running.Go(func() {
		defer cancel()
		d.execute(ctx, r)
	})
	return r, nil
}

// forget lets the oldest runs that have ended go, as many as have to. The caller holds the lock.
func (d *Desk) forget() {
	bytes, count := 0, len(d.runs)
	for _, r := range d.runs {
		bytes += r.size()
	}
	kept := d.runs[:0]
	for _, r := range d.runs {
		over, ended := r.over()
		if over && (count >= mostRuns || bytes > mostBytes || time.Since(ended) > keepFor) {
			count, bytes = count-1, bytes-r.size()
			continue
		}
		kept = append(kept, r)
	}
	clear(d.runs[len(kept):])
	d.runs = kept
}

// Find returns a run that is still kept.
func (d *Desk) Find(id string) (*Run, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.runs {
		if r.ID == id {
			return r, true
		}
	}
	return nil, false
}

// Cancel ends a run in the database and returns when it has ended there, or when ctx does.
func (d *Desk) Cancel(ctx context.Context, id string) (*Run, bool, error) {
	r, found := d.Find(id)
	if !found {
		return nil, false, nil
	}
	r.cancel()
	select {
	case <-r.ended:
		return r, true, nil
	case <-ctx.Done():
		return r, true, ctx.Err()
	}
}
