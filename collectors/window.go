package collectors

import (
	"fmt"
	"time"

	"github.com/baserate/baserate/record"
)

// Window is a stretch of time that a source was asked for. Some servers do not heed such a filter and answer with everything there
// is, or with another stretch: what lies outside is for the collector to drop, or it would read all of it in every run and take
// the answer for one of the dates that it asked for.
type Window struct {
	Filter   string        // as the source was asked, such as "updated_at[gte]=2026-11-01"
	From, To time.Time     // the first and the last moment that were asked for; zero: no bound on that side
	Slack    time.Duration // how much wider a server may read it: some count in days, or by their own clock
	Loss     bool          // one that answers with something else leaves out what was asked for

	ignored, said bool
	example       time.Time
}

// Holds reports whether a thing of that time was asked for. One without a time is held.
func (w *Window) Holds(at time.Time) bool {
	early := !w.From.IsZero() && at.Before(w.From.Add(-w.Slack))
	late := !w.To.IsZero() && at.After(w.To.Add(w.Slack))
	if at.IsZero() || !early && !late {
		return true
	}
	if !w.ignored {
		w.ignored, w.example = true, at
	}
	return false
}

// Ignored reports whether anything came that was not asked for.
func (w *Window) Ignored() bool { return w.ignored }

// Warnings say that the filter was not heeded: one, the first time after that was seen, else none. subject is what was asked.
func (w *Window) Warnings(subject string) []record.Warning {
	if !w.ignored || w.said {
		return nil
	}
	w.said = true
	return []record.Warning{{
		Code: "filter_ignored", Subject: subject, Loss: w.Loss,
		Detail: fmt.Sprintf("the source was asked for %s and gave what is of %s as well: what lies outside was dropped", w.Filter, w.example.UTC().Format(time.RFC3339)),
	}}
}
