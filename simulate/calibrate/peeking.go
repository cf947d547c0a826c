package calibrate

import (
	"context"
	"math"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/simulate"
)

// looks is what a reader finds who looks every day for half a year, in a fleet where there is nothing to find.
type looks struct{ always, fixed, naive bool }

func peeking(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "peeking", Title: "Where somebody looks every day",
		About: "Fleets of 100,000 changes in which AI makes no difference, looked at on every day of 26 weeks from the twentieth incident on: the share of fleets in which the interval excludes the truth on any day.",
	}
	found, err := fleets(ctx, l, l.Fleets, 100_000, func(_ context.Context, seed uint64) (looks, error) {
		return daily(Draw(named("null"), 100_000, seed)), nil
	})
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		share("interval for every look", each(found, func(x looks) bool { return x.always }), free, .07),
		share("interval for one look, same repository", each(found, func(x looks) bool { return x.fixed }), free, free),
		share("crude test", each(found, func(x looks) bool { return x.naive }), .2, free),
	}
	return check, nil
}

// diary is the counts of a fleet as they grow.
type diary struct {
	table  stats.Stratum
	strata map[uint64]*page
	events []*page // those that have had one
}

// page is the cells of one stratum.
type page struct {
	cells  []stats.Cell
	events int
}

// write adds a change whose outcome has become known.
func (d *diary) write(w *World, c *simulate.Change) {
	k := w.stratum(c, analysis.SameRepository, analysis.Direct)
	p := d.strata[k]
	if p == nil {
		p = &page{}
		d.strata[k] = p
	}
	at := 0
	for at < len(p.cells) && p.cells[at].Cluster != uint64(c.Team) {
		at++
	}
	if at == len(p.cells) {
		p.cells = append(p.cells, stats.Cell{Stratum: k, Cluster: uint64(c.Team)})
	}
	hit := event(c, "incident")
	add(&p.cells[at].Counts, w.exposed(c), hit)
	add(&d.table, w.exposed(c), hit)
	if hit {
		if p.events == 0 {
			d.events = append(d.events, p)
		}
		p.events++
	}
}

// daily reads the diary at the end of every day.
func daily(w *World) looks {
	d := diary{strata: map[uint64]*page{}}
	var found looks
	next := 0
	for today := uint32(mature); int(today/day) <= 7*w.fleet.Weeks; today += day {
		for next < len(w.changes) && w.changes[next].At+mature <= today {
			d.write(w, &w.changes[next])
			next++
		}
		d.look(&found)
	}
	return found
}

func (d *diary) look(found *looks) {
	if d.table.A+d.table.C < stats.MinSequenceEvents {
		return
	}
	if n := crude(d.table); !math.IsInf(n.se, 0) && n.rejects() {
		found.naive = true
	}
	var cells []stats.Cell
	for _, p := range d.events {
		cells = append(cells, p.cells...)
	}
	rr := stats.SumCells(cells).RiskRatio()
	se := rr.SE()
	if rr.Events < stats.MinSequenceEvents || !rr.LogRR.Finite() || !se.Finite() || se.F <= 0 {
		return
	}
	if !stats.ConfidenceSequence(rr.LogRR.F, se.F, stats.DefaultPhi, .05).Ratio.Contains(1) {
		found.always = true
	}
	if !(stats.Effect{Log: rr.LogRR.F, SE: se.F, DF: rr.DF()}).Interval(.05).Contains(1) {
		found.fixed = true
	}
}
