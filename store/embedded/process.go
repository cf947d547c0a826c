package embedded

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// process is one run of the engine: a child, the terminal it reads, and what it said last.
//
// Its standard input is a terminal and not a pipe, because libchdb 26.7 ends itself on any error of a connection, a
// wrong password or a client that goes away, unless it believes that it talks to a person. Nobody types anything:
// the engine lives until our end of the terminal is closed, by us or by our death.
type process struct {
	cmd      *exec.Cmd
	terminal *os.File // our end
	stderr   *tail
	log      string // path of engine.log
	logEnd   int64  // its size when this run began
	exited   chan struct{}
}

// startProcess starts `exe engine …`. The child inherits the lock: it is free again when both are gone.
func startProcess(o Options, configPath string, lock *os.File) (*process, error) {
	ours, engines, err := openTerminal()
	if err != nil {
		return nil, fmt.Errorf("start engine: %w", err)
	}
	defer engines.Close()
	args := []string{"engine", "--library", o.Library, "--config", configPath}
	if o.HTTPPort != 0 {
		args = append(args, "--http")
	}
	p := &process{terminal: ours, stderr: &tail{limit: 4 << 10}, log: logPath(o.Dir), exited: make(chan struct{})}
	p.logEnd = fileSize(p.log)
	p.cmd = exec.Command(o.Exe, args...)
	p.cmd.Dir = engineFolder(o.Dir)
	p.cmd.Env = childEnvironment()
	p.cmd.Stdin, p.cmd.Stderr = engines, p.stderr
	p.cmd.ExtraFiles = []*os.File{lock}
	// Its own process group: a Ctrl-C on the terminal is for the parent, which then stops the engine.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := p.cmd.Start(); err != nil {
		ours.Close()
		return nil, fmt.Errorf("start engine: %w", err)
	}
	go func() {
		p.cmd.Wait() // how it ended is in ProcessState
		close(p.exited)
	}()
	return p, nil
}

// childEnvironment leaves out everything the engine has no use for, tokens above all.
func childEnvironment() []string {
	env := []string{"TZ=UTC"}
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "GOCOVERDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// waitAnswer returns when the engine answers, with an error when it ends before or ctx does.
func (p *process) waitAnswer(ctx context.Context, end Endpoint) error {
	for {
		err := end.Ping(ctx)
		if err == nil {
			return nil
		}
		// An engine that talks to a person tells of an error and waits for the next statement.
		if strings.Contains(p.stderr.String(), "DB::") {
			return fmt.Errorf("engine cannot listen: %s", p.said())
		}
		select {
		case <-p.exited:
			return p.death()
		case <-ctx.Done():
			return fmt.Errorf("wait for the engine: %w (last answer: %w)", ctx.Err(), err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// stop asks for a clean shutdown by closing the terminal, and kills when it takes longer than timeout.
func (p *process) stop(timeout time.Duration) error {
	p.terminal.Close()
	select {
	case <-p.exited:
		return nil
	case <-time.After(timeout):
	}
	p.cmd.Process.Kill()
	<-p.exited
	return fmt.Errorf("engine did not shut down within %s and was killed; its tables are readable, "+
		"and a query that was running is lost", timeout)
}

// announcement is what libchdb prints at every start.
var announcement = regexp.MustCompile(`(?m)^Logging .* to .*\n?`)

// death says how a process that has exited ended, with the last it said and logged.
func (p *process) death() error {
	hint := ""
	if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
		hint = ", by hand or by the system for its memory"
	}
	return fmt.Errorf("engine ended (%s%s): %s", p.cmd.ProcessState, hint, p.said())
}

// said returns the last of what the process said and logged.
func (p *process) said() string {
	said := strings.TrimSpace(announcement.ReplaceAllString(p.stderr.String(), "") + "\n" + p.logged())
	if said == "" {
		return "it said nothing; see " + p.log
	}
	return said
}

// logged returns the end of what this run wrote to engine.log.
func (p *process) logged() string {
	const limit = 2 << 10
	f, err := os.Open(p.log)
	if err != nil {
		return ""
	}
	defer f.Close()
	from := max(p.logEnd, fileSize(p.log)-limit)
	text, err := io.ReadAll(io.NewSectionReader(f, from, limit))
	if err != nil || len(text) == 0 {
		return ""
	}
	return filepath.Base(p.log) + ": " + string(text)
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// tail keeps the last bytes written to it.
type tail struct {
	mu    sync.Mutex
	limit int
	kept  bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept.Write(p)
	if extra := t.kept.Len() - t.limit; extra > 0 {
		t.kept.Next(extra)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept.String()
}
