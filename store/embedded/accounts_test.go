package embedded_test

import (
	"context"
	_ "embed"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/baserate/baserate/store/embedded"
)

//go:embed testdata/refused.sql
var refusedText string

// refused returns the statements of testdata/refused.sql.
func refused() []string {
	var statements []string
	for line := range strings.Lines(refusedText) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "--") {
			statements = append(statements, line)
		}
	}
	return statements
}

// startWithSecrets runs an engine with tables that the analysts may not see, and a view that they may.
func startWithSecrets(t *testing.T, o embedded.Options) *embedded.Engine {
	t.Helper()
	e := start(t, o)
	run(t, connect(t, e.Endpoint(), e.Endpoint().App),
		"CREATE DATABASE secret", "CREATE DATABASE baserate",
		`CREATE TABLE secret.people (id UInt64, name String,
			PROJECTION by_name (SELECT id, name ORDER BY name),
			INDEX words name TYPE text(tokenizer = 'splitByNonAlpha')) ENGINE = MergeTree ORDER BY id`,
		"INSERT INTO secret.people SELECT number, toString(number) FROM numbers(1000)",
		"CREATE DICTIONARY secret.names (id UInt64, name String) PRIMARY KEY id "+
			"SOURCE(CLICKHOUSE(QUERY 'SELECT 1 AS id, \\'x\\' AS name')) LAYOUT(HASHED()) LIFETIME(0)",
		"CREATE VIEW baserate.changes DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT id FROM secret.people",
		"CREATE VIEW baserate.as_invoker SQL SECURITY INVOKER AS SELECT id FROM secret.people")
	return e
}

func TestAnalystIsRefused(t *testing.T) {
	limits := embedded.AnalystLimits{Time: 2 * time.Second, Memory: 256 << 20}
	e := startWithSecrets(t, embedded.Options{Analyst: limits})
	analyst := connect(t, e.Endpoint(), e.Endpoint().Analyst)
	for _, sql := range refused() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		ctx = clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{"max_execution_time": 2}))
		err := drain(ctx, analyst, sql)
		cancel()
		var said *clickhouse.Exception
		switch {
		case err == nil:
			t.Errorf("answered: %s", sql)
		case !errors.As(err, &said):
			t.Errorf("%s: %v, want the engine's own refusal", sql, err)
		}
	}
	app := connect(t, e.Endpoint(), e.Endpoint().App)
	if got := number(t, app, "SELECT count() FROM secret.people"); got != 1000 {
		t.Errorf("%d rows after it all, want 1000", got)
	}
	if got := number(t, analyst, "SELECT count() FROM changes"); got != 1000 {
		t.Errorf("the analyst's own view has %d rows after it all, want 1000", got)
	}
}

// drain runs sql and reads every row it gives.
func drain(ctx context.Context, conn driver.Conn, sql string) error {
	rows, err := conn.Query(ctx, sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// What ClickHouse shows everyone is cut to what the account may read.
func TestAnalystSeesOneDatabase(t *testing.T) {
	e := startWithSecrets(t, embedded.Options{})
	analyst := connect(t, e.Endpoint(), e.Endpoint().Analyst)
	for sql, want := range map[string]uint64{
		"SELECT count() FROM changes":                                                             1000,
		"SELECT count() FROM system.databases WHERE name != 'baserate'":                           0,
		"SELECT count() FROM system.tables WHERE database = 'secret'":                             0,
		"SELECT count() FROM system.tables WHERE database = 'baserate'":                           2,
		"SELECT count() FROM system.columns WHERE database = 'secret'":                            0,
		"SELECT count() FROM system.columns WHERE database = 'baserate'":                          2,
		"SELECT count() FROM system.completions WHERE word LIKE '%secret%' OR word LIKE 'people'": 0,
		"SELECT count() FROM viewIfPermitted(SELECT * FROM secret.people ELSE null('x String'))":  0,
		"SELECT count() FROM numbers(10)":                                                         10,
	} {
		if got := number(t, analyst, sql); got != want {
			t.Errorf("%s = %d, want %d", sql, got, want)
		}
	}
}

// clickhouse-go turns a deadline into the setting max_execution_time: it works up to the limit.
func TestAnalystDeadlines(t *testing.T) {
	e := startWithSecrets(t, embedded.Options{Analyst: embedded.AnalystLimits{Time: 10 * time.Second}})
	analyst := connect(t, e.Endpoint(), e.Endpoint().Analyst)
	for deadline, allowed := range map[time.Duration]bool{
		2 * time.Second: true, 10 * time.Second: true, time.Minute: false,
	} {
		ctx, cancel := context.WithTimeout(context.Background(), deadline)
		err := drain(ctx, analyst, "SELECT id FROM changes SETTINGS max_threads = 2, max_result_rows = 5000")
		cancel()
		if (err == nil) != allowed {
			t.Errorf("with a deadline of %v: %v, want allowed %v", deadline, err, allowed)
		}
	}
	begin := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := drain(ctx, analyst, "SELECT count() FROM numbers(1e6) a, numbers(1e6) b, numbers(1e6) c"); err == nil {
		t.Error("an endless query succeeded")
	}
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("a deadline of a second took %v", took)
	}
}

// The engine's own session has no password. Signing in like it must give nothing.
func TestSessionAccountIsUseless(t *testing.T) {
	e := startWithSecrets(t, embedded.Options{HTTPPort: freePort(t)})
	stranger := connect(t, e.Endpoint(), embedded.Credentials{User: "default"})
	for _, sql := range append(refused(),
		"SELECT * FROM baserate.changes",
		"SHOW DATABASES",
		"SELECT name FROM system.tables",
		"CREATE TEMPORARY TABLE x (a Int8)",
		"SELECT length(range(100000000))",
		"SELECT 1 SETTINGS max_memory_usage = 100000000000",
		embedded.Statements(false)[0],
	) {
		if strings.HasPrefix(sql, "SELECT 1 SETTINGS") && !strings.Contains(sql, "max_memory_usage =") {
			continue // arithmetic with other settings is all that is left to it
		}
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		if err := drain(ctx, stranger, sql); err == nil {
			t.Errorf("answered: %s", sql)
		}
		cancel()
	}
	if err := e.Ready(context.Background()); err != nil {
		t.Errorf("after it all: %v", err)
	}
}

func TestWrongPasswords(t *testing.T) {
	e := start(t, embedded.Options{})
	for _, c := range []embedded.Credentials{
		{User: e.Endpoint().App.User},
		{User: e.Endpoint().App.User, Password: e.Endpoint().Analyst.Password},
		{User: e.Endpoint().Analyst.User},
		{User: "default", Password: "default"},
	} {
		if err := drain(context.Background(), connect(t, e.Endpoint(), c), "SELECT 1"); err == nil {
			t.Errorf("%s signed in with password %q", c.User, c.Password)
		}
	}
}
