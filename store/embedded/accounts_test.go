package embedded_test

import (
	"context"
	_ "embed"
	"errors"
	"io"
	"net"
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
	if err := drain(context.Background(), analyst, "SELECT 1"); err != nil {
		t.Fatalf("the account is refused everything: %v", err)
	}
	for _, sql := range refused() {
		wantRefused(t, analyst, sql)
	}
	app := connect(t, e.Endpoint(), e.Endpoint().App)
	if got := number(t, app, "SELECT count() FROM secret.people"); got != 1000 {
		t.Errorf("%d rows after it all, want 1000", got)
	}
	if got := number(t, analyst, "SELECT count() FROM changes"); got != 1000 {
		t.Errorf("the analyst's own view has %d rows after it all, want 1000", got)
	}
}

// Without a table, SYSTEM STOP passes over those that the account has no right to, and says nothing.
func TestAnalystCannotStopMerges(t *testing.T) {
	e := startWithSecrets(t, embedded.Options{})
	run(t, connect(t, e.Endpoint(), e.Endpoint().Analyst), "SYSTEM STOP MERGES")
	app := connect(t, e.Endpoint(), e.Endpoint().App)
	run(t, app, "INSERT INTO secret.people SELECT number, 'again' FROM numbers(10)", "OPTIMIZE TABLE secret.people FINAL")
	parts := number(t, app, "SELECT count() FROM system.parts WHERE database = 'secret' AND table = 'people' AND active")
	if parts != 1 {
		t.Errorf("%d parts after OPTIMIZE FINAL: merges are stopped", parts)
	}
}

// wantRefused fails the test unless the engine itself answers sql with an error.
func wantRefused(t *testing.T, conn driver.Conn, sql string) {
	t.Helper()
	err := drain(context.Background(), conn, sql)
	var said *clickhouse.Exception
	switch {
	case err == nil:
		t.Errorf("answered: %s", sql)
	case !errors.As(err, &said):
		t.Errorf("%s: %v, want the engine's own refusal", sql, err)
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
		"SELECT count() FROM changes":                                                            1000,
		"SELECT count() FROM system.databases WHERE name != 'baserate'":                          0,
		"SELECT count() FROM system.tables WHERE database = 'secret'":                            0,
		"SELECT count() FROM system.tables WHERE database = 'baserate'":                          2,
		"SELECT count() FROM system.columns WHERE database = 'secret'":                           0,
		"SELECT count() FROM system.columns WHERE database = 'baserate'":                         2,
		"SELECT count() FROM system.completions WHERE word IN ('secret', 'people', 'names')":     0,
		"SELECT count() FROM viewIfPermitted(SELECT * FROM secret.people ELSE null('x String'))": 0,
		"SELECT count() FROM numbers(10)":                                                        10,
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
		wantRefused(t, stranger, sql)
	}
	if err := e.Ready(context.Background()); err != nil {
		t.Errorf("after it all: %v", err)
	}
}

// Connections that go wrong in every way must not end the engine. It would do so if it knew that it is not talking
// to a person; see process.
func TestRudeClients(t *testing.T) {
	e := start(t, embedded.Options{HTTPPort: freePort(t)})
	pid := e.EnginePID()
	for _, addr := range []string{e.Endpoint().Addr, e.Endpoint().HTTP} {
		for _, say := range []string{
			"", "\x00", "GET / HTTP/1.1\r\n\r\n", "POST /?query=SELECT+sleep(1) HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
			"\xff\xff\xff\xff\xff\xff", strings.Repeat("\x16\x03\x01", 1000),
			"\x00\x01x\x01\x01\xaa\xa9\x03\x00\x07analyst\x05wrong", // a whole greeting
		} {
			sayAndReset(t, addr, say)
		}
	}
	for range 20 {
		cancelAQuery(t, e)
	}
	if err := e.Ready(context.Background()); err != nil || e.EnginePID() != pid {
		t.Errorf("after it all: %v; engine %d, before %d", err, e.EnginePID(), pid)
	}
}

// sayAndReset sends text and breaks the connection off without a goodbye.
func sayAndReset(t *testing.T, addr, text string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond)
	if err := conn.(*net.TCPConn).SetLinger(0); err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

// cancelAQuery gives up in the middle of a large answer.
func cancelAQuery(t *testing.T, e *embedded.Engine) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	app := connect(t, e.Endpoint(), e.Endpoint().App)
	rows, err := app.Query(ctx, "SELECT number FROM numbers(100000000)")
	if err != nil {
		t.Fatal(err)
	}
	rows.Next()
	cancel()
	rows.Close()
}

func TestWrongPasswords(t *testing.T) {
	e := start(t, embedded.Options{})
	pid := e.EnginePID()
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
	if err := e.Ready(context.Background()); err != nil || e.EnginePID() != pid {
		t.Errorf("after it all: %v; engine %d, before %d", err, e.EnginePID(), pid)
	}
}
