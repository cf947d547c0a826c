package baserate_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The README's commands are run as they stand there, on two small repositories, with the program that is built
// from this tree. DIR, PATH and the like in the table of commands get a value; every option is tried.
func TestReadmeCommands(t *testing.T) {
	page := read(t, "README.md")
	commands := append(commandLines(page), commandForms(page)...)
	if len(commands) < 10 {
		t.Fatalf("README.md has only the commands %q: have its blocks or its table changed their form?", commands)
	}
	box := newSandbox(t)
	box.emulate(t)
	for _, command := range commands {
		t.Run(command, func(t *testing.T) {
			if strings.Contains(command, " serve ") || strings.Contains(command, " demo ") {
				box.serve(t, command)
			} else {
				box.run(t, command)
			}
		})
	}
}

// commandLines are the commands of the sh blocks that call the program.
func commandLines(page string) []string {
	return slices.DeleteFunc(shellLines(page), func(line string) bool { return !strings.HasPrefix(line, "bin/baserate ") })
}

var (
	tableCommand = regexp.MustCompile("(?m)^\\| `(baserate [^`]+)` \\|")
	option       = regexp.MustCompile(` \[(--[a-z]+) ([^\]]+)\]`)
	standIns     = strings.NewReplacer(
		`FILES...`, `incidents.jsonl`, `--config FILE`, `--config baserate.yaml.example`,
		`INCIDENT`, `files:INC-1`, `CHANGE`, `src/payments@$(git -C src/payments rev-parse HEAD)`,
		`DIR`, `.data`, `PATH...`, `~/src/payments ~/src/ledger`, `"SELECT …"`, `"SELECT count() FROM commits"`,
		`FLEET`, `.fleet`, `NAME`, `null`, `--changes N`, `--changes 2000`, `--seed S`, `--seed 1`, `--fleets N`, `--fleets 8`)
)

// commandForms turns the README's table of commands into commands: the plain one, and one for each value of an
// option in brackets.
func commandForms(page string) []string {
	var commands []string
	for _, form := range captures(tableCommand, page) {
		form = standIns.Replace(strings.ReplaceAll(form, `\|`, `|`))
		commands = append(commands, option.ReplaceAllString(form, ""))
		if choice := option.FindStringSubmatch(form); choice != nil {
			for value := range strings.SplitSeq(choice[2], "|") {
				commands = append(commands, option.ReplaceAllLiteralString(form, " "+choice[1]+" "+value))
			}
		}
	}
	return commands
}

// sandbox is a home with repositories in it and the program in bin, which is also on the path.
type sandbox struct {
	home   string
	github string // address of the GitHub that `make emulator` starts
}

// emulate starts what `make emulator` does, on a free port.
func (box *sandbox) emulate(t *testing.T) {
	t.Helper()
	cmd := exec.Command("node", "collectors/proof/servers/emulator.mjs")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatalf("make emulator: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // says that it was killed
	})
	lines := bufio.NewScanner(out)
	for box.github == "" && lines.Scan() {
		if found := emulated.FindStringSubmatch(lines.Text()); found != nil {
			box.github = found[1]
		}
	}
	if box.github == "" {
		t.Fatal("make emulator: it ended before it named its address; `make collectors/proof/node_modules/.stamp` fetches what it needs")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
}

var emulated = regexp.MustCompile(`GITHUB_URL=(\S+)`)

const incidentLine = `{"incident_id":"INC-1","source":"files","title":"down","severity":"sev2","declared_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-02T04:00:00Z"}` + "\n"

const commitLine = `{"repo":"a/b","sha":"c0ffee0000000000000000000000000000000000","author_name":"A","author_email":"a@example.org","committer_name":"A",` +
	`"committer_email":"a@example.org","author_date":"2026-01-02T03:04:05Z","parents":1,"on_default_branch":true,"message":"m"}` + "\n"

func newSandbox(t *testing.T) sandbox {
	t.Helper()
	box := sandbox{home: t.TempDir()}
	binary := filepath.Join(box.home, "bin", "baserate")
	if out, err := exec.Command("go", "build", "-o", binary, "./cmd/baserate").CombinedOutput(); err != nil {
		t.Fatalf("go build ./cmd/baserate: %v\n%s", err, out)
	}
	lines := commitLine + commitLine
	if err := os.WriteFile(filepath.Join(box.home, "commits.jsonl"), []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(box.home, "cases.json"), []byte(`{"cases":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("baserate.yaml.example")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"baserate.yaml.example": string(example), "incidents.jsonl": incidentLine} {
		if err := os.WriteFile(filepath.Join(box.home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	box.run(t, `
		git config --global user.name "A Person" && git config --global user.email person@example.org
		for name in payments ledger; do
			git init -q -b main src/$name && cd src/$name
			for i in 1 2 3; do echo $i >>file; git add file; git commit -qm "change $i"; done
			cd ../..
		done`)
	return box
}

func (box sandbox) command(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", line)
	cmd.Dir = box.home
	cmd.Env = append(os.Environ(), "HOME="+box.home, "PATH="+filepath.Join(box.home, "bin")+":"+os.Getenv("PATH"),
		"GITHUB_URL="+box.github, "GITHUB_TOKEN=emulator")
	if found, _ := filepath.Glob("store/embedded/node_modules/@chdb/*/libchdb.so"); len(found) > 0 && os.Getenv("BASERATE_LIBCHDB") == "" {
		library, _ := filepath.Abs(found[0])
		cmd.Env = append(cmd.Env, "BASERATE_LIBCHDB="+library)
	}
	return cmd
}

// run expects the command to end well, and to have something to say where it does not write to a file.
func (box sandbox) run(t *testing.T, line string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	out, err := box.command(ctx, line).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	_, target, redirected := strings.Cut(line, " > ")
	if redirected {
		if out, err = os.ReadFile(filepath.Join(box.home, target)); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(line, "baserate ") && len(out) == 0 {
		t.Errorf("%s: no output", line)
	}
}

// serve starts the command on a free port, waits for a page, and expects an interrupt to end it well.
func (box sandbox) serve(t *testing.T, line string) {
	t.Helper()
	address := freeAddress(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var log strings.Builder
	if !strings.Contains(line, "127.0.0.1:8080") {
		line += " --addr 127.0.0.1:8080"
	}
	cmd := box.command(ctx, "exec "+strings.ReplaceAll(line, "127.0.0.1:8080", address))
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &log, &log, 10*time.Second
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	answered := answers(ctx, "http://"+address+"/readyz") && answers(ctx, "http://"+address+"/")
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
	err := cmd.Wait()
	if !answered {
		t.Fatalf("%s: no page within a minute: %v\n%s", line, err, log.String())
	}
	if err != nil {
		t.Errorf("%s: after an interrupt: %v\n%s", line, err, log.String())
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// answers waits until a GET gives 200, or for the context's end.
func answers(ctx context.Context, url string) bool {
	for ctx.Err() == nil {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return false
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return true
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func TestCommandForms(t *testing.T) {
	page := "| `baserate sql --data DIR [--format CSV\\|Pretty] \"SELECT …\"` | asks |\n| `other` | no |\n"
	want := []string{
		`baserate sql --data .data "SELECT count() FROM commits"`,
		`baserate sql --data .data --format CSV "SELECT count() FROM commits"`,
		`baserate sql --data .data --format Pretty "SELECT count() FROM commits"`,
	}
	if got := commandForms(page); !slices.Equal(got, want) {
		t.Errorf("commandForms = %q, want %q", got, want)
	}
}
