package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// gitDir is a git directory and the way commands are run in it.
type gitDir struct {
	bin string
	dir string
	env []string
}

// environment is all that a git process of ours gets to see: no configuration but the git directory's own, no
// replacement objects or grafts, no locks, no terminal, and no way to fetch what is missing.
func environment(dir, temp string) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + temp,
		"TMPDIR=" + temp,
		"LC_ALL=C",
		"LANGUAGE=",
		"TZ=UTC",
		"GIT_DIR=" + dir,
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_SYSTEM=" + os.DevNull,
		"GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_ATTR_NOSYSTEM=1",
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_NO_REPLACE_OBJECTS=1",
		"GIT_GRAFT_FILE=" + os.DevNull,
		"GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=none",
		"GIT_TERMINAL_PROMPT=0",
	}
}

// process is a running git command.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr tail
	kill   context.CancelFunc
}

// start runs git with pipes at both ends. The caller must call wait, after kill when it has not read all. The end
// of ctx kills it too.
func (d gitDir) start(ctx context.Context, args ...string) (_ *process, err error) {
	ctx, kill := context.WithCancel(ctx)
	defer func() {
		if err != nil {
			kill()
			err = fmt.Errorf("git %s: %w", args[0], err)
		}
	}()
	p := &process{cmd: d.command(ctx, args...), kill: kill}
	p.cmd.Stderr = &p.stderr
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReaderSize(out, 1<<16)
	return p, p.cmd.Start()
}

func (d gitDir) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, d.bin, args...)
	cmd.Env = d.env
	cmd.WaitDelay = 2 * time.Second
	// A process group of its own: an interrupt from the keyboard reaches baserate alone, which then ends git.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// wait closes the pipes, waits for the end and explains a failure with what git said.
func (p *process) wait() error {
	defer p.kill()
	p.in.Close()
	return p.explain(p.cmd.Wait())
}

func (p *process) explain(err error) error {
	if err == nil {
		return nil
	}
	said := strings.TrimSpace(p.stderr.String())
	if said == "" {
		return fmt.Errorf("git %s: %w", p.cmd.Args[1], err)
	}
	return fmt.Errorf("git %s: %w: %s", p.cmd.Args[1], err, said)
}

// output runs git to its end with stdin as input and returns what it wrote.
func (d gitDir) output(ctx context.Context, stdin io.Reader, args ...string) ([]byte, error) {
	p := &process{cmd: d.command(ctx, args...)}
	var out bytes.Buffer
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = stdin, &out, &p.stderr
	if err := p.cmd.Run(); err != nil {
		return out.Bytes(), p.explain(err)
	}
	return out.Bytes(), nil
}

// line is output without the line feed at its end.
func (d gitDir) line(ctx context.Context, args ...string) (string, error) {
	out, err := d.output(ctx, nil, args...)
	return strings.TrimSuffix(string(out), "\n"), err
}

// lines runs git with stdin as input and yields its output line by line; a line is valid until the next.
func (d gitDir) lines(ctx context.Context, stdin io.Reader, args ...string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		p, err := d.start(ctx, args...)
		if err != nil {
			yield(nil, err)
			return
		}
		fed := make(chan struct{})
		go func() {
			defer close(fed)
			io.Copy(p.in, stdin) // an error shows as git's own failure
			p.in.Close()
		}()
		stopped, err := yieldLines(p.out, yield)
		if stopped || err != nil {
			p.kill()
		}
		<-fed
		if waited := p.wait(); !stopped && (waited != nil || err != nil) {
			yield(nil, errors.Join(waited, err))
		}
	}
}

func yieldLines(out *bufio.Reader, yield func([]byte, error) bool) (stopped bool, err error) {
	for {
		line, err := out.ReadSlice('\n')
		if err == io.EOF && len(line) == 0 {
			return false, nil
		}
		if err != nil && err != io.EOF {
			return false, err
		}
		if !yield(bytes.TrimSuffix(line, []byte("\n")), nil) {
			return true, nil
		}
	}
}

// tail keeps the first line or so of what is written to it: git says the cause first.
type tail struct{ text []byte }

const tailSize = 2048

func (t *tail) Write(b []byte) (int, error) {
	t.text = append(t.text, b[:min(len(b), tailSize-len(t.text))]...)
	return len(b), nil
}

func (t *tail) String() string { return string(t.text) }
