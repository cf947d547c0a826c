package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
)

// schedule returns the schedule of a fleet, with the sources paused that were before.
func (f *fleet) schedule(ctx context.Context, parallel int) (*collectors.Schedule, error) {
	last, err := f.store.LastSuccesses(ctx)
	if err != nil {
		return nil, err
	}
	options := collectors.ScheduleOptions{
		Runner: f.runner, Parallel: f.parallel(parallel), Every: f.every, After: f.follow,
		Last: func(t collectors.Task) time.Time { return last[[3]string{t.Source, t.Scope, t.Stream}] },
	}
	if len(f.clones)+len(f.sources) > 0 {
		options.Again = f.every // changes come of age
	}
	s := collectors.NewSchedule(options)
	paused, err := f.store.Pauses(ctx)
	for _, source := range paused {
		s.Pause(source, true)
	}
	return s, err
}

// parallel is how many streams are read at once: as many as asked for, or as suits what there is to read.
func (f *fleet) parallel(asked int) int {
	switch {
	case asked > 0:
		return asked
	case len(f.sources) > 0: // most of them wait for others' servers
		return max(4, runtime.GOMAXPROCS(0))
	}
	return runtime.GOMAXPROCS(0)
}

// keepCollecting keeps the schedule until ctx ends and the last run is over.
func (f *fleet) keepCollecting(ctx context.Context, s *collectors.Schedule, w *os.File) {
	show := showProgress(w, f.runner)
	defer show.stop()
	tasks := f.tasks(ctx)
	s.Set(tasks)
	if f.mayGrow(tasks) {
		again := time.NewTicker(f.every)
		defer again.Stop()
		done := make(chan struct{})
		defer func() { <-done }()
		go func() {
			defer close(done)
			f.keepOpening(ctx, s, again.C)
		}()
	}
	s.Run(ctx)
}

// mayGrow reports whether there may be more clones to open later: one is not there yet, or a path has a *.
func (f *fleet) mayGrow(tasks []collectors.Task) bool {
	for _, t := range tasks {
		if _, not := t.Collector.(unopenable); not {
			return true
		}
	}
	return strings.Contains(strings.Join(f.clones, ""), "*")
}

func (f *fleet) keepOpening(ctx context.Context, s *collectors.Schedule, again <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-again:
			s.Set(f.tasks(ctx))
		}
	}
}

// follow brings what follows from new facts up to date, and says what was new.
func (f *fleet) follow(ctx context.Context, rows uint64) error {
	start := time.Now()
	sum, err := f.derive(ctx)
	if err == nil {
		err = recordAnswers(ctx, f.store, f.ledger)
	}
	f.begun.Do(func() { close(f.firstRound) })
	switch {
	case ctx.Err() != nil:
	case err != nil:
		slog.Error("derive changes and answer claims; tried again in a while", "error", err)
	case rows > 0 || sum.Repositories > 0:
		fmt.Fprintf(os.Stderr, "%d new facts; changes of %d repositories derived in %.1f s\n", rows, sum.Repositories, seconds(time.Since(start)))
	}
	return err
}
