package github

import (
	"encoding/json"
	"strconv"
	"time"
)

// restAccount is an account as REST has it; null or GitHub's account "ghost" when it was deleted.
type restAccount struct {
	Login string `json:"login"`
	Type  string `json:"type"` // "User", "Bot", "Organization"
}

func (a *restAccount) actor() *actor {
	if a == nil || a.Login == ghost {
		return nil
	}
	return &actor{Typename: a.Type, Login: a.Login}
}

// restDetail is a pull request as REST has it when it is asked for by itself.
type restDetail struct {
	ID             int64                     `json:"id"`
	NodeID         string                    `json:"node_id"`
	Number         uint32                    `json:"number"`
	Title          string                    `json:"title"`
	Body           string                    `json:"body"`
	State          string                    `json:"state"`
	Draft          bool                      `json:"draft"`
	CreatedAt      time.Time                 `json:"created_at"`
	UpdatedAt      time.Time                 `json:"updated_at"`
	MergedAt       time.Time                 `json:"merged_at"`
	ClosedAt       time.Time                 `json:"closed_at"`
	User           *restAccount              `json:"user"`
	MergedBy       *restAccount              `json:"merged_by"`
	Assignees      []*restAccount            `json:"assignees"`
	Labels         []*struct{ Name string }  `json:"labels"`
	MergeCommitSHA string                    `json:"merge_commit_sha"` // of a trial merge while it is open
	ReviewComments uint32                    `json:"review_comments"`
	Additions      uint32                    `json:"additions"`
	Deletions      uint32                    `json:"deletions"`
	ChangedFiles   uint32                    `json:"changed_files"`
	Head           struct{ Ref, SHA string } `json:"head"`
	Base           struct{ Ref string }      `json:"base"`
}

func (d *restDetail) pull() *pull {
	p := &pull{
		ID: d.NodeID, FullDatabaseID: json.Number(strconv.FormatInt(d.ID, 10)), Number: d.Number, Title: d.Title, Body: d.Body, IsDraft: d.Draft,
		CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt, MergedAt: d.MergedAt, ClosedAt: d.ClosedAt, Author: d.User.actor(), MergedBy: d.MergedBy.actor(),
		BaseRefName: d.Base.Ref, HeadRefName: d.Head.Ref, HeadRefOID: d.Head.SHA, TotalCommentsCount: d.ReviewComments,
		Additions: d.Additions, Deletions: d.Deletions, ChangedFiles: d.ChangedFiles,
	}
	if d.MergeCommitSHA != "" {
		p.MergeCommit = &commitID{d.MergeCommitSHA}
	}
	for _, a := range d.Assignees {
		p.Assignees.Nodes = append(p.Assignees.Nodes, a.actor())
	}
	p.Labels.Nodes = d.Labels
	return p
}

type restReview struct {
	ID          int64        `json:"id"`
	NodeID      string       `json:"node_id"`
	User        *restAccount `json:"user"`
	State       string       `json:"state"`
	SubmittedAt time.Time    `json:"submitted_at"`
	CommitID    string       `json:"commit_id"`
}

func (r *restReview) review() *review {
	return &review{
		ID: r.NodeID, FullDatabaseID: json.Number(strconv.FormatInt(r.ID, 10)), State: r.State, SubmittedAt: r.SubmittedAt,
		Author: r.User.actor(), Commit: &commitID{r.CommitID},
	}
}

type restCommit struct {
	SHA    string `json:"sha"`
	Commit struct {
		Message   string     `json:"message"`
		Author    *restStamp `json:"author"`
		Committer *restStamp `json:"committer"`
	} `json:"commit"`
}

// restStamp is who did a part of a commit, and when.
type restStamp struct {
	Name  string    `json:"name"`
	Email string    `json:"email"`
	Date  time.Time `json:"date"`
}

func (c *restCommit) commit() *pullCommit {
	p := &pullCommit{}
	p.Commit.OID, p.Commit.Message = c.SHA, c.Commit.Message
	if a := c.Commit.Author; a != nil {
		p.Commit.AuthoredDate, p.Commit.Author = a.Date, &person{a.Name, a.Email}
	}
	if a := c.Commit.Committer; a != nil {
		p.Commit.CommittedDate, p.Commit.Committer = a.Date, &person{a.Name, a.Email}
	}
	return p
}

// restEvent is an item of a timeline. A force push has the hash after it alone.
type restEvent struct {
	ID        int64        `json:"id"`
	NodeID    string       `json:"node_id"`
	Event     string       `json:"event"`
	Actor     *restAccount `json:"actor"`
	CreatedAt time.Time    `json:"created_at"`
	CommitID  string       `json:"commit_id"`
	Label     struct {
		Name string `json:"name"`
	} `json:"label"`
}

// restEventTypes are GraphQL's names of the events that are kept.
var restEventTypes = map[string]string{
	"head_ref_force_pushed": "HeadRefForcePushedEvent", "merged": "MergedEvent", "ready_for_review": "ReadyForReviewEvent",
	"review_requested": "ReviewRequestedEvent", "auto_merge_enabled": "AutoMergeEnabledEvent", "auto_squash_enabled": "AutoSquashEnabledEvent",
	"auto_rebase_enabled": "AutoRebaseEnabledEvent", "added_to_merge_queue": "AddedToMergeQueueEvent", "labeled": "LabeledEvent",
}

func (e *restEvent) event() *event {
	id := e.NodeID
	if id == "" {
		id = strconv.FormatInt(e.ID, 10)
	}
	g := &event{Typename: restEventTypes[e.Event], ID: id, CreatedAt: e.CreatedAt, Actor: e.Actor.actor()}
	g.Label.Name = e.Label.Name
	if e.Event == "head_ref_force_pushed" {
		g.AfterCommit = &commitID{e.CommitID}
	}
	return g
}
