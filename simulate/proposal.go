package simulate

import (
	"fmt"
	"time"

	"github.com/baserate/baserate/record"
)

// proposal is a pull request with what a fact about it needs.
type proposal struct {
	Repo, Team  uint16
	Author      uint32
	At          uint32 // landing
	Number      uint32
	Permission  uint8
	Label       Class
	Denied      bool
	Title, Body string
	Files       []record.FileChange
	Review      review
	LabelledAt  uint32 // 0: never
	FailedAfter uint32 // seconds to a failed deployment, 0: it succeeded
}

// trailers say who made a change, as tools and people write it.
var trailers = map[Class]record.Trailer{
	Agent:    {Key: "Co-Authored-By", Value: "Claude <noreply@anthropic.com>"},
	Assisted: {Key: "Assisted-by", Value: "GitHub Copilot"},
}

var denial = record.Trailer{Key: "AI-assisted", Value: "no"}

func (p *proposal) trailers() []record.Trailer {
	if t, ok := trailers[p.Label]; ok {
		return []record.Trailer{t}
	}
	if p.Denied {
		return []record.Trailer{denial}
	}
	return nil
}

// message is what GitHub writes when it squashes a pull request.
func (p *proposal) message() string {
	text := fmt.Sprintf("%s (#%d)\n", p.Title, p.Number)
	if p.Body != "" {
		text += "\n" + p.Body + "\n"
	}
	for i, t := range p.trailers() {
		if i == 0 {
			text += "\n"
		}
		text += t.Key + ": " + t.Value + "\n"
	}
	return text
}

// land tells that a proposal was merged: the commit on the default branch, the pull request, the permission that it went
// out with and the deployment.
func (w *writer) land(p proposal) {
	sha, at := hash(p.Repo, p.Number, landed), w.time(p.At)
	w.commit(p, sha, at)
	pull, reviews := w.pull(p)
	pull.MergedBy, pull.MergedAt, pull.ClosedAt, pull.MergeSHA = w.github[p.Author], at, at, sha
	w.batch.PullRequests = append(w.batch.PullRequests, pull)
	w.batch.Reviews = append(w.batch.Reviews, reviews...)
	w.permission(p)
	w.deploy(p, sha)
}

func (w *writer) commit(p proposal, sha string, at time.Time) {
	c := &w.chains[p.Repo]
	var parents []string
	if c.head != "" {
		parents = []string{c.head}
	} else {
		c.root = sha
	}
	c.head = sha
	c.position++
	github := record.Person{Name: "GitHub", Email: "noreply@github.com"}
	w.batch.Commits = append(w.batch.Commits, record.Commit{
		Repo: w.repos[p.Repo], SHA: sha, Parents: parents, Author: w.people[p.Author], RawAuthor: w.people[p.Author], Committer: github, RawCommitter: github,
		AuthoredAt: at, CommittedAt: at, Message: p.message(), Trailers: p.trailers(), Files: p.Files,
	})
	w.batch.Placements = append(w.batch.Placements, record.Placement{
		Repo: w.repos[p.Repo], SHA: sha, Reachable: true, Position: c.position, LandedBy: sha,
	})
}

// pull is the pull request as it stood before it was merged or closed.
func (w *writer) pull(p proposal) (record.PullRequest, []record.Review) {
	open := w.opened(p)
	pull := record.PullRequest{
		Source: "github", Repo: w.repos[p.Repo], Number: p.Number, Title: p.Title, Body: p.Body, Branch: fmt.Sprintf("change/%d", p.Number), Base: "main",
		Author: w.github[p.Author], CreatedAt: open, ReadyAt: open, UpdatedAt: w.time(p.At),
		HeadSHA: hash(p.Repo, p.Number, head), Commits: []string{hash(p.Repo, p.Number, head)}, ReviewsComplete: true,
	}
	if p.LabelledAt > 0 {
		pull.Labels = []record.Label{{Name: "ai-generated", At: w.time(p.LabelledAt)}}
		pull.UpdatedAt = w.time(p.LabelledAt)
	}
	if p.Review == stale {
		pull.Commits = []string{hash(p.Repo, p.Number, earlier), pull.HeadSHA}
	}
	reviews := w.reviews(p, open)
	for i := range reviews {
		if reviews[i].State != record.ReviewApproved {
			pull.ReviewComments += 2
		}
		if reviews[i].SubmittedAt.After(pull.UpdatedAt) {
			pull.UpdatedAt = reviews[i].SubmittedAt
		}
	}
	return pull, reviews
}

// permission takes a snapshot of what the author may do, when that is not what the last one said.
func (w *writer) permission(p proposal) {
	at := seat{p.Author, p.Repo}
	if last, seen := w.levels[at]; seen && last == p.Permission {
		return
	}
	w.levels[at] = p.Permission
	w.batch.Permissions = append(w.batch.Permissions, record.Permission{
		Repo: w.repos[p.Repo], Account: w.github[p.Author], Level: Levels[p.Permission], Grant: "role", SeenAt: w.time(p.At),
	})
}

func (w *writer) deploy(p proposal, sha string) {
	d := record.Deployment{
		Repo: w.repos[p.Repo], ID: deploymentID(p.Number), SHA: sha, Environment: "production", Creator: w.github[p.Author], CreatedAt: w.time(p.At + 60),
	}
	finished := p.At + 600
	if p.FailedAfter > 0 {
		finished = p.At + p.FailedAfter
	}
	if w.past(finished) {
		d.FinishedAt, d.Failed = w.time(finished), p.FailedAfter > 0
	}
	if w.past(p.At + 60) {
		w.batch.Deployments = append(w.batch.Deployments, d)
	}
}
