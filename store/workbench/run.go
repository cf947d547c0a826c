package workbench

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/baserate/baserate/store/result"
)

// Run is one execution of a statement.
type Run struct {
	ID        string
	Question  Question
	StartedAt time.Time

	cancel context.CancelFunc
	ended  chan struct{} // closed when nothing of it is left in the database

	mu      sync.Mutex
	events  []Event
	changed chan struct{} // closed and replaced when there is an event more
	bytes   int
	outcome Outcome
}

// Event is something that happened to a run. ID counts from 1; Kind is meta, progress, rows, done or error; Body is JSON.
type Event struct {
	ID   int
	Kind string
	Body []byte
}

// Status of a run or of one that is past.
const (
	Running   = "running"
	Done      = "done"
	Failed    = "failed"
	Cancelled = "cancelled"
)

// Outcome is how far a run is.
type Outcome struct {
	Status    string // empty means Running
	Progress  Progress
	Rows      int // shown so far
	Truncated bool
	Error     *Failure
	EndedAt   time.Time // zero while it runs
}

// Progress is what the database has read for a run.
type Progress struct {
	ReadRows    uint64 `json:"read_rows"`
	TotalRows   uint64 `json:"total_rows"` // as the database estimates it, 0 when it cannot
	ReadBytes   uint64 `json:"read_bytes"`
	MemoryBytes uint64 `json:"memory_bytes"` // the most so far
	Millis      int64  `json:"elapsed_ms"`
}

// Column of a result.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Numeric reports whether the values of a column of a type are numbers.
func Numeric(typeName string) bool { return result.Numeric(typeName) }

// add puts down an event and lets the readers know.
func (r *Run) add(kind string, body any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.put(kind, body)
}

// put is add for who holds the lock.
func (r *Run) put(kind string, body any) {
	text, err := json.Marshal(body)
	if err != nil { // of what is made here, only by a mistake in the program
		panic(err)
	}
	r.events = append(r.events, Event{len(r.events) + 1, kind, text})
	r.bytes += len(text)
	close(r.changed)
	r.changed = make(chan struct{})
}

// After returns the events after one of them, a channel that is closed when there are more, and whether these are the last.
func (r *Run) After(id int) (events []Event, more <-chan struct{}, last bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id = min(max(id, 0), len(r.events))
	return r.events[id:len(r.events):len(r.events)], r.changed, r.outcome.Status != ""
}

// Outcome is how far the run is.
func (r *Run) Outcome() Outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.outcome
	if o.Status == "" {
		o.Status = Running
		o.Progress.Millis = time.Since(r.StartedAt).Milliseconds()
	}
	return o
}

func (r *Run) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bytes
}

// over reports whether the run has ended, and when.
func (r *Run) over() (bool, time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.outcome.Status != "", r.outcome.EndedAt
}

// note changes what is known of the run while it runs.
func (r *Run) note(change func(*Outcome)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.outcome)
}

// end is the last event of a run that was done.
type end struct {
	Rows      int  `json:"rows"`
	Truncated bool `json:"truncated"`
	Limit     int  `json:"limit"`
	Progress
}

// finish puts down how the run ended together with its last event: who sees the one sees the other.
func (r *Run) finish(failure *Failure) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o := &r.outcome
	o.EndedAt = time.Now().UTC()
	o.Progress.Millis = o.EndedAt.Sub(r.StartedAt).Milliseconds()
	o.Status, o.Error = Done, failure
	switch {
	case failure == nil:
		r.put("done", end{o.Rows, o.Truncated, ShownRows, o.Progress})
		return
	case failure.Code == codeCancelled:
		o.Status = Cancelled
	default:
		o.Status = Failed
	}
	r.put("error", failure)
}
