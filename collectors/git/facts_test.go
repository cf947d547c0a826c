package git

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/baserate/baserate/record"
)

func TestCommitRecord(t *testing.T) {
	r := newRepo(t)
	root := r.commit(commitSpec{ref: "refs/heads/main", message: "root", files: map[string]string{
		".mailmap": "Ann Right <ann@example.com> <ann@old.example.com>\n",
	}})
	sha := r.commit(commitSpec{
		ref: "refs/heads/main", when: "1714564800 -0330", author: "ann <ann@old.example.com>", committer: "Bob <bob@example.com>",
		message: "Subject\n\nBody: not a trailer\n\nCo-authored-by: Claude\n <noreply@example.com>\nSigned-off-by: Ann\n",
		files:   map[string]string{"a": "1\n2\n"},
	})
	want := record.Commit{
		Repo: "owner/repo", SHA: sha, Parents: []string{root},
		Author:    record.Person{Name: "Ann Right", Email: "ann@example.com"},
		Committer: record.Person{Name: "Bob", Email: "bob@example.com"},
		RawAuthor: record.Person{Name: "ann", Email: "ann@old.example.com"}, RawCommitter: record.Person{Name: "Bob", Email: "bob@example.com"},
		AuthoredAt:  time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC),
		CommittedAt: time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC),
		AuthorZone:  -210,
		Message:     "Subject\n\nBody: not a trailer\n\nCo-authored-by: Claude\n <noreply@example.com>\nSigned-off-by: Ann",
		Trailers: []record.Trailer{
			{Key: "Co-authored-by", Value: "Claude <noreply@example.com>"},
			{Key: "Signed-off-by", Value: "Ann"},
		},
		Files: []record.FileChange{{Path: "a", Additions: 2}},
	}
	c := collectAll(t, r.dir)
	if diff := cmp.Diff(want, c.Commits[sha]); diff != "" {
		t.Errorf("commit (-want +got):\n%s", diff)
	}
	if c.Progress != (record.Progress{Done: 2, Total: 2, Unit: "commits"}) {
		t.Errorf("progress %+v", c.Progress)
	}
}

func TestTrailers(t *testing.T) {
	for _, tc := range []struct {
		name, message string
		want          []record.Trailer
	}{
		{"subject only", "fix: this", nil},
		{"subject alone is never a trailer", "Fixes: abc\n", nil},
		{"one", "s\n\nFixes: abc", []record.Trailer{{Key: "Fixes", Value: "abc"}}},
		{"beside text", "s\n\nsome words\nFixes: abc\nmore", []record.Trailer{{Key: "Fixes", Value: "abc"}}},
		{"only the last paragraph", "s\n\nA: 1\n\nB: 2\n\n\n", []record.Trailer{{Key: "B", Value: "2"}}},
		{"blank line of spaces", "s\n  \nA: 1", []record.Trailer{{Key: "A", Value: "1"}}},
		{"carriage returns", "s\r\n\r\nA: 1\r\nB: 2\r\n", []record.Trailer{{Key: "A", Value: "1"}, {Key: "B", Value: "2"}}},
		{"folded twice", "s\n\nA: 1\n  2\n\t3", []record.Trailer{{Key: "A", Value: "1 2 3"}}},
		{"indented line after text", "s\n\nwords\n  A: 1", nil},
		{"space before the colon", "s\n\nA : 1", []record.Trailer{{Key: "A", Value: "1"}}},
		{"empty value", "s\n\nA:", []record.Trailer{{Key: "A"}}},
		{"address", "s\n\nhttps://example.com/x", nil},
		{"sentence", "s\n\nThis is why: because", nil},
		{"repeated", "s\n\nA: 1\nA: 1", []record.Trailer{{Key: "A", Value: "1"}, {Key: "A", Value: "1"}}},
	} {
		if diff := cmp.Diff(tc.want, trailers(tc.message)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

func TestParsersTakeAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.SampledFrom([]byte("ab:< >\n\r\t-+09\x00\xff"))).Draw(t, "text")
		for _, trailer := range trailers(string(text)) {
			if trailer.Key == "" || strings.ContainsAny(trailer.Value, "\n") {
				t.Fatalf("trailer %+v", trailer)
			}
		}
		parseCommit(text)
		if s := parseSignature(text); s.hasZone && (s.zone < -14*60 || s.zone > 14*60) {
			t.Fatalf("zone %d", s.zone)
		}
	})
}

func TestNotes(t *testing.T) {
	r := newRepo(t)
	one := r.commit(commitSpec{ref: "refs/heads/main", message: "one"})
	two := r.commit(commitSpec{ref: "refs/heads/main", message: "two"})
	r.git("notes", "--ref=ai", "add", "-m", "first", one)
	r.git("notes", "--ref=agent-trace", "add", "-m", "{}", one)
	r.git("notes", "--ref=commits", "add", "-m", "a review", one)
	c := collectAll(t, r.dir)
	check := func(want ...record.Note) {
		t.Helper()
		notes := map[[2]string]record.Note{}
		for _, n := range want {
			notes[[2]string{n.Ref, n.SHA}] = n
		}
		if diff := cmp.Diff(notes, c.Notes); diff != "" {
			t.Errorf("notes (-want +got):\n%s", diff)
		}
	}
	trace := record.Note{Repo: "owner/repo", Ref: "refs/notes/agent-trace", SHA: one, Text: "{}\n"}
	check(record.Note{Repo: "owner/repo", Ref: "refs/notes/ai", SHA: one, Text: "first\n"}, trace)

	r.git("notes", "--ref=ai", "add", "-f", "-m", "second", one)
	r.git("notes", "--ref=ai", "add", "-m", "other", two)
	rows := c.Rows
	again := func() {
		t.Helper()
		if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
			t.Fatal(err)
		}
	}
	again()
	check(
		record.Note{Repo: "owner/repo", Ref: "refs/notes/ai", SHA: one, Text: "second\n"},
		record.Note{Repo: "owner/repo", Ref: "refs/notes/ai", SHA: two, Text: "other\n"}, trace)
	if c.Rows != rows+2 {
		t.Errorf("%d rows for two notes", c.Rows-rows)
	}
	r.git("notes", "--ref=ai", "remove", one)
	again()
	check(record.Note{Repo: "owner/repo", Ref: "refs/notes/ai", SHA: two, Text: "other\n"}, trace)
	r.git("update-ref", "-d", "refs/notes/ai")
	again()
	check(trace)
}

// TestNotesInFolders makes so many notes that git spreads them over folders.
func TestNotesInFolders(t *testing.T) {
	r := newRepo(t)
	r.commit(commitSpec{ref: "refs/heads/main", message: "one"})
	var stream strings.Builder
	fmt.Fprint(&stream, "commit refs/notes/ai\ncommitter A <a@example.com> 1700000000 +0000\ndata 1\nn\n")
	for i := range 300 {
		name := fmt.Sprintf("%02x%038x", i%256, i)
		fmt.Fprintf(&stream, "M 100644 inline %s/%s/%s\ndata 4\n%03d\n\n", name[:2], name[2:4], name[4:], i)
	}
	fmt.Fprint(&stream, "M 100644 inline README\ndata 2\nno\n")
	r.gitIn(stream.String(), "fast-import", "--quiet")
	opts := testOptions(t)
	opts.BatchSize = 100
	c := newCollected()
	if err := c.collect(t, r.dir, opts, 0); err != nil {
		t.Fatal(err)
	}
	if len(c.Notes) != 300 {
		t.Errorf("%d notes, want 300", len(c.Notes))
	}
	key := [2]string{"refs/notes/ai", fmt.Sprintf("%02x%038x", 7, 263)}
	if got := c.Notes[key]; got.Text != "263\n" {
		t.Errorf("note %+v", got)
	}
}

func TestBadNotesAreLeftOut(t *testing.T) {
	r := newRepo(t)
	one := r.commit(commitSpec{ref: "refs/heads/main", message: "one"})
	two := r.commit(commitSpec{ref: "refs/heads/main", message: "two"})
	for sha, text := range map[string]string{one: strings.Repeat("x", maxNote+1), two: "b\xffd"} {
		blob := r.gitIn(text, "hash-object", "-w", "--stdin")
		r.git("notes", "--ref=ai", "add", "-C", blob, sha)
	}
	c := collectAll(t, r.dir)
	c.warned(t, warnNote, one)
	c.warned(t, warnUTF8, two)
	if len(c.Notes) != 1 || c.Notes[[2]string{"refs/notes/ai", two}].Text != "b\uFFFDd" {
		t.Errorf("notes %v", c.Notes)
	}
}

func TestCursorOfAnotherKind(t *testing.T) {
	r := newRepo(t)
	r.commit(commitSpec{ref: "refs/heads/main", message: "one"})
	c := collectAll(t, r.dir)
	c.Cursor = record.Cursor(`{"v":1,"refs":17}`)
	if err := c.collect(t, r.dir, testOptions(t), 0); err == nil || !strings.Contains(err.Error(), "cursor") {
		t.Errorf("a broken cursor: %v", err)
	}
	for _, old := range []string{`{"v":0,"finished":true}`, `null`, ``} {
		fresh := newCollected()
		fresh.Cursor = record.Cursor(old)
		if err := fresh.collect(t, r.dir, testOptions(t), 0); err != nil || len(fresh.Commits) != 1 {
			t.Errorf("cursor %q: %d commits, %v", old, len(fresh.Commits), err)
		}
	}
}

// TestAncestryDoesNotGoByDates has a branch whose commits say that they are decades older than their parents.
func TestAncestryDoesNotGoByDates(t *testing.T) {
	r := newRepo(t)
	var list []commitSpec
	for i := range 40 {
		list = append(list, commitSpec{ref: "refs/heads/main", message: fmt.Sprint(i), when: fmt.Sprintf("%d +0000", 1_700_000_000-i*10_000_000)})
	}
	names := r.commits(list...)
	c := collectAll(t, r.dir)
	r.git("update-ref", "refs/heads/main", names[20])
	r.git("update-ref", "refs/heads/kept", names[30])
	r.commit(commitSpec{ref: "refs/heads/kept", message: "new", when: "5 +0000"})
	if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	compareFacts(t, collectAll(t, r.dir), c)
	for i, name := range names {
		if p := c.Placements[name]; i <= 30 && (!p.Reachable || (p.Position > 0) != (i <= 20)) {
			t.Errorf("commit %d is placed %+v", i, p)
		}
	}
}

func TestIsAncestor(t *testing.T) {
	r := newRepo(t)
	names := r.commits(
		commitSpec{ref: "refs/heads/main", message: "0"},
		commitSpec{ref: "refs/heads/side", parents: []string{"@1"}, message: "1"},
		commitSpec{ref: "refs/heads/main", parents: []string{"@1"}, message: "2"},
		commitSpec{ref: "refs/heads/main", parents: []string{"@3", "@2"}, message: "3"},
		commitSpec{ref: "refs/heads/other", parents: []string{"@2"}, message: "4"},
	)
	clone, err := openClone(context.Background(), "git", r.dir)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{clone: clone, scratch: testScratch(t, r)}
	g, err := s.readGraph(context.Background(), names)
	if err != nil {
		t.Fatal(err)
	}
	for old := range names {
		for new := range names {
			_, failed := r.tryGit("", "merge-base", "--is-ancestor", names[old], names[new])
			if got := g.isAncestor(g.find(names[old]), g.find(names[new])); got != (failed == nil) {
				t.Errorf("isAncestor(%d, %d) = %t", old, new, got)
			}
		}
	}
}
