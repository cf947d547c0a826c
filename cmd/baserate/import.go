package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/incidentfile"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// importFacts reads facts from files that somebody exported or wrote.
type importFacts struct {
	Incidents importIncidents `cmd:"" help:"Import incidents with what caused and fixed them."`
}

type importIncidents struct {
	database
	Format string   `help:"Of the files; found by looking at each when not given. jsonl, csv, statuspage, github_status or opsgenie." placeholder:"FORMAT"`
	Files  []string `arg:"" name:"file" type:"path" help:"Files, or folders of them. A file may be imported again: the newest version of an incident counts."`
}

// Run imports, derives what follows, and reports each line that was rejected. One makes the exit code 1; the others are kept.
func (c *importIncidents) Run(ctx context.Context) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	sources := make([]*incidentfile.Source, len(c.Files))
	var tasks []collectors.Task
	for i, file := range c.Files {
		options := incidentfile.Options{Path: file, Format: c.Format, Services: outage.Services(c.config.Services), Again: true}
		if sources[i], err = incidentfile.New(options); err != nil {
			return err
		}
		tasks = append(tasks, sources[i].Tasks()...)
	}
	fleet := newFleet(db, nil)
	fleet.runner.Log = slog.New(slog.DiscardHandler) // the summary says what failed
	show := showProgress(os.Stderr, fleet.runner)
	ledgers, sum, err := fleet.collect(ctx, tasks)
	show.stop()
	if err != nil {
		return err
	}
	err = c.report(os.Stdout, sources, ledgers)
	fmt.Printf("derived  changes of %d repositories in %.1f s\n", sum.Repositories, seconds(sum.Took))
	return err
}

const shownFlaws = 20 // of a file; all stand in the file of rejected lines

// report says of each file what went in and what did not.
func (c *importIncidents) report(w io.Writer, sources []*incidentfile.Source, ledgers []record.Collection) error {
	rejected := 0
	var errs []error
	for i, s := range sources {
		for _, r := range s.Results() {
			fmt.Fprintf(w, "imported %s: %d incidents, %d rejected (%s)\n", r.File, r.Accepted, r.Rejected, r.Format)
			for _, flaw := range r.Flaws[:min(shownFlaws, len(r.Flaws))] {
				fmt.Fprintf(w, "         %s\n", flaw.Error())
			}
			if more := len(r.Flaws) - shownFlaws; more > 0 {
				fmt.Fprintf(w, "         and %d more\n", more)
			}
			if r.Aside != "" {
				fmt.Fprintf(w, "         the rejected lines are in %s: correct and import that file\n", r.Aside)
			}
			rejected += r.Rejected
		}
		if l := ledgers[i]; l.Status == record.StatusFailed {
			errs = append(errs, fmt.Errorf("import %s: %s", c.Files[i], l.Error))
		}
	}
	switch {
	case rejected == 1:
		errs = append(errs, errors.New("1 line was rejected, see above; the others are in"))
	case rejected > 1:
		errs = append(errs, fmt.Errorf("%d lines were rejected, see above; the others are in", rejected))
	}
	return errors.Join(errs...)
}
