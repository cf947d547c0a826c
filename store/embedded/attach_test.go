package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/baserate/baserate/store/embedded"
)

func TestSecondStartNamesTheHolder(t *testing.T) {
	dir := t.TempDir()
	start(t, embedded.Options{Dir: dir, Command: "baserate serve --data here"})
	_, err := embedded.Start(context.Background(), embedded.Options{Dir: dir})
	var held *embedded.HeldError
	if !errors.As(err, &held) {
		t.Fatalf("second Start: %v, want a HeldError", err)
	}
	if held.PID != os.Getpid() || held.Command != "baserate serve --data here" {
		t.Errorf("held by %d (%s)", held.PID, held.Command)
	}
	for _, want := range []string{dir, fmt.Sprint(os.Getpid()), "baserate serve --data here"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not say %q", err, want)
		}
	}
}

func TestAttach(t *testing.T) {
	dir := t.TempDir()
	if _, err := embedded.Attach(context.Background(), dir); !errors.Is(err, embedded.ErrNotRunning) {
		t.Errorf("Attach to a folder without an engine: %v, want ErrNotRunning", err)
	}
	h := startHolder(t, dir)
	end, err := embedded.Attach(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	run(t, connect(t, end, end.App), "CREATE DATABASE baserate", "CREATE VIEW baserate.one AS SELECT 1 AS n")
	if got := number(t, connect(t, end, end.Analyst), "SELECT toUInt64(n) FROM one"); got != 1 {
		t.Errorf("as the analyst: %d", got)
	}

	e, err := embedded.Open(context.Background(), embedded.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if !e.Attached() || e.Endpoint() != end {
		t.Errorf("Open beside a holder: attached %v, endpoint %+v", e.Attached(), e.Endpoint())
	}
	closeEngine(t, e)
	if err := end.Ping(context.Background()); err != nil {
		t.Errorf("closing an attached engine stopped it: %v", err)
	}
	h.close(t)
	if _, err := embedded.Attach(context.Background(), dir); !errors.Is(err, embedded.ErrNotRunning) {
		t.Errorf("Attach after Close: %v, want ErrNotRunning", err)
	}
}

// Whoever comes first starts the engine and the others use it, also while it is still starting.
func TestOpenAtOnce(t *testing.T) {
	dir := t.TempDir()
	var engines [6]*embedded.Engine
	var all sync.WaitGroup
	for i := range engines {
		all.Go(func() {
			var err error
			if engines[i], err = embedded.Open(context.Background(), embedded.Options{Dir: dir}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if t.Failed() {
		return
	}
	started := 0
	for _, e := range engines {
		if !e.Attached() {
			started++
			defer closeEngine(t, e)
		}
		if e.Endpoint() != engines[0].Endpoint() {
			t.Error("two endpoints for one folder")
		}
	}
	if started != 1 {
		t.Errorf("%d engines were started, want 1", started)
	}
}

// A parent that is killed takes its engine along, and what it leaves behind stops nobody.
func TestKilledParent(t *testing.T) {
	dir := t.TempDir()
	h := startHolder(t, dir)
	stale, err := embedded.Attach(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	run(t, connect(t, stale, stale.App), "CREATE DATABASE kept", "CREATE TABLE kept.t (n UInt64) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO kept.t SELECT number FROM numbers(1000)")
	kill(t, h.cmd.Process.Pid)
	h.cmd.Wait()

	e, err := embedded.Open(context.Background(), embedded.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer closeEngine(t, e)
	if e.Attached() {
		t.Fatal("Open attached to an engine without a parent")
	}
	if running(h.engine) {
		t.Errorf("engine %d of the killed parent is still there", h.engine)
	}
	if e.Endpoint().App == stale.App {
		t.Error("the stale password is still good")
	}
	if got := number(t, connect(t, e.Endpoint(), e.Endpoint().App), "SELECT count() FROM kept.t"); got != 1000 {
		t.Errorf("%d rows, want 1000", got)
	}
}

func TestStaleFiles(t *testing.T) {
	for name, text := range map[string]string{
		"engine.json": `{"addr":"127.0.0.1:1","app":{"user":"baserate","password":"old"}}`,
		"lock":        `{"pid":1,"command":"not json`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := embedded.Attach(context.Background(), dir); !errors.Is(err, embedded.ErrNotRunning) {
				t.Errorf("Attach: %v, want ErrNotRunning", err)
			}
			start(t, embedded.Options{Dir: dir})
			if _, err := embedded.Attach(context.Background(), dir); err != nil {
				t.Errorf("Attach after Start: %v", err)
			}
		})
	}
}

// A Ctrl-C reaches the whole process group of the terminal. The engine is in its own: its parent decides.
func TestInterruptIsForTheParent(t *testing.T) {
	dir := t.TempDir()
	h := startHolder(t, dir)
	end, err := embedded.Attach(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(-h.cmd.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	h.expect(t, "interrupted")
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} { // as a service's stop does
		if err := syscall.Kill(h.engine, signal); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(300 * time.Millisecond)
	if err := end.Ping(context.Background()); err != nil || !running(h.engine) {
		t.Errorf("engine after Ctrl-C: %v", err)
	}
	if now, err := embedded.Attach(context.Background(), dir); err != nil || now != end {
		t.Errorf("Attach after Ctrl-C: %+v, %v", now, err)
	}
	h.close(t)
	if running(h.engine) {
		t.Error("the engine outlives its parent's Close")
	}
}

// holder is another process that holds a data folder; see hold.
type holder struct {
	cmd    *exec.Cmd
	stdin  io.Closer
	said   *bufio.Scanner
	engine int // process id
}

func startHolder(t *testing.T, dir string) *holder {
	t.Helper()
	cmd := exec.Command(os.Args[0], "hold", dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Stderr = t.Output()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	h := &holder{cmd: cmd, stdin: stdin, said: bufio.NewScanner(stdout)}
	t.Cleanup(func() {
		stdin.Close()
		cmd.Wait()
	})
	if _, err := fmt.Sscanf(h.line(t), "holding %d", &h.engine); err != nil {
		t.Fatalf("holder said %q", h.said.Text())
	}
	return h
}

func (h *holder) line(t *testing.T) string {
	t.Helper()
	if !h.said.Scan() {
		t.Fatalf("holder says nothing more: %v", h.said.Err())
	}
	return h.said.Text()
}

func (h *holder) expect(t *testing.T, want string) {
	t.Helper()
	if got := h.line(t); got != want {
		t.Fatalf("holder said %q, want %q", got, want)
	}
}

func (h *holder) close(t *testing.T) {
	t.Helper()
	h.stdin.Close()
	h.expect(t, "closed")
}

// running reports whether a process is there and not a zombie that nobody has waited for yet.
func running(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || !strings.Contains(string(stat), ") Z ")
}
