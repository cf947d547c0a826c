package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/baserate/baserate/simulate/calibrate"
)

// calibrateAnswers draws fleets whose truth is known and counts how often the answers are right.
type calibrateAnswers struct {
	Fleets int    `help:"Fleets an experiment. Below 200 a number may lie three Monte Carlo errors beyond its limit." default:"200"`
	Seed   uint64 `help:"Seed of the first fleet." default:"1"`
	Out    string `help:"Page to write; standard output when not given." type:"path" placeholder:"FILE"`
}

// Run writes the page. That a check fails makes the exit code 1, and the page says which.
func (c *calibrateAnswers) Run(ctx context.Context) error {
	if c.Fleets < 8 {
		return fmt.Errorf("--fleets %d: 8 or more, or there is nothing to count", c.Fleets)
	}
	options := calibrate.Options{Fleets: c.Fleets, Seed: c.Seed}
	if c.Fleets < 200 {
		options.Slack = 3
	}
	show := newMeter(os.Stderr, "calibrate")
	options.Progress = show.draw
	report, err := calibrate.Run(ctx, options)
	show.clear()
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := report.Write(&page); err != nil {
		return err
	}
	if c.Out == "" {
		_, err = os.Stdout.Write(page.Bytes())
	} else {
		err = os.WriteFile(c.Out, page.Bytes(), 0o644)
	}
	if err == nil && !report.Passes() {
		err = errors.New("a check fails, see the page")
	}
	return err
}
