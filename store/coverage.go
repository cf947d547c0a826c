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

// Coverage says what the numbers rest on.
type Coverage struct {
	Repositories uint64     `ch:"repositories"`
	Commits      uint64     `ch:"commits"`
	Changes      uint64     `ch:"changes"`
	Classified   uint64     `ch:"classified"` // changes whose author class is not unknown
	RulesVersion string     `ch:"rules_version"`
	DataFrom     *time.Time `ch:"data_from"`
	DataTo       *time.Time `ch:"data_to"`
	Sources      []Source
}

// Source is the last run of a source over a scope, from the coverage ledger.
type Source struct {
	Source      string     `ch:"source"`
	Scope       string     `ch:"scope"`
	Stream      string     `ch:"stream"`
	Status      string     `ch:"status"`
	Rows        uint64     `ch:"rows"`
	StartedAt   time.Time  `ch:"started_at"`
	FinishedAt  *time.Time `ch:"finished_at"`
	LastSuccess *time.Time `ch:"last_success_at"`
	Error       string     `ch:"error"`
	Codes       []string   `ch:"codes"`   // of the warnings
	Details     []string   `ch:"details"` // in the same order
}

// Coverage returns the ledger in short, failed sources first.
func (s *Store) Coverage(ctx context.Context) (Coverage, error) {
	rows, err := Select[Coverage](ctx, s, query("coverage"), nil)
	if err != nil {
		return Coverage{}, wrap("coverage", err)
	}
	c := rows[0]
	c.Sources, err = Select[Source](ctx, s, query("sources"), nil)
	return c, wrap("sources", err)
}
