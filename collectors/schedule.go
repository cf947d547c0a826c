package collectors

import (
	"cmp"
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/baserate/baserate/record"
)

// ScheduleOptions say how a schedule runs its tasks.
type ScheduleOptions struct {
	Runner   *Runner
	Parallel int           // runs at once; 1 when zero
	Every    time.Duration // of tasks that do not say; an hour when zero
	// Last returns when a task was last collected with success, zero when it never was or is not known. A task that is due
	// less often than once an hour waits for its turn after a restart; the others begin at once.
	Last func(Task) time.Time
	// After is called when runs have brought something and none is under way, or at the latest Settle after the first of them
	// did; and once at the beginning, when the first runs are over. rows are the facts saved since it was called before. When
	// it fails it is called again after Settle.
	After  func(ctx context.Context, rows uint64) error
	Settle time.Duration // five minutes when zero
	// Again is after how long without news After is called all the same: facts grow older, and what is due by then is due
	// without new ones. Never when zero.
	Again time.Duration
}

// Schedule runs each task when it is due, never twice at once. It is safe for concurrent use.
type Schedule struct {
	options ScheduleOptions
	cron    *cron.Cron
	slots   chan struct{}
	ended   chan struct{} // a token when a run is over
	news    chan struct{} // a token when there is something to follow

	mu      sync.Mutex
	ctx     context.Context // of Run; nil before and after
	entries map[taskKey]*entry
	order   []*entry
	paused  map[string]bool
	busy    int // runs that wait or go on
	rows    uint64
	running sync.WaitGroup
}

// taskKey is the key of a task.
type taskKey struct{ source, scope, stream string }

func keyOf(t Task) taskKey { return taskKey{t.Source, t.Scope, t.Stream} }

// entry is a task with its place in the schedule.
type entry struct {
	task Task
	id   cron.EntryID
	state
}

// state of an entry: it waits for a slot after it became due, then runs.
type state int

const (
	resting state = iota
	waiting
	running
)

// NewSchedule returns a schedule without tasks.
func NewSchedule(o ScheduleOptions) *Schedule {
	o.Every, o.Settle = cmp.Or(o.Every, time.Hour), cmp.Or(o.Settle, 5*time.Minute)
	return &Schedule{
		options: o,
		cron:    cron.New(),
		slots:   make(chan struct{}, max(1, o.Parallel)),
		ended:   make(chan struct{}, 1),
		news:    make(chan struct{}, 1),
		entries: map[taskKey]*entry{},
		paused:  map[string]bool{},
	}
}

// Set makes these the tasks: those that are new are due at once, those that are gone are not run again, the others keep their
// turn. Of two tasks with one key the first counts.
func (s *Schedule) Set(tasks []Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.entries
	s.entries, s.order = make(map[taskKey]*entry, len(tasks)), nil
	for _, t := range tasks {
		key := keyOf(t)
		if s.entries[key] != nil {
			continue
		}
		e := before[key]
		if delete(before, key); e == nil {
			e = &entry{}
		}
		e.task = t
		s.entries[key], s.order = e, append(s.order, e)
		if s.ctx != nil && e.id == 0 {
			s.place(e)
		}
	}
	for _, gone := range before {
		s.cron.Remove(gone.id)
	}
}

// Run keeps the schedule until ctx ends and the last run is over.
func (s *Schedule) Run(ctx context.Context) {
	s.mu.Lock()
	s.ctx = ctx
	for _, e := range s.order {
		s.place(e)
	}
	s.mu.Unlock()
	s.cron.Start()
	s.News()
	s.follow(ctx)
	s.mu.Lock()
	s.ctx = nil
	s.mu.Unlock()
	<-s.cron.Stop().Done()
	s.running.Wait()
}

// place gives an entry its turns, and begins it when it is due. The caller holds mu.
func (s *Schedule) place(e *entry) {
	every := cmp.Or(e.task.Every, s.options.Every)
	turns := &turns{every: every}
	if every > time.Hour && s.options.Last != nil {
		if last := s.options.Last(e.task); !last.IsZero() {
			turns.first = last.Add(every)
		}
	}
	e.id = s.cron.Schedule(turns, cron.FuncJob(func() { s.due(e) }))
	if !turns.first.After(time.Now()) && !s.paused[e.task.Source] {
		s.begin(e)
	}
}

// turns are the times at which a task is due: as far apart as it says, give or take a tenth, so that tasks which began
// together do not stay together.
type turns struct {
	first time.Time // zero: an interval from now
	every time.Duration
}

// Next returns the first turn after now.
func (t *turns) Next(now time.Time) time.Time {
	if t.first.After(now) {
		return t.first
	}
	return now.Add(t.every - t.every/10 + rand.N(t.every/5+1))
}

func (s *Schedule) due(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.paused[e.task.Source] {
		s.begin(e)
	}
}

// begin lets an entry run as soon as there is a slot, unless it does or is about to. The caller holds mu.
func (s *Schedule) begin(e *entry) bool {
	if e.state != resting || s.ctx == nil {
		return false
	}
	e.state = waiting
	s.busy++
	ctx := s.ctx
	s.running.Go(func() {
		defer s.end(e)
		select {
		case <-ctx.Done():
			return
		case s.slots <- struct{}{}:
		}
		defer func() { <-s.slots }()
		s.run(ctx, e)
	})
	return true
}

func (s *Schedule) run(ctx context.Context, e *entry) {
	s.mu.Lock()
	e.state = running
	task := e.task
	s.mu.Unlock()
	ledgers := s.options.Runner.Run(ctx, []Task{task})
	s.saved(rowsOf(ledgers))
}

func rowsOf(ledgers []record.Collection) (rows uint64) {
	for _, l := range ledgers {
		rows += l.Rows
	}
	return rows
}

// saved counts facts as news.
func (s *Schedule) saved(rows uint64) {
	s.mu.Lock()
	s.rows += rows
	s.mu.Unlock()
	if rows > 0 {
		s.News()
	}
}

func (s *Schedule) end(e *entry) {
	s.mu.Lock()
	e.state = resting
	s.busy--
	s.mu.Unlock()
	signal(s.ended)
}

// News says that facts were saved, also by somebody else than a task: what follows from them is brought up to date soon.
func (s *Schedule) News() { signal(s.news) }

// signal leaves a token, of which one is enough.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// follow calls After when there is news, once for all that came together, and when there was none for long.
func (s *Schedule) follow(ctx context.Context) {
	usual := cmp.Or(s.options.Again, 100*365*24*time.Hour)
	again := time.NewTimer(usual)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.news:
			s.settle(ctx)
		case <-again.C:
		}
		if ctx.Err() != nil {
			return
		}
		if s.after(ctx) != nil {
			again.Reset(s.options.Settle)
		} else {
			again.Reset(usual)
		}
	}
}

func (s *Schedule) after(ctx context.Context) error {
	select {
	case <-s.news: // what it speaks of is saved, so this time sees it
	default:
	}
	s.mu.Lock()
	rows := s.rows
	s.rows = 0
	s.mu.Unlock()
	if s.options.After == nil {
		return nil
	}
	return s.options.After(ctx, rows)
}

// settle waits until nothing is under way, but not for ever: the first collection of a large source may take a day.
func (s *Schedule) settle(ctx context.Context) {
	limit := time.NewTimer(s.options.Settle)
	defer limit.Stop()
	for s.isBusy() {
		select {
		case <-ctx.Done():
			return
		case <-limit.C:
			return
		case <-s.ended:
		}
	}
}

func (s *Schedule) isBusy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.busy > 0
}
