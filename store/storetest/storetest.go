// Package storetest gives tests a real store: an embedded engine, empty and migrated.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
)

// pool are the engines that no test is using. Starting and migrating one takes a second, emptying it a fraction.
var pool struct {
	sync.Mutex
	idle []*embedded.Engine
	dirs []string
}

// Main is the TestMain of a package whose tests use Open: the test binary is also the engine's child process.
func Main(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	code := m.Run()
	if err := drain(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		code = 1
	}
	os.Exit(code)
}

func drain() error {
	var errs []error
	for _, e := range pool.idle {
		errs = append(errs, e.Close())
	}
	for _, dir := range pool.dirs {
		errs = append(errs, os.RemoveAll(dir))
	}
	return errors.Join(errs...)
}

// A store that is empty has only what migrating makes: the list of migrations, and a key of pseudonyms.
var emptying = []string{
	"TRUNCATE ALL TABLES FROM baserate_store NOT LIKE 'goose%'",
	"INSERT INTO baserate_store.pseudonym_key SELECT 1, 2, 3",
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
	engine := take(t)
	s, err := store.Open(context.Background(), Options(engine))
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range emptying {
		if err := s.Exec(context.Background(), sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		s.Close()
		pool.Lock()
		defer pool.Unlock()
		pool.idle = append(pool.idle, engine)
	})
	return s, engine
}

// take returns an engine that no other test is using, starting one when there is none.
func take(t testing.TB) *embedded.Engine {
	t.Helper()
	pool.Lock()
	defer pool.Unlock()
	if n := len(pool.idle); n > 0 {
		engine := pool.idle[n-1]
		pool.idle = pool.idle[:n-1]
		return engine
	}
	dir, err := os.MkdirTemp("", "baserate-test-")
	if err != nil {
		t.Fatal(err)
	}
	pool.dirs = append(pool.dirs, dir)
	engine, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, AnalystDatabase: store.Views, MemoryLimit: 4 << 30})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(context.Background(), Options(engine)); err != nil {
		t.Fatal(err)
	}
	return engine
}

// Options are those of the application's account on an engine.
func Options(e *embedded.Engine) store.Options {
	end := e.Endpoint()
	return store.Options{Addr: []string{end.Addr}, User: end.App.User, Password: end.App.Password}
}

// OpenAnalyst connects to an engine as the analysts' account, until the test ends.
func OpenAnalyst(t testing.TB, e *embedded.Engine) *store.Store {
	t.Helper()
	end := e.Endpoint()
	s, err := store.Open(context.Background(), store.Options{
		Addr: []string{end.Addr}, User: end.Analyst.User, Password: end.Analyst.Password, Database: store.Views,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}
