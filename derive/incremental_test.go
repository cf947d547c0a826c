package derive_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// story is a history in which later commits change what earlier ones came to.
func story(repo string) *history {
	h := &history{repo: repo}
	h.land("a", 0, "add a (#1)"+byClaude, "a.go")
	h.land("b", 1, "add b"+byBob, "b.go")
	h.land("fb", 2, "fix b", "b.go")
	h.commit("c1", 3, "part of c", "c.go")
	h.merge("c", 4, "Merge pull request #5 from o/claude/c-12345", "c1")
	h.land("ra", 5, "Revert \"add a (#1)\""+reverts("a"), "a.go")
	h.land("rra", 6, "Reapply \"add a (#1)\""+reverts("ra"), "a.go")
	h.land("end", 24*40, "end", "e.go")
	return h
}

// contents are all derived rows as text, without the versions.
func contents(t *testing.T, s *store.Store) []string {
	t.Helper()
	var all []string
	for _, view := range []string{"changes", "commits", "attributions", "links"} {
		rows, err := store.Select[struct {
			Row string `ch:"row"`
		}](context.Background(), s, "SELECT toString(tuple(*)) AS row FROM baserate."+view+" ORDER BY row", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			all = append(all, view+" "+r.Row)
		}
	}
	return all
}

// Collected in one go, step by step, twice over, or with another repository between: the tables are the same.
func TestTheWayDoesNotMatter(t *testing.T) {
	one := storetest.Open(t)
	for _, repo := range []string{"o/r", "o/s"} {
		save(t, one, repo, story(repo).batch())
	}
	run(t, one)
	want := contents(t, one)
	if len(want) < 30 {
		t.Fatalf("only %d rows", len(want))
	}

	steps := storetest.Open(t)
	for _, repo := range []string{"o/s", "o/r"} {
		b := story(repo).batch()
		for pair := range slices.Chunk(b.Commits, 2) {
			piece := record.Batch{Commits: pair}
			for _, p := range b.Placements {
				for _, c := range pair {
					if p.SHA == c.SHA && p.SHA != sha("c1") || p.SHA == sha("c1") && c.SHA == sha("c") { // c1 lands with its merge
						piece.Placements = append(piece.Placements, p)
					}
				}
			}
			save(t, steps, repo, piece)
			run(t, steps)
		}
		save(t, steps, repo, b) // all of it once more
		run(t, steps)
	}
	if diff := cmp.Diff(want, contents(t, steps)); diff != "" {
		t.Error(diff)
	}
}

// Without new facts nothing is derived; under new facts only the repository that has them.
func TestOnlyWhatIsStale(t *testing.T) {
	s := storetest.Open(t)
	for _, repo := range []string{"o/r", "o/s"} {
		save(t, s, repo, story(repo).batch())
	}
	if sum := run(t, s); sum.Repositories != 2 || sum.Commits != 16 {
		t.Errorf("first run: %+v", sum)
	}
	if sum := run(t, s); sum.Repositories != 0 || sum.Commits != 0 {
		t.Errorf("second run: %+v", sum)
	}
	h := &history{repo: "o/r", position: 8}
	h.land("new", 24*41, "new")
	save(t, s, h.repo, h.batch())
	if sum := run(t, s); sum.Repositories != 1 || sum.Commits != 1 {
		t.Errorf("third run: %+v", sum)
	}
}

// A commit that a force push took off the branch is no change any more, and neither is what it reverted.
func TestForcePush(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("a", 0, "add a", "a.go")
	h.land("ra", 1, "Revert \"add a\""+reverts("a"), "a.go")
	save(t, s, h.repo, h.batch())
	run(t, s)
	if !changes(t, s)["a"].Reverted {
		t.Fatal("a is not reverted to begin with")
	}
	gone := record.Batch{Placements: []record.Placement{{Repo: "o/r", SHA: sha("ra")}}}
	save(t, s, h.repo, gone)
	run(t, s)
	got := changes(t, s)
	if len(got) != 1 || got["a"].Reverted {
		t.Errorf("after the force push: %+v", got)
	}
	commits, err := store.Select[struct {
		Reachable bool `ch:"reachable"`
	}](context.Background(), s, "SELECT reachable FROM baserate.commits ORDER BY reachable", nil)
	if err != nil || len(commits) != 2 || commits[0].Reachable {
		t.Errorf("commits = %v, %v; the one that was pushed away stays, unreachable", commits, err)
	}
}

// A note that arrives after its commit was judged changes the verdict.
func TestLateNote(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("a", 0, "add a", "a.go")
	save(t, s, h.repo, h.batch())
	run(t, s)
	if class := changes(t, s)["a"].AuthorClass; class != "unknown" {
		t.Fatalf("without a note a is %s", class)
	}
	note := "a.go\n  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-3\n---\n" +
		`{"schema_version":"authorship/3.0.0","sessions":{"s_c9883b05a2487d":{"agent_id":{"tool":"claude","id":"1","model":"m"},"human_author":"x"}}}`
	save(t, s, h.repo, record.Batch{Notes: []record.Note{{Repo: h.repo, Ref: "refs/notes/ai", SHA: sha("a"), Text: note}}})
	run(t, s)
	if c := changes(t, s)["a"]; c.AuthorClass != "ai_assisted" || c.Tool != "claude-code" {
		t.Errorf("with the note a is %s by %q", c.AuthorClass, c.Tool)
	}
}
