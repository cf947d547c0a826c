package record

import "time"

// PullRequest is a proposed change. Its key is (Repo, Number); the newest UpdatedAt wins, of two alike the one saved last.
type PullRequest struct {
	Source          string // "github"
	Repo            string
	Number          uint32
	ID              string // the source's own, which survives a rename of the repository
	Title, Body     string
	Branch          string // where the change comes from
	Base            string // where it goes to
	Author          Account
	MergedBy        Account
	Assignees       []Account // of an agent's pull request, those for whom it works
	CreatedAt       time.Time
	ReadyAt         time.Time // when it stopped being a draft; CreatedAt if it never was
	MergedAt        time.Time // zero: not merged
	ClosedAt        time.Time // zero: open
	UpdatedAt       time.Time
	MergeSHA        string // commit on the base branch that brought it in
	HeadSHA         string // last commit of the branch
	Labels          []Label
	Commits         []string // its own commits, oldest first: they survive a squash here, and [PullCommit] has what they say
	Additions       uint32   // lines against the base, with Deletions and Files nothing when not SizeKnown
	Deletions       uint32
	Files           uint32
	SizeKnown       bool
	ReviewComments  uint32
	ReviewsComplete bool // all of its reviews were collected: "no review" can then be told from "not collected"
	Deleted         bool // its source does not have it any more
}

// Label is a label on a pull request. One that was put on after the merge is kept, and is no evidence of what was
// known at the merge.
type Label struct {
	Name string
	At   time.Time // zero: unknown, taken for early
}

// ReviewState is what a reviewer said.
type ReviewState string

// The states of a review.
const (
	ReviewApproved         ReviewState = "approved"
	ReviewChangesRequested ReviewState = "changes_requested"
	ReviewCommented        ReviewState = "commented"
	ReviewDismissed        ReviewState = "dismissed"
)

// Review is one person's or machine's look at a pull request. Its key is (Repo, Number, ID).
type Review struct {
	Repo        string
	Number      uint32
	ID          string
	Author      Account
	State       ReviewState
	SHA         string // the commit that was looked at
	SubmittedAt time.Time
}

// PullCommit is a commit of a pull request as the forge has it: after a squash no clone does. Its key is (Repo, Number, SHA).
type PullCommit struct {
	Repo        string
	Number      uint32
	SHA         string
	Author      Person
	Committer   Person
	AuthoredAt  time.Time
	CommittedAt time.Time
	Message     string
}

// PullEvent is a thing that happened to a pull request. Its key is (Repo, Number, Kind, At, ID).
type PullEvent struct {
	Source        string
	Repo          string
	Number        uint32
	ID            string
	Kind          string // "force_pushed", "ready_for_review", "review_requested", "auto_merge_enabled", "merge_queued", "merged"
	Actor         Account
	At            time.Time
	Before, After string // hashes, of a force push
}

// AgentTask is a piece of work that somebody gave to an agent. Its key is (Repo, Source, ID).
type AgentTask struct {
	Source    string
	Repo      string
	ID        string
	Tool      string  // "copilot"
	Creator   Account // the prompter
	Number    uint32  // its pull request; 0: none
	State     string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Deployment is a commit put into an environment. Its key is (Repo, ID).
type Deployment struct {
	Repo        string
	ID          string
	SHA         string
	Environment string
	Creator     Account
	CreatedAt   time.Time
	FinishedAt  time.Time // when its last state was reported, not when the record was touched; zero: under way
	Failed      bool
}
