package main

import (
	"cmp"
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

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/docs"
	"github.com/baserate/baserate/frontend"
)

// serve collects on a schedule and serves the pages and the API.
type serve struct {
	database
	Listen   string         `name:"addr" help:"host:port to listen on (127.0.0.1:8080)." placeholder:"HOST:PORT"`
	Hosts    []string       `name:"host" help:"Another name under which browsers may ask for the pages; 127.0.0.1 and localhost always may." placeholder:"NAME"`
	Analysts int            `name:"analyst-port" help:"Open the built-in database to analysts' own tools on this port of 127.0.0.1, read-only, as reader with the password BASERATE_ANALYST_PASSWORD." placeholder:"PORT"`
	Every    *time.Duration `help:"How often to collect clones (10m)."`
	Demo     bool           `help:"Serve a simulated fleet, whose truth is known, under /demo/ too; the first start makes it."`
	Paths    []string       `arg:"" optional:"" name:"path" help:"Clones to collect, beside what the config names; NAME=PATH gives one a name. Without any, what is there is served."`
}

// Validate refuses a schedule that would never rest.
func (c *serve) Validate() error {
	if c.Every != nil && *c.Every < time.Second {
		return fmt.Errorf("--every=%s: must be a second or more", *c.Every)
	}
	return nil
}

// configured fills in from the config what no option says, and refuses a config with mistakes.
func (c *serve) configured() error {
	if err := c.database.configured(); err != nil {
		return err
	}
	c.Listen = cmp.Or(c.Listen, c.config.Listen, "127.0.0.1:8080")
	c.Hosts = append(c.config.Hosts, c.Hosts...)
	c.Paths = append(c.config.clones(), c.Paths...)
	if err := c.openToAnalysts(os.Getenv); err != nil {
		return err
	}
	if c.Every == nil {
		c.Every = new(cmp.Or(c.config.Git.Every.Duration, usual))
	}
	return nil
}

// Run serves until ctx ends, and then stops in the reverse order.
func (c *serve) Run(ctx context.Context) (err error) {
	if err := c.configured(); err != nil {
		return err
	}
	db, err := c.openAlone(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	fleet := newFleet(db, c.Paths)
	fleet.every = *c.Every
	if fleet.sources, err = sourcesOf(c.config, db.Store); err != nil {
		return err
	}
	if fleet.ledger, _, err = ledgerOf(ctx, db.Store); err != nil {
		return err
	}
	schedule, err := fleet.schedule(ctx, c.config.Parallel)
	if err != nil {
		return err
	}
	options := pagesOptions(c.Listen, c.Hosts)
	options.Store, options.Ledger, options.Ready = db.Store, fleet.ledger, db.Ready
	options.Progress = func() []api.Running { return running(fleet.runner.Progress()) }
	options.Schedule, options.Control = controls(schedule, db.Store), c.config.Control
	if options.Alerts, err = alertsOf(c.config, announced{db.Store, schedule.News}); err != nil {
		return err
	}
	desk, err := db.workbench(ctx, &options)
	if err != nil {
		return err
	}
	defer desk.Close()
	demo, err := c.besides(&options)
	if err != nil {
		return err
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
	collecting.Go(func() { fleet.keepCollecting(ctx, schedule, os.Stderr) })
	if demo != nil {
		collecting.Go(func() { demo.keep(ctx, fleet.firstRound) })
	}
	return server.Serve(ctx, listener)
}

// besides adds the demo fleet, where one is wanted.
func (c *serve) besides(o *api.Options) (*demoFleet, error) {
	if !c.Demo {
		return nil, nil
	}
	o.Fleets = bothFleets
	demo, err := newDemo(filepath.Join(c.Data, "demo"), *o)
	if err == nil {
		o.Demo = demo.server
	}
	return demo, err
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

// running puts the progress of collections into the words of the API.
func running(under []collectors.Running) []api.Running {
	all := make([]api.Running, len(under))
	for i, r := range under {
		all[i] = api.Running{
			Source: r.Source, Scope: r.Scope, Stream: r.Stream, Requests: int64(r.Requests), Done: r.Done, Total: r.Total, Unit: r.Unit,
		}
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
