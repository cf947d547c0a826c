package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// What is kept of a pull request comes back as it was saved; what was deleted is no longer among the numbers.
func TestPullRequestsComeBack(t *testing.T) {
	s := storetest.Open(t)
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ada := record.Account{Source: "github", Login: "ada", Kind: record.KindPerson}
	whole := record.PullRequest{
		Source: "github", Repo: "acme/shop", Number: 7, ID: "PR_7", Title: "t", Body: "b\nb", Branch: "x", Base: "main", Author: ada, MergedBy: ada,
		Assignees: []record.Account{{Source: "github", Login: "bob"}}, CreatedAt: at, ReadyAt: at.Add(time.Hour), MergedAt: at.Add(2 * time.Hour),
		ClosedAt: at.Add(2 * time.Hour), UpdatedAt: at.Add(3 * time.Hour), MergeSHA: "aa", HeadSHA: "bb",
		Labels:  []record.Label{{Name: "bug", At: at}, {Name: "old"}},
		Commits: []string{"bb"}, Additions: 3, Deletions: 2, Files: 1, SizeKnown: true, ReviewComments: 4, ReviewsComplete: true,
	}
	open := record.PullRequest{Source: "github", Repo: "acme/shop", Number: 8, CreatedAt: at, ReadyAt: at, UpdatedAt: at}
	gone := record.PullRequest{Source: "github", Repo: "acme/shop", Number: 9, CreatedAt: at, UpdatedAt: at, Deleted: true}
	elsewhere := record.PullRequest{Source: "gitlab", Repo: "acme/shop", Number: 10, CreatedAt: at, UpdatedAt: at}
	batch := record.Batch{PullRequests: []record.PullRequest{whole, open, gone, elsewhere}}
	if err := s.Save(t.Context(), batch, ledger()); err != nil {
		t.Fatal(err)
	}
	numbers, err := s.PullNumbers(t.Context(), "github", "acme/shop")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]uint32{7, 8}, numbers); diff != "" {
		t.Error(diff)
	}
	kept, err := s.PullRequests(t.Context(), "github", "acme/shop", []uint32{8, 7, 10, 77})
	if err != nil {
		t.Fatal(err)
	}
	empty := cmp.Transformer("nil", func(list []string) []string { return append([]string{}, list...) })
	if diff := cmp.Diff([]record.PullRequest{whole, open}, kept, empty); diff != "" {
		t.Error(diff)
	}
}
