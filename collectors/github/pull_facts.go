package github

import (
	"strconv"
	"time"

	"github.com/baserate/baserate/record"
)

// pullFacts are the facts about one pull request.
type pullFacts struct {
	pull    record.PullRequest
	reviews []record.Review
	commits []record.PullCommit
	events  []record.PullEvent
	raw     string
}

// ghost is who stands for an account that was deleted, as on GitHub's own pages.
const ghost = "ghost"

// accountOf is the account of an actor. One that was deleted keeps its place.
func accountOf(a *actor) record.Account {
	if a == nil || a.Login == "" {
		return record.Account{Source: kind, Login: ghost}
	}
	return account(a.Login, a.Typename)
}

// facts says of a pull request what is kept of it.
func (p *pull) facts(repo string) pullFacts {
	f := pullFacts{raw: string(p.raw), pull: record.PullRequest{
		Source: kind, Repo: repo, Number: p.Number, ID: p.key(), Title: p.Title, Body: p.Body, Branch: p.HeadRefName, Base: p.BaseRefName,
		Author: accountOf(p.Author), CreatedAt: p.CreatedAt, ReadyAt: p.readyAt(), MergedAt: p.MergedAt, ClosedAt: p.ClosedAt, UpdatedAt: p.UpdatedAt,
		HeadSHA: p.HeadRefOID, Labels: p.labels(), ReviewComments: p.TotalCommentsCount - min(p.TotalCommentsCount, p.Comments.TotalCount),
		ReviewsComplete: !p.incomplete && !p.Reviews.more(),
		// No pull request touches no file: where a server says so it does not know.
		Additions: p.Additions, Deletions: p.Deletions, Files: p.ChangedFiles, SizeKnown: p.ChangedFiles > 0,
	}}
	if !p.MergedAt.IsZero() {
		f.pull.MergedBy, f.pull.MergeSHA = accountOf(p.MergedBy), p.MergeCommit.sha()
	}
	for _, a := range p.Assignees.Nodes {
		f.pull.Assignees = append(f.pull.Assignees, accountOf(a))
	}
	for _, c := range p.Commits.Nodes {
		if c != nil {
			f.pull.Commits = append(f.pull.Commits, c.Commit.OID)
			f.commits = append(f.commits, c.fact(repo, p.Number))
		}
	}
	for _, r := range p.Reviews.Nodes {
		if r != nil && states[r.State] != "" {
			f.reviews = append(f.reviews, r.fact(repo, p.Number))
		}
	}
	for _, e := range p.TimelineItems.Nodes {
		if e != nil && eventKinds[e.Typename] != "" {
			f.events = append(f.events, e.fact(repo, p.Number))
		}
	}
	return f
}

// key is the number that GitHub knows it by, on old servers the node id.
func (p *pull) key() string {
	if p.FullDatabaseID != "" {
		return p.FullDatabaseID.String()
	}
	return p.ID
}

// readyAt is when it stopped being a draft, the last time that it did: zero while it is one.
func (p *pull) readyAt() time.Time {
	if p.IsDraft {
		return time.Time{}
	}
	at := p.CreatedAt
	for _, e := range p.TimelineItems.Nodes {
		if e != nil && e.Typename == "ReadyForReviewEvent" && e.CreatedAt.After(at) {
			at = e.CreatedAt
		}
	}
	return at
}

// labels are those that it has now, each with when it was put on last.
func (p *pull) labels() []record.Label {
	at := map[string]time.Time{}
	for _, e := range p.TimelineItems.Nodes {
		if e != nil && e.Typename == "LabeledEvent" && e.CreatedAt.After(at[e.Label.Name]) {
			at[e.Label.Name] = e.CreatedAt
		}
	}
	var all []record.Label
	for _, l := range p.Labels.Nodes {
		if l != nil {
			all = append(all, record.Label{Name: l.Name, At: at[l.Name]})
		}
	}
	return all
}

// states are those of a review. One that is pending was not given yet.
var states = map[string]record.ReviewState{
	"APPROVED": record.ReviewApproved, "CHANGES_REQUESTED": record.ReviewChangesRequested,
	"COMMENTED": record.ReviewCommented, "DISMISSED": record.ReviewDismissed,
}

func (r *review) fact(repo string, number uint32) record.Review {
	id := r.FullDatabaseID.String()
	if id == "" {
		id = r.ID
	}
	return record.Review{
		Repo: repo, Number: number, ID: id, Author: accountOf(r.Author), State: states[r.State], SHA: r.Commit.sha(), SubmittedAt: r.SubmittedAt,
	}
}

func (c *pullCommit) fact(repo string, number uint32) record.PullCommit {
	f := record.PullCommit{
		Repo: repo, Number: number, SHA: c.Commit.OID, AuthoredAt: c.Commit.AuthoredDate, CommittedAt: c.Commit.CommittedDate, Message: c.Commit.Message,
	}
	if a := c.Commit.Author; a != nil {
		f.Author = record.Person{Name: a.Name, Email: a.Email}
	}
	if a := c.Commit.Committer; a != nil {
		f.Committer = record.Person{Name: a.Name, Email: a.Email}
	}
	return f
}

// eventKinds are the events that are kept, by GraphQL's types. Labels are kept with their pull request.
var eventKinds = map[string]string{
	"HeadRefForcePushedEvent": "force_pushed", "MergedEvent": "merged", "ReadyForReviewEvent": "ready_for_review",
	"ReviewRequestedEvent": "review_requested", "AutoMergeEnabledEvent": "auto_merge_enabled", "AutoSquashEnabledEvent": "auto_merge_enabled",
	"AutoRebaseEnabledEvent": "auto_merge_enabled", "AddedToMergeQueueEvent": "merge_queued",
}

func (e *event) fact(repo string, number uint32) record.PullEvent {
	return record.PullEvent{
		Source: kind, Repo: repo, Number: number, ID: e.ID, Kind: eventKinds[e.Typename], Actor: accountOf(e.Actor), At: e.CreatedAt,
		Before: e.BeforeCommit.sha(), After: e.AfterCommit.sha(),
	}
}

// into adds the facts to a batch.
func (f *pullFacts) into(b *record.Batch) {
	b.PullRequests = append(b.PullRequests, f.pull)
	b.Reviews = append(b.Reviews, f.reviews...)
	b.PullCommits = append(b.PullCommits, f.commits...)
	b.PullEvents = append(b.PullEvents, f.events...)
	if f.raw != "" {
		b.Payloads = append(b.Payloads, record.Payload{
			Source: kind, Kind: "pull_request", Scope: f.pull.Repo, ID: strconv.FormatUint(uint64(f.pull.Number), 10), Body: f.raw,
		})
	}
}

// rows is how many facts there are; what GitHub answered is none.
func (f *pullFacts) rows() int { return 1 + len(f.reviews) + len(f.commits) + len(f.events) }

// sane clamps the times that would poison what goes by them: a pull request that claims to be touched in the future.
func (p *pull) sane(now time.Time) bool {
	if !p.UpdatedAt.After(now.Add(future)) {
		return true
	}
	p.UpdatedAt = now
	return false
}

// future is how far ahead of ours GitHub's clock may be.
const future = 5 * time.Minute
