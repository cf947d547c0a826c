package main

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/git"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
)

// fleet is what is collected and derived together.
type fleet struct {
	clones  []string          // paths, or NAME=PATH; a * in a path stands for all that match
	every   time.Duration     // how often clones are read
	sources []collectors.Task // of all that is no clone
	data    string            // folder of the data, "" on a server
	store   *store.Store
	runner  *collectors.Runner
	deriver *derive.Deriver

	ledger     *analysis.Ledger // whose answers are recorded; nil for a command that records none
	begun      sync.Once
	firstRound chan struct{} // closed when it is over
}

func newFleet(db *opened, clones []string) *fleet {
	return &fleet{
		clones:  clones,
		data:    db.data,
		store:   db.Store,
		runner:  &collectors.Runner{Sink: db.Store, Parallel: runtime.GOMAXPROCS(0)},
		deriver: &derive.Deriver{Store: db.Store, Classifier: attribution.Default()},

		firstRound: make(chan struct{}),
	}
}

// collect runs tasks once and brings what follows up to date.
func (f *fleet) collect(ctx context.Context, tasks []collectors.Task) ([]record.Collection, derive.Summary, error) {
	ledgers := f.runner.Run(ctx, tasks)
	if err := ctx.Err(); err != nil {
		return ledgers, derive.Summary{}, err
	}
	sum, err := f.derive(ctx)
	return ledgers, sum, err
}

func (f *fleet) derive(ctx context.Context) (sum derive.Summary, err error) {
	if f.data == "" {
		return f.deriver.Run(ctx)
	}
	err = alone(ctx, f.data, func() error {
		sum, err = f.deriver.Run(ctx)
		return err
	})
	return sum, err
}

// tasks are all that there is to collect.
func (f *fleet) tasks(ctx context.Context) []collectors.Task {
	return append(f.open(ctx), f.sources...)
}

// open opens every clone. Two of one name would be taken for one repository, so the second is refused.
func (f *fleet) open(ctx context.Context) []collectors.Task {
	paths := matching(f.clones)
	all := make([]collectors.Task, len(paths))
	taken := map[string]string{}
	for i, path := range paths {
		all[i] = openGit(ctx, path)
		all[i].Every = f.every
		name := all[i].Scope
		if first, twice := taken[name]; twice {
			all[i] = unopened(path, fmt.Errorf("%s and %s are both called %s: give one another name, such as other/name=%s", first, path, name, path))
			continue
		}
		taken[name] = path
	}
	return all
}

// matching puts in place of a path with * those that match it.
func matching(paths []string) []string {
	var all []string
	for _, path := range paths {
		found, err := filepath.Glob(path)
		if !strings.Contains(path, "*") || err != nil {
			found = []string{path}
		}
		all = append(all, found...)
	}
	return all
}

// openGit opens a clone. One that cannot be opened is a collector that says why, so that it stands in the ledger.
func openGit(ctx context.Context, target string) collectors.Task {
	name, path := git.ParseTarget(target)
	c, err := git.Open(ctx, path, git.Options{Name: name})
	if err != nil {
		return unopened(path, err)
	}
	return c.Task()
}

func unopened(scope string, err error) collectors.Task {
	return collectors.Task{Source: "git", Scope: scope, Stream: "history", Collector: unopenable{err}}
}

// unopenable is a collector that cannot be had.
type unopenable struct{ err error }

// Collect yields why.
func (u unopenable) Collect(context.Context, record.Cursor) iter.Seq2[record.Batch, error] {
	return func(yield func(record.Batch, error) bool) { yield(record.Batch{}, u.err) }
}
