package record

import "time"

// PullRequest is a proposed change. Its key is (Repo, Number); the newest UpdatedAt wins.
type PullRequest struct {
	Source          string // "github"
	Repo            string
	Number          uint32
	Title, Body     string
	Branch          string // where the change comes from
	Base            string // where it goes to
	Author          Account
	MergedBy        Account
	CreatedAt       time.Time
	ReadyAt         time.Time // when it stopped being a draft; CreatedAt if it never was
	MergedAt        time.Time // zero: not merged
	ClosedAt        time.Time // zero: open
	UpdatedAt       time.Time
	MergeSHA        string // commit on the base branch that brought it in
	HeadSHA         string // last commit of the branch
	Labels          []Label
	Commits         []string // its own commits, oldest first: they survive a squash here
	ReviewComments  uint32
	ReviewsComplete bool // all of its reviews were collected: "no review" can then be told from "not collected"
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
