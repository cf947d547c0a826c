package analysis

import (
	"context"
	"fmt"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// comparison answers a claim that compares the risks of changes with AI and of changes with no AI recorded.
func comparison(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	h, err := in.holding(ctx)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Gates: gates}
	outcomes := []string{d.Outcome}
	for _, outcome := range d.Secondary {
		if need := h.unseen(outcome); need != "" {
			a.Gates = append(a.Gates, unseenNote(outcome, need))
		} else {
			outcomes = append(outcomes, outcome)
		}
	}
	for _, exposure := range d.Exposures {
		for _, outcome := range outcomes {
			arms, err := in.arms(ctx, exposure, outcome)
			if err != nil {
				return a, err
			}
			inquiry := &Inquiry{
				Definition: d, Exposure: exposure, Outcome: outcome, Arms: arms, Gates: gates, Control: h.Control, Now: in.now, Sums: in.sums,
				Overlap: func(ctx context.Context, design Design, a Adjustment) (exposed, reference stats.Number, err error) {
					return in.overlap(ctx, design, a, exposure)
				},
				Blocks: func(ctx context.Context) ([]stats.Stratum, error) { return in.blocks(ctx, exposure, outcome) },
			}
			c, err := inquiry.Compare(ctx)
			if err != nil {
				return a, err
			}
			a.Comparisons = append(a.Comparisons, c)
		}
	}
	a.Gates = append(a.Gates, d.comparisonGates(a.Comparisons, h.Control)...)
	if d.uses("E12") {
		a.Tables = append(a.Tables, d.several(a.Comparisons))
	}
	d.conclude(&a)
	return a, nil
}

// sums asks the store for the sums of a question, once while the data stay the same.
func (in *inputs) sums(ctx context.Context, q Question) (Sums, error) {
	return remember(in.reader, fmt.Sprint("sums ", q), func() (Sums, error) {
		found, sql, params, err := in.store.Sums(ctx, store.SumsQuery{
			Outcome: q.Outcome, Design: string(q.Design), Adjustment: string(q.Adjustment), Exposure: q.Exposure, Side: string(q.Side),
		})
		if err != nil {
			return Sums{}, err
		}
		return Sums{Sums: statsSums(found), SQL: sql, Params: params}, nil
	})
}

// overlap is the shares of both arms' changes that have something to be compared with.
func (in *inputs) overlap(ctx context.Context, d Design, a Adjustment, exposure string) (exposed, reference stats.Number, err error) {
	o, err := remember(in.reader, fmt.Sprint("overlap ", d, a, exposure), func() (store.StrataOverlap, error) {
		return in.store.Overlap(ctx, string(d), string(a), exposure)
	})
	return known(o.ExposedShare()), known(o.ReferenceShare()), err
}

// known is a share of changes, undefined where there are none to take it of.
func known(share float64, ok bool) stats.Number {
	if !ok {
		return stats.Undefined(stats.NoChanges)
	}
	return stats.Num(share)
}

// blocks are strata of tier, permission, size, review and finished week that have an event: few and coarse, as the exact
// evidence wants them.
func (in *inputs) blocks(ctx context.Context, exposure, outcome string) ([]stats.Stratum, error) {
	rows, err := ask[block](ctx, in.reader, "blocks", store.Params{"exposure": exposure, "outcome": outcome})
	if err != nil {
		return nil, err
	}
	return strata(rows), nil
}

// block is the counts of one stratum as a query returns them.
type block struct {
	A  uint64 `ch:"a"`
	N1 uint64 `ch:"n1"`
	C  uint64 `ch:"c"`
	N0 uint64 `ch:"n0"`
}

func strata(rows []block) []stats.Stratum {
	all := make([]stats.Stratum, len(rows))
	for i, r := range rows {
		all[i] = stats.Stratum{A: float64(r.A), N1: float64(r.N1), C: float64(r.C), N0: float64(r.N0)}
	}
	return all
}

func statsSums(s store.StrataSums) stats.Sums {
	out := stats.Sums{
		A: s.A, N1: s.N1, C: s.C, N0: s.N0, OverlapA: s.OverlapA, OverlapC: s.OverlapC, Strata: s.Strata,
		R: s.R, S: s.S, V: s.V, AA: s.AA, AM: s.AM, MM: s.MM,
	}
	for _, c := range s.Clusters {
		out.Clusters = append(out.Clusters, stats.ClusterSums(c))
	}
	return out
}

// several corrects the always-valid p-values of all comparisons for being several (Benjamini & Hochberg 1995).
func (d Definition) several(all []Comparison) Table {
	t := Table{ID: "several", Title: "Corrected for being several", Note: "Always-valid p-values, adjusted so that of those below 10 % at most one in ten is false"}
	var p []float64
	for _, c := range all {
		p = append(p, c.Deciding().P.Or(1))
	}
	adjusted := stats.AdjustP(p, 0.1)
	for i, c := range all {
		t.Measures = append(t.Measures, Measure{
			ID: c.Exposure + " " + c.Outcome, Label: subjects[c.Exposure] + ": " + happened[c.Outcome], Class: c.Exposure, Unit: UnitProb, Value: adjusted.BH[i],
		})
	}
	return t
}
