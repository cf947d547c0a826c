package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

func TestNotARepository(t *testing.T) {
	empty := t.TempDir()
	file := filepath.Join(empty, "file")
	write(t, file, "hello")
	broken := t.TempDir()
	write(t, filepath.Join(broken, ".git"), "gitdir: /nowhere/at/all\n")
	for _, path := range []string{empty, file, broken, filepath.Join(empty, "missing")} {
		_, err := Open(context.Background(), path, Options{})
		if !errors.Is(err, ErrNotRepository) || !strings.Contains(err.Error(), path) {
			t.Errorf("Open(%s) = %v, want ErrNotRepository with the path", path, err)
		}
	}
}

func TestGitMissingOrTooOld(t *testing.T) {
	r := newRepo(t)
	old := filepath.Join(t.TempDir(), "git")
	write(t, old, "#!/bin/sh\necho git version 2.20.1\n")
	strange := filepath.Join(t.TempDir(), "git")
	write(t, strange, "#!/bin/sh\necho hello\n")
	for command, want := range map[string]string{
		old: "git version 2.20.1 is older than 2.33", strange: `answers "hello"`, filepath.Join(t.TempDir(), "none"): "install git",
	} {
		if err := os.Chmod(command, 0o700); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		_, err := Open(context.Background(), r.dir, Options{Git: command})
		if !errors.Is(err, ErrGit) || !strings.Contains(err.Error(), want) {
			t.Errorf("with %s: %v, want ErrGit with %q", command, err, want)
		}
	}
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestEmptyRepository(t *testing.T) {
	r := newRepo(t)
	c := collectAll(t, r.dir)
	c.warned(t, warnEmpty, "owner/repo")
	if c.Repository.Name != "owner/repo" || c.Repository.DefaultBranch != "" || c.Repository.Root != "" {
		t.Errorf("repository %+v", c.Repository)
	}
	first := r.commit(commitSpec{ref: "refs/heads/main", message: "first"})
	if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	if len(c.Commits) != 1 || c.Repository.Root != first || len(c.RefUpdates) != 1 || c.RefUpdates[0].Old != "" {
		t.Errorf("after the first push: %d commits, %+v, updates %+v", len(c.Commits), c.Repository, c.RefUpdates)
	}
}

func TestShallowCloneAndItsDeepening(t *testing.T) {
	r := newRepo(t)
	for i := range 6 {
		r.commit(commitSpec{ref: "refs/heads/main", message: fmt.Sprint(i), files: map[string]string{"a": strings.Repeat("x\n", i+1)}})
	}
	clone := filepath.Join(t.TempDir(), "owner", "repo")
	r.git("clone", "--quiet", "--bare", "--depth=2", "file://"+r.dir, clone)
	shallow := &testRepo{t: t, dir: clone}
	c := collectAll(t, clone)
	c.warned(t, warnShallow, "owner/repo")
	tip := c.Commits[r.tip("main")]
	edge := c.Commits[r.tip("main~1")]
	if !c.Repository.Shallow || len(c.Commits) != 2 || tip.FilesUnknown || len(tip.Files) != 1 {
		t.Fatalf("repository %+v with %d commits, tip %+v", c.Repository, len(c.Commits), tip)
	}
	if !edge.FilesUnknown || edge.Files != nil || len(edge.Parents) != 1 {
		t.Errorf("the commit at the cut-off is %+v: want its parent, and its files unknown", edge)
	}
	if p := c.Placements[tip.SHA]; p.Position != 2 {
		t.Errorf("tip is placed %+v, want position 2", p)
	}
	shallow.git("fetch", "--quiet", "--unshallow", "origin", "refs/heads/main:refs/heads/main")
	if err := c.collect(t, clone, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	compareFacts(t, collectAll(t, clone), c)
	if len(c.Commits) != 6 || c.Placements[tip.SHA].Position != 6 {
		t.Errorf("%d commits after deepening, tip %+v", len(c.Commits), c.Placements[tip.SHA])
	}
}

func TestPartialCloneFetchesNothing(t *testing.T) {
	r := newRepo(t)
	r.git("config", "uploadpack.allowFilter", "true")
	r.commit(commitSpec{ref: "refs/heads/main", message: "one", files: map[string]string{"a": "1\n", "big": strings.Repeat("x\n", 5000)}})
	r.commit(commitSpec{ref: "refs/heads/main", message: "two", files: map[string]string{"a": "2\n"}})
	for filter, unknown := range map[string]int{"blob:none": 2, "blob:limit=1k": 1, "tree:0": 2} {
		t.Run(filter, func(t *testing.T) {
			clone := filepath.Join(t.TempDir(), "owner", "repo")
			r.git("clone", "--quiet", "--bare", "--filter="+filter, "file://"+r.dir, clone)
			before := (&testRepo{t: t, dir: clone}).git("count-objects", "-v")
			c := collectAll(t, clone)
			c.warned(t, warnPartial, "owner/repo")
			got := 0
			for sha, commit := range c.Commits {
				if commit.FilesUnknown {
					got++
					if filter == "tree:0" {
						c.warned(t, warnMissingTree, sha)
					} else {
						c.warned(t, warnMissingBlob, sha)
					}
				}
			}
			if !c.Repository.Partial || got != unknown {
				t.Errorf("%d commits with unknown files, want %d", got, unknown)
			}
			if after := (&testRepo{t: t, dir: clone}).git("count-objects", "-v"); after != before {
				t.Errorf("objects before:\n%s\nand after:\n%s", before, after)
			}
		})
	}
}

// corrupt overwrites a loose object.
func (r *testRepo) corrupt(name string) {
	r.t.Helper()
	path := filepath.Join(r.dir, "objects", name[:2], name[2:])
	if err := os.Chmod(path, 0o600); err != nil {
		r.t.Fatal(err)
	}
	write(r.t, path, "not a git object at all")
}

// loose puts all objects into files of their own.
func (r *testRepo) loose() {
	r.t.Helper()
	packs, err := filepath.Glob(filepath.Join(r.dir, "objects", "pack", "*.pack"))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, pack := range packs {
		aside := filepath.Join(r.t.TempDir(), filepath.Base(pack))
		if err := os.Rename(pack, aside); err != nil {
			r.t.Fatal(err)
		}
		content, err := os.ReadFile(aside)
		if err != nil {
			r.t.Fatal(err)
		}
		r.gitIn(string(content), "unpack-objects", "-q")
		if err := os.Remove(strings.TrimSuffix(pack, "pack") + "idx"); err != nil {
			r.t.Fatal(err)
		}
	}
}

func TestCorruptObjects(t *testing.T) {
	content := func(i int) map[string]string {
		return map[string]string{"a": fmt.Sprintf("a%d\n", i), fmt.Sprintf("dir%d/b", i): fmt.Sprintf("b%d\n", i)}
	}
	make := func(t *testing.T) (*testRepo, []string) {
		r := newRepo(t)
		var list []commitSpec
		for i := range 8 {
			list = append(list, commitSpec{ref: "refs/heads/main", message: fmt.Sprint(i), files: content(i)})
		}
		names := r.commits(list...)
		r.loose()
		return r, names
	}
	t.Run("blob", func(t *testing.T) {
		r, names := make(t)
		r.corrupt(r.tip("main~4:a")) // commit 3, and the old side of commit 4
		c := collectAll(t, r.dir)
		for i, name := range names {
			if commit := c.Commits[name]; commit.FilesUnknown != (i == 3 || i == 4) || len(commit.Files) != 2 {
				t.Errorf("commit %d: files %+v, unknown %t", i, commit.Files, commit.FilesUnknown)
			}
		}
		c.warned(t, warnMissingBlob, names[3])
		c.warned(t, warnMissingBlob, names[4])
	})
	t.Run("tree", func(t *testing.T) {
		r, names := make(t)
		r.corrupt(r.tip("main~4:dir3"))
		c := collectAll(t, r.dir)
		for i, name := range names {
			if commit := c.Commits[name]; commit.FilesUnknown != (i == 3) {
				t.Errorf("commit %d: files %+v, unknown %t", i, commit.Files, commit.FilesUnknown)
			}
		}
		c.warned(t, warnMissingTree, names[3])
	})
	t.Run("commit", func(t *testing.T) {
		r, names := make(t)
		r.corrupt(names[3])
		err := newCollected().collect(t, r.dir, testOptions(t), 0)
		if err == nil || !strings.Contains(err.Error(), names[3]) || !strings.Contains(err.Error(), r.dir) {
			t.Errorf("error %v, want one that names the commit and the repository", err)
		}
	})
}

func TestRefWithoutItsObject(t *testing.T) {
	r := newRepo(t)
	r.commit(commitSpec{ref: "refs/heads/main", message: "one"})
	write(t, filepath.Join(r.dir, "refs", "heads", "broken"), strings.Repeat("12", 20)+"\n")
	blob := r.gitIn("a key", "hash-object", "-w", "--stdin")
	r.git("update-ref", "refs/tags/key", blob)
	r.git("tag", "-a", "-m", "a tag of a blob", "key2", blob)
	c := collectAll(t, r.dir)
	c.warned(t, warnMissingRef, "refs/heads/broken")
	if len(c.Commits) != 1 || len(c.Warnings) != 1 {
		t.Errorf("%d commits, warnings %v", len(c.Commits), c.Warnings)
	}
}

// rawCommit stores a commit object byte by byte and points a ref at it.
func (r *testRepo) rawCommit(ref, author, committer, rest string) string {
	r.t.Helper()
	tree := r.gitIn("", "mktree")
	object := fmt.Sprintf("tree %s\nauthor %s\ncommitter %s\n%s", tree, author, committer, rest)
	name := r.gitIn(object, "hash-object", "-t", "commit", "-w", "--stdin", "--literally")
	// update-ref would look into the object.
	path := filepath.Join(r.dir, ref)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		r.t.Fatal(err)
	}
	write(r.t, path, name+"\n")
	return name
}

func TestOddTextAndDates(t *testing.T) {
	const ann = "Ann <ann@example.com> "
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	at := func(when time.Time) string { return fmt.Sprintf("%s%d +0000", ann, when.Unix()) }
	good := at(date(2024, 5, 1))
	for _, tc := range []struct {
		name, author, rest string
		code               string
		want               func(record.Commit) any
		is                 any
	}{
		{"invalid UTF-8", good, "\nsch\xf6n \xff\n", warnUTF8, message, "sch\uFFFDn \uFFFD"},
		{"NUL", good, "\nbefore\x00after\n\nKey: value\n", warnNUL, message, "before\uFFFDafter\n\nKey: value"},
		{"Latin-1 declared", "J\xfcrgen <j@example.com> 1714521600 +0000", "encoding ISO-8859-1\n\nsch\xf6n\n", "", message, "schön"},
		{"Latin-1 name", "J\xfcrgen <j@example.com> 1714521600 +0000", "encoding ISO-8859-1\n\nx\n", "", authorName, "Jürgen"},
		{"unknown encoding", good, "encoding no-such-thing\n\nsch\xf6n\n", warnUTF8, message, "sch\uFFFDn"},
		{"name not UTF-8", "J\xfcrgen <j@example.com> 1714521600 +0000", "\nx\n", warnUTF8, authorName, "J\uFFFDrgen"},
		{"10 MB", good, "\n" + strings.Repeat("0123456789abcde\n", 655360) + "\nKey: value\n", warnLong, keptLength, maxMessage},
		{"trailers of 10 MB", good, "\n" + strings.Repeat("0123456789abcde\n", 655360) + "\nKey: value\n", warnLong, trailerCount, 1},
		{"no message", good, "", "", message, ""},
		{"future", at(date(2025, 6, 3)), "\nx\n", warnFuture, authoredAt, date(2025, 6, 3)},
		{"a day ahead is a time zone", at(date(2025, 6, 2)), "\nx\n", "", authoredAt, date(2025, 6, 2)},
		{"1970", ann + "0 +0000", "\nx\n", warnEpoch, authoredAt, date(1970, 1, 1)},
		{"before 1970", ann + "-86400 +0000", "\nx\n", warnEpoch, authoredAt, date(1969, 12, 31)},
		{"before 1900", ann + "-9999999999 +0000", "\nx\n", warnBadDate, authoredAt, date(1900, 1, 1)},
		{"after 2299", ann + "99999999999999999999999999 +0000", "\nx\n", warnBadDate, authoredAt, date(2299, 12, 31).Add(24*time.Hour - time.Second)},
		{"no date", "Ann <ann@example.com>", "\nx\n", warnBadDate, authoredAt, date(1970, 1, 1)},
		{"no address", "Ann", "\nx\n", warnBadDate, authorName, "Ann"},
		{"address not closed", "Ann <ann@example.com", "\nx\n", warnBadDate, authorEmail, "ann@example.com"},
		{"brackets in the name", "A <b> <ann@example.com> 1714521600 +0000", "\nx\n", "", authorEmail, "b"},
		{"zone", ann + "1714521600 -0930", "\nx\n", "", zone, -570},
		{"absurd zone", ann + "1714521600 +9999", "\nx\n", warnZone, zone, 0},
		{"zone of seven digits", ann + "1714521600 -7777777", "\nx\n", warnZone, zone, 0},
		{"signed", good, "gpgsig -----BEGIN-----\n author Eve <e@example.com> 1 +0000\n \n -----END-----\n\nx\n", "", authorName, "Ann"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := newRepo(t)
			sha := r.rawCommit("refs/heads/main", tc.author, good, tc.rest)
			c := collectAll(t, r.dir)
			commit, found := c.Commits[sha]
			if !found {
				t.Fatalf("commits %v, want %s", c.Commits, sha)
			}
			if diff := cmp.Diff(tc.is, tc.want(commit)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if tc.code != "" {
				c.warned(t, tc.code, sha)
				delete(c.Warnings, tc.code)
			}
			if tc.code != warnBadDate { // where it is unreadable, so may be the zone
				delete(c.Warnings, warnZone)
			}
			for code, list := range c.Warnings {
				if code != warnZone {
					t.Errorf("warning %s: %v", code, list)
				}
			}
		})
	}
}

func message(c record.Commit) any      { return c.Message }
func keptLength(c record.Commit) any   { return len(c.Message) }
func trailerCount(c record.Commit) any { return len(c.Trailers) }
func authorName(c record.Commit) any   { return c.Author.Name }
func authorEmail(c record.Commit) any  { return c.Author.Email }
func authoredAt(c record.Commit) any   { return c.AuthoredAt }
func zone(c record.Commit) any         { return c.AuthorZone }

func TestWarningsAreBounded(t *testing.T) {
	r := newRepo(t)
	var list []commitSpec
	for range 250 {
		list = append(list, commitSpec{ref: "refs/heads/main", message: "x", when: "0 +0000"})
	}
	r.commits(list...)
	c := collectAll(t, r.dir)
	if n := len(c.Warnings[warnEpoch]); n != warningsPerCode+1 {
		t.Fatalf("%d warnings, want %d and a summary", n, warningsPerCode)
	}
	last := c.warned(t, warnEpoch, "owner/repo")
	if !strings.HasPrefix(last.Detail, "500 in all") { // author and committer
		t.Errorf("summary %q", last.Detail)
	}
}

func TestRepositoryVanishes(t *testing.T) {
	r := newRepo(t)
	var list []commitSpec
	for i := range 400 {
		list = append(list, commitSpec{ref: "refs/heads/main", message: fmt.Sprint(i), files: map[string]string{"a": fmt.Sprint(i)}})
	}
	r.commits(list...)
	opts := testOptions(t)
	opts.BatchSize = 1
	collector, err := Open(context.Background(), r.dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(r.dir, r.dir+".gone"); err != nil {
		t.Fatal(err)
	}
	for _, err = range collector.Collect(context.Background(), nil) {
	}
	if !errors.Is(err, ErrNotRepository) && !errors.Is(err, ErrVanished) || !strings.Contains(err.Error(), r.dir) {
		t.Errorf("gone before the walk: %v", err)
	}
	if err := os.Rename(r.dir+".gone", r.dir); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for batch, problem := range collector.Collect(context.Background(), nil) {
		err = problem
		if seen += len(batch.Commits); seen == 3 {
			if err := os.Rename(r.dir, r.dir+".gone"); err != nil {
				t.Fatal(err)
			}
		}
	}
	// What git has open it may read to the end; what it has not is an error that says so.
	if err != nil && !errors.Is(err, ErrVanished) {
		t.Errorf("gone during the walk after %d commits: %v", seen, err)
	}
	if left, _ := os.ReadDir(opts.TempDir); len(left) > 0 {
		t.Errorf("%s is left", left[0].Name())
	}
}

func TestCancelEndsEverything(t *testing.T) {
	r := newRepo(t)
	var list []commitSpec
	for i := range 2000 {
		list = append(list, commitSpec{ref: "refs/heads/main", message: fmt.Sprint(i), files: map[string]string{"a": strings.Repeat(fmt.Sprintln(i), 300)}})
	}
	r.commits(list...)
	for _, batches := range []int{0, 1, 5} {
		opts := testOptions(t)
		opts.BatchSize = 10
		ctx, cancel := context.WithCancel(context.Background())
		collector, err := Open(ctx, r.dir, opts)
		if err != nil {
			t.Fatal(err)
		}
		if batches == 0 {
			time.AfterFunc(20*time.Millisecond, cancel)
		}
		n := 0
		var start time.Time
		for _, err = range collector.Collect(ctx, nil) {
			if n++; n == batches {
				cancel()
				start = time.Now()
			}
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled after %d batches: %v", n, err)
		}
		if took := time.Since(start); batches > 0 && took > 2*time.Second {
			t.Errorf("it took %v to end", took)
		}
		if left, _ := os.ReadDir(opts.TempDir); len(left) > 0 {
			t.Errorf("%s is left", left[0].Name())
		}
		if out, err := exec.Command("pgrep", "--parent", fmt.Sprint(os.Getpid()), "-x", "git").Output(); err == nil {
			t.Errorf("git still runs: %s", out)
		}
		cancel()
	}
}

func TestNothingIsWrittenToTheRepository(t *testing.T) {
	e := newEvolution(t, 11)
	for range 30 {
		e.step()
	}
	before := snapshot(t, e.dir)
	collectAll(t, e.dir)
	if diff := cmp.Diff(before, snapshot(t, e.dir)); diff != "" {
		t.Errorf("the repository changed:\n%s", diff)
	}
}

func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.Walk(dir, func(path string, stat os.FileInfo, err error) error {
		if err == nil {
			files[path] = fmt.Sprint(stat.Mode(), stat.Size(), stat.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNothingOfTheRepositoryIsRun collects a clone that is full of traps.
func TestNothingOfTheRepositoryIsRun(t *testing.T) {
	r := newRepo(t)
	trap := filepath.Join(t.TempDir(), "sprung")
	command := "touch " + trap
	write(t, filepath.Join(r.dir, "info", "attributes"), "* diff=trap filter=trap\n")
	for key, value := range map[string]string{
		"diff.trap.command": command, "diff.trap.textconv": command, "diff.external": command, "core.fsmonitor": command,
		"filter.trap.smudge": command, "core.sshCommand": command, "core.pager": command, "uploadpack.packObjectsHook": command,
		"remote.origin.promisor": "true", "remote.origin.url": "ext::sh -c '" + command + "'", "protocol.ext.allow": "always",
		"core.hooksPath": filepath.Dir(trap), "core.alternateRefsCommand": command, "log.showSignature": "true", "gpg.program": command,
	} {
		r.git("config", key, value)
	}
	r.commit(commitSpec{ref: "refs/heads/main", message: "one", files: map[string]string{"a": "1\n"}})
	r.commit(commitSpec{ref: "refs/heads/main", message: "two", files: map[string]string{"a": "2\n"}})
	r.loose()
	if err := os.RemoveAll(filepath.Join(r.dir, "objects", r.tip("main:a")[:2])); err != nil { // something to fetch
		t.Fatal(err)
	}
	c := collectAll(t, r.dir)
	if len(c.Commits) != 2 {
		t.Errorf("%d commits", len(c.Commits))
	}
	if _, err := os.Stat(trap); err == nil {
		t.Error("a command of the repository's configuration was run")
	}
}

func TestReplacementsAndGraftsHaveNoEffect(t *testing.T) {
	r := newRepo(t)
	first := r.commit(commitSpec{ref: "refs/heads/main", message: "first"})
	second := r.commit(commitSpec{ref: "refs/heads/main", message: "second"})
	other := r.commit(commitSpec{ref: "refs/heads/other", root: true, message: "another second"})
	r.git("replace", second, other)
	write(t, filepath.Join(r.dir, "info", "grafts"), second+"\n")
	c := collectAll(t, r.dir)
	if got := c.Commits[second]; got.Message != "second" || len(got.Parents) != 1 || got.Parents[0] != first {
		t.Errorf("the replaced commit is %+v", got)
	}
	if p := c.Placements[second]; p.Position != 2 {
		t.Errorf("it is placed %+v", p)
	}
}

func TestObjectReaderSkipsLargeObjects(t *testing.T) {
	r := newRepo(t)
	large := r.gitIn(strings.Repeat("x", 100_000), "hash-object", "-w", "--stdin")
	small := r.gitIn("small", "hash-object", "-w", "--stdin")
	reader, err := testScratch(t, r).openObjects(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(reader.in, "%s\n%s\n%s\n", large, strings.Repeat("0", 39)+"1", small)
	for _, want := range []object{{kind: "blob", size: 100_000}, {}, {kind: "blob", size: 5, data: []byte("small")}} {
		got, err := reader.next(1000)
		if err != nil || got.kind != want.kind || got.size != want.size || !bytes.Equal(got.data, want.data) {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
	}
	if err := reader.wait(); err != nil {
		t.Error(err)
	}
}
