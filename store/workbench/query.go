package workbench

import (
	"context"
	"embed"
	"fmt"

	"github.com/baserate/baserate/store"
)

//go:embed query/*.sql
var queries embed.FS

// query returns the text of query/NAME.sql; an unknown name is a mistake in the program.
func query(name string) string {
	text, err := queries.ReadFile("query/" + name + ".sql")
	if err != nil {
		panic(fmt.Sprintf("query %q: %v", name, err))
	}
	return string(text)
}

// read runs query/NAME.sql on a connection.
func read[T any](ctx context.Context, on *store.Store, name string, p store.Params) ([]T, error) {
	rows, err := store.Select[T](ctx, on, query(name), p)
	if err != nil {
		return nil, fmt.Errorf("workbench, %s: %w", name, err)
	}
	return rows, nil
}

// undated is a context that ends with another, but has no deadline: the driver would turn that into the setting
// max_execution_time, of which the account may set less than a long request is given.
func undated(ctx context.Context) (context.Context, context.CancelFunc) {
	free, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, cancel)
	return free, func() { stop(); cancel() }
}
