package analysis

import (
	"context"
	"fmt"
	"math"
	"net/url"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// exposures are the author classes that are set against "no AI recorded".
var exposures = []string{"ai_assisted", "ai_agent"}

// strata are the cells of one outcome in both adjustment sets.
type strata struct {
	total, direct []store.Cell
	sql           string
}

// compareAll compares every exposure in every outcome of a claim, and puts the answer into words.
func (l *Ledger) compareAll(ctx context.Context, d Definition, f facts) (Answer, error) {
	a := Answer{Gates: gates(f)}
	outcomes := append([]string{d.Outcome}, d.Secondary...)
	cells, err := l.strata(ctx, outcomes)
	if err != nil {
		return a, err
	}
	for _, exposure := range exposures {
		for i, outcome := range outcomes {
			c := d.compare(exposure, outcome, cells[i], f, a.Gates)
			c.Primary = i == 0
			a.Comparisons = append(a.Comparisons, c)
		}
	}
	d.conclude(&a)
	return a, nil
}

// strata asks for the cells of every outcome in both adjustment sets, side by side.
func (l *Ledger) strata(ctx context.Context, outcomes []string) ([]strata, error) {
	all := make([]strata, len(outcomes))
	group, ctx := errgroup.WithContext(ctx)
	for i, outcome := range outcomes {
		group.Go(func() (err error) {
			all[i].total, all[i].sql, err = l.Store.Cells(ctx, outcome, false)
			return err
		})
		group.Go(func() (err error) {
			all[i].direct, _, err = l.Store.Cells(ctx, outcome, true)
			return err
		})
	}
	return all, group.Wait()
}

// compare works out one row of the table.
func (d Definition) compare(exposure, outcome string, s strata, f facts, gates []Gate) Comparison {
	exposed := arm(f, outcome, exposure)
	reference := arm(f, outcome, "human", "unknown")
	c := Comparison{
		Exposure: exposure, Outcome: outcome, Exposed: exposed, Reference: reference, SQL: s.sql,
		Crude: crude(exposed, reference, d.Alpha),
	}
	total := stats.ClusterRR(arms(s.total, exposure, withReference))
	c.Total = d.ratio(total)
	c.Direct = d.ratio(stats.ClusterRR(arms(s.direct, exposure, withReference)))
	c.AllHuman = c.Total
	c.AllAI = d.ratio(stats.ClusterRR(arms(s.total, exposure, withAI)))
	c.OverlapEvents, c.Clusters = uint64(total.Events), total.Clusters
	verdict := stats.Decide(stats.Case{
		OverlapEvents: total.Events,
		AIEvents:      float64(exposed.Events), HumanEvents: float64(reference.Events),
		AIPeople: people(f, exposure), HumanPeople: f.people.Reference,
		Log: total.LogRR, SE: total.SE(), DF: stats.Num(total.DF()), Margin: d.Margin, Alpha: d.Alpha,
	})
	c.SmallestSeen = verdict.MDEUp
	c.EValue = stats.EValueOf(stats.Estimate{Value: c.Total.Value, Low: c.Total.AlwaysValid.Low, High: c.Total.AlwaysValid.High}).Estimate
	c.Code = verdict.Code
	if failed(gates) || (c.Code != NoData && total.Clusters < stats.MinClusters) {
		c.Code = Gated
	}
	c.Word, c.Reason = words[c.Code], c.reason(f)
	return c
}

// reason says why there is no ratio to read.
func (c *Comparison) reason(f facts) string {
	fewest := min(c.Exposed.Events, c.Reference.Events)
	switch {
	case c.Code == Gated && c.Clusters < stats.MinClusters:
		return fmt.Sprintf("%s with events in both groups; an interval needs %d", plural(uint64(c.Clusters), "repository-quarter"), stats.MinClusters)
	case c.Code != NoData:
		return ""
	case fewest < stats.MinGroupEvents:
		return fmt.Sprintf("%s in one group; shown from %d", plural(fewest, "event"), stats.MinGroupEvents)
	case min(people(f, c.Exposure), f.people.Reference) < stats.MinPeople:
		return fmt.Sprintf("fewer than %d people in one group", stats.MinPeople)
	}
	return fmt.Sprintf("%s where both groups have changes; shown from %d", plural(c.OverlapEvents, "event"), stats.MinOverlapEvents)
}

// ratio gives an estimate both of its intervals.
func (d Definition) ratio(c stats.Clustered) Ratio {
	se := c.SE()
	r := Ratio{Value: c.LogRR.Then(math.Exp), Strata: c.Clusters}
	if !c.LogRR.Finite() || !se.Finite() || se.F <= 0 {
		why := stats.NotEstimable
		if c.LogRR.Why != "" {
			why = c.LogRR.Why
		}
		r.Fixed, r.AlwaysValid = undefined(why), undefined(why)
		return r
	}
	r.Fixed = stats.Effect{Log: c.LogRR.F, SE: se.F, DF: c.DF()}.Interval(d.Alpha)
	r.AlwaysValid = stats.ConfidenceSequence(c.LogRR.F, se.F, stats.DefaultPhi, d.Alpha).Ratio
	return r
}

func crude(exposed, reference Arm, alpha float64) Ratio {
	t := stats.TwoByTwo(stats.Stratum{
		A: float64(exposed.Events), N1: float64(exposed.Changes), C: float64(reference.Events), N0: float64(reference.Changes),
	}, alpha)
	return Ratio{Value: t.RR.Value, Fixed: t.RR.Interval(), AlwaysValid: undefined(stats.NotEstimable)}
}

func undefined(why stats.Reason) stats.Interval {
	return stats.Interval{Low: stats.Undefined(why), High: stats.Undefined(why)}
}

// side is where changes of unknown class are counted.
type side int

const (
	withReference side = iota
	withAI
)

// arms lays the strata out as two arms.
func arms(cells []store.Cell, exposure string, unknown side) []stats.Cell {
	all := make([]stats.Cell, len(cells))
	for i, c := range cells {
		t := stats.Stratum{A: float64(c.AssistedEvents), N1: float64(c.AssistedChanges), C: float64(c.HumanEvents), N0: float64(c.HumanChanges)}
		if exposure == "ai_agent" {
			t.A, t.N1 = float64(c.AgentEvents), float64(c.AgentChanges)
		}
		if unknown == withReference {
			t.C += float64(c.UnknownEvents)
			t.N0 += float64(c.UnknownChanges)
		} else {
			t.A += float64(c.UnknownEvents)
			t.N1 += float64(c.UnknownChanges)
		}
		all[i] = stats.Cell{Stratum: c.Stratum, Cluster: c.Cluster, Counts: t}
	}
	return all
}

// arm counts the mature changes of some classes, and those of them with the outcome.
func arm(f facts, outcome string, classes ...string) Arm {
	a := Arm{Rows: url.Values{"class": {join(classes)}, "mature": {"true"}}.Encode()}
	for _, class := range classes {
		t := f.totals[class]
		a.Changes += t.Mature
		a.Events += map[string]uint64{"reverted_14d": t.Reverted, "hotfixed_72h": t.Hotfixed, "mistake": t.Mistakes}[outcome]
	}
	return a
}

func people(f facts, exposure string) uint64 {
	if exposure == "ai_agent" {
		return f.people.Agent
	}
	return f.people.Assisted
}
