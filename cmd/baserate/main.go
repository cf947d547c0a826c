// Command baserate joins who or what wrote a change, who looked at it, with which permission it went out, and what
// broke, and tests public claims about it. See README.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/baserate/baserate/store/embedded"
)

// version is set by the build.
var version = "unknown"

// commands are all that the program can do, one file each.
type commands struct {
	Serve     serve            `cmd:"" help:"Collect on a schedule and serve the pages and the API."`
	Collect   collect          `cmd:"" help:"Collect once."`
	Import    importFacts      `cmd:"" help:"Import facts from files."`
	Link      link             `cmd:"" help:"Confirm or reject that a change caused an incident."`
	Attribute attribute        `cmd:"" help:"Say who or what wrote each commit: JSON lines in, JSON lines out."`
	SQL       sql              `cmd:"" name:"sql" help:"Ask the documented views, as the analysts' account."`
	Claims    claims           `cmd:"" help:"Answer the claims."`
	Changes   changes          `cmd:"" help:"List the changes behind a number."`
	Outages   outages          `cmd:"" help:"List outages with the change that each comes from."`
	Demo      demo             `cmd:"" help:"Serve a simulated fleet, whose truth is known; the first start makes it."`
	Simulate  simulateFleet    `cmd:"" help:"Make a fleet whose true effect of AI is known."`
	Calibrate calibrateAnswers `cmd:"" help:"Draw fleets whose truth is known, and count how often the answers are right."`
	Estimate  estimateCases    `cmd:"" help:"Run the estimators on cases: JSON in, JSON out."`
	Doctor    doctor           `cmd:"" help:"Say what is set up, what is missing, and how old the data are."`
	Version   kong.VersionFlag `help:"Print the version."`
	Verbose   bool             `short:"v" help:"Log what happens underneath."`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	os.Exit(run(os.Args[1:]))
}

// run is main with an exit code: 0 done, 1 not done, 2 asked for wrongly.
func run(args []string) int {
	var c commands
	parser := kong.Must(&c, kong.Name("baserate"), kong.Vars{"version": version},
		kong.Description("Who or what wrote a change, who looked at it, with which permission it went out, and what broke."))
	call, err := parser.Parse(args)
	if err != nil {
		parser.Errorf("%s", err)
		return 2
	}
	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelDebug
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	call.BindTo(ctx, (*context.Context)(nil))
	if err := call.Run(); err != nil {
		if errors.Is(err, context.Canceled) && ctx.Err() != nil {
			fmt.Fprintln(os.Stderr, "baserate: stopped; run it again to go on")
			return 1
		}
		fmt.Fprintln(os.Stderr, "baserate:", err)
		return 1
	}
	return 0
}
