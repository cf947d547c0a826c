package embedded_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/baserate/baserate/store/embedded"
	"go.uber.org/goleak"
)

// TestMain makes the tests' own binary both what they start as the engine and, as `hold DIR`, another process that
// holds a data folder.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	if len(os.Args) > 2 && os.Args[1] == "hold" {
		os.Exit(hold(os.Args[2]))
	}
	goleak.VerifyTestMain(m)
}

// hold runs an engine until standard input ends, and says what happens: "holding PID", "interrupted", "closed".
func hold(dir string) int {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	e, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Command: "baserate hold"})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("holding", e.EnginePID())
	go func() {
		<-interrupts
		fmt.Println("interrupted")
	}()
	io.Copy(io.Discard, os.Stdin)
	if err := e.Close(); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("closed")
	return 0
}

// start runs an engine for one test. Only Dir has to be given, and not even that.
func start(t testing.TB, o embedded.Options) *embedded.Engine {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	e, err := embedded.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeEngine(t, e) })
	return e
}

func closeEngine(t testing.TB, e *embedded.Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

// connect opens connections to the engine as one of its accounts.
func connect(t testing.TB, end embedded.Endpoint, c embedded.Credentials) driver.Conn {
	t.Helper()
	conn, err := clickhouse.Open(&clickhouse.Options{
		Addr: []string{end.Addr},
		Auth: clickhouse.Auth{Username: c.User, Password: c.Password},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// run executes statements, each of which must succeed.
func run(t testing.TB, conn driver.Conn, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		if err := conn.Exec(context.Background(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

// number returns the one number that sql selects.
func number(t testing.TB, conn driver.Conn, sql string) uint64 {
	t.Helper()
	var n uint64
	if err := conn.QueryRow(context.Background(), sql).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}
