package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/docs"
	"github.com/baserate/baserate/frontend"
)

// serve collects on a schedule and serves the pages and the API.
type serve struct {
	database
	Listen string        `name:"addr" default:"127.0.0.1:8080" help:"host:port to listen on." placeholder:"HOST:PORT"`
	Hosts  []string      `name:"host" help:"Another name under which browsers may ask for the pages; 127.0.0.1 and localhost always may." placeholder:"NAME"`
	Every  time.Duration `default:"10m" help:"How often to collect."`
	Demo   bool          `help:"Serve a simulated fleet, whose truth is known, under /demo/ too; the first start makes it."`
	Paths  []string      `arg:"" optional:"" name:"path" help:"Clones to collect; NAME=PATH gives one a name. Without any, what is there is served."`
}

// Validate refuses a schedule that would never rest.
func (c *serve) Validate() error {
	if c.Every < time.Second {
		return fmt.Errorf("--every=%s: must be a second or more", c.Every)
	}
	return nil
}

// Run serves until ctx ends, and then stops in the reverse order.
func (c *serve) Run(ctx context.Context) (err error) {
	db, err := c.openAlone(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	fleet := newFleet(db, c.Paths)
	ledger, _, err := ledgerOf(ctx, db.Store)
	if err != nil {
		return err
	}
	fleet.ledger = ledger
	options := pagesOptions(c.Listen, c.Hosts)
	options.Store, options.Ledger, options.Ready = db.Store, ledger, db.Ready
	options.Progress = func() []api.Running { return running(fleet.runner.Progress()) }
	var demo *demoFleet
	if c.Demo {
		options.Fleets = bothFleets
		if demo, err = newDemo(filepath.Join(c.Data, "demo"), options); err != nil {
			return err
		}
		options.Demo = demo.server
	}
	server, err := api.New(options)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("%w: choose another address with --addr", err)
	}
	ctx, stop := context.WithCancel(ctx)
	var collecting sync.WaitGroup
	defer collecting.Wait()
	defer stop()
	c.greet(os.Stdout, listener.Addr())
	collecting.Go(func() {
		c.keepCollecting(ctx, fleet)
	})
	if demo != nil {
		collecting.Go(func() { demo.keep(ctx, fleet.firstRound) })
	}
	return server.Serve(ctx, listener)
}

// pagesOptions are what every server has, whatever the fleet.
func pagesOptions(addr string, hosts []string) api.Options {
	return api.Options{Assets: frontend.Assets(), Docs: docs.Pages, Version: version, Definitions: derive.Definitions, Addr: addr, Hosts: hosts}
}

// greet says where to look, and warns when others can look too.
func (c *serve) greet(w io.Writer, addr net.Addr) {
	host, port, _ := net.SplitHostPort(addr.String())
	ip := net.ParseIP(host)
	if !ip.IsLoopback() {
		slog.Warn("others can reach this server, and nobody has to sign in", "addr", addr)
	}
	if ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	url := "http://" + net.JoinHostPort(host, port)
	fmt.Fprintf(w, "listening on %s\n", url)
	fmt.Fprintf(w, "  %-36s are mistakes more common with AI?\n", url+"/")
	fmt.Fprintf(w, "  %-36s every claim with its answer\n", url+"/claims")
	fmt.Fprintf(w, "  %-36s the changes behind every number\n", url+"/changes")
	if c.Demo {
		fmt.Fprintf(w, "  %-36s all of it on a simulated fleet whose truth is known\n", url+"/demo/")
	}
	fmt.Fprintf(w, "  %-36s the same for programs\n", url+"/api/v1/claims")
	fmt.Fprintf(w, "Ctrl-C stops. Nothing is lost: the next start goes on from there.\n")
}

// keepCollecting collects now and then on the schedule, until ctx ends and the last round is over. A round that is due
// while another is under way is left out.
func (c *serve) keepCollecting(ctx context.Context, f *fleet) {
	round := func() { f.round(ctx, os.Stderr) }
	if len(c.Paths) == 0 {
		round() // nothing to collect, but a new version of the program may have new rules
		return
	}
	schedule := cron.New(cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger)))
	job := schedule.Entry(schedule.Schedule(cron.Every(c.Every), cron.FuncJob(round))).WrappedJob
	schedule.Start()
	job.Run()
	<-ctx.Done()
	<-schedule.Stop().Done()
}

// round collects every clone, brings what follows up to date, and says what was new. The runner logs what fails; the
// next round tries it again.
func (f *fleet) round(ctx context.Context, w *os.File) {
	if ctx.Err() != nil {
		return
	}
	start := time.Now()
	show := showProgress(w, f.runner)
	ledgers, sum, err := f.collect(ctx)
	show.stop()
	if err == nil {
		err = recordAnswers(ctx, f.store, f.ledger)
	}
	f.begun.Do(func() { close(f.firstRound) })
	var rows uint64
	for _, l := range ledgers {
		rows += l.Rows
	}
	switch {
	case ctx.Err() != nil:
	case err != nil:
		slog.Error("derive changes and answer claims; the next round tries again", "error", err)
	case rows > 0 || sum.Repositories > 0:
		fmt.Fprintf(w, "%d new facts; changes of %d repositories derived; %.1f s\n", rows, sum.Repositories, seconds(time.Since(start)))
	}
}

// running puts the progress of collections into the words of the API.
func running(under []collectors.Running) []api.Running {
	all := make([]api.Running, len(under))
	for i, r := range under {
		all[i] = api.Running{Source: r.Source, Scope: r.Scope, Done: r.Done, Total: r.Total, Unit: r.Unit}
		if r.PerSecond > 0 {
			all[i].PerSecond = &r.PerSecond
		}
		if r.Left >= 0 {
			left := r.Left.Seconds()
			all[i].SecondsLeft = &left
		}
	}
	return all
}
