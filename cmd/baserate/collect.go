package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
)

// collect runs collectors once.
type collect struct {
	Git   collectGit   `cmd:"" help:"Collect git clones, bare or not."`
	Named collectNamed `cmd:"" name:"sources" default:"withargs" help:"Collect the sources of the config, all or those that are named."`
}

type collectGit struct {
	database
	Format string   `enum:"text,json" default:"text" help:"Form of the summary: text or json."`
	Paths  []string `arg:"" optional:"" name:"path" help:"Clones to collect; NAME=PATH gives one a name. Without any, those of the config."`
}

// Run collects, derives, and prints a summary. A repository that fails makes the exit code 1; the others are kept.
func (c *collectGit) Run(ctx context.Context) error {
	if err := c.configure(); err != nil {
		return err
	}
	clones := c.Paths
	if len(clones) == 0 {
		if err := c.wrong.about("git").err(); err != nil {
			return err
		}
		clones = c.config.clones()
	}
	if len(clones) == 0 {
		return errors.New("no clones to collect: name some, or give them in baserate.yaml as git.clones")
	}
	return collectOnce(ctx, &c.database, c.Format, clones, func(f *fleet) ([]collectors.Task, error) { return f.open(ctx), nil })
}

type collectNamed struct {
	database
	Format  string   `enum:"text,json" default:"text" help:"Form of the summary: text or json."`
	Sources []string `arg:"" optional:"" name:"source" help:"Kinds of source, or names that the config gives them, such as github or acme. Without any, all."`
}

// Run collects once what the config names, derives, and prints a summary.
func (c *collectNamed) Run(ctx context.Context) error {
	if err := c.configured(); err != nil {
		return err
	}
	return collectOnce(ctx, &c.database, c.Format, c.config.clones(), func(f *fleet) ([]collectors.Task, error) {
		sources, err := sourcesOf(c.config, f.store)
		if err != nil {
			return nil, err
		}
		f.sources = sources
		return chosen(f.tasks(ctx), c.Sources)
	})
}

// chosen are the tasks of these sources, by kind or by scope; all when none is named.
func chosen(tasks []collectors.Task, names []string) ([]collectors.Task, error) {
	if len(tasks) == 0 {
		return nil, errors.New("nothing to collect: name sources in baserate.yaml, or clones as in baserate collect git PATH")
	}
	for _, name := range names {
		if !slices.ContainsFunc(tasks, func(t collectors.Task) bool { return t.Source == name || t.Scope == name }) {
			return nil, fmt.Errorf("no source is called %s; there are: %s", name, strings.Join(sourceNames(tasks), ", "))
		}
	}
	if len(names) == 0 {
		return tasks, nil
	}
	return slices.DeleteFunc(tasks, func(t collectors.Task) bool {
		return !slices.Contains(names, t.Source) && !slices.Contains(names, t.Scope)
	}), nil
}

func sourceNames(tasks []collectors.Task) []string {
	var names []string
	for _, t := range tasks {
		names = append(names, t.Source)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// collectOnce runs tasks once, derives what follows and prints a summary.
func collectOnce(ctx context.Context, d *database, format string, clones []string, tasks func(*fleet) ([]collectors.Task, error)) error {
	db, err := d.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	fleet := newFleet(db, clones)
	if !slog.Default().Enabled(ctx, slog.LevelDebug) {
		fleet.runner.Log = slog.New(slog.DiscardHandler) // the summary says what failed
	}
	chosen, err := tasks(fleet)
	if err != nil {
		return err
	}
	fleet.runner.Parallel = fleet.parallel(d.config.Parallel)
	show := showProgress(os.Stderr, fleet.runner)
	ledgers, sum, err := fleet.collect(ctx, chosen)
	show.stop()
	if err != nil {
		return err
	}
	if err := printSummary(os.Stdout, format, ledgers, sum); err != nil {
		return err
	}
	return failures(ledgers)
}

// summary is what collect prints with --format json.
type summary struct {
	Repositories []repositorySummary `json:"repositories"`
	Derived      derivedSummary      `json:"derived"`
}

type repositorySummary struct {
	Source   string   `json:"source"`
	Scope    string   `json:"scope"`
	Stream   string   `json:"stream"`
	Status   string   `json:"status"`
	Rows     uint64   `json:"rows"`
	Requests uint64   `json:"requests"`
	Seconds  float64  `json:"seconds"`
	Error    string   `json:"error,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

type derivedSummary struct {
	Repositories int     `json:"repositories"`
	Commits      int     `json:"commits_classified"`
	Seconds      float64 `json:"seconds"`
}

func printSummary(w io.Writer, format string, ledgers []record.Collection, sum derive.Summary) error {
	s := summary{Derived: derivedSummary{sum.Repositories, sum.Commits, seconds(sum.Took)}}
	for _, l := range ledgers {
		r := repositorySummary{
			Source: l.Source, Scope: l.Scope, Stream: l.Stream, Status: string(l.Status), Rows: l.Rows, Requests: l.Requests,
			Seconds: seconds(l.FinishedAt.Sub(l.StartedAt)), Error: l.Error,
		}
		for _, warning := range l.Warnings {
			r.Warnings = append(r.Warnings, fmt.Sprintf("%s %s: %s", warning.Code, warning.Subject, warning.Detail))
		}
		s.Repositories = append(s.Repositories, r)
	}
	if format == "json" {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	for _, r := range s.Repositories {
		r.print(w)
	}
	_, err := fmt.Fprintf(w, "derived  %d repositories, %d commits classified in %.1f s\n", s.Derived.Repositories, s.Derived.Commits, s.Derived.Seconds)
	return err
}

func (r repositorySummary) print(w io.Writer) {
	what := r.Scope
	if r.Source != "git" {
		what = fmt.Sprintf("%s %s %s", r.Source, r.Scope, r.Stream)
	}
	fmt.Fprintf(w, "%-8s %s: %d facts in %.1f s%s\n", r.Status, what, r.Rows, r.Seconds, requests(r.Requests))
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
	return fmt.Errorf("%d of %d collections failed, see above; what the others brought is kept", failed, len(ledgers))
}
