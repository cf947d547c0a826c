package attribution

import "time"

// Commit is what Classify reads of a commit: who, when, the message, and the notes on it. Every field may be
// left empty; an absent field is only evidence that is not there.
type Commit struct {
	AuthorName     string
	AuthorEmail    string
	CommitterName  string
	CommitterEmail string
	Message        string // subject, blank line, body; any bytes
	AuthoredAt     time.Time
	// CommittedAt decides which rules can apply: a rule does not fire on a commit made before its tool
	// existed. When it is zero the author date stands in, for weak rules only: a rebased commit keeps the
	// date of its first version but carries the trailers of its last.
	CommittedAt time.Time
	Parents     int    // number of parents; more than one is a merge
	Notes       []Note // git notes on the commit
}

// Note is the text that one notes ref attaches to a commit.
type Note struct {
	Ref  string // such as "refs/notes/ai"
	Text string
}

// PullRequest is what ClassifyPullRequest reads of a pull request. Commits are the verdicts on its commits,
// the squash commit's among them.
type PullRequest struct {
	AuthorLogin string // "copilot-swe-agent[bot]"
	HeadRef     string // branch name without "refs/heads/", with or without "owner:" or "owner/" before it
	Body        string
	Labels      []string
	OpenedAt    time.Time
	Commits     []Verdict
}
