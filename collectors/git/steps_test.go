package git

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

// compareFacts checks that a collection in pieces brought the same as one in one go, whole. What only the pieces saw
// must be marked unreachable.
func compareFacts(t *testing.T, whole, pieces *collected) {
	t.Helper()
	for sha := range pieces.Commits {
		if _, found := whole.Commits[sha]; found {
			continue
		}
		if p := pieces.Placements[sha]; p.Reachable || p.Position != 0 || p.LandedBy != "" {
			t.Errorf("commit %s is no longer there but placed %+v", sha, p)
		}
		delete(pieces.Commits, sha)
		delete(pieces.Placements, sha)
	}
	for _, diff := range []string{
		cmp.Diff(whole.Repository, pieces.Repository),
		cmp.Diff(whole.Commits, pieces.Commits),
		cmp.Diff(whole.Placements, pieces.Placements),
		cmp.Diff(whole.Notes, pieces.Notes),
	} {
		if diff != "" {
			t.Errorf("in one go (-) and in pieces (+) differ:\n%s", diff)
		}
	}
}

// evolution is a repository that changes at random, in all the ways that histories do.
type evolution struct {
	*testRepo
	rnd *rand.Rand
	n   int
}

func (e *evolution) heads() []string {
	return strings.Fields(e.git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/pull"))
}

func (e *evolution) pick(list []string) string { return list[e.rnd.IntN(len(list))] }

func (e *evolution) write(ref string, parents ...string) {
	e.n++
	files := map[string]string{}
	for range 1 + e.rnd.IntN(3) {
		files[fmt.Sprintf("dir%d/file%d", e.rnd.IntN(3), e.rnd.IntN(6))] = strings.Join(randomContent(e.rnd, e.rnd.IntN(30)), "")
	}
	e.commit(commitSpec{
		ref: ref, parents: parents, files: files,
		message: fmt.Sprintf("change %d\n\nbody\n\nReviewed-by: R%d <r@example.com>\n", e.n, e.n),
		author:  fmt.Sprintf("Author %d <a%d@example.com>", e.n%4, e.n%4),
		when:    fmt.Sprintf("%d +0100", 1_700_000_000+e.rnd.IntN(1000)), // clocks are not in order
	})
}

// step makes one change of a kind that rnd chooses.
func (e *evolution) step() {
	branch := strings.TrimSpace(e.git("symbolic-ref", "HEAD"))
	other := e.pick(e.heads())
	switch e.rnd.IntN(14) {
	case 0, 1, 2:
		e.write(branch)
	case 3:
		e.write(fmt.Sprintf("refs/pull/%d/head", e.n), e.tip(e.pick(e.heads())))
	case 4:
		e.write(other)
	case 5: // a merge into the default branch
		e.write(branch, e.tip(branch), e.tip(other))
	case 6: // a foxtrot: the default branch becomes the second parent
		e.write(branch, e.tip(other), e.tip(branch))
	case 7: // a force push back
		if before, err := e.tryGit("", "rev-parse", "--verify", "--quiet", branch+"~2"); err == nil {
			e.git("update-ref", branch, before)
		}
	case 8: // a force push aside
		if before, err := e.tryGit("", "rev-parse", "--verify", "--quiet", other+"~1"); err == nil {
			e.write(other, before)
		}
	case 9:
		if other != branch {
			e.git("update-ref", "-d", other)
		}
	case 10:
		e.git("tag", "-f", "-a", "-m", "a tag", fmt.Sprintf("v%d", e.rnd.IntN(3)), other)
	case 11: // the default branch gets another name, or another branch takes its place
		e.rename(branch, other)
	case 12:
		e.git("notes", "--ref=ai", "add", "-f", "-m", fmt.Sprint("note ", e.n), e.tip(other))
	default:
		e.mailmap(branch)
	}
}

func (e *evolution) rename(branch, other string) {
	switch {
	case e.rnd.IntN(2) == 0:
		e.n++
		renamed := fmt.Sprintf("refs/heads/main%d", e.n)
		e.git("update-ref", renamed, e.tip(branch))
		e.git("symbolic-ref", "HEAD", renamed)
		e.git("update-ref", "-d", branch)
	case strings.HasPrefix(other, "refs/heads/"):
		e.git("symbolic-ref", "HEAD", other)
	}
}

func (e *evolution) mailmap(branch string) {
	e.n++
	e.commit(commitSpec{ref: branch, message: "mailmap", files: map[string]string{
		".mailmap": fmt.Sprintf("Right Name %d <a%d@example.com>\n", e.n, e.rnd.IntN(4)),
	}})
}

func newEvolution(t *testing.T, seed uint64) *evolution {
	e := &evolution{testRepo: newRepo(t), rnd: rand.New(rand.NewPCG(seed, 7))}
	e.write("refs/heads/main")
	return e
}

func TestStepsBringWhatOneGoBrings(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			e := newEvolution(t, seed)
			pieces := newCollected()
			for range 10 {
				for range 6 {
					e.step()
				}
				opts := testOptions(t)
				opts.BatchSize = 1 + e.rnd.IntN(5)
				batches := 0
				if e.rnd.IntN(3) == 0 { // broken off
					batches = 1 + e.rnd.IntN(4)
				}
				if err := pieces.collect(t, e.dir, opts, batches); err != nil {
					t.Fatal(err)
				}
			}
			if err := pieces.collect(t, e.dir, testOptions(t), 0); err != nil {
				t.Fatal(err)
			}
			whole := collectAll(t, e.dir)
			if len(whole.Commits) < 5 {
				t.Fatalf("only %d commits", len(whole.Commits))
			}
			compareFacts(t, whole, pieces)
			if diff := cmp.Diff(gitCounts(e.testRepo), countsBesideNotes(e.testRepo, whole)); diff != "" {
				t.Errorf("counts differ (-git +baserate):\n%s", diff)
			}
		})
	}
}

// countsBesideNotes adds the commits of notes refs, which git log --all has and we do not.
func countsBesideNotes(r *testRepo, c *collected) map[string][]string {
	counts, all := ourCounts(c), gitCounts(r)
	for _, sha := range strings.Fields(r.git("log", "--format=%H", "--glob=refs/notes/*")) {
		counts[sha] = all[sha]
	}
	return counts
}

func TestEveryPrefixIsClosedUnderAncestors(t *testing.T) {
	e := newEvolution(t, 3)
	for range 40 {
		e.step()
	}
	whole := collectAll(t, e.dir)
	opts := testOptions(t)
	opts.BatchSize = 2
	pieces := newCollected()
	rounds := 0
	for ; len(pieces.Commits) < len(whole.Commits) && rounds < 1000; rounds++ {
		if err := pieces.collect(t, e.dir, opts, 1); err != nil {
			t.Fatal(err)
		}
		for sha, commit := range pieces.Commits {
			for _, parent := range commit.Parents {
				if _, found := pieces.Commits[parent]; !found {
					t.Fatalf("%s was yielded before its parent %s", sha, parent)
				}
			}
		}
	}
	if want := len(whole.Commits) / 2; rounds < want {
		t.Errorf("%d rounds of 2 commits brought %d; nothing was broken off", rounds, len(whole.Commits))
	}
	if err := pieces.collect(t, e.dir, opts, 0); err != nil {
		t.Fatal(err)
	}
	compareFacts(t, whole, pieces)
}

func TestNothingNewYieldsNothing(t *testing.T) {
	e := newEvolution(t, 5)
	for range 20 {
		e.step()
	}
	c := collectAll(t, e.dir)
	rows, updates := c.Rows, len(c.RefUpdates)
	if err := c.collect(t, e.dir, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	if c.Rows != rows || updates != 0 {
		t.Errorf("a second collection brought %d rows; the first one %d ref updates", c.Rows-rows, updates)
	}
}

// breakOff collects until a batch satisfies when, and no further.
func (c *collected) breakOff(t *testing.T, path string, when func(record.Batch) bool) {
	t.Helper()
	collector, err := Open(t.Context(), path, testOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	for batch, err := range collector.Collect(t.Context(), c.Cursor) {
		if err != nil {
			t.Fatal(err)
		}
		c.add(batch)
		if when(batch) {
			return
		}
	}
	t.Fatal("nothing to break off at")
}

func TestBrokenOffAndBackToWhereItWas(t *testing.T) {
	r := newRepo(t)
	root := r.commit(commitSpec{ref: "refs/heads/main", message: "root"})
	r.commit(commitSpec{ref: "refs/heads/main", message: "two"})
	side := r.commit(commitSpec{ref: "refs/heads/side", parents: []string{root}, message: "side"})
	r.git("notes", "--ref=ai", "add", "-m", "first", root)
	tip, notes := r.tip("main"), r.tip("refs/notes/ai")
	c := collectAll(t, r.dir)

	r.git("notes", "--ref=ai", "add", "-f", "-m", "second", root)
	c.breakOff(t, r.dir, func(b record.Batch) bool { return len(b.Notes) > 0 })
	r.git("update-ref", "refs/notes/ai", notes)
	r.git("update-ref", "-d", "refs/heads/side")
	r.git("update-ref", "refs/heads/main", root)
	c.breakOff(t, r.dir, func(b record.Batch) bool { return len(b.Placements) > 0 })
	if p := c.Placements[side]; p.Reachable {
		t.Fatalf("the removed branch is placed %+v", p)
	}
	r.git("update-ref", "refs/heads/side", side)
	r.git("update-ref", "refs/heads/main", tip)
	if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	compareFacts(t, collectAll(t, r.dir), c)
	if len(c.RefUpdates) != 0 {
		t.Errorf("ref updates %+v, though no finished collection saw any", c.RefUpdates)
	}
}

func TestForcePushIsRecordedAndNothingDeleted(t *testing.T) {
	r := newRepo(t)
	r.commit(commitSpec{ref: "refs/heads/main", message: "one", files: map[string]string{"a": "1\n"}})
	kept := r.tip("main")
	lost := r.commit(commitSpec{ref: "refs/heads/main", message: "two", files: map[string]string{"a": "2\n"}})
	c := collectAll(t, r.dir)
	forced := r.commit(commitSpec{ref: "refs/heads/main", parents: []string{kept}, message: "other two", files: map[string]string{"a": "3\n"}})
	r.git("update-ref", "refs/heads/new", kept)
	if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	if p := c.Placements[lost]; p.Reachable || p.Position != 0 || p.LandedBy != "" {
		t.Errorf("the commit that was pushed away is placed %+v", p)
	}
	if p := c.Placements[forced]; !p.Reachable || p.Position != 2 || p.LandedBy != forced {
		t.Errorf("the new tip is placed %+v", p)
	}
	if len(c.RefUpdates) != 2 {
		t.Fatalf("ref updates %+v, want main and new", c.RefUpdates)
	}
	if u := c.RefUpdates[0]; u.Ref != "refs/heads/main" || u.Old != lost || u.New != forced || !u.Forced || u.SeenAt != testNow {
		t.Errorf("update of main is %+v", u)
	}
	if u := c.RefUpdates[1]; u.Ref != "refs/heads/new" || u.Old != "" || u.New != kept || u.Forced {
		t.Errorf("update of new is %+v", u)
	}
	c.RefUpdates = nil
	next := r.commit(commitSpec{ref: "refs/heads/main", message: "three"})
	r.git("update-ref", "-d", "refs/heads/new")
	if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	if u := c.RefUpdates; len(u) != 2 || u[0].Forced || u[0].New != next || u[1].New != "" || u[1].Old != kept {
		t.Errorf("updates of an ordinary push and a removal are %+v", u)
	}
}

func TestForcePushWithOldCommitsCleanedAway(t *testing.T) {
	r := newRepo(t)
	root := r.commit(commitSpec{ref: "refs/heads/main", message: "one", files: map[string]string{"a": "1\n"}})
	side := r.commit(commitSpec{ref: "refs/pull/1/head", parents: []string{root}, message: "side", files: map[string]string{"b": "1\n"}})
	lost := r.commit(commitSpec{ref: "refs/heads/main", parents: []string{root, side}, message: "merge", files: map[string]string{"b": "1\n"}})
	c := collectAll(t, r.dir)
	if p := c.Placements[side]; p.LandedBy != lost {
		t.Fatalf("the side commit is placed %+v", p)
	}
	tip := r.commit(commitSpec{ref: "refs/heads/main", parents: []string{root}, message: "two"})
	r.git("reflog", "expire", "--expire=now", "--all")
	r.git("gc", "--quiet", "--prune=now")
	if _, err := r.tryGit("", "cat-file", "-e", lost); err == nil {
		t.Fatal("the old commit is still there")
	}
	if err := c.collect(t, r.dir, testOptions(t), 0); err != nil {
		t.Fatal(err)
	}
	c.warned(t, warnOldTipGone, lost)
	if u := c.RefUpdates; len(u) != 1 || !u[0].Forced || u[0].Old != lost || u[0].New != tip {
		t.Errorf("ref updates %+v", u)
	}
	whole := collectAll(t, r.dir)
	delete(c.Commits, lost) // git cannot list it any more
	delete(c.Placements, lost)
	compareFacts(t, whole, c)
}

func TestPlacements(t *testing.T) {
	r := newRepo(t)
	names := r.commits(
		commitSpec{ref: "refs/heads/main", message: "root", files: map[string]string{"a": "1\n"}},
		commitSpec{ref: "refs/pull/1/head", parents: []string{"@1"}, message: "p1", files: map[string]string{"b": "1\n2\n"}},
		commitSpec{ref: "refs/pull/1/head", parents: []string{"@2"}, message: "p2", files: map[string]string{"b": "1\n2\n3\n"}},
		commitSpec{ref: "refs/heads/main", parents: []string{"@1", "@3"}, message: "merge 1", files: map[string]string{"b": "1\n2\n3\n"}},
		commitSpec{ref: "refs/heads/topic", parents: []string{"@3"}, message: "t1", files: map[string]string{"c": "1\n"}},
		commitSpec{ref: "refs/heads/topic", parents: []string{"@5", "@4"}, message: "merge back", files: map[string]string{"a": "1\n"}},
		commitSpec{ref: "refs/heads/main", parents: []string{"@4"}, message: "direct", files: map[string]string{"a": "2\n"}},
		commitSpec{ref: "refs/heads/main", parents: []string{"@7", "@6"}, message: "merge 2", files: map[string]string{"c": "1\n"}},
		commitSpec{ref: "refs/heads/open", parents: []string{"@7"}, message: "never landed"},
	)
	c := collectAll(t, r.dir)
	for i, want := range []struct {
		position uint32
		by       int
		files    []string
	}{
		{1, 0, nil},
		{0, 3, nil},
		{0, 3, nil},
		{2, 3, []string{"3\t0\tb"}},
		{0, 7, nil},
		{0, 7, nil}, // a merge off the chain: what it brought is not a change that landed
		{3, 6, nil},
		{4, 7, []string{"1\t0\tc"}},
		{0, -1, nil},
	} {
		p := c.Placements[names[i]]
		by := ""
		if want.by >= 0 {
			by = names[want.by]
		}
		var files []string
		for _, f := range p.Files {
			files = append(files, fmt.Sprintf("%d\t%d\t%s", f.Additions, f.Deletions, f.Path))
		}
		if !p.Reachable || p.Position != want.position || p.LandedBy != by || !slices.Equal(files, want.files) {
			t.Errorf("commit %d is placed %+v, want position %d, by commit %d, files %q", i, p, want.position, want.by, want.files)
		}
	}
	if c.Repository.Root != names[0] || c.Repository.DefaultBranch != "refs/heads/main" {
		t.Errorf("repository %+v, want root %s", c.Repository, names[0])
	}
	if got, want := slices.Sorted(maps.Keys(c.Commits)), slices.Sorted(slices.Values(names)); !slices.Equal(got, want) {
		t.Errorf("commits %v, want %v", got, want)
	}
}
