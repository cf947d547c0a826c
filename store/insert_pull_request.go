package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

// early is the time of a label that nobody knows the time of: it is taken for early.
var early = time.Unix(0, 0).UTC()

func insertPullRequests(ps []record.PullRequest, version uint64) insert {
	return insert{"insert_pull_requests", []any{
		Column(ps, func(p *record.PullRequest) string { return p.Source }),
		Column(ps, func(p *record.PullRequest) string { return p.Repo }),
		Column(ps, func(p *record.PullRequest) uint32 { return p.Number }),
		Column(ps, func(p *record.PullRequest) string { return p.ID }),
		Column(ps, func(p *record.PullRequest) string { return p.Title }),
		Column(ps, func(p *record.PullRequest) string { return p.Body }),
		Column(ps, func(p *record.PullRequest) string { return p.Branch }),
		Column(ps, func(p *record.PullRequest) string { return p.Base }),
		Column(ps, func(p *record.PullRequest) string { return p.Author.Login }),
		Column(ps, func(p *record.PullRequest) string { return string(p.Author.Kind) }),
		Column(ps, func(p *record.PullRequest) string { return p.MergedBy.Login }),
		Column(ps, func(p *record.PullRequest) string { return string(p.MergedBy.Kind) }),
		Column(ps, func(p *record.PullRequest) []string {
			return Column(p.Assignees, func(a *record.Account) string { return a.Login })
		}),
		Column(ps, func(p *record.PullRequest) time.Time { return p.CreatedAt }),
		Column(ps, func(p *record.PullRequest) time.Time { return knownOr(p.ReadyAt, p.CreatedAt) }),
		Column(ps, func(p *record.PullRequest) *time.Time { return known(p.MergedAt) }),
		Column(ps, func(p *record.PullRequest) *time.Time { return known(p.ClosedAt) }),
		Column(ps, func(p *record.PullRequest) time.Time { return knownOr(p.UpdatedAt, p.CreatedAt) }),
		Column(ps, func(p *record.PullRequest) string { return p.MergeSHA }),
		Column(ps, func(p *record.PullRequest) string { return p.HeadSHA }),
		Column(ps, func(p *record.PullRequest) []string {
			return Column(p.Labels, func(l *record.Label) string { return l.Name })
		}),
		Column(ps, func(p *record.PullRequest) []time.Time {
			return Column(p.Labels, func(l *record.Label) time.Time { return knownOr(l.At, early) })
		}),
		Column(ps, func(p *record.PullRequest) []string { return p.Commits }),
		Column(ps, func(p *record.PullRequest) uint32 { return p.Additions }),
		Column(ps, func(p *record.PullRequest) uint32 { return p.Deletions }),
		Column(ps, func(p *record.PullRequest) uint32 { return p.Files }),
		Column(ps, func(p *record.PullRequest) bool { return p.SizeKnown }),
		Column(ps, func(p *record.PullRequest) uint32 { return p.ReviewComments }),
		Column(ps, func(p *record.PullRequest) bool { return p.ReviewsComplete }),
		Column(ps, func(p *record.PullRequest) bool { return p.Deleted }),
		Repeat(len(ps), version),
	}}
}

func insertReviews(rs []record.Review, version uint64) insert {
	return insert{"insert_reviews", []any{
		Column(rs, func(r *record.Review) string { return r.Author.Source }),
		Column(rs, func(r *record.Review) string { return r.Repo }),
		Column(rs, func(r *record.Review) uint32 { return r.Number }),
		Column(rs, func(r *record.Review) string { return r.ID }),
		Column(rs, func(r *record.Review) string { return r.Author.Login }),
		Column(rs, func(r *record.Review) string { return string(r.Author.Kind) }),
		Column(rs, func(r *record.Review) string { return string(r.State) }),
		Column(rs, func(r *record.Review) string { return r.SHA }),
		Column(rs, func(r *record.Review) time.Time { return r.SubmittedAt }),
		Repeat(len(rs), version),
	}}
}

// knownOr is the time, or the one that stands for it when nobody knows it.
func knownOr(t, otherwise time.Time) time.Time {
	if t.IsZero() {
		return otherwise
	}
	return t
}
