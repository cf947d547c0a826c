package embedded_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/baserate/baserate/store/embedded"
)

const (
	loadBatches   = 120
	rowsInABatch  = 5_000
	killsInALoad  = 3
	loadStatement = "INSERT INTO load.rows (id, text, version)"
)

func textOf(id uint64) string { return fmt.Sprintf("row %d of the load", id*id) }

// A client that sends a failed batch again ends up with every row once, however often the engine is killed.
func TestKilledEngineLosesNothing(t *testing.T) {
	e := start(t, embedded.Options{})
	before := e.Endpoint()
	app := connect(t, before, before.App)
	run(t, app, "CREATE DATABASE load",
		"CREATE TABLE load.rows (id UInt64, text String, version UInt64) ENGINE = ReplacingMergeTree(version) ORDER BY id")

	var sent atomic.Int64
	killed := make(chan int, 1)
	go func() { killed <- killDuring(e, &sent) }()
	retries := 0
	for i := range loadBatches {
		retries += sendUntilTaken(t, e, app, i)
		sent.Store(int64(i + 1))
	}
	if got := <-killed; got != killsInALoad {
		t.Fatalf("the engine was killed %d times, want %d", got, killsInALoad)
	}
	if retries == 0 {
		t.Error("no batch met a dead engine: this test has tested nothing")
	}
	if e.Endpoint() != before {
		t.Errorf("address or passwords changed over a restart")
	}
	compareLoad(t, app)
}

// killDuring kills the engine at a quarter, a half and three quarters of the load and returns how often it did.
func killDuring(e *embedded.Engine, sent *atomic.Int64) int {
	kills := 0
	for kills < killsInALoad {
		if sent.Load() >= int64(loadBatches*(kills+1)/(killsInALoad+1)) {
			if err := syscall.Kill(e.EnginePID(), syscall.SIGKILL); err == nil {
				kills++
			}
		}
		time.Sleep(time.Millisecond)
	}
	return kills
}

// sendUntilTaken sends batch i until the engine has taken it, and returns how often it failed.
func sendUntilTaken(t *testing.T, e *embedded.Engine, app driver.Conn, i int) int {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for failures := 0; ; failures++ {
		err := sendBatch(app, i)
		if err == nil {
			return failures
		}
		if time.Now().After(deadline) {
			t.Fatalf("batch %d was never taken: %v; engine: %v", i, err, e.Ready(context.Background()))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func sendBatch(app driver.Conn, i int) error {
	batch, err := app.PrepareBatch(context.Background(), loadStatement)
	if err != nil {
		return err
	}
	defer batch.Close()
	ids, texts, versions := batchColumns(i)
	for n, column := range []any{ids, texts, versions} {
		if err := batch.Column(n).Append(column); err != nil {
			return err
		}
	}
	return batch.Send()
}

func batchColumns(i int) (ids []uint64, texts []string, versions []uint64) {
	for id := uint64(i * rowsInABatch); id < uint64((i+1)*rowsInABatch); id++ {
		ids, texts, versions = append(ids, id), append(texts, textOf(id)), append(versions, 1)
	}
	return ids, texts, versions
}

func compareLoad(t *testing.T, app driver.Conn) {
	t.Helper()
	rows, err := app.Query(context.Background(), "SELECT id, text FROM load.rows FINAL ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var id, next uint64
	var text string
	for ; rows.Next(); next++ {
		if err := rows.Scan(&id, &text); err != nil {
			t.Fatal(err)
		}
		if id != next || text != textOf(next) {
			t.Fatalf("row %d is (%d, %q), want (%d, %q)", next, id, text, next, textOf(next))
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if next != loadBatches*rowsInABatch {
		t.Errorf("%d rows after the load, want %d", next, loadBatches*rowsInABatch)
	}
}

// An engine that cannot be started again says so, with what its last run said, and is tried on.
func TestFailedRestartsAreReported(t *testing.T) {
	library, err := embedded.FindLibrary()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "libchdb.so")
	if err := os.Symlink(library, link); err != nil {
		t.Fatal(err)
	}
	e := start(t, embedded.Options{Library: link})
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	kill(t, e.EnginePID())
	reason := waitReady(t, e, func(err error) bool {
		return err != nil && strings.Contains(err.Error(), "could not be restarted")
	})
	if !strings.Contains(reason.Error(), link) {
		t.Errorf("reason %q does not name the file that is missing", reason)
	}
	if err := os.Symlink(library, link); err != nil {
		t.Fatal(err)
	}
	waitReady(t, e, func(err error) bool { return err == nil })
}

func TestCloseDuringARestart(t *testing.T) {
	e := start(t, embedded.Options{})
	kill(t, e.EnginePID())
	begin := time.Now()
	closeEngine(t, e)
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("Close took %v", took)
	}
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatalf("kill %d: %v", pid, err)
	}
}

// waitReady waits until what Ready says is good, and returns it.
func waitReady(t *testing.T, e *embedded.Engine, good func(error) bool) error {
	t.Helper()
	var err error
	for begin := time.Now(); time.Since(begin) < 30*time.Second; time.Sleep(10 * time.Millisecond) {
		if err = e.Ready(context.Background()); good(err) {
			return err
		}
	}
	t.Fatalf("Ready says %v after 30 s", err)
	return nil
}
