package git

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestEnterKeepsEveryStateThatFactsMayBeIn(t *testing.T) {
	done := position{
		Finished: true, Mailmaps: []string{"m1"}, Shallows: []string{""}, Notes: map[string][]string{"ai": {"n1"}, "gone": {"g1"}},
	}
	same := done
	if same.enter("m1", "", refSet{"ai": "n1", "gone": "g1"}) || !same.settled() {
		t.Errorf("nothing changed, but %+v", same)
	}
	changed := done
	changed.Frontier, changed.Strays = []string{"f", "s"}, []string{"s"}
	if !changed.enter("m2", "", refSet{"ai": "n2", "new": "x"}) {
		t.Error("new states went unnoticed")
	}
	want := position{
		Finished: true, Mailmaps: []string{"m1", "m2"}, Shallows: []string{""}, Strays: []string{"f", "s"},
		Notes: map[string][]string{"ai": {"n1", "n2"}, "gone": {"g1", ""}, "new": {"", "x"}},
	}
	if diff := cmp.Diff(want, changed); diff != "" || changed.settled() {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Back to where it was: what was read in between is still about.
	back := changed
	back.enter("m1", "", refSet{"ai": "n1"})
	if want := []string{"m1", "m2", "m1"}; !slices.Equal(back.Mailmaps, want) || !slices.Equal(back.Notes["ai"], []string{"n1", "n2", "n1"}) {
		t.Errorf("%+v, want mailmaps %v", back, want)
	}
	if !slices.Equal(done.Mailmaps, []string{"m1"}) || len(done.Notes["ai"]) != 1 {
		t.Errorf("what it came from was changed: %+v", done)
	}
}

func TestFirstEntryNeedsNoCursor(t *testing.T) {
	p := position{}
	if p.enter("m", "", refSet{}) {
		t.Error("nothing was yielded yet that could be in another state")
	}
	if p.settled() {
		t.Error("nothing was finished yet")
	}
}

func TestMailmapOfTheDefaultBranch(t *testing.T) {
	r := newRepo(t)
	commit := func(message, mailmap string) {
		spec := commitSpec{ref: "refs/heads/main", message: message, author: "ann <ann@old.example.com>"}
		if mailmap != "" {
			spec.files = map[string]string{".mailmap": mailmap}
		}
		r.commit(spec)
	}
	commit("one", "")
	c := collectAll(t, r.dir)
	first := r.tip("main")
	is := func(name, email string) {
		t.Helper()
		if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
			t.Fatal(err)
		}
		got := c.Commits[first]
		if got.Author.Name != name || got.Author.Email != email || got.RawAuthor.Name != "ann" || len(got.Message) == 0 {
			t.Errorf("%+v, want author %s <%s>", got, name, email)
		}
	}
	is("ann", "ann@old.example.com")
	commit("name", "Ann A <ANN@old.example.com>\n")
	is("Ann A", "ann@old.example.com")
	rows := c.Rows
	commit("someone else too", "Ann A <ann@old.example.com>\nBob <bob@example.com>\n")
	is("Ann A", "ann@old.example.com")
	if c.Rows != rows+3 { // the commit, its placement, the ref
		t.Errorf("%d rows for a commit that renames no one here", c.Rows-rows)
	}
	commit("address", "Ann B <ann@example.com> <ann@old.example.com>\n")
	is("Ann B", "ann@example.com")
	r.commit(commitSpec{ref: "refs/heads/main", message: "a link", files: map[string]string{".mailmap": "elsewhere"}, modes: map[string]string{".mailmap": "120000"}})
	is("ann", "ann@old.example.com")
	compareFacts(t, collectAll(t, r.dir), c)
}

func TestOddNamesUnderAMailmap(t *testing.T) {
	r := newRepo(t)
	r.commit(commitSpec{ref: "refs/heads/main", message: "m", files: map[string]string{".mailmap": "Ann <ann@example.com>\n"}})
	tip := r.tip("main")
	for i, author := range []string{
		"<ann@example.com> 1714521600 +0000", "a < b <ann@example.com> 1714521600 +0000", "x <a>b> 1714521600 +0000",
		"no one <> 1714521600 +0000", " 1714521600 +0000", "J\xfcrgen <ann@example.com> 1714521600 +0000", "A\x00B <ann@example.com> 1 +0000",
	} {
		r.rawCommit(fmt.Sprintf("refs/heads/odd%d", i), author, author, "\nx\n")
	}
	c := collectAll(t, r.dir)
	if len(c.Commits) != 8 || c.Commits[tip].Author.Name != "Ann" {
		t.Errorf("%d commits, %+v", len(c.Commits), c.Commits[tip])
	}
	if got := c.Commits[r.tip("odd0")].Author; got.Name != "Ann" || got.Email != "ann@example.com" {
		t.Errorf("an author without a name is %+v", got)
	}
	if got := c.Commits[r.tip("odd5")].Author; got.Name != "Ann" {
		t.Errorf("an author in Latin-1 is %+v", got)
	}
}

func TestManyUnreadableTrees(t *testing.T) {
	r := newRepo(t)
	var list []commitSpec
	const n = hopeless + 60
	for i := range n {
		list = append(list, commitSpec{ref: "refs/heads/main", message: fmt.Sprint(i), files: map[string]string{"dir/a": fmt.Sprintln(i), "b": "b\n"}})
	}
	names := r.commits(list...)
	r.loose()
	for i := range n {
		if i != 5 && i != 6 && i != 7 {
			r.corrupt(r.tip(names[i] + ":dir"))
		}
	}
	opts := testOptions(t)
	c := newCollected()
	if err := c.collect(t, r.dir, opts, 0); err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		if got := c.Commits[name]; got.FilesUnknown != (i != 6 && i != 7) {
			t.Errorf("commit %d: files %v, unknown %t", i, got.Files, got.FilesUnknown)
		}
	}
	if got := len(c.Warnings[warnMissingTree]); got != warningsPerCode+1 {
		t.Errorf("%d warnings", got)
	}
}

func TestErrorsSayWhatGitSaid(t *testing.T) {
	r := newRepo(t)
	d := testScratch(t, r).gitDir
	_, err := d.output(t.Context(), nil, "rev-parse", "--verify", "no-such-thing")
	if err == nil || !strings.Contains(err.Error(), "git rev-parse") || !strings.Contains(err.Error(), "Needed a single revision") {
		t.Errorf("error %v", err)
	}
	for _, err = range d.lines(t.Context(), strings.NewReader("no-such-thing\n"), "rev-list", "--stdin") {
	}
	if err == nil || !strings.Contains(err.Error(), "bad revision") {
		t.Errorf("error %v", err)
	}
	d.bin = filepath.Join(t.TempDir(), "none")
	if _, err = d.output(t.Context(), nil, "version"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if _, err = d.start(t.Context(), "version"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestTailIsBounded(t *testing.T) {
	var said tail
	for range 100 {
		if n, err := said.Write([]byte(strings.Repeat("x", 100))); n != 100 || err != nil {
			t.Fatal(n, err)
		}
	}
	if len(said.String()) != tailSize {
		t.Errorf("%d bytes kept", len(said.String()))
	}
}

func TestLinesCanBeLeft(t *testing.T) {
	r := newRepo(t)
	d := testScratch(t, r).gitDir
	input := strings.Repeat(strings.Repeat("0", 39)+"1\n", 200_000)
	start, n := time.Now(), 0
	for line, err := range d.lines(t.Context(), strings.NewReader(input), "cat-file", "--batch-check") {
		if err != nil || !strings.HasSuffix(string(line), "missing") {
			t.Fatalf("%q, %v", line, err)
		}
		if n++; n == 3 {
			break
		}
	}
	if took := time.Since(start); n != 3 || took > 5*time.Second {
		t.Errorf("%d lines in %v", n, took)
	}
}

// TestLandingIsGits compares who landed what with git's own lists on a history made at random.
func TestLandingIsGits(t *testing.T) {
	e := newEvolution(t, 21)
	for range 60 {
		e.step()
	}
	c := collectAll(t, e.dir)
	branch := c.Repository.DefaultBranch
	chain := strings.Fields(e.git("rev-list", "--first-parent", "--reverse", branch))
	want := map[string]string{}
	for i := len(chain) - 1; i >= 0; i-- { // the earliest one stays
		for sha := range strings.FieldsSeq(e.git("rev-list", chain[i])) {
			want[sha] = chain[i]
		}
	}
	got := map[string]string{}
	for sha, p := range c.Placements {
		if p.LandedBy != "" {
			got[sha] = p.LandedBy
		}
		if at := slices.Index(chain, sha) + 1; p.Position != uint32(at) {
			t.Errorf("%s has position %d, want %d", sha, p.Position, at)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(chain) < 3 || len(want) == len(chain) {
		t.Errorf("%d commits landed by a chain of %d (-want +got):\n%s", len(want), len(chain), diff)
	}
	for sha, p := range c.Placements {
		if p.Position == 0 || !strings.Contains(e.git("rev-list", "--parents", "-1", sha), " ") {
			continue
		}
		parents := strings.Fields(e.git("rev-list", "--parents", "-1", sha))[1:]
		var files []string
		for _, f := range p.Files {
			files = append(files, fmt.Sprintf("%d\t%d\t%s", f.Additions, f.Deletions, f.Path))
		}
		plain := e.git("diff-tree", "-r", "--numstat", "--no-renames", parents[0], sha)
		if len(parents) > 1 && strings.Join(files, "\n") != plain {
			t.Errorf("merge %s brought %q, git says %q", sha, files, plain)
		} else if len(parents) == 1 && files != nil {
			t.Errorf("commit %s is no merge and its placement has files", sha)
		}
	}
}

func TestGraphRefusesNonsense(t *testing.T) {
	g := &graph{index: map[oid]node{}, first: []int32{0}}
	one, two := strings.Repeat("1", 40), strings.Repeat("2", 40)
	if err := g.add([]byte(one)); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"", "xyz", two + " " + strings.Repeat("3", 40), two + " short"} {
		if err := g.add([]byte(line)); err == nil {
			t.Errorf("line %q was taken", line)
		}
	}
	if g.find("xyz") != noNode || g.find(two) != noNode || g.find(one) != 0 {
		t.Error("find is wrong")
	}
}

func TestObjectNames(t *testing.T) {
	for _, text := range []string{strings.Repeat("0a", 20), strings.Repeat("f1", 32)} {
		id, err := parseOID([]byte(text))
		f := format(len(text) / 2)
		if err != nil || f.hex(id) != text || string(f.appendHex([]byte("x"), id)) != "x"+text || id.isZero() {
			t.Errorf("%s: %x, %v", text, id, err)
		}
	}
	for _, text := range []string{"", "abc", strings.Repeat("g", 40), strings.Repeat("0", 41)} {
		if _, err := parseOID([]byte(text)); err == nil {
			t.Errorf("%q was taken for an object name", text)
		}
	}
}
