package derive_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// pulled are facts of a forge about a repository that nobody cloned: a person's pull request with an agent's commit, an agent's
// own, the revert of the first, one merged into another branch, and one that is open.
func pulled() record.Batch {
	person := func(login string) record.Account {
		return record.Account{Source: "github", Login: login, Kind: record.KindPerson}
	}
	agent := record.Account{Source: "github", Login: "copilot-swe-agent[bot]", Kind: record.KindBot}
	pull := func(number uint32, hours int, author record.Account, title, body string) record.PullRequest {
		at := start.Add(time.Duration(hours) * time.Hour)
		return record.PullRequest{
			Source: "github", Repo: "o/forge", Number: number, Title: title, Body: body, Branch: "topic", Base: "main", Author: author, MergedBy: person("bob"),
			CreatedAt: at.Add(-time.Hour), MergedAt: at, UpdatedAt: at, MergeSHA: sha("m" + title[:1]), HeadSHA: sha("h" + title[:1]),
			Commits: []string{sha("c" + title[:1])}, Additions: 7, Deletions: 3, Files: 2, SizeKnown: true, ReviewsComplete: true,
		}
	}
	aside, open := pull(4, 40, person("ada"), "other branch", ""), pull(5, 50, person("ada"), "unfinished", "")
	aside.Base, open.MergedAt = "release", time.Time{}
	commit := func(number uint32, name, message string) record.PullCommit {
		return record.PullCommit{
			Repo: "o/forge", Number: number, SHA: sha(name), AuthoredAt: start, CommittedAt: start, Message: message,
			Author: record.Person{Name: "Ada", Email: "ada@example.org"}, Committer: record.Person{Name: "Ada", Email: "ada@example.org"},
		}
	}
	return record.Batch{
		Hosted: []record.HostedRepository{{Source: "github", ID: "1", Name: "o/forge", DefaultBranch: "main"}},
		PullRequests: []record.PullRequest{
			pull(1, 10, person("ada"), "feature", ""), pull(2, 20, agent, "work of an agent", ""),
			pull(3, 30, person("carol"), `Revert "feature"`, "Reverts o/forge#1"), aside, open,
			pull(6, 2000, person("ada"), "later", ""),
		},
		PullCommits: []record.PullCommit{commit(1, "cf", "feature\n\nCo-Authored-By: Claude <noreply@anthropic.com>"), commit(3, "cR", "undo")},
		Reviews: []record.Review{{
			Repo: "o/forge", Number: 2, ID: "r", Author: person("dora"), State: record.ReviewApproved, SHA: sha("hw"), SubmittedAt: start.Add(19 * time.Hour),
		}},
	}
}

type forged struct {
	Pull     uint32 `ch:"pr"`
	Kind     string `ch:"kind"`
	Class    string `ch:"author_class"`
	Review   string `ch:"review_state"`
	Lines    uint64 `ch:"lines"`
	Files    uint32 `ch:"files"`
	AI       uint32 `ch:"ai_commits"`
	Reverted bool   `ch:"reverted"`
}

func forgedChanges(t *testing.T, s *store.Store) []forged {
	t.Helper()
	rows, err := store.Select[forged](context.Background(), s, `SELECT pr_number AS pr, kind, author_class, review_state, additions + deletions AS lines,
		files, ai_commits, isNotNull(reverted_at) AS reverted FROM changes FINAL WHERE repo = 'o/forge' ORDER BY landed_at`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Without a clone, what the forge says was merged into the default branch are the changes, with their classes by their own
// commits, their reviews and their reverts.
func TestChangesOfAForgeAlone(t *testing.T) {
	s := storetest.Open(t)
	save(t, s, "o/forge", pulled())
	run(t, s)
	want := []forged{
		{Pull: 1, Kind: "pull_request", Class: "ai_agent", Review: "none", Lines: 10, Files: 2, AI: 1, Reverted: true},
		{Pull: 2, Kind: "pull_request", Class: "ai_agent", Review: "independent", Lines: 10, Files: 2},
		{Pull: 3, Kind: "pull_request", Class: "unknown", Review: "none", Lines: 10, Files: 2},
		{Pull: 6, Kind: "pull_request", Class: "unknown", Review: "none", Lines: 10, Files: 2},
	}
	if diff := cmp.Diff(want, forgedChanges(t, s)); diff != "" {
		t.Error(diff)
	}
}

// A clone that comes later says more exactly what landed, and takes the place of the forge's word.
func TestACloneTakesThePlaceOfTheForge(t *testing.T) {
	s := storetest.Open(t)
	save(t, s, "o/forge", pulled())
	run(t, s)
	h := &history{repo: "o/forge"}
	h.land("mf", 10, "feature (#1)", "a.go")
	h.land("push", 12, "straight to main", "b.go")
	save(t, s, h.repo, h.batch())
	run(t, s)
	want := []forged{
		{Pull: 1, Kind: "pull_request", Class: "ai_agent", Review: "none", Lines: 4, Files: 1},
		{Kind: "push", Class: "unknown", Review: "not_collected", Lines: 4, Files: 1},
	}
	if diff := cmp.Diff(want, forgedChanges(t, s)); diff != "" {
		t.Error(diff)
	}
}

// A repository that has another name now is counted under that one alone.
func TestARenamedRepositoryIsCountedOnce(t *testing.T) {
	s := storetest.Open(t)
	save(t, s, "o/forge", pulled())
	run(t, s)
	renamed := pulled()
	for i := range renamed.PullRequests {
		renamed.PullRequests[i].Repo = "o/new"
	}
	renamed.PullCommits, renamed.Reviews = nil, nil
	renamed.Hosted[0].Name = "o/new"
	renamed.Tombstones = []record.Tombstone{{Source: "github", Kind: "repository", Scope: "o/forge", ID: "1", Reason: "renamed", Now: "o/new", SeenAt: start}}
	save(t, s, "o/new", renamed)
	run(t, s)
	rows, err := store.Select[struct {
		Repo string `ch:"repo"`
		N    uint64 `ch:"n"`
	}](context.Background(), s, "SELECT repo, count() AS n FROM (SELECT repo FROM changes FINAL UNION ALL SELECT repo FROM proposals FINAL) GROUP BY repo", nil)
	if err != nil || len(rows) != 1 || rows[0].Repo != "o/new" || rows[0].N != 4+6 {
		t.Errorf("%+v, %v", rows, err)
	}
}
