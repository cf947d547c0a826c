package api

import (
	"time"

	"github.com/baserate/baserate/store"
)

const shownWarnings = 100 // of one source; their number is always the whole

func encodeCoverage(c store.Coverage, running []Running) Coverage {
	out := Coverage{
		DataFrom: c.DataFrom, DataTo: c.DataTo, CollectedAt: collectedAt(c.Sources),
		Repositories: int(c.Repositories), Commits: int64(c.Commits), Changes: int64(c.Changes), RulesVersion: c.RulesVersion,
		Sources: all(c.Sources, encodeSource),
		Running: all(running, func(r Running) Running { return r }),
	}
	if c.Changes > 0 {
		share := float64(c.Classified) / float64(c.Changes)
		out.Classified = &share
	}
	return out
}

// collectedAt is the end of the last collection that got through, nil when none ever did.
func collectedAt(sources []store.Source) *time.Time {
	var last *time.Time
	for _, s := range sources {
		if s.LastSuccess != nil && (last == nil || s.LastSuccess.After(*last)) {
			last = s.LastSuccess
		}
	}
	return last
}

func encodeSource(s store.Source) Source {
	shown := min(len(s.Codes), shownWarnings)
	details := make([]Warning, shown)
	for i := range details {
		details[i] = Warning{Code: s.Codes[i], Detail: s.Details[i]}
	}
	return Source{
		Source: s.Source, Scope: s.Scope, Stream: s.Stream, Status: SourceStatus(s.Status), Rows: int64(s.Rows),
		StartedAt: s.StartedAt, FinishedAt: s.FinishedAt, LastSuccessAt: s.LastSuccess, Error: optional(s.Error),
		Warnings: len(s.Codes), WarningDetails: details,
	}
}
