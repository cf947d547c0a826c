package proof

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/github/githubtest"
)

// kills is how often the program is killed, and fewer times where tests are to be short; inARow is how often one collection is.
func kills() int {
	if testing.Short() {
		return inARow
	}
	return 50
}

const inARow = 10

// The program is killed fifty times while it collects from two GitHubs, one by REST and one by GraphQL, and from a clone, at a
// moment drawn from the time that an undisturbed run takes; every other time at a call drawn from those that it makes, if that is
// earlier, so that it falls into the collection. After ten kills a run may end: its tables are compared with those of the
// undisturbed run, row for row. Every other ten begin with no database at all.
func TestKilledFiftyTimes(t *testing.T) {
	emulated := newForge(t, "shop", "ledger")
	emulated.begin()
	fleet := httptest.NewServer(githubtest.New(githubtest.Options{Org: "fleet", Repos: 2, Pulls: 30, LongEvery: 7, Now: newClock(time.Now().Add(-time.Hour)).Now}))
	t.Cleanup(fleet.Close)
	between := newCounter(t, map[string]string{"/emulated": emulated.URL, "/fleet": fleet.URL})
	p := killing{binary: binary(t), env: environment(t), config: filepath.Join(t.TempDir(), "baserate.yaml")}
	config := fmt.Sprintf(`
github:
  - {name: acme, repos: [acme/shop, acme/ledger], url: %[1]s/emulated, tokens: ["${RUN_TOKEN}"], incident_labels: [incident]}
  - {org: fleet, url: %[1]s/fleet, tokens: [one]}
git: {clones: [%[2]q]}
`, between.URL, history(t, 60))
	if err := os.WriteFile(p.config, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}

	began, empty := time.Now(), prepared(t)
	calm := copied(t, empty)
	between.when(-1, func() {})
	begun := time.Now()
	if died := p.run(t, calm, func(func()) {}); died {
		t.Fatal("the undisturbed run was killed")
	}
	took, calls := time.Since(begun), between.calls.Load()
	want := stored(t, calm)
	t.Logf("undisturbed: %s, %d calls; %s", took.Round(time.Millisecond), calls, count(want))

	draw := rand.New(rand.NewPCG(7, 7))
	runs, killed := 0, 0
	for round := range kills() / inARow {
		folder := filepath.Join(t.TempDir(), "new")
		if round%2 == 1 {
			folder = copied(t, empty)
		}
		for died := 0; died < inARow; runs++ {
			if p.run(t, folder, func(kill func()) {
				between.when(-1, kill)
				if runs%2 == 1 {
					between.when(1+draw.Int64N(calls), kill)
				}
				time.AfterFunc(time.Duration(draw.Int64N(int64(took))), kill)
			}) {
				died++
			}
		}
		killed += inARow
		between.when(-1, func() {})
		if p.run(t, folder, func(func()) {}) {
			t.Fatal("a run was killed that nobody meant to kill")
		}
		got := stored(t, folder)
		if round%2 == 0 { // the key of its pseudonyms is its own
			for _, table := range pseudonymous {
				got[table] = want[table]
			}
		}
		same(t, fmt.Sprintf("after %d kills", killed), want, got)
	}
	t.Logf("%d kills in %d runs; %s", killed, runs, time.Since(began).Round(time.Second))
}

// pseudonymous are the derived tables with people in them.
var pseudonymous = []string{"changes", "landed_commits", "landings", "pulls", "proposals", "candidates", "strata"}

// copied is a copy of a folder.
func copied(t *testing.T, folder string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(to, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	return to
}

// killing is a program that may be killed while it collects.
type killing struct {
	binary, config string
	env            []string
	runs           int
}

// run collects once. It says whether the program was killed; any other way to fail fails the test.
func (p *killing) run(t *testing.T, folder string, arrange func(kill func())) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.binary, "collect", "--config", p.config, "--data", folder)
	p.runs++ // each with a token of its own: the emulator lets one make 5,000 calls an hour
	cmd.Env = append(slices.Clone(p.env), fmt.Sprintf("RUN_TOKEN=run-%d", p.runs))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = 5 * time.Second // the engine holds what it inherited a moment longer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	arrange(func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if ok && status.Signaled() && status.Signal() == syscall.SIGKILL && ctx.Err() == nil {
		return true
	}
	if err != nil {
		t.Fatalf("collect: %v\n%s", err, &said)
	}
	return false
}
