package github

import (
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// snapshot is the cursor of a stream that says how things are: it is taken about once a day, however often it is scheduled, and
// goes on where it was cut short.
type snapshot struct {
	Seen  time.Time `json:"seen,omitzero"`   // when the last whole one began
	Began time.Time `json:"began,omitzero"`  // when the one under way began
	After string    `json:"after,omitempty"` // the last repository of it that is done, by number
}

// begin reports whether it is time for one, or one is under way.
func (sn *snapshot) begin(now time.Time) bool {
	if sn.Seen.After(now) { // the clock was put back
		sn.Seen = time.Time{}
	}
	if now.Sub(sn.Seen) < snapshotAge {
		return false
	}
	if sn.Began.IsZero() || sn.Began.After(now) || now.Sub(sn.Began) >= snapshotAge {
		sn.Began, sn.After = now, ""
	}
	return true
}

// rest are the repositories that the snapshot lacks, by number, so that it can go on after any of them.
func (sn *snapshot) rest(repos []record.HostedRepository) []record.HostedRepository {
	repos = slices.Clone(repos)
	slices.SortFunc(repos, func(a, b record.HostedRepository) int { return strings.Compare(a.ID, b.ID) })
	return slices.DeleteFunc(repos, func(r record.HostedRepository) bool { return sn.After != "" && r.ID <= sn.After })
}

// end closes a snapshot that is whole.
func (sn *snapshot) end() {
	if !sn.Began.IsZero() {
		*sn = snapshot{Seen: sn.Began}
	}
}
