package git

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
)

// testRepo is a real repository that a test made.
type testRepo struct {
	t   testing.TB
	dir string
}

func newRepo(t testing.TB, args ...string) *testRepo {
	t.Helper()
	r := &testRepo{t: t, dir: filepath.Join(t.TempDir(), "owner", "repo")}
	r.git(append([]string{"init", "--quiet", "--bare", "--initial-branch=main", r.dir}, args...)...)
	return r
}

// git runs a command in the repository and returns what it wrote.
func (r *testRepo) git(args ...string) string { return r.gitIn("", args...) }

func (r *testRepo) gitIn(stdin string, args ...string) string {
	r.t.Helper()
	out, err := r.tryGit(stdin, args...)
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

func (r *testRepo) tryGit(stdin string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Env = append(os.Environ(),
		"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C",
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_AUTHOR_DATE=1700000000 +0000",
		"GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com", "GIT_COMMITTER_DATE=1700000000 +0000")
	if _, err := os.Stat(r.dir); err == nil {
		cmd.Dir = r.dir
	}
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

func (r *testRepo) tip(ref string) string {
	r.t.Helper()
	return r.git("rev-parse", "--verify", ref)
}

// commitSpec is a commit to be made. Files maps paths to contents; "" as a mode-less content deletes.
type commitSpec struct {
	ref       string // to move; also the parent unless parents are given
	parents   []string
	message   string
	author    string // "Name <address>"
	committer string
	when      string // "seconds zone"
	encoding  string
	files     map[string]string
	modes     map[string]string // other than 100644
	remove    []string
	root      bool // no parent though the ref exists
}

// commit makes one commit through fast-import and returns its name.
func (r *testRepo) commit(c commitSpec) string {
	r.t.Helper()
	return r.commits(c)[0]
}

// commits makes many in one go. A parent "@n" is the nth commit of the list.
func (r *testRepo) commits(list ...commitSpec) []string {
	r.t.Helper()
	var b bytes.Buffer
	moved := map[string]bool{}
	for i, c := range list {
		c.write(&b, i+1, func(ref string) string {
			if moved[ref] {
				return ""
			}
			tip, err := r.tryGit("", "rev-parse", "--verify", "--quiet", ref)
			if err != nil {
				return ""
			}
			return tip
		})
		moved[c.ref] = true
	}
	marks := filepath.Join(r.t.TempDir(), "marks")
	r.gitIn(b.String(), "fast-import", "--quiet", "--force", "--date-format=raw-permissive", "--export-marks="+marks)
	content, err := os.ReadFile(marks)
	if err != nil {
		r.t.Fatal(err)
	}
	names := make([]string, len(list))
	for line := range strings.Lines(string(content)) {
		mark, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(mark[1:])
		if err != nil {
			r.t.Fatal(err)
		}
		names[n-1] = name
	}
	return names
}

func (c *commitSpec) write(b *bytes.Buffer, mark int, tip func(ref string) string) {
	if c.author == "" {
		c.author = "Ann <ann@example.com>"
	}
	if c.committer == "" {
		c.committer = c.author
	}
	if c.when == "" {
		c.when = strconv.Itoa(1_700_000_000+60*mark) + " +0200"
	}
	if c.root {
		fmt.Fprintf(b, "reset %s\n", c.ref)
	}
	fmt.Fprintf(b, "commit %s\nmark :%d\nauthor %s %s\ncommitter %s %s\n", c.ref, mark, c.author, c.when, c.committer, c.when)
	if c.encoding != "" {
		fmt.Fprintf(b, "encoding %s\n", c.encoding)
	}
	fmt.Fprintf(b, "data %d\n%s\n", len(c.message), c.message)
	parents := c.parents
	if len(parents) == 0 && !c.root {
		if from := tip(c.ref); from != "" {
			parents = []string{from}
		}
	}
	for i, parent := range parents {
		key := "merge"
		if i == 0 {
			key = "from"
		}
		fmt.Fprintf(b, "%s %s\n", key, strings.Replace(parent, "@", ":", 1))
	}
	for _, path := range c.remove {
		fmt.Fprintf(b, "D %s\n", path)
	}
	for _, path := range slices.Sorted(maps.Keys(c.files)) {
		mode := c.modes[path]
		if mode == "" {
			mode = "100644"
		}
		content := c.files[path]
		if mode == "160000" {
			fmt.Fprintf(b, "M %s %s %s\n", mode, content, path)
			continue
		}
		fmt.Fprintf(b, "M %s inline %s\ndata %d\n%s\n", mode, path, len(content), content)
	}
}

// collected is all that a collection yielded, the last version of each fact.
type collected struct {
	Repository record.Repository
	Commits    map[string]record.Commit
	Notes      map[[2]string]record.Note
	Placements map[string]record.Placement
	RefUpdates []record.RefUpdate
	Warnings   map[string][]record.Warning
	Cursor     record.Cursor
	Batches    int
	Progress   record.Progress
	Rows       int
}

func newCollected() *collected {
	return &collected{
		Commits: map[string]record.Commit{}, Notes: map[[2]string]record.Note{},
		Placements: map[string]record.Placement{}, Warnings: map[string][]record.Warning{},
	}
}

func (c *collected) add(b record.Batch) {
	if b.Repository != nil {
		c.Repository = *b.Repository
	}
	for _, commit := range b.Commits {
		c.Commits[commit.SHA] = commit
	}
	for _, note := range b.Notes {
		if c.Notes[[2]string{note.Ref, note.SHA}] = note; note.Text == "" {
			delete(c.Notes, [2]string{note.Ref, note.SHA})
		}
	}
	for _, p := range b.Placements {
		c.Placements[p.SHA] = p
	}
	for _, w := range b.Warnings {
		c.Warnings[w.Code] = append(c.Warnings[w.Code], w)
	}
	if b.Cursor != nil {
		c.Cursor = b.Cursor
	}
	c.RefUpdates = append(c.RefUpdates, b.RefUpdates...)
	c.Progress = b.Progress
	c.Rows += b.Rows()
	c.Batches++
}

// testNow is the clock in tests, some time after the commits that they make.
var testNow = time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)

func testOptions(t testing.TB) Options {
	return Options{TempDir: t.TempDir(), Now: func() time.Time { return testNow }}
}

// collect goes on from where c ended, for at most so many batches; 0 is until the end.
func (c *collected) collect(t testing.TB, path string, opts Options, batches int) error {
	t.Helper()
	collector, err := Open(context.Background(), path, opts)
	if err != nil {
		return err
	}
	n := 0
	for batch, err := range collector.Collect(context.Background(), c.Cursor) {
		if err != nil {
			return err
		}
		c.add(batch)
		if n++; n == batches {
			break
		}
	}
	if left, _ := os.ReadDir(opts.TempDir); len(left) > 0 {
		t.Errorf("the collection left %s behind", left[0].Name())
	}
	return nil
}

// collectAll collects a repository from the beginning to the end.
func collectAll(t testing.TB, path string) *collected {
	t.Helper()
	c := newCollected()
	if err := c.collect(t, path, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	return c
}

// warned fails the test unless there is a warning with the code about the subject, and returns it.
func (c *collected) warned(t testing.TB, code, subject string) record.Warning {
	t.Helper()
	for _, w := range c.Warnings[code] {
		if w.Subject == subject {
			return w
		}
	}
	t.Fatalf("no warning %s about %s in %v", code, subject, c.Warnings)
	return record.Warning{}
}
