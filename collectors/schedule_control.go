package collectors

import (
	"cmp"
	"slices"
	"time"
)

// Planned says when a task runs next, and whether it does now.
type Planned struct {
	Source, Scope, Stream string
	Every                 time.Duration
	Next                  time.Time // zero when its source is paused, or the schedule does not run
	Waiting               bool      // due, and waits for others to end
	Running               bool
	Paused                bool
}

// Plan returns every task with its next turn, by source, stream and scope.
func (s *Schedule) Plan() []Planned {
	next := map[int]time.Time{}
	for _, e := range s.cron.Entries() {
		next[int(e.ID)] = e.Next
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Planned, len(s.order))
	for i, e := range s.order {
		all[i] = Planned{
			Source: e.task.Source, Scope: e.task.Scope, Stream: e.task.Stream, Every: cmp.Or(e.task.Every, s.options.Every),
			Waiting: e.state == waiting, Running: e.state == running, Paused: s.paused[e.task.Source],
		}
		if !all[i].Paused {
			all[i].Next = next[int(e.id)]
		}
	}
	slices.SortFunc(all, func(a, b Planned) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Stream, b.Stream), cmp.Compare(a.Scope, b.Scope))
	})
	return all
}

// Trigger lets tasks run now, also those of a source that is paused; an empty name stands for all. It returns how many there
// are, and how many of them were not under way already.
func (s *Schedule) Trigger(source, scope, stream string) (found, begun int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	is := func(name, asked string) bool { return asked == "" || name == asked }
	for _, e := range s.order {
		if !is(e.task.Source, source) || !is(e.task.Scope, scope) || !is(e.task.Stream, stream) {
			continue
		}
		found++
		if s.begin(e) {
			begun++
		}
	}
	return found, begun
}

// Pause keeps the tasks of a source from being run when they are due, or lets them again. What is under way goes on.
func (s *Schedule) Pause(source string, paused bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if paused {
		s.paused[source] = true
	} else {
		delete(s.paused, source)
	}
}

// Has reports whether there is a task of that source.
func (s *Schedule) Has(source string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.order, func(e *entry) bool { return e.task.Source == source })
}
