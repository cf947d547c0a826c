package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/workbench"
)

// analystPassword is the variable with the password of the account reader when no config has it.
const analystPassword = "BASERATE_ANALYST_PASSWORD"

// openToAnalysts opens the ports that analysts' own tools were promised, and one for files that only the engine can make.
func (c *serve) openToAnalysts(getenv func(string) string) error {
	asked := c.config.Analysts
	if c.Analysts != 0 {
		asked.Port = c.Analysts
	}
	if asked.Password == "" {
		asked.Password = getenv(analystPassword)
	}
	if asked.Port == 0 && asked.NativePort == 0 {
		c.engine = embedded.Options{HTTPPort: embedded.AnyPort}
		return nil
	}
	switch {
	case c.Addr != "":
		return errors.New("--analyst-port is for the built-in database: a ClickHouse server has ports of its own")
	case asked.Password == "":
		return fmt.Errorf("--analyst-port: the account reader has no password: set %s", analystPassword)
	}
	c.engine = embedded.Options{HTTPPort: asked.Port, Port: asked.NativePort, Reader: embedded.Credentials{Password: asked.Password}}
	if asked.Port == 0 {
		c.engine.HTTPPort = embedded.AnyPort
	}
	return nil
}

// desk is the workbench of a database with the connection that it uses.
type desk struct {
	*workbench.Desk
	analyst *store.Store
}

// workbench lets analysts ask the database by o. A ClickHouse server without an account for them has none, which is told.
func (o *opened) workbench(ctx context.Context, options *api.Options) (*desk, error) {
	analyst, err := o.openAnalyst(ctx)
	if err != nil && o.engine == nil {
		slog.Warn("no SQL on the pages", "error", err)
		return &desk{}, nil
	}
	if err != nil {
		return nil, err
	}
	var beside []string
	if o.engine != nil {
		beside = []string{embedded.ReaderUser}
	}
	d := &desk{workbench.New(o.Store, analyst, beside...), analyst}
	options.SQL = d.Desk
	if o.engine != nil && o.engine.Endpoint().HTTP != "" {
		options.Parquet = parquetOf(o.engine.Endpoint())
	}
	return d, nil
}

// parquetOf has the engine at an endpoint make Parquet files.
func parquetOf(end embedded.Endpoint) func(context.Context, string, store.Params) (io.ReadCloser, error) {
	return func(ctx context.Context, sql string, params store.Params) (io.ReadCloser, error) {
		encoded, err := params.Encoded()
		if err != nil {
			return nil, err
		}
		return end.Parquet(ctx, sql, encoded)
	}
}

// Close ends what runs, and then the connection.
func (d *desk) Close() {
	if d.Desk == nil {
		return
	}
	d.Desk.Close()
	if err := d.analyst.Close(); err != nil {
		slog.Warn("close the analysts' connection", "error", err)
	}
}
