package store

import (
	"context"
	"time"
)

// Month counts the changes that landed in one calendar month, by author class.
type Month struct {
	Month      time.Time `ch:"month"`
	AIAgent    uint64    `ch:"ai_agent"`
	AIAssisted uint64    `ch:"ai_assisted"`
	Human      uint64    `ch:"human"`
	Automation uint64    `ch:"automation"`
	Unknown    uint64    `ch:"unknown"`
}

// Mix returns the months that have changes, oldest first.
func (s *Store) Mix(ctx context.Context) ([]Month, error) {
	rows, err := Select[Month](ctx, s, query("mix"), nil)
	return rows, wrap("mix", err)
}

// DataVersion is a text that changes whenever an answer could.
func (s *Store) DataVersion(ctx context.Context) (string, error) {
	rows, err := Select[struct {
		Version string `ch:"version"`
	}](ctx, s, query("data_version"), nil)
	if err != nil || len(rows) == 0 {
		return "", wrap("version of the data", err)
	}
	return rows[0].Version, nil
}

// DataTo is the newest landing, nil without one; changes dated ahead of the clock do not count.
func (s *Store) DataTo(ctx context.Context) (*time.Time, error) {
	rows, err := Select[struct {
		DataTo *time.Time `ch:"data_to"`
	}](ctx, s, query("data_to"), nil)
	if err != nil || len(rows) == 0 {
		return nil, wrap("end of the data", err)
	}
	return rows[0].DataTo, nil
}

// Coverage says what the numbers rest on.
type Coverage struct {
	Repositories uint64     `ch:"repositories"`
	Commits      uint64     `ch:"commits"`
	Changes      uint64     `ch:"changes"`
	Classified   uint64     `ch:"classified"` // changes whose author class is not unknown
	RulesVersion string     `ch:"rules_version"`
	DataFrom     *time.Time `ch:"data_from"`
	DataTo       *time.Time `ch:"data_to"`
	CollectedAt  *time.Time `ch:"collected_at"` // end of the last collection that got through
	Sources      []Source   // the first hundred, failed ones first; see [Store.Sources] for the others
}

// Coverage returns the ledger in short.
func (s *Store) Coverage(ctx context.Context) (Coverage, error) {
	rows, err := Select[Coverage](ctx, s, query("coverage"), nil)
	if err != nil {
		return Coverage{}, wrap("coverage", err)
	}
	c := rows[0]
	c.Sources, err = s.Sources(ctx, SourceFilter{Limit: 100})
	return c, err
}
