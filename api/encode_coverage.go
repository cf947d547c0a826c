package api

import (
	"slices"
	"strings"

	"github.com/baserate/baserate/store"
)

const shownWarnings = 100 // of one source; their number is always the whole

func encodeCoverage(c store.Coverage, plan []Planned) Coverage {
	turns := turnsOf(plan)
	out := Coverage{
		DataFrom: c.DataFrom, DataTo: c.DataTo, CollectedAt: c.CollectedAt,
		Repositories: int(c.Repositories), Commits: int64(c.Commits), Changes: int64(c.Changes), RulesVersion: c.RulesVersion,
		Sources: all(c.Sources, func(s store.Source) Source { return encodeSource(s, turns) }),
	}
	if c.Changes > 0 {
		share := float64(c.Classified) / float64(c.Changes)
		out.Classified = &share
	}
	return out
}

func encodeSource(s store.Source, turns map[scopeKey]Planned) Source {
	shown := min(len(s.Codes), shownWarnings)
	details := make([]Warning, shown)
	for i := range details {
		details[i] = Warning{Code: s.Codes[i], Detail: s.Details[i]}
	}
	return Source{
		Source: s.Source, Scope: s.Scope, Stream: s.Stream, Status: SourceStatus(s.Status), Rows: int64(s.Rows), Requests: int64(s.Requests),
		StartedAt: s.StartedAt, FinishedAt: s.FinishedAt, LastSuccessAt: s.LastSuccess, DataFrom: s.DataFrom, DataTo: s.DataTo,
		NextRunAt: optional(turns[scopeKey{s.Source, s.Scope, s.Stream}].Next), Cursor: optional(s.Cursor), Error: optional(s.Error),
		Warnings: len(s.Codes), WarningDetails: details,
	}
}

// encodeStreams brings the ledger and the schedule together: a stream that never ran has no row in the one, a source that was
// taken out of the config none in the other.
func encodeStreams(ledger []store.Stream, plan []Planned) []Stream {
	out := all(ledger, encodeStream)
	at := map[[2]string]int{}
	for i, s := range out {
		at[[2]string{s.Source, s.Stream}] = i
	}
	for _, p := range plan {
		key := [2]string{p.Source, p.Stream}
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, Stream{Source: p.Source, Stream: p.Stream})
		}
		out[i].plan(p)
	}
	slices.SortStableFunc(out, func(a, b Stream) int {
		return strings.Compare(a.Source+"\x00"+a.Stream, b.Source+"\x00"+b.Stream)
	})
	return out
}

func encodeStream(s store.Stream) Stream {
	return Stream{
		Source: s.Source, Stream: s.Stream, Scopes: int64(s.Scopes), Ok: int64(s.Whole), Partial: int64(s.Partial), Failed: int64(s.Failed),
		Absent: int64(s.Absent), Unfinished: int64(s.Running), Never: int64(s.Never), Rows: int64(s.Rows), Requests: int64(s.Requests),
		DataFrom: s.DataFrom, DataTo: s.DataTo, StartedAt: &s.StartedAt, LastSuccessAt: s.LastSuccess, OldestSuccessAt: s.OldestSuccess,
		Error: optional(s.Error),
	}
}

// plan adds a task of the stream: the next turn of all is that of the first of them.
func (s *Stream) plan(p Planned) {
	every := p.Every.Seconds()
	if s.EverySeconds == nil || every < *s.EverySeconds {
		s.EverySeconds = &every
	}
	if !p.Next.IsZero() && (s.NextRunAt == nil || p.Next.Before(*s.NextRunAt)) {
		s.NextRunAt = &p.Next
	}
	s.Paused = p.Paused
	if p.Waiting {
		s.Waiting++
	}
	if p.Running {
		s.Running++
	}
}
