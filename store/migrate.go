package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings a server's databases to the present schema, creating them where they are absent. It may be run at
// every start; two processes must not run it at once.
func Migrate(ctx context.Context, o Options) error {
	first := o
	first.Database = "default"
	s, err := Open(ctx, first)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.begin(ctx); err != nil {
		return err
	}
	if err := migrateTables(ctx, o); err != nil {
		return err
	}
	if err := s.each(ctx, []string{"end_tables"}); err != nil {
		return err
	}
	return ensurePseudonymKey(ctx, o)
}

// begin makes the databases where they are absent. A migration is no transaction: one that is cut off has made some of its tables, and
// cannot be run again. So tables that were not made whole, which hold nothing yet, are made anew.
func (s *Store) begin(ctx context.Context) error {
	rows, err := Select[struct {
		State uint8 `ch:"state"`
	}](ctx, s, query("beginning"), nil)
	if err != nil {
		return fmt.Errorf("look for tables: %w", err)
	}
	create := []string{"create_database", "create_views_database"}
	switch rows[0].State {
	case 2:
		if err := s.drop(ctx); err != nil {
			return err
		}
		fallthrough
	case 1:
		create = append(create, "begin_tables")
	}
	return s.each(ctx, create)
}

// drop takes away tables that were not made whole. On a server that outlived who began them the last one may still be coming.
func (s *Store) drop(ctx context.Context) error {
	const tries, pause = 40, 250 * time.Millisecond
	for try := 1; ; try++ {
		err := s.each(ctx, []string{"drop_views_database", "drop_database"})
		if err == nil || try == tries || ctx.Err() != nil {
			return err
		}
		time.Sleep(pause)
	}
}

func (s *Store) each(ctx context.Context, queries []string) error {
	for _, name := range queries {
		if err := s.Exec(ctx, query(name), nil); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func migrateTables(ctx context.Context, o Options) error {
	o.Database = Database
	db := clickhouse.OpenDB(o.driver())
	defer db.Close()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectClickHouse, db, files)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate %s: %w", Database, err)
	}
	return nil
}
