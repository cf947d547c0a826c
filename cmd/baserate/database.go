package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
)

// database says where the data are: in a folder, served by the embedded engine, or on a ClickHouse server.
type database struct {
	Config          string `help:"Config to read; baserate.yaml where there is one. Options win over it." type:"path" placeholder:"FILE"`
	Data            string `help:"Folder of the data (.data)." type:"path" placeholder:"DIR"`
	Addr            string `name:"clickhouse-addr" env:"BASERATE_CLICKHOUSE_ADDR" help:"host:port of a ClickHouse server to use instead of the embedded engine." placeholder:"HOST:PORT"`
	User            string `name:"clickhouse-user" env:"BASERATE_CLICKHOUSE_USER" help:"Account on that server (default)."`
	Password        string `name:"clickhouse-password" env:"BASERATE_CLICKHOUSE_PASSWORD" help:"Its password; better given by the environment."`
	AnalystUser     string `name:"clickhouse-analyst-user" env:"BASERATE_CLICKHOUSE_ANALYST_USER" help:"The analysts' read-only account on that server (baserate_analyst)."`
	AnalystPassword string `name:"clickhouse-analyst-password" env:"BASERATE_CLICKHOUSE_ANALYST_PASSWORD" help:"Its password."`

	engine embedded.Options // ports and accounts of the embedded engine beside the usual ones
	config *config          // what the file says; nil until it is read
	wrong  mistakes         // in the file
}

// configure reads the config, once, and fills in what no option says. That the file has mistakes is for the command to judge.
func (d *database) configure() error {
	if d.config == nil {
		var err error
		if d.config, d.wrong, err = readConfig(d.Config, os.LookupEnv); err != nil {
			return err
		}
	}
	file := d.config.ClickHouse
	if d.Data != "" {
		file = clickhouseConfig{} // a folder that was asked for is not to be written to a server that was not
	}
	d.Data = cmp.Or(d.Data, d.config.path(d.config.Data), ".data")
	d.Addr, d.User, d.Password = cmp.Or(d.Addr, file.Addr), cmp.Or(d.User, file.User, "default"), cmp.Or(d.Password, file.Password)
	d.AnalystUser = cmp.Or(d.AnalystUser, file.AnalystUser, "baserate_analyst")
	d.AnalystPassword = cmp.Or(d.AnalystPassword, file.AnalystPassword)
	return nil
}

// configured is configure for a command that needs all of the config to be right.
func (d *database) configured() error {
	return errors.Join(d.configure(), d.wrong.err())
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
	if err := errors.Join(d.configure(), d.wrong.about("data", "clickhouse", "keep_payloads").err()); err != nil {
		return nil, err
	}
	o := &opened{}
	app := store.Options{Addr: []string{d.Addr}, User: d.User, Password: d.Password, KeepPayloads: d.config.KeepPayloads.Duration}
	o.analyst = store.Options{Addr: []string{d.Addr}, User: d.AnalystUser, Password: d.AnalystPassword, Database: store.Views}
	if d.Addr == "" {
		options := d.engine
		options.Dir, options.AnalystDatabase = d.Data, store.Views
		engine, err := start(ctx, options)
		if err != nil {
			return nil, err
		}
		o.engine, o.data = engine, d.Data
		end := engine.Endpoint()
		app.Addr, app.User, app.Password = []string{end.Addr}, end.App.User, end.App.Password
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
