package store

import "context"

// FoundIncident is an incident that somebody may mean.
type FoundIncident struct {
	Name   string `ch:"incident"` // source:id
	Source string `ch:"source"`
	ID     string `ch:"id"`
	Title  string `ch:"title"`
}

// FindIncidents returns up to ten incidents by source:id, that one first, or by the id alone.
func (s *Store) FindIncidents(ctx context.Context, incident string) ([]FoundIncident, error) {
	rows, err := Select[FoundIncident](ctx, s, query("find_incidents"), Params{"incident": incident})
	return rows, wrap("find incident "+incident, err)
}

// FoundChange is a change that somebody may mean.
type FoundChange struct {
	ID    string `ch:"change_id"`
	Title string `ch:"title"`
}

// FindChanges returns up to ten changes whose id begins so.
func (s *Store) FindChanges(ctx context.Context, change string) ([]FoundChange, error) {
	rows, err := Select[FoundChange](ctx, s, query("find_changes"), Params{"change": change})
	return rows, wrap("find change "+change, err)
}

// Unmatched counts the accounts of a kind of source whose person is not known.
type Unmatched struct {
	Source    string  `ch:"source"`
	Accounts  uint64  `ch:"accounts"` // of persons, that were seen there
	Unmatched uint64  `ch:"unmatched"`
	Changes   uint64  `ch:"changes"`         // by accounts of that source
	Share     float64 `ch:"unmatched_share"` // of these changes, by unmatched accounts
}

// UnmatchedAccounts counts them by kind of source.
func (s *Store) UnmatchedAccounts(ctx context.Context) ([]Unmatched, error) {
	rows, err := Select[Unmatched](ctx, s, query("unmatched_accounts"), nil)
	return rows, wrap("unmatched accounts", err)
}
