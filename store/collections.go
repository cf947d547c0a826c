package store

import (
	"context"
	"time"
)

// Source is the last run of a stream of a source over a scope, from the coverage ledger.
type Source struct {
	Source      string     `ch:"source"`
	Scope       string     `ch:"scope"`
	Stream      string     `ch:"stream"`
	Status      string     `ch:"status"`
	Rows        uint64     `ch:"rows"`
	Requests    uint64     `ch:"requests"`
	StartedAt   time.Time  `ch:"started_at"`
	FinishedAt  *time.Time `ch:"finished_at"`
	LastSuccess *time.Time `ch:"last_success_at"` // of the scope, or of the larger one that it was read with since
	DataFrom    *time.Time `ch:"data_from"`
	DataTo      *time.Time `ch:"data_to"`
	Cursor      string     `ch:"cursor"`  // how far it was read, cut; "" when it is a part of a larger scope
	Error       string     `ch:"error"`   // why it failed, or why its source does not have it
	Codes       []string   `ch:"codes"`   // of the warnings
	Details     []string   `ch:"details"` // in the same order
	Total       uint64     `ch:"total"`   // rows that match, on this page or not
}

// SourceKey is the place of a row in the order of the ledger. Its zero value is before all.
type SourceKey struct {
	Failed                bool
	Source, Scope, Stream string
}

// Key is the row's place.
func (s Source) Key() SourceKey { return SourceKey{s.Status == "failed", s.Source, s.Scope, s.Stream} }

// SourceFilter selects rows of the ledger; what is empty does not filter.
type SourceFilter struct {
	Source, Stream string
	Statuses       []string
	Text           string // somewhere in the scope, in any case
	After          SourceKey
	Limit          int
}

// Sources returns a page of the coverage ledger, failed ones first.
func (s *Store) Sources(ctx context.Context, f SourceFilter) ([]Source, error) {
	rank := 1
	if f.After.Failed {
		rank = 0
	}
	rows, err := Select[Source](ctx, s, query("sources"), Params{
		"source": f.Source, "stream": f.Stream, "statuses": f.Statuses, "text": f.Text, "limit": f.Limit,
		"after_rank": rank, "after_source": f.After.Source, "after_scope": f.After.Scope, "after_stream": f.After.Stream,
	})
	return rows, wrap("sources", err)
}

// Stream is the coverage ledger of one stream of a source, over all of its scopes.
type Stream struct {
	Source        string     `ch:"source"`
	Stream        string     `ch:"stream"`
	Scopes        uint64     `ch:"scopes"`
	Whole         uint64     `ch:"whole"` // scopes by the status of their last run
	Partial       uint64     `ch:"partial"`
	Failed        uint64     `ch:"failed"`
	Absent        uint64     `ch:"absent"`
	Running       uint64     `ch:"running"`
	Never         uint64     `ch:"never"`    // scopes of which no run ever got through
	Rows          uint64     `ch:"rows"`     // of the last runs
	Requests      uint64     `ch:"requests"` // of the last runs
	DataFrom      *time.Time `ch:"data_from"`
	DataTo        *time.Time `ch:"data_to"`
	StartedAt     time.Time  `ch:"started_at"` // of the newest run
	LastSuccess   *time.Time `ch:"last_success_at"`
	OldestSuccess *time.Time `ch:"oldest_success_at"` // of the scope that waits longest
	Error         string     `ch:"error"`             // of the newest run that failed, or of one that the source refused
}

// Streams returns the coverage ledger by source and stream.
func (s *Store) Streams(ctx context.Context) ([]Stream, error) {
	rows, err := Select[Stream](ctx, s, query("streams"), nil)
	return rows, wrap("streams", err)
}

// Runs are all runs so far of a stream over a scope; Scope is "" for all scopes of a stream that has many.
type Runs struct {
	Source      string     `ch:"source"`
	Stream      string     `ch:"stream"`
	Scope       string     `ch:"scope"`
	Whole       uint64     `ch:"whole"`
	Partial     uint64     `ch:"partial"`
	Failed      uint64     `ch:"failed"`
	Absent      uint64     `ch:"absent"`
	Part        bool       `ch:"part"` // of a larger scope, with which its facts and calls are counted and its age is told
	Rows        uint64     `ch:"rows"`
	Requests    uint64     `ch:"requests"`
	LastSuccess *time.Time `ch:"last_success_at"`
	Up          *float64   `ch:"up"`      // share of the scopes whose last run got through; nil where the source has none of them
	Seconds     float64    `ch:"seconds"` // that the last run took, the longest of several scopes
}

// Runs counts what was collected since the beginning: by scope for streams of few scopes, in one row for the others.
func (s *Store) Runs(ctx context.Context, few int) ([]Runs, error) {
	rows, err := Select[Runs](ctx, s, query("runs"), Params{"few": few})
	return rows, wrap("runs", err)
}

// LastSuccesses returns when a stream was last collected with success, by source, scope and stream.
func (s *Store) LastSuccesses(ctx context.Context) (map[[3]string]time.Time, error) {
	rows, err := Select[struct {
		Source string    `ch:"source"`
		Scope  string    `ch:"scope"`
		Stream string    `ch:"stream"`
		At     time.Time `ch:"at"`
	}](ctx, s, query("last_successes"), nil)
	last := make(map[[3]string]time.Time, len(rows))
	for _, r := range rows {
		last[[3]string{r.Source, r.Scope, r.Stream}] = r.At
	}
	return last, wrap("last successes", err)
}

// Pauses returns the sources that are not to be collected for now.
func (s *Store) Pauses(ctx context.Context) ([]string, error) {
	rows, err := Select[struct {
		Source string `ch:"source"`
	}](ctx, s, query("pauses"), nil)
	paused := make([]string, len(rows))
	for i, r := range rows {
		paused[i] = r.Source
	}
	return paused, wrap("pauses", err)
}

// SavePause keeps whether a source is paused.
func (s *Store) SavePause(ctx context.Context, source string, paused bool) error {
	err := s.Insert(ctx, query("insert_schedule_pauses"), []any{[]string{source}, []bool{paused}, []uint64{s.Version()}})
	return wrap("save pause of "+source, err)
}
