package record

import (
	"encoding/json"
	"time"
)

// Cursor is a collector's own note of how far it came. Only the collector that made it reads it; nil means
// from the beginning.
type Cursor json.RawMessage

// Status of a collection, in the coverage ledger.
type Status string

// The states a collection can be in. Partial means that some of it is missing; the warnings with Loss say what.
const (
	StatusOK      Status = "ok"
	StatusPartial Status = "partial"
	StatusFailed  Status = "failed"
	StatusRunning Status = "running"
	// StatusAbsent: the source has no such thing, or does not let this account read it. Not collected, which is not none.
	StatusAbsent Status = "absent"
)

// Collection is a row of the coverage ledger: what one run of one source over one scope brought.
type Collection struct {
	Source     string // "git"
	Scope      string // what was asked for: a repository, an organisation, a folder
	Stream     string // what of it: "history", "pull_requests"
	StartedAt  time.Time
	FinishedAt time.Time // zero while running
	Status     Status
	Rows       uint64 // facts saved
	Requests   uint64 // calls made to the source
	From, To   time.Time
	Error      string // what failed and what to do, for a person
	Warnings   []Warning
}

// Warning is a flaw in the input that did not stop the collection.
type Warning struct {
	Code    string // stable, for machines: "future_date", "invalid_utf8", "missing_blob" …
	Subject string // what it is about: a commit, a ref, a path
	Detail  string // one sentence: what was found and what was done with it
	Loss    bool   // something is missing for it: facts that the source has, or had
}

// Batch is a piece of a collection: facts, then how far they reach. The facts are saved before the cursor, so
// that a crash between the two repeats a batch, which is harmless.
type Batch struct {
	Repository *Repository // when newly seen or changed
	Commits    []Commit
	Notes      []Note
	Placements []Placement
	RefUpdates []RefUpdate

	PullRequests []PullRequest
	Reviews      []Review
	Permissions  []Permission
	Deployments  []Deployment
	Incidents    []Incident
	Causes       []Cause
	Usage        []Usage
	Members      []Member
	Profiles     []Profile

	PullCommits   []PullCommit
	PullEvents    []PullEvent
	AgentTasks    []AgentTask
	Actions       []Action
	RuleSuites    []RuleSuite
	Activities    []Activity
	Rules         []Rule
	Seats         []Seat
	Identities    []Identity
	Confirmations []Confirmation
	Payloads      []Payload
	Tombstones    []Tombstone
	Hosted        []HostedRepository

	Covered  []Covered // parts of the scope that are done, each a row of the ledger of its own
	Requests uint64    // calls made to the source for this batch
	Warnings []Warning
	Cursor   Cursor   // nil: nothing new to remember
	Progress Progress // where the collection stands after this batch
}

// Rows counts the facts in the batch.
func (b *Batch) Rows() int {
	n := len(b.Commits) + len(b.Notes) + len(b.Placements) + len(b.RefUpdates) +
		len(b.PullRequests) + len(b.Reviews) + len(b.Permissions) + len(b.Deployments) +
		len(b.Incidents) + len(b.Causes) + len(b.Usage) + len(b.Members) + len(b.Profiles) +
		len(b.PullCommits) + len(b.PullEvents) + len(b.AgentTasks) + len(b.Actions) + len(b.RuleSuites) + len(b.Activities) +
		len(b.Rules) + len(b.Seats) + len(b.Identities) + len(b.Confirmations) + len(b.Tombstones) + len(b.Hosted)
	if b.Repository != nil {
		n++
	}
	return n
}

// Covered is a part of a scope, such as a repository of an organisation, of which a stream was read whole in this run. Parts
// that had no news have no row: that of the whole scope stands for them.
type Covered struct {
	Scope    string
	Rows     uint64
	Requests uint64
	From, To time.Time
	Error    string // it could not be read: what failed and what to do. The others go on
	Absent   string // the source does not have it, or does not show it: why
}

// Payload is what a source answered, kept whole for a while so that a new rule can read old facts. Its key is (Source, Kind,
// Scope, ID); the one saved last wins.
type Payload struct {
	Source string
	Kind   string // "pull_request", "ruleset", "incident"
	Scope  string
	ID     string
	Body   string // JSON
}

// Tombstone says that a source does not have a thing any more. Its key is (Source, Kind, Scope, ID). The facts stay.
type Tombstone struct {
	Source string
	Kind   string // "repository", "pull_request", "incident"
	Scope  string // its repository or organisation
	ID     string // the source's own
	Reason string // "deleted", "renamed", "transferred", "hidden"
	Now    string // new name of what was renamed
	SeenAt time.Time
}

// Progress says how much of a collection is done, in units of the collector's own choice.
type Progress struct {
	Done, Total int64 // Total 0: not known yet
	Unit        string
}
