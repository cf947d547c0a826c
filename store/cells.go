package store

import (
	"context"
	"time"
)

// Cell is the counts of one stratum: per author class the changes whose 14 days are over, and those with the outcome.
type Cell struct {
	Stratum         uint64 `ch:"stratum"`
	Cluster         uint64 `ch:"cluster"`
	Bucket          uint8  `ch:"bucket"` // of size, 0 when not asked for
	AgentChanges    uint64 `ch:"agent_changes"`
	AgentEvents     uint64 `ch:"agent_events"`
	AssistedChanges uint64 `ch:"assisted_changes"`
	AssistedEvents  uint64 `ch:"assisted_events"`
	HumanChanges    uint64 `ch:"human_changes"`
	HumanEvents     uint64 `ch:"human_events"`
	UnknownChanges  uint64 `ch:"unknown_changes"`
	UnknownEvents   uint64 `ch:"unknown_events"`
}

// Cells returns the strata with at least one event of the outcome ("mistake", "reverted_14d" or "hotfixed_72h"),
// and the query that made them. Strata are repository and quarter, and size too when bySize is set.
func (s *Store) Cells(ctx context.Context, outcome string, bySize bool) ([]Cell, string, error) {
	sql := query("cells")
	rows, err := Select[Cell](ctx, s, sql, Params{"outcome": outcome, "by_size": bySize})
	return rows, sql, wrap("cells of "+outcome, err)
}

// Total counts the changes of one author class. The outcomes are counted among the mature ones only.
type Total struct {
	Class    string `ch:"author_class"`
	Changes  uint64 `ch:"changes"`
	Lines    uint64 `ch:"lines"`
	Mature   uint64 `ch:"mature"`
	Mistakes uint64 `ch:"mistakes"`
	Reverted uint64 `ch:"reverted_14d"`
	Hotfixed uint64 `ch:"hotfixed_72h"`
}

// Totals returns the counts of every author class that occurs.
func (s *Store) Totals(ctx context.Context) ([]Total, error) {
	rows, err := Select[Total](ctx, s, query("totals"), nil)
	return rows, wrap("totals", err)
}

// Health is what the gates of an answer look at.
type Health struct {
	CollectedAt   *time.Time `ch:"collected_at"` // end of the last run that brought something or found nothing new
	FailedSources uint64     `ch:"failed_sources"`
	StaleSources  uint64     `ch:"stale_sources"` // last collected whole before the time asked for
	Commits       uint64     `ch:"commits"`       // on default branches
	Unread        uint64     `ch:"unread"`        // of these, without a verdict
}

// Health returns what the gates look at. A source is stale when it was last collected before freshSince.
func (s *Store) Health(ctx context.Context, freshSince time.Time) (Health, error) {
	rows, err := Select[Health](ctx, s, query("health"), Params{"fresh_since": freshSince})
	if err != nil {
		return Health{}, wrap("health", err)
	}
	return rows[0], nil
}

// People counts the persons behind the mature changes of each group. The prompter of an agent is a person only where
// the commits name one.
type People struct {
	Agent     uint64 `ch:"agent"`
	Assisted  uint64 `ch:"assisted"`
	Reference uint64 `ch:"reference"`
}

// People returns the sizes of the groups.
func (s *Store) People(ctx context.Context) (People, error) {
	rows, err := Select[People](ctx, s, query("people"), nil)
	if err != nil {
		return People{}, wrap("people", err)
	}
	return rows[0], nil
}
