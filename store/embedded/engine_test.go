package embedded_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/baserate/baserate/store/embedded"
)

func TestDataSurviveARestart(t *testing.T) {
	dir := t.TempDir()
	first := start(t, embedded.Options{Dir: dir})
	app := connect(t, first.Endpoint(), first.Endpoint().App)
	run(t, app,
		"CREATE DATABASE kept",
		"CREATE TABLE kept.rows (n UInt64) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO kept.rows SELECT number FROM numbers(100000)")
	closeEngine(t, first)
	if err := first.Ready(context.Background()); err == nil {
		t.Error("a closed engine says it is ready")
	}

	second := start(t, embedded.Options{Dir: dir})
	app = connect(t, second.Endpoint(), second.Endpoint().App)
	if got := number(t, app, "SELECT sum(n) FROM kept.rows"); got != 99999*100000/2 {
		t.Errorf("sum after the restart = %d", got)
	}
	if first.Endpoint().App.Password == second.Endpoint().App.Password {
		t.Error("two starts have the same password")
	}
}

// A view reads its tables as the account that made it, whose password changes at every start.
func TestDefinersSurviveARestart(t *testing.T) {
	dir := t.TempDir()
	e := start(t, embedded.Options{Dir: dir})
	run(t, connect(t, e.Endpoint(), e.Endpoint().App),
		"CREATE DATABASE baserate", "CREATE DATABASE baserate_store",
		"CREATE TABLE baserate_store.t (n UInt64) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO baserate_store.t VALUES (1), (2)",
		"CREATE VIEW baserate.v DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT n FROM baserate_store.t")
	closeEngine(t, e)
	e = start(t, embedded.Options{Dir: dir})
	run(t, connect(t, e.Endpoint(), e.Endpoint().App),
		"CREATE OR REPLACE VIEW baserate.w DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT n FROM baserate.v")
	analyst := connect(t, e.Endpoint(), e.Endpoint().Analyst)
	for _, sql := range []string{"SELECT sum(n) FROM v", "SELECT sum(n) FROM baserate.w"} {
		if got := number(t, analyst, sql); got != 3 {
			t.Errorf("%s = %d, want 3", sql, got)
		}
	}
}

func TestFilesArePrivate(t *testing.T) {
	dir := t.TempDir()
	e := start(t, embedded.Options{Dir: dir})
	for _, name := range []string{"lock", "engine.json", "engine/config.xml", "engine/users.xml"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("%s has mode %v, want 0600", name, got)
		}
	}
	info, err := os.Stat(filepath.Join(dir, "engine"))
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o700 {
		t.Errorf("engine/ has mode %v, want 0700", got)
	}
	end := e.Endpoint()
	text, err := os.ReadFile(filepath.Join(dir, "engine", "users.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), end.App.Password) || strings.Contains(string(text), end.Analyst.Password) {
		t.Error("users.xml holds a password in the clear")
	}
	closeEngine(t, e)
	if _, err := os.Stat(filepath.Join(dir, "engine.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("engine.json after Close: %v, want it gone", err)
	}
}

// Idle connections of other processes must not hold up a stop, nor may a query that never ends.
func TestCloseIsPrompt(t *testing.T) {
	e := start(t, embedded.Options{})
	app := connect(t, e.Endpoint(), e.Endpoint().App)
	run(t, app, "SELECT 1")
	begin := time.Now()
	closeEngine(t, e)
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("Close beside an idle connection took %v", took)
	}
}

func TestCloseEndsRunningQueries(t *testing.T) {
	e := start(t, embedded.Options{StopTimeout: 20 * time.Second})
	app := connect(t, e.Endpoint(), e.Endpoint().App)
	ended := make(chan error, 1)
	go func() {
		ended <- app.Exec(context.Background(), "SELECT count() FROM numbers(1e12) WHERE NOT ignore(cityHash64(number))")
	}()
	probe := connect(t, e.Endpoint(), e.Endpoint().App)
	for number(t, probe, "SELECT count() FROM system.processes WHERE query LIKE '%numbers(1e12)%'") < 2 {
		time.Sleep(20 * time.Millisecond)
	}
	begin := time.Now()
	err := e.Close()
	t.Logf("Close took %v: %v", time.Since(begin), err)
	if took := time.Since(begin); took > 22*time.Second {
		t.Errorf("Close beside an endless query took %v", took)
	}
	if err := <-ended; err == nil {
		t.Error("the endless query succeeded")
	}
}

func TestMemoryLimit(t *testing.T) {
	e := start(t, embedded.Options{MemoryLimit: 600 << 20})
	app := connect(t, e.Endpoint(), e.Endpoint().App)
	err := app.Exec(context.Background(), "SELECT groupArray(number) FROM numbers(200000000) FORMAT Null")
	var refused *clickhouse.Exception
	if !errors.As(err, &refused) || refused.Code != 241 {
		t.Errorf("a query over the engine's memory: %v, want code 241, MEMORY_LIMIT_EXCEEDED", err)
	}
	if err := e.Ready(context.Background()); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for name, test := range map[string]struct {
		options embedded.Options
		want    string
	}{
		"no folder": {embedded.Options{}, "Options.Dir is empty"},
		"database that would have to be quoted": {
			embedded.Options{Dir: t.TempDir(), AnalystDatabase: "a.b</query>"}, "want letters, digits and _",
		},
		"folder that is a file": {embedded.Options{Dir: "/dev/null"}, "/dev/null"},
		"program that is not there": {
			embedded.Options{Dir: t.TempDir(), Exe: "/nowhere/baserate"}, "/nowhere/baserate",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := embedded.Start(context.Background(), test.options)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Start: %v, want %q in it", err, test.want)
			}
		})
	}
}
