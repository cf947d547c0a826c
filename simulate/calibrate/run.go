package calibrate

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/analysis"
)

// Options say how much is drawn.
type Options struct {
	Fleets   int // per experiment; 200 give the page
	Seed     uint64
	Progress func(done, total int64) // in changes, may be nil
	// Slack is how many Monte Carlo errors beyond its limit a number may lie: 0 with 200 fleets, 3 with few.
	Slack float64
}

// experiment is one check, and how many changes it will draw.
type experiment struct {
	run     func(context.Context, *laboratory) (Check, error)
	changes func(fleets int) int
}

// laboratory draws fleets side by side.
type laboratory struct {
	Options
	mistakes analysis.Definition
	drawn    atomic.Int64
	total    int64
}

// Run makes every check.
func Run(ctx context.Context, o Options) (Report, error) {
	l := &laboratory{Options: o}
	var err error
	if l.mistakes, err = mistakes(); err != nil {
		return Report{}, err
	}
	for _, e := range experiments {
		l.total += int64(e.changes(o.Fleets))
	}
	report := Report{Fleets: o.Fleets}
	for _, e := range experiments {
		check, err := e.run(ctx, l)
		if err != nil {
			return report, fmt.Errorf("check %s: %w", check.ID, err)
		}
		for i := range check.Rows {
			check.Rows[i].Slack = o.Slack
		}
		report.Checks = append(report.Checks, check)
	}
	report.Changes = int(l.drawn.Load())
	return report, nil
}

// mistakes is the definition of the claim that is calibrated.
func mistakes() (analysis.Definition, error) {
	definitions, err := analysis.Definitions()
	for _, d := range definitions {
		if d.ID == "mistakes" {
			return d, nil
		}
	}
	return analysis.Definition{}, err
}

// fleets draws n fleets, each with a seed of its own, and returns what is found in each, in the order of the seeds.
func fleets[T any](ctx context.Context, l *laboratory, n, changes int, find func(ctx context.Context, seed uint64) (T, error)) ([]T, error) {
	found := make([]T, n)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			found[i], err = find(ctx, l.Seed+uint64(i))
			done := l.drawn.Add(int64(changes))
			if l.Progress != nil {
				l.Progress(done, l.total)
			}
			return err
		})
	}
	return found, group.Wait()
}
