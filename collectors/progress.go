package collectors

import (
	"time"

	"github.com/baserate/baserate/record"
)

// Running says how far a collection under way has come.
type Running struct {
	Source, Scope, Stream string
	record.Progress
	Requests  uint64        // calls made to the source so far
	PerSecond float64       // 0 until it can be told
	Left      time.Duration // negative until it can be told
}

// Progress returns the collections under way, in the order in which they began.
func (r *Runner) Progress() []Running {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]Running, len(r.running))
	for i, u := range r.running {
		all[i] = u.state(time.Now())
	}
	return all
}

func (u *run) state(now time.Time) Running {
	u.mu.Lock()
	defer u.mu.Unlock()
	s := Running{Source: u.ledger.Source, Scope: u.ledger.Scope, Stream: u.ledger.Stream, Progress: u.progress, Requests: u.requests, Left: -1}
	done, seconds := float64(u.progress.Done-u.from), now.Sub(u.since).Seconds()
	if done <= 0 || seconds <= 0 {
		return s
	}
	s.PerSecond = done / seconds
	if u.progress.Total > 0 {
		s.Left = time.Duration(float64(u.progress.Total-u.progress.Done) / s.PerSecond * float64(time.Second))
	}
	return s
}
