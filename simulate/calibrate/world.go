package calibrate

import (
	"context"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/simulate"
)

const (
	day    = 24 * 60 * 60
	mature = 14 * day // seconds after which a change's outcome is known
)

// Unmatched is a design that holds neither repository nor developer equal, only tier and quarter: it stands for what an
// analysis would do that has no repositories.
const Unmatched analysis.Design = "unmatched"

// labels says which label of a change is believed.
type labels int

const (
	atLanding  labels = iota // what was known when it landed: what baserate uses
	afterwards               // with what was found out after an incident
	truth                    // what nobody knows
)

// World is a fleet in memory, counted as a store counts it.
type World struct {
	fleet   *simulate.Fleet
	changes []simulate.Change // in the order of landing
	newest  []uint32          // landing of each repository
	quarter []uint8           // of each day
	labels  labels
	until   uint32 // only changes landed by then, when not 0
}

// Draw makes the fleet of a scenario and seed.
func Draw(s simulate.Scenario, changes int, seed uint64) *World {
	f := simulate.New(s, simulate.Options{Changes: changes, Seed: seed})
	w := &World{fleet: f, changes: make([]simulate.Change, 0, changes), newest: make([]uint32, f.Repositories)}
	var buf []simulate.Change
	for i := range f.Chunks() {
		buf = f.Chunk(i, buf)
		w.changes = append(w.changes, buf...)
	}
	for i := range w.changes {
		c := &w.changes[i]
		w.newest[c.Repo] = max(w.newest[c.Repo], c.At)
	}
	for at, n := f.Start(), 0; !at.After(f.End); at, n = at.AddDate(0, 0, 1), n+1 {
		w.quarter = append(w.quarter, uint8(4*(at.Year()-f.Start().Year())+int(at.Month()-1)/3))
	}
	return w
}

// exposed reports whether a change counts as an agent's.
func (w *World) exposed(c *simulate.Change) bool {
	switch w.labels {
	case truth:
		return c.AI != simulate.NoAI
	case afterwards:
		return c.Label != simulate.NoAI || c.LateLabel
	}
	return c.Label != simulate.NoAI
}

func (w *World) mature(c *simulate.Change) bool {
	return c.At+mature <= w.newest[c.Repo] && (w.until == 0 || c.At <= w.until)
}

// event reports whether a change has an outcome.
func event(c *simulate.Change, outcome string) bool {
	if outcome == "control" {
		return c.ControlAfter > 0 && c.ControlAfter <= mature
	}
	return c.Mistake != simulate.NoMistake && c.After <= mature
}

// stratum numbers the set of changes that a change is compared with.
func (w *World) stratum(c *simulate.Change, d analysis.Design, a analysis.Adjustment) uint64 {
	var key uint64
	switch d {
	case analysis.SameRepository:
		key = uint64(c.Repo)<<8 | uint64(w.quarter[c.At/day])
	case analysis.SameDeveloper:
		key = uint64(c.Author)<<8 | uint64(c.Tier)
	default:
		key = uint64(c.Tier)<<8 | uint64(w.quarter[c.At/day])
	}
	key <<= 8
	if a == analysis.Direct {
		key |= uint64(c.Permission)<<4 | uint64(c.Size)<<1
		if c.Reviewed {
			key |= 1
		}
	}
	return key
}

type cellKey struct {
	stratum uint64
	cluster uint16
}

// Sums answers a question as the store does: strata with an event, by team.
func (w *World) Sums(_ context.Context, q analysis.Question) (analysis.Sums, error) {
	return analysis.Sums{Sums: stats.SumCells(w.cells(q))}, nil
}

// cells counts the strata that have an event.
func (w *World) cells(q analysis.Question) []stats.Cell {
	with := map[uint64]bool{}
	for i := range w.changes {
		if c := &w.changes[i]; event(c, q.Outcome) && w.mature(c) {
			with[w.stratum(c, q.Design, q.Adjustment)] = true
		}
	}
	index := make(map[cellKey]int, 2*len(with))
	var cells []stats.Cell
	for i := range w.changes {
		c := &w.changes[i]
		k := w.stratum(c, q.Design, q.Adjustment)
		if !with[k] || !w.mature(c) {
			continue
		}
		at, ok := index[cellKey{k, c.Team}]
		if !ok {
			at = len(cells)
			index[cellKey{k, c.Team}] = at
			cells = append(cells, stats.Cell{Stratum: k, Cluster: uint64(c.Team)})
		}
		add(&cells[at].Counts, w.side(c, q.Side), event(c, q.Outcome))
	}
	return cells
}

// side reports whether a change is in the exposed arm.
func (w *World) side(c *simulate.Change, s analysis.Side) bool {
	return w.exposed(c) || (s == analysis.SideUnknownAI && !c.Denied)
}

func add(s *stats.Stratum, exposed, event bool) {
	n, y := &s.N0, &s.C
	if exposed {
		n, y = &s.N1, &s.A
	}
	*n++
	if event {
		*y++
	}
}

// arms counts both sides before anything is held equal.
func (w *World) arms(outcome string) (analysis.Arms, stats.Stratum) {
	var t stats.Stratum
	people := [2]map[uint32]bool{{}, {}}
	for i := range w.changes {
		c := &w.changes[i]
		if !w.mature(c) {
			continue
		}
		exposed := w.exposed(c)
		add(&t, exposed, event(c, outcome))
		if exposed {
			people[1][c.Author] = true
		} else {
			people[0][c.Author] = true
		}
	}
	return analysis.Arms{
		Exposed:   analysis.Arm{Events: uint64(t.A), Changes: uint64(t.N1)},
		Reference: analysis.Arm{Events: uint64(t.C), Changes: uint64(t.N0)},

		ExposedPeople: uint64(len(people[1])), ReferencePeople: uint64(len(people[0])),
	}, t
}

// answer is what a page would say of the fleet, and the crude table beside it.
func (w *World) answer(ctx context.Context, d analysis.Definition) (analysis.Comparison, stats.Stratum, error) {
	arms, crude := w.arms("incident")
	q := analysis.Inquiry{
		Definition: d, Exposure: "ai_agent", Outcome: "incident", Arms: arms, Control: true, Sums: w.Sums,
	}
	c, err := q.Compare(ctx)
	return c, crude, err
}
