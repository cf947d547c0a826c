package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
)

// doctor looks at everything that must be in place.
type doctor struct {
	database
}

// check is one line of the report.
type check struct {
	name string
	err  error  // what is wrong, with what to do
	text string // what was found

	lacks bool // nothing is wrong, and something is not there
}

// Run prints one line a check and fails when one of them does.
func (c *doctor) Run(ctx context.Context) error {
	checks := []check{gitCheck(ctx)}
	if err := c.configure(); err != nil {
		return err
	}
	checks = append(checks, c.configChecks()...)
	if c.Addr == "" {
		checks = append(checks, libraryCheck())
	}
	db, err := c.open(ctx)
	checks = append(checks, c.databaseCheck(db, err))
	if err == nil {
		defer db.Close()
		tasks, _ := sourcesOf(c.config, nil) // what is wrong with them is said above
		checks = append(checks, dataChecks(ctx, db, tasks)...)
	}
	return report(os.Stdout, checks)
}

func report(w io.Writer, checks []check) error {
	wrong := 0
	for _, c := range checks {
		mark, text := "ok   ", c.text
		switch {
		case c.err != nil:
			mark, text = "WRONG", c.err.Error()
			wrong++
		case c.lacks:
			mark = "lacks"
		}
		fmt.Fprintf(w, "%s  %-10s %s\n", mark, c.name, text)
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d checks failed", wrong, len(checks))
	}
	return nil
}

func gitCheck(ctx context.Context) check {
	out, err := exec.CommandContext(ctx, "git", "--version").Output()
	if err != nil {
		return check{name: "git", err: fmt.Errorf("git does not run: install git: %w", err)}
	}
	return check{name: "git", text: strings.TrimSpace(string(out))}
}

func libraryCheck() check {
	path, err := embedded.FindLibrary()
	return check{name: "library", text: path, err: err}
}

func (c *doctor) databaseCheck(db *opened, err error) check {
	switch {
	case err != nil:
		return check{name: "database", err: err}
	case db.engine == nil:
		return check{name: "database", text: "server at " + c.Addr}
	case db.engine.Attached():
		return check{name: "database", text: fmt.Sprintf("embedded in %s, run by process %d", c.Data, db.engine.Endpoint().PID)}
	}
	return check{name: "database", text: "embedded in " + c.Data}
}

// configChecks has a line for each mistake in the config, or one that says what it names.
func (c *doctor) configChecks() []check {
	var all []check
	for _, m := range c.wrong {
		all = append(all, check{name: "config", err: errors.New(m.String())})
	}
	if len(all) > 0 || c.config.folder == "" { // there is no file
		return all
	}
	tasks, err := sourcesOf(c.config, nil)
	if err != nil {
		return append(all, check{name: "config", err: err})
	}
	text := fmt.Sprintf("%d streams of %s; %d clones", len(tasks), cmp.Or(strings.Join(sourceNames(tasks), ", "), "no source"), len(c.config.Git.Clones))
	return append(all, check{name: "config", text: text})
}

func dataChecks(ctx context.Context, db *opened, configured []collectors.Task) []check {
	cover, err := db.Coverage(ctx)
	if err != nil {
		return []check{{name: "data", err: err}}
	}
	streams, err := db.Streams(ctx)
	if err != nil {
		return []check{{name: "data", err: err}}
	}
	all := []check{{name: "data", text: fmt.Sprintf("%d repositories, %d commits, %d changes, rules %s", cover.Repositories, cover.Commits, cover.Changes, cover.RulesVersion)}}
	if len(streams) == 0 {
		all = []check{{name: "data", text: "nothing collected yet: baserate collect git --data DIR PATH"}}
	}
	known := map[[2]string]bool{}
	for _, s := range streams {
		known[[2]string{s.Source, s.Stream}] = true
		all = append(all, streamChecks(ctx, db.Store, s)...)
	}
	for _, t := range configured {
		if !known[[2]string{t.Source, t.Stream}] {
			all = append(all, check{name: t.Source, text: fmt.Sprintf("%s %s: never collected", t.Stream, t.Scope), lacks: true})
		}
	}
	return append(all, accountChecks(ctx, db.Store)...)
}

func accountChecks(ctx context.Context, s *store.Store) []check {
	rows, err := s.UnmatchedAccounts(ctx)
	if err != nil {
		return []check{{name: "accounts", err: err}}
	}
	var all []check
	for _, r := range rows {
		all = append(all, check{name: "accounts", text: fmt.Sprintf("%s: the person of %d of %d is not known; %.0f %% of their source's changes are theirs",
			r.Source, r.Unmatched, r.Accounts, 100*r.Share)})
	}
	return all
}
