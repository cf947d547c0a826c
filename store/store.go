package store

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Database is where the tables are; Views is the analysts' database.
const (
	Database = "baserate_store"
	Views    = "baserate"
)

// Options say where the server is and who asks.
type Options struct {
	Addr     []string // host:port of the native protocol
	User     string
	Password string
	Database string        // the connection's default; Database when empty
	Patience time.Duration // how long a write waits for a server that went away; 2 minutes when zero
	// KeepPayloads is how long what sources answered is kept whole, so that a new rule can read old facts; 90 days when zero,
	// not at all when negative.
	KeepPayloads time.Duration
}

// Store is a connection to the database. It is safe for concurrent use.
type Store struct {
	conn    driver.Conn
	options Options
	version atomic.Uint64
}

// Open connects and pings. It creates nothing: see Migrate.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Database == "" {
		o.Database = Database
	}
	if o.Patience == 0 {
		o.Patience = 2 * time.Minute
	}
	if o.KeepPayloads == 0 {
		o.KeepPayloads = 90 * 24 * time.Hour
	}
	conn, err := clickhouse.Open(o.driver())
	if err != nil {
		return nil, fmt.Errorf("open clickhouse at %v: %w", o.Addr, err)
	}
	s := &Store{conn: conn, options: o}
	if err := conn.Ping(ctx); err != nil {
		conn.Close()
		return nil, fmt.Errorf("ping clickhouse at %v as %q: %w", o.Addr, o.User, err)
	}
	return s, nil
}

func (o Options) driver() *clickhouse.Options {
	return &clickhouse.Options{
		Addr:            o.Addr,
		Auth:            clickhouse.Auth{Database: o.Database, Username: o.User, Password: o.Password},
		Compression:     &clickhouse.Compression{Method: clickhouse.CompressionLZ4},
		DialTimeout:     5 * time.Second,
		ReadTimeout:     10 * time.Minute,
		MaxOpenConns:    12,
		MaxIdleConns:    6,
		ConnMaxLifetime: time.Hour,
	}
}

// Close ends the connection. The data stay.
func (s *Store) Close() error { return s.conn.Close() }

// Ping asks the server for a sign of life.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.conn.Ping(ctx); err != nil {
		return fmt.Errorf("ping clickhouse at %v: %w", s.options.Addr, err)
	}
	return nil
}

// Version returns a number greater than every one before it, from the clock where that runs forward: facts saved
// later supersede facts saved earlier.
func (s *Store) Version() uint64 {
	for {
		last, now := s.version.Load(), uint64(time.Now().UnixNano())
		next := max(now, last+1)
		if s.version.CompareAndSwap(last, next) {
			return next
		}
	}
}

// Exec runs a statement that returns no rows.
func (s *Store) Exec(ctx context.Context, sql string, p Params) error {
	ctx, err := p.bind(ctx)
	if err != nil {
		return err
	}
	return s.conn.Exec(ctx, sql)
}

// Select reads all rows of a query into structs whose fields carry `ch:"column"`.
func Select[T any](ctx context.Context, s *Store, sql string, p Params) ([]T, error) {
	ctx, err := p.bind(ctx)
	if err != nil {
		return nil, err
	}
	var rows []T
	return rows, s.conn.Select(ctx, &rows, sql)
}

// Rows runs a query and leaves the reading to the caller, who closes them.
func (s *Store) Rows(ctx context.Context, sql string, p Params) (driver.Rows, error) {
	ctx, err := p.bind(ctx)
	if err != nil {
		return nil, err
	}
	return s.conn.Query(ctx, sql)
}

var _ io.Closer = (*Store)(nil)
