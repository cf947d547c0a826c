package github

import (
	"errors"
	"net/http"
	"time"
)

// descent is how far a list that goes from new to old was read: the newest things come first, so that one walk is known to be
// whole only when it has reached what was known before. Until moves only then.
type descent struct {
	Until time.Time `json:"u,omitzero"`  // everything before it is known and will not change
	Asked time.Time `json:"a,omitzero"`  // when it was asked last and answered whole
	Page  string    `json:"p,omitempty"` // where a walk that was cut short goes on
	Began time.Time `json:"b,omitzero"`  // when that walk began
	Open  time.Time `json:"o,omitzero"`  // the oldest thing in it that is still under way
}

// begin starts a walk or goes on with one, and returns the page to ask for, "" for the first.
func (d *descent) begin(now time.Time) string {
	if d.Page == "" {
		d.Began, d.Open = now, time.Time{}
	}
	return d.Page
}

// open notes that a thing is still under way: the next walks go down to it, unless it is so old that it was forgotten.
func (d *descent) open(at time.Time) {
	if d.Began.Sub(at) < forgottenAfter && (d.Open.IsZero() || at.Before(d.Open)) {
		d.Open = at
	}
}

// forgottenAfter is when a thing that never ended is not asked for any more.
const forgottenAfter = 30 * 24 * time.Hour

// end closes a walk that reached what was known: all before the overlap is settled, but for what is under way.
func (d *descent) end(overlap time.Duration) {
	until := d.Began.Add(-overlap)
	if !d.Open.IsZero() && d.Open.Before(until) {
		until = d.Open
	}
	if until.After(d.Until) {
		d.Until = until
	}
	d.Asked, d.Page, d.Began, d.Open = d.Began, "", time.Time{}, time.Time{}
}

// due reports whether a repository is worth asking: it had a push since it was asked, or that was a day ago. What happens to a
// branch counts as a push there.
func (d *descent) due(pushed, now time.Time) bool {
	return d.Asked.IsZero() || pushed.IsZero() || d.Page != "" || !pushed.Before(d.Asked.Add(-overlap)) || now.Sub(d.Asked) >= snapshotAge
}

// overlap is how much of the time before the last walk is read again: lists lag behind what happened.
const overlap = 10 * time.Minute

// forgetPage lets the next walk begin anew when the page that this one was to go on with is not there any more.
func forgetPage(pt *part[descent], resumed string, err error) error {
	invalid := status(err) == http.StatusUnprocessableEntity || status(err) == http.StatusBadRequest || status(err) == http.StatusNotFound
	if resumed != "" && (invalid || errors.As(err, new(queryError))) {
		pt.State.Page = ""
		pt.Parts[pt.Repo.ID] = pt.State
	}
	return err
}
