package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
)

// database says where the data are: in a folder, served by the embedded engine, or on a ClickHouse server.
type database struct {
	Data            string `help:"Folder of the data." default:".data" type:"path" placeholder:"DIR"`
	Addr            string `name:"clickhouse-addr" env:"BASERATE_CLICKHOUSE_ADDR" help:"host:port of a ClickHouse server to use instead of the embedded engine." placeholder:"HOST:PORT"`
	User            string `name:"clickhouse-user" env:"BASERATE_CLICKHOUSE_USER" default:"default" help:"Account on that server."`
	Password        string `name:"clickhouse-password" env:"BASERATE_CLICKHOUSE_PASSWORD" help:"Its password; better given by the environment."`
	AnalystUser     string `name:"clickhouse-analyst-user" env:"BASERATE_CLICKHOUSE_ANALYST_USER" default:"baserate_analyst" help:"The analysts' read-only account on that server."`
	AnalystPassword string `name:"clickhouse-analyst-password" env:"BASERATE_CLICKHOUSE_ANALYST_PASSWORD" help:"Its password."`
}

// opened is an open database. Engine is nil when a server is used.
type opened struct {
	*store.Store
	engine  *embedded.Engine
	data    string // folder of the embedded engine
	analyst store.Options
}

// open opens the store, using the engine of a running serve or collect where there is one.
func (d *database) open(ctx context.Context) (*opened, error) { return d.openWith(ctx, embedded.Open) }

// openAlone is open for a command that must be the only one of its kind on a folder.
func (d *database) openAlone(ctx context.Context) (*opened, error) {
	return d.openWith(ctx, embedded.Start)
}

func (d *database) openWith(ctx context.Context, start func(context.Context, embedded.Options) (*embedded.Engine, error)) (*opened, error) {
	o := &opened{}
	app := store.Options{Addr: []string{d.Addr}, User: d.User, Password: d.Password}
	o.analyst = store.Options{Addr: []string{d.Addr}, User: d.AnalystUser, Password: d.AnalystPassword, Database: store.Views}
	if d.Addr == "" {
		engine, err := start(ctx, embedded.Options{Dir: d.Data, AnalystDatabase: store.Views})
		if err != nil {
			return nil, err
		}
		o.engine, o.data = engine, d.Data
		end := engine.Endpoint()
		app = store.Options{Addr: []string{end.Addr}, User: end.App.User, Password: end.App.Password}
		o.analyst = store.Options{Addr: []string{end.Addr}, User: end.Analyst.User, Password: end.Analyst.Password, Database: store.Views}
	}
	if o.engine == nil || !o.engine.Attached() {
		if err := store.Migrate(ctx, app); err != nil {
			return nil, errors.Join(err, o.Close())
		}
	}
	var err error
	if o.Store, err = store.Open(ctx, app); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// openAnalyst connects as the analysts' account.
func (o *opened) openAnalyst(ctx context.Context) (*store.Store, error) {
	s, err := store.Open(ctx, o.analyst)
	if err != nil && o.engine == nil {
		return nil, fmt.Errorf("%w: give the server's analyst account by BASERATE_CLICKHOUSE_ANALYST_USER and _PASSWORD; deploy/clickhouse has its definition", err)
	}
	return s, err
}

// Ready returns nil when the database answers, and else why it does not.
func (o *opened) Ready(ctx context.Context) error {
	if o.engine != nil {
		if err := o.engine.Ready(ctx); err != nil {
			return err
		}
	}
	return o.Ping(ctx)
}

// Close closes what open opened, in reverse.
func (o *opened) Close() error {
	var errs []error
	if o.Store != nil {
		errs = append(errs, o.Store.Close())
	}
	if o.engine != nil {
		errs = append(errs, o.engine.Close())
	}
	return errors.Join(errs...)
}
