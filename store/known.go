package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/baserate/baserate/record"
)

// PullNumbers returns the numbers of the pull requests of a repository that are kept and not marked as deleted, in order.
func (s *Store) PullNumbers(ctx context.Context, source, repo string) ([]uint32, error) {
	rows, err := Select[struct {
		Number uint32 `ch:"number"`
	}](ctx, s, query("pull_numbers"), Params{"source": source, "repo": repo})
	numbers := make([]uint32, len(rows))
	for i, r := range rows {
		numbers[i] = r.Number
	}
	return numbers, wrap("pull requests of "+repo, err)
}

// keptPull is a row of the table of pull requests.
type keptPull struct {
	Source          string      `ch:"source"`
	Repo            string      `ch:"repo"`
	Number          uint32      `ch:"number"`
	ID              string      `ch:"id"`
	Title           string      `ch:"title"`
	Body            string      `ch:"body"`
	Branch          string      `ch:"branch"`
	Base            string      `ch:"base"`
	Author          string      `ch:"author"`
	AuthorKind      string      `ch:"author_kind"`
	MergedBy        string      `ch:"merged_by"`
	MergedByKind    string      `ch:"merged_by_kind"`
	Assignees       []string    `ch:"assignees"`
	CreatedAt       time.Time   `ch:"created_at"`
	ReadyAt         time.Time   `ch:"ready_at"`
	MergedAt        *time.Time  `ch:"merged_at"`
	ClosedAt        *time.Time  `ch:"closed_at"`
	UpdatedAt       time.Time   `ch:"updated_at"`
	MergeSHA        string      `ch:"merge_sha"`
	HeadSHA         string      `ch:"head_sha"`
	LabelNames      []string    `ch:"label_names"`
	LabelTimes      []time.Time `ch:"label_times"`
	Commits         []string    `ch:"commits"`
	Additions       uint32      `ch:"additions"`
	Deletions       uint32      `ch:"deletions"`
	Files           uint32      `ch:"files"`
	SizeKnown       bool        `ch:"size_known"`
	ReviewComments  uint32      `ch:"review_comments"`
	ReviewsComplete bool        `ch:"reviews_complete"`
	Deleted         bool        `ch:"deleted"`
}

// PullRequests returns some of the pull requests that are kept of a repository, as they were saved.
func (s *Store) PullRequests(ctx context.Context, source, repo string, numbers []uint32) ([]record.PullRequest, error) {
	asked := make([]string, len(numbers))
	for i, n := range numbers {
		asked[i] = strconv.FormatUint(uint64(n), 10)
	}
	rows, err := Select[keptPull](ctx, s, query("pull_requests"), Params{"source": source, "repo": repo, "numbers": asked})
	if err != nil {
		return nil, fmt.Errorf("pull requests of %s: %w", repo, err)
	}
	return Column(rows, (*keptPull).fact), nil
}

// fact is the row as the fact that it was.
func (k *keptPull) fact() record.PullRequest {
	p := record.PullRequest{
		Source: k.Source, Repo: k.Repo, Number: k.Number, ID: k.ID, Title: k.Title, Body: k.Body, Branch: k.Branch, Base: k.Base,
		Author: k.account(k.Author, k.AuthorKind), MergedBy: k.account(k.MergedBy, k.MergedByKind),
		CreatedAt: k.CreatedAt, ReadyAt: k.ReadyAt, UpdatedAt: k.UpdatedAt, MergeSHA: k.MergeSHA, HeadSHA: k.HeadSHA, Commits: k.Commits,
		Additions: k.Additions, Deletions: k.Deletions, Files: k.Files, SizeKnown: k.SizeKnown,
		ReviewComments: k.ReviewComments, ReviewsComplete: k.ReviewsComplete, Deleted: k.Deleted,
	}
	for _, login := range k.Assignees {
		p.Assignees = append(p.Assignees, k.account(login, ""))
	}
	if k.MergedAt != nil {
		p.MergedAt = *k.MergedAt
	}
	if k.ClosedAt != nil {
		p.ClosedAt = *k.ClosedAt
	}
	for i, name := range k.LabelNames {
		label := record.Label{Name: name}
		if at := k.LabelTimes[i]; !at.Equal(early) {
			label.At = at
		}
		p.Labels = append(p.Labels, label)
	}
	return p
}

func (k *keptPull) account(login, kind string) record.Account {
	if login == "" {
		return record.Account{}
	}
	return record.Account{Source: k.Source, Login: login, Kind: record.AccountKind(kind)}
}
