package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"runtime"
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

// collect runs collectors once.
type collect struct {
	Git collectGit `cmd:"" help:"Collect git clones, bare or not."`
}

type collectGit struct {
	database
	Format string   `enum:"text,json" default:"text" help:"Form of the summary: text or json."`
	Paths  []string `arg:"" name:"path" help:"Clones to collect; NAME=PATH gives one a name."`
}

// Run collects, derives, and prints a summary. A repository that fails makes the exit code 1; the others are kept.
func (c *collectGit) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	fleet := newFleet(db, c.Paths)
	if !slog.Default().Enabled(ctx, slog.LevelDebug) {
		fleet.runner.Log = slog.New(slog.DiscardHandler) // the summary says what failed
	}
	show := showProgress(os.Stderr, fleet.runner)
	ledgers, sum, err := fleet.collect(ctx)
	show.stop()
	if err != nil {
		return err
	}
	if err := c.print(os.Stdout, ledgers, sum); err != nil {
		return err
	}
	return failures(ledgers)
}

// fleet is what is collected and derived together.
type fleet struct {
	paths   []string
	data    string // folder of the data, "" on a server
	store   *store.Store
	runner  *collectors.Runner
	deriver *derive.Deriver

	ledger     *analysis.Ledger // whose answers are recorded; nil for a command that records none
	begun      sync.Once
	firstRound chan struct{} // closed when it is over
}

func newFleet(db *opened, paths []string) *fleet {
	return &fleet{
		paths:   paths,
		data:    db.data,
		store:   db.Store,
		runner:  &collectors.Runner{Sink: db.Store, Parallel: runtime.GOMAXPROCS(0)},
		deriver: &derive.Deriver{Store: db.Store, Classifier: attribution.Default()},

		firstRound: make(chan struct{}),
	}
}

// collect runs every collector once and brings what follows up to date.
func (f *fleet) collect(ctx context.Context) ([]record.Collection, derive.Summary, error) {
	ledgers := f.runner.Run(ctx, f.open(ctx))
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

// open opens every clone. Two of one name would be taken for one repository, so the second is refused.
func (f *fleet) open(ctx context.Context) []collectors.Task {
	all := make([]collectors.Task, len(f.paths))
	taken := map[string]string{}
	for i, path := range f.paths {
		all[i] = openGit(ctx, path)
		name := all[i].Scope
		if first, twice := taken[name]; twice {
			all[i] = unopened(path, fmt.Errorf("%s and %s are both called %s: give one another name, such as other/name=%s", first, path, name, path))
			continue
		}
		taken[name] = path
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

// summary is what collect prints with --format json.
type summary struct {
	Repositories []repositorySummary `json:"repositories"`
	Derived      derivedSummary      `json:"derived"`
}

type repositorySummary struct {
	Source   string   `json:"source"`
	Scope    string   `json:"scope"`
	Status   string   `json:"status"`
	Rows     uint64   `json:"rows"`
	Seconds  float64  `json:"seconds"`
	Error    string   `json:"error,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

type derivedSummary struct {
	Repositories int     `json:"repositories"`
	Commits      int     `json:"commits_classified"`
	Seconds      float64 `json:"seconds"`
}

func (c *collectGit) print(w io.Writer, ledgers []record.Collection, sum derive.Summary) error {
	s := summary{Derived: derivedSummary{sum.Repositories, sum.Commits, seconds(sum.Took)}}
	for _, l := range ledgers {
		r := repositorySummary{Source: l.Source, Scope: l.Scope, Status: string(l.Status), Rows: l.Rows, Seconds: seconds(l.FinishedAt.Sub(l.StartedAt)), Error: l.Error}
		for _, warning := range l.Warnings {
			r.Warnings = append(r.Warnings, fmt.Sprintf("%s %s: %s", warning.Code, warning.Subject, warning.Detail))
		}
		s.Repositories = append(s.Repositories, r)
	}
	if c.Format == "json" {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	for _, r := range s.Repositories {
		fmt.Fprintf(w, "%-8s %s: %d facts in %.1f s\n", r.Status, r.Scope, r.Rows, r.Seconds)
		if r.Error != "" {
			fmt.Fprintf(w, "         %s\n", r.Error)
		}
		for _, warning := range r.Warnings[:min(5, len(r.Warnings))] {
			fmt.Fprintf(w, "         warning: %s\n", warning)
		}
		if more := len(r.Warnings) - 5; more > 0 {
			fmt.Fprintf(w, "         and %d more warnings, in the view coverage\n", more)
		}
	}
	_, err := fmt.Fprintf(w, "derived  %d repositories, %d commits classified in %.1f s\n", s.Derived.Repositories, s.Derived.Commits, s.Derived.Seconds)
	return err
}

func seconds(d time.Duration) float64 { return float64(d.Milliseconds()) / 1000 }

func failures(ledgers []record.Collection) error {
	failed := 0
	for _, l := range ledgers {
		if l.Status == record.StatusFailed {
			failed++
		}
	}
	if failed == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d repositories could not be collected, see above; the others were", failed, len(ledgers))
}
