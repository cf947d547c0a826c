package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

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
	for _, name := range []string{"create_database", "create_views_database"} {
		if err := s.Exec(ctx, query(name), nil); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := migrateTables(ctx, o); err != nil {
		return err
	}
	return ensurePseudonymKey(ctx, o)
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
