package github

import (
	"context"

	"github.com/baserate/baserate/record"
)

// Known is what is kept already: it is compared with what GitHub has, to find what was deleted.
type Known interface {
	// PullNumbers are the numbers of the pull requests of a repository that are kept and not marked as deleted.
	PullNumbers(ctx context.Context, source, repo string) ([]uint32, error)
	// PullRequests are some of those, whole.
	PullRequests(ctx context.Context, source, repo string, numbers []uint32) ([]record.PullRequest, error)
}
