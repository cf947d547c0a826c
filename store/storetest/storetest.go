// Package storetest gives tests a real store: an embedded engine on a folder of the test's own.
package storetest

import (
	"context"
	"os"
	"testing"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
)

// Main is the TestMain of a package whose tests use Open: the test binary is also the engine's child process.
func Main(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// Open returns an empty, migrated store that ends with the test.
func Open(t testing.TB) *store.Store {
	t.Helper()
	s, _ := OpenEngine(t)
	return s
}

// OpenEngine is Open for tests that need the engine itself too.
func OpenEngine(t testing.TB) (*store.Store, *embedded.Engine) {
	t.Helper()
	ctx := context.Background()
	engine, err := embedded.Start(ctx, embedded.Options{Dir: t.TempDir(), AnalystDatabase: store.Views, MemoryLimit: 4 << 30})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	options := Options(engine)
	if err := store.Migrate(ctx, options); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(ctx, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, engine
}

// Options are those of the application's account on an engine.
func Options(e *embedded.Engine) store.Options {
	end := e.Endpoint()
	return store.Options{Addr: []string{end.Addr}, User: end.App.User, Password: end.App.Password}
}
