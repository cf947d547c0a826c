package store

import (
	"context"
	"time"

	"github.com/baserate/baserate/record"
)

// Simulated are changes of a simulated fleet by column, slices of one length. Repositories, authors and teams count from
// 1; derive/step/expand.sql makes changes of them.
type Simulated struct {
	Repo          []uint16
	At            []uint32 // landing, seconds since 1970
	ID            []uint32
	Author        []uint32
	Team          []uint16
	Tier          []uint8 // 1 most critical … 3
	Permission    []uint8 // 0 write, 1 maintain, 2 operator
	Lines         []uint16
	Files         []uint8
	Reviewed      []bool
	Class         []uint8 // as labelled at landing: 0 none, 1 assisted, 2 agent
	Denied        []bool  // says that no AI had a part
	Late          []bool  // labelled after its incident
	IncidentAfter []uint32
	Severity      []uint8
	Outage        []uint16 // minutes
	ControlAfter  []uint32
}

// SaveSimulated keeps changes of a simulated fleet. Saving them twice leaves what saving them once leaves.
func (s *Store) SaveSimulated(ctx context.Context, c *Simulated) error {
	return wrap("save simulated changes", s.Insert(ctx, query("insert_simulated"), []any{
		c.Repo, c.At, c.ID, c.Author, c.Team, c.Tier, c.Permission, c.Lines, c.Files, c.Reviewed, c.Class, c.Denied, c.Late, c.IncidentAfter,
		c.Severity, c.Outage, c.ControlAfter,
	}))
}

// Simulation says which fleet a database was made for.
type Simulation struct {
	Scenario string    `ch:"scenario"`
	Seed     uint64    `ch:"seed"`
	Changes  uint64    `ch:"changes"`
	Path     string    `ch:"path"`  // facts or fast
	Truth    string    `ch:"truth"` // JSON: what the claims ought to find
	MadeAt   time.Time `ch:"made_at"`
}

// SaveSimulation keeps the ledger of a fleet's repositories, and then that the fleet is complete.
func (s *Store) SaveSimulation(ctx context.Context, m Simulation, ledger []record.Collection) error {
	version := s.Version()
	if err := s.Insert(ctx, query("insert_collections"), insertCollections(ledger, version).columns); err != nil {
		return wrap("save the ledger of a simulation", err)
	}
	return wrap("save simulation", s.Insert(ctx, query("insert_simulations"), []any{
		[]string{m.Scenario},
		[]uint64{m.Seed},
		[]uint64{m.Changes},
		[]string{m.Path},
		[]string{m.Truth},
		[]time.Time{m.MadeAt},
		[]uint64{version},
	}))
}

// Simulation returns the fleet that the database was made for, false when its data are no simulation's.
func (s *Store) Simulation(ctx context.Context) (Simulation, bool, error) {
	rows, err := Select[Simulation](ctx, s, query("simulation"), nil)
	if err != nil || len(rows) == 0 {
		return Simulation{}, false, wrap("simulation", err)
	}
	return rows[0], true, nil
}

// Holds says what data there are, by where they came from; none in an empty database.
func (s *Store) Holds(ctx context.Context) ([]string, error) {
	rows, err := Select[struct {
		Held string `ch:"held"`
	}](ctx, s, query("simulation_holds"), nil)
	held := make([]string, len(rows))
	for i, row := range rows {
		held[i] = row.Held
	}
	return held, wrap("what the database holds", err)
}
