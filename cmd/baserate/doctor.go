package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

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
}

// Run prints one line a check and fails when one of them does.
func (c *doctor) Run(ctx context.Context) error {
	checks := []check{gitCheck(ctx)}
	if c.Addr == "" {
		checks = append(checks, libraryCheck())
	}
	db, err := c.open(ctx)
	checks = append(checks, c.databaseCheck(db, err))
	if err == nil {
		defer db.Close()
		checks = append(checks, dataChecks(ctx, db)...)
	}
	return report(os.Stdout, checks)
}

func report(w io.Writer, checks []check) error {
	wrong := 0
	for _, c := range checks {
		mark, text := "ok   ", c.text
		if c.err != nil {
			mark, text = "WRONG", c.err.Error()
			wrong++
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

func dataChecks(ctx context.Context, db *opened) []check {
	cover, err := db.Coverage(ctx)
	if err != nil {
		return []check{{name: "data", err: err}}
	}
	if len(cover.Sources) == 0 {
		return []check{{name: "data", text: "nothing collected yet: baserate collect git --data DIR PATH"}}
	}
	all := []check{{name: "data", text: fmt.Sprintf("%d repositories, %d commits, %d changes, rules %s", cover.Repositories, cover.Commits, cover.Changes, cover.RulesVersion)}}
	for _, s := range cover.Sources {
		c := check{name: s.Source, text: fmt.Sprintf("%s %s: %s", s.Scope, s.Status, lastSuccess(s.LastSuccess))}
		if n := len(s.Codes); n > 0 {
			c.text += fmt.Sprintf(", %d warnings", n)
		}
		if s.Status == "failed" {
			c.err = errors.New(s.Scope + " failed: " + s.Error + " (" + lastSuccess(s.LastSuccess) + ")")
		}
		all = append(all, c)
	}
	return all
}

func lastSuccess(at *time.Time) string {
	if at == nil || at.IsZero() {
		return "never collected whole"
	}
	return "last collected " + time.Since(*at).Round(time.Second).String() + " ago"
}
