package collectors_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// inMemory keeps nothing but how often it was asked: the time of a bubble does not pass for a server outside.
type inMemory struct{ saves atomic.Int64 }

func (*inMemory) Cursor(context.Context, string, string, string) (record.Cursor, error) {
	return nil, nil
}

func (m *inMemory) Save(context.Context, record.Batch, record.Collection) error {
	m.saves.Add(1)
	return nil
}

// fleet is a schedule whose tasks take a while, and what was seen of it.
type fleet struct {
	*collectors.Schedule
	mu         sync.Mutex
	runs       map[string]int
	now        map[string]int // under way
	most       int            // at once
	after      []uint64       // rows, by the call
	afterAt    []time.Duration
	afterFails error
	start      time.Time
	took       time.Duration
	bring      func(scope string) (int, error) // rows of a run
}

func newFleet(o collectors.ScheduleOptions, took time.Duration) *fleet {
	f := &fleet{runs: map[string]int{}, now: map[string]int{}, start: time.Now(), took: took, bring: func(string) (int, error) { return 0, nil }}
	o.Runner = &collectors.Runner{Sink: &inMemory{}, Log: slog.New(slog.DiscardHandler)}
	o.After = func(_ context.Context, rows uint64) error {
		f.after, f.afterAt = append(f.after, rows), append(f.afterAt, time.Since(f.start))
		return f.afterFails
	}
	f.Schedule = collectors.NewSchedule(o)
	return f
}

func (f *fleet) task(source, scope string, every time.Duration) collectors.Task {
	return collectors.Task{Source: source, Scope: scope, Stream: "s", Every: every, Collector: sourceOf(f, scope)}
}

func sourceOf(f *fleet, scope string) source {
	return source{scope, func(ctx context.Context, _ record.Cursor, yield func(record.Batch, error) bool) {
		f.count(scope, 1)
		defer f.count(scope, -1)
		select {
		case <-time.After(f.took):
		case <-ctx.Done():
			yield(record.Batch{}, ctx.Err())
			return
		}
		rows, err := f.bring(scope)
		yield(record.Batch{Commits: make([]record.Commit, rows)}, err)
	}}
}

func (f *fleet) count(scope string, by int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now[scope] += by
	if by > 0 {
		f.runs[scope]++
	}
	all := 0
	for _, n := range f.now {
		all += n
	}
	f.most = max(f.most, all)
	if f.now[scope] > 1 {
		panic(scope + " runs twice at once")
	}
}

// ran is how often a scope was run so far.
func (f *fleet) ran(scope string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.runs[scope]
}

// during keeps the schedule for a while, with something to do at the end of it.
func (f *fleet) during(t *testing.T, d time.Duration, then func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.Run(ctx)
	}()
	time.Sleep(d)
	synctest.Wait()
	if then != nil {
		then()
	}
	stop()
	<-ended
}

func between(t *testing.T, what string, got, low, high int) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %d, want %d to %d", what, got, low, high)
	}
}

// Tasks run at once and then as often as they say, give or take; two that began together drift apart.
func TestScheduleRunsTasksAsOftenAsTheySay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 2, Every: 20 * time.Minute}, time.Second)
		f.Set([]collectors.Task{f.task("git", "often", time.Minute), f.task("git", "usual", 0)})
		f.during(t, 10*time.Hour, func() {
			between(t, "every minute", f.ran("often"), 570, 630)
			between(t, "every 20 minutes", f.ran("usual"), 28, 33)
		})
	})
}

// Two thousand scopes with three at a time: each has its turn, none runs twice at once, and no more than three do.
func TestScheduleBoundsWhatRunsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 3}, time.Second)
		var tasks []collectors.Task
		for i := range 2000 {
			tasks = append(tasks, f.task("github", fmt.Sprint("acme/", i), 10*time.Minute)) // more than can be done
		}
		f.Set(tasks)
		f.during(t, time.Hour, func() {
			between(t, "at once", f.most, 3, 3)
			between(t, "scopes with a run", len(f.runs), 2000, 2000)
			for scope, n := range f.runs {
				between(t, scope, n, 3, 7)
			}
			if plan := f.Plan(); len(plan) != 2000 || plan[0].Scope != "acme/0" {
				t.Errorf("plan of %d tasks", len(plan))
			}
		})
	})
}

// What follows is done once for all the news that came together, and not while more is on its way; a long collection is
// followed all the same. Without news nothing follows but once at the beginning.
func TestScheduleFollowsNewsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 4, Settle: time.Minute}, time.Second)
		f.bring = func(scope string) (int, error) {
			f.mu.Lock()
			defer f.mu.Unlock()
			if f.runs[scope] > 1 {
				return 0, nil
			}
			return 5, nil
		}
		var tasks []collectors.Task
		for i := range 40 {
			tasks = append(tasks, f.task("github", fmt.Sprint(i), time.Hour))
		}
		f.Set(tasks)
		f.during(t, 5*time.Hour, nil)
		if diff := cmp.Diff([]uint64{200}, f.after); diff != "" || f.afterAt[0] != 10*time.Second {
			t.Errorf("%v after %v", diff, f.afterAt)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 2, Settle: time.Minute}, time.Second)
		f.bring = func(string) (int, error) { return 1, nil }
		slow := source{"slow", func(ctx context.Context, _ record.Cursor, yield func(record.Batch, error) bool) {
			<-ctx.Done()
			yield(record.Batch{}, ctx.Err())
		}}.task()
		f.Set([]collectors.Task{slow, f.task("git", "quick", 30*time.Minute)})
		f.during(t, 50*time.Minute, nil)
		if diff := cmp.Diff([]uint64{1, 1}, f.after); diff != "" || f.afterAt[0] != time.Minute {
			t.Errorf("%v after %v", diff, f.afterAt)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{}, time.Second)
		f.during(t, time.Hour, f.News)
		if diff := cmp.Diff([]uint64{0}, f.after); diff != "" {
			t.Error(diff)
		}
	})
}

// Facts grow older without news; and what could not be followed is, soon.
func TestScheduleFollowsWithoutNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Again: time.Hour, Settle: time.Minute}, time.Second)
		f.during(t, 3*time.Hour+time.Minute, nil)
		f.afterFails = errors.New("the database is away")
		f.start = time.Now()
		f.during(t, 150*time.Second, nil)
		h, m := time.Hour, time.Minute
		if diff := cmp.Diff([]time.Duration{0, h, 2 * h, 3 * h, 0, m, 2 * m}, f.afterAt); diff != "" {
			t.Error(diff)
		}
	})
}

// A run that fails is tried again at its next turn, and the others go on.
func TestScheduleGoesOnAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 2}, time.Second)
		f.bring = func(scope string) (int, error) {
			if scope == "broken" {
				return 0, errors.New("no such host")
			}
			return 0, nil
		}
		f.Set([]collectors.Task{f.task("git", "broken", time.Minute), f.task("git", "sound", time.Minute)})
		f.during(t, time.Hour, func() {
			between(t, "broken", f.ran("broken"), 54, 67)
			between(t, "sound", f.ran("sound"), 54, 67)
		})
	})
}

func TestPauseAndTrigger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 8}, time.Second)
		f.Pause("github", true)
		f.Set([]collectors.Task{f.task("github", "a", time.Minute), f.task("github", "b", time.Minute), f.task("git", "c", time.Hour)})
		f.during(t, 30*time.Minute+30*time.Second, func() {
			between(t, "paused", f.ran("a")+f.ran("b"), 0, 0)
			between(t, "not paused", f.ran("c"), 1, 1)
			plan := f.Plan()
			if c, a := plan[0], plan[1]; c.Next.IsZero() || c.Paused || !a.Next.IsZero() || !a.Paused {
				t.Errorf("%+v", plan)
			}
			if found, begun := f.Trigger("github", "a", ""); found != 1 || begun != 1 {
				t.Errorf("one scope: %d, %d", found, begun)
			}
			synctest.Wait()
			if plan := f.Plan(); !plan[1].Running || plan[2].Running {
				t.Errorf("after a trigger: %+v", plan)
			}
			if found, begun := f.Trigger("", "", ""); found != 3 || begun != 2 {
				t.Errorf("all: %d, %d", found, begun)
			}
			if found, _ := f.Trigger("gitlab", "", ""); found != 0 {
				t.Errorf("a source that there is not: %d", found)
			}
			time.Sleep(2 * time.Second)
			f.Pause("github", false)
			if !f.Has("github") || f.Has("gitlab") {
				t.Error("the schedule does not know its sources")
			}
			time.Sleep(10 * time.Minute)
			between(t, "resumed", f.ran("a"), 9, 12)
		})
	})
}

// After a restart what is due seldom waits for its turn; the rest begins at once.
func TestScheduleRemembersAcrossRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		f := newFleet(collectors.ScheduleOptions{Last: func(t collectors.Task) time.Time {
			if t.Scope == "new" {
				return time.Time{}
			}
			return begun.Add(-20 * time.Hour)
		}}, time.Second)
		f.Set([]collectors.Task{f.task("github", "new", 24*time.Hour), f.task("github", "daily", 24*time.Hour), f.task("github", "often", time.Hour)})
		f.during(t, time.Minute, func() {
			if diff := cmp.Diff([]int{1, 1, 0}, []int{f.ran("new"), f.ran("often"), f.ran("daily")}); diff != "" {
				t.Error(diff)
			}
			time.Sleep(4 * time.Hour)
			between(t, "daily", f.ran("daily"), 1, 1)
		})
	})
}

// Set adds and takes away while the schedule runs, and what stays keeps its turn.
func TestSetWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 3}, time.Second)
		stays, goes := f.task("git", "stays", time.Hour), f.task("git", "goes", time.Minute)
		f.Set([]collectors.Task{stays, goes, stays})
		f.during(t, 10*time.Minute, func() {
			went := f.ran("goes")
			f.Set([]collectors.Task{stays, f.task("git", "comes", time.Minute)})
			time.Sleep(10 * time.Minute)
			between(t, "gone", f.ran("goes"), went, went)
			between(t, "new", f.ran("comes"), 9, 12)
			between(t, "stays", f.ran("stays"), 1, 1)
		})
	})
}

// A stop ends what is under way and what waits, and nothing follows any more.
func TestScheduleStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(collectors.ScheduleOptions{Parallel: 1}, time.Hour)
		f.bring = func(string) (int, error) { return 1, nil }
		f.Set([]collectors.Task{f.task("git", "a", time.Minute), f.task("git", "b", time.Minute)})
		f.during(t, time.Second, nil)
		between(t, "begun", len(f.runs), 1, 1)
		between(t, "under way", f.now["a"]+f.now["b"], 0, 0)
		between(t, "followed", len(f.after), 0, 0)
		if found, begun := f.Trigger("", "", ""); found != 2 || begun != 0 {
			t.Errorf("after the stop: %d, %d", found, begun)
		}
	})
}
