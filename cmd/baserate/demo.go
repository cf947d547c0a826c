package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
)

// demo serves the simulated fleet alone.
type demo struct {
	Data   string   `help:"Folder of the data; the fleet goes into demo below it." default:".data" type:"path" placeholder:"DIR"`
	Listen string   `name:"addr" default:"127.0.0.1:8080" help:"host:port to listen on." placeholder:"HOST:PORT"`
	Hosts  []string `name:"host" help:"Another name under which browsers may ask for the pages; 127.0.0.1 and localhost always may." placeholder:"NAME"`

	changes int // of the fleet when it has to be made; demoChanges when zero
}

// Run serves until ctx ends.
func (c *demo) Run(ctx context.Context) error {
	options := pagesOptions(c.Listen, c.Hosts)
	options.Fleets = []api.FleetLink{{ID: api.Demo, Name: demoName, Path: "/"}}
	fleet, err := newDemo(filepath.Join(c.Data, "demo"), options)
	if err != nil {
		return err
	}
	fleet.changes = cmp.Or(c.changes, demoChanges)
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("%w: choose another address with --addr", err)
	}
	ctx, stop := context.WithCancel(ctx)
	var making sync.WaitGroup
	defer making.Wait()
	defer stop()
	(&serve{}).greet(os.Stdout, listener.Addr())
	making.Go(func() { fleet.keep(ctx, nil) })
	return fleet.server.Serve(ctx, listener)
}

const demoName = "Demo fleet (simulated)"

// bothFleets are what a server with a demo has, by where their pages begin.
var bothFleets = []api.FleetLink{{ID: api.Own, Name: "This repository", Path: "/"}, {ID: api.Demo, Name: demoName, Path: "/demo/"}}

// The demo fleet: large enough that the claims have answers, small enough to be there within a minute.
const (
	demoChanges = 60_000
	demoSeed    = 1
)

// demoFleet is a simulated fleet in a database of its own, which is made when it is not there yet.
type demoFleet struct {
	database
	changes int // when it has to be made
	server  *api.Server
	options api.Options // of the server when the fleet is there
	making  atomic.Pointer[api.Making]
}

// newDemo returns the fleet of a folder, with a server that says how far it is.
func newDemo(dir string, o api.Options) (*demoFleet, error) {
	f := &demoFleet{database: database{Data: dir, config: &config{}, engine: embedded.Options{HTTPPort: embedded.AnyPort}}, changes: demoChanges} // never on a server of the config
	f.making.Store(&api.Making{Step: "Starting its database"})
	o.Fleet, o.Demo, o.Progress, o.Schedule, o.Alerts, o.Store, o.Ledger = api.Demo, nil, nil, nil, nil, nil, nil
	o.SQL, o.Parquet = nil, nil
	f.options = o
	o.Making = f.making.Load
	o.Ready = func(context.Context) error { return nil }
	var err error
	f.server, err = api.New(o)
	return f, err
}

// keep opens the fleet when the other is served, makes it if need be, and holds it until ctx ends.
func (f *demoFleet) keep(ctx context.Context, after <-chan struct{}) {
	if after != nil {
		f.making.Store(&api.Making{Step: "Waiting until the histories beside it are collected"})
		select {
		case <-after:
		case <-ctx.Done():
			return
		}
	}
	f.making.Store(&api.Making{Step: "Starting its database"})
	db, err := f.prepare(ctx)
	if db != nil {
		defer func() {
			if err := db.Close(); err != nil {
				slog.Warn("close the demo fleet", "error", err)
			}
		}()
	}
	if err == nil {
		var desk *desk
		if desk, err = db.workbench(ctx, &f.options); err == nil {
			defer desk.Close()
			err = f.show(ctx, db)
		}
	}
	if err != nil && ctx.Err() == nil {
		slog.Error("make the demo fleet", "error", err)
		reason := err.Error()
		f.making.Store(&api.Making{Step: "Stopped", Error: &reason})
	}
	<-ctx.Done()
}

// prepare returns the database with the fleet in it, which may be open even with an error.
func (f *demoFleet) prepare(ctx context.Context) (*opened, error) {
	db, err := f.openAlone(ctx)
	if err != nil {
		return nil, err
	}
	_, found, err := db.Simulation(ctx)
	if err != nil || found {
		return db, err
	}
	held, err := db.Holds(ctx)
	if err != nil {
		return db, err
	}
	if len(held) > 0 { // what is left of a run that was cut off: a fleet is made whole or not at all
		if !strings.Contains(strings.Join(held, " "), "simulate") {
			return db, fmt.Errorf("%s holds %s, which is no simulated fleet", f.Data, strings.Join(held, ", "))
		}
		if err := errors.Join(db.Close(), os.RemoveAll(f.Data)); err != nil {
			return nil, err
		}
		if db, err = f.openAlone(ctx); err != nil {
			return nil, err
		}
	}
	return db, f.simulate(ctx, db)
}

func (f *demoFleet) simulate(ctx context.Context, db *opened) error {
	scenario, _ := simulate.Named("demo")
	fleet := simulate.New(scenario, simulate.Options{Changes: f.changes, Seed: demoSeed, End: time.Now().UTC().Truncate(24 * time.Hour)})
	show := newMeter(os.Stderr, "demo fleet")
	defer show.clear()
	return saveFleet(ctx, db, fleet, factsPath, func(done, total int64) {
		show.draw(done, total)
		f.making.Store(&api.Making{Step: "Writing its facts", Done: done, Total: total})
	})
}

// show derives what follows, answers the claims once and serves the fleet.
func (f *demoFleet) show(ctx context.Context, db *opened) error {
	f.making.Store(&api.Making{Step: "Working out what follows from its facts"})
	made := newFleet(db, nil)
	made.deriver.Progress = func(done, total int64) {
		f.making.Store(&api.Making{Step: "Working out what follows from its facts", Done: done, Total: total})
	}
	if _, err := made.derive(ctx); err != nil {
		return err
	}
	var simulation *store.Simulation
	var err error
	o := f.options
	if o.Ledger, simulation, err = ledgerOf(ctx, db.Store); err != nil {
		return err
	}
	f.making.Store(&api.Making{Step: "Answering the claims"})
	if err := recordAnswers(ctx, db.Store, o.Ledger); err != nil {
		return err
	}
	o.Store, o.Ready = db.Store, db.Ready
	if err := f.server.Become(o); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "the demo fleet is there: scenario %s, %d changes\n", simulation.Scenario, simulation.Changes)
	return nil
}
