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
)

// Collection is a row of the coverage ledger: what one run of one source over one scope brought.
type Collection struct {
	Source     string // "git"
	Scope      string // what was asked for: a repository's name, or its path while the name is unknown
	Stream     string // "history"
	StartedAt  time.Time
	FinishedAt time.Time // zero while running
	Status     Status
	Rows       uint64 // facts saved
	Requests   uint64 // calls made to the source
	From, To   time.Time
	Error      string // what failed and what to do, for a person
	Warnings   []Warning
	Cursor     Cursor
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

	Warnings []Warning
	Cursor   Cursor   // nil: nothing new to remember
	Progress Progress // where the collection stands after this batch
}

// Rows counts the facts in the batch.
func (b *Batch) Rows() int {
	n := len(b.Commits) + len(b.Notes) + len(b.Placements) + len(b.RefUpdates) +
		len(b.PullRequests) + len(b.Reviews) + len(b.Permissions) + len(b.Deployments) +
		len(b.Incidents) + len(b.Causes) + len(b.Usage) + len(b.Members) + len(b.Profiles)
	if b.Repository != nil {
		n++
	}
	return n
}

// Progress says how much of a collection is done, in units of the collector's own choice.
type Progress struct {
	Done, Total int64 // Total 0: not known yet
	Unit        string
}
