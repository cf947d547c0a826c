package analysis

import (
	"context"
	"embed"
	"fmt"
	"sync"

	"github.com/baserate/baserate/store"
)

//go:embed query/*.sql
var queries embed.FS

// reader asks the store the questions of the claims, each once for as long as the data stay the same: answers are pure
// functions of what it returns.
type reader struct {
	store *store.Store
	mu    sync.Mutex
	known map[string]any
}

func newReader(s *store.Store) *reader { return &reader{store: s, known: map[string]any{}} }

// ask returns the rows of a query of this package, from memory when it was asked with the same parameters before.
func ask[T any](ctx context.Context, r *reader, name string, p store.Params) ([]T, error) {
	return remember(r, fmt.Sprint(name, p), func() ([]T, error) { // maps print in the order of their keys
		rows, err := store.Select[T](ctx, r.store, query(name), p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return rows, nil
	})
}

// remember returns what find found the first time it was asked for under a key. Callers must not change it. Two callers
// at once may both ask, which does no harm.
func remember[T any](r *reader, key string, find func() (T, error)) (T, error) {
	r.mu.Lock()
	known, ok := r.known[key]
	r.mu.Unlock()
	if ok {
		return known.(T), nil
	}
	found, err := find()
	if err != nil {
		return found, err
	}
	r.mu.Lock()
	r.known[key] = found
	r.mu.Unlock()
	return found, nil
}

// query returns the text of a query.
func query(name string) string {
	text, err := queries.ReadFile("query/" + name + ".sql")
	if err != nil {
		panic(fmt.Sprintf("query %q: %v", name, err))
	}
	return string(text)
}
