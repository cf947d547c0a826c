package figures

import (
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// kindsOfWork adds shares and rates to the kinds of work, and the rows of all of it: each group with its own mix, and both on the
// mix of the changes with no AI recorded.
func kindsOfWork(t store.Table) ([][]any, error) {
	kinds := records(t)
	strata := make([]stats.Stratum, len(kinds))
	for i, k := range kinds {
		strata[i] = stats.Stratum{A: k.number("agent_mistakes"), N1: k.number("agent"), C: k.number("reference_mistakes"), N0: k.number("reference")}
	}
	all := stats.Crude(strata)
	rows := [][]any{}
	for i, k := range kinds {
		s := strata[i]
		row := []any{"stratum", k.value("size"), k.value("tier"), k.value("tiers")}
		row = append(row, lines(k.text("size"))...)
		rows = append(rows, append(row, work(s, all)...))
	}
	if len(kinds) < 2 || min(all.N1, all.N0) < fewestChanges {
		return rows, nil
	}
	d := stats.Decompose(strata, alpha)
	if min(all.A, all.C) < fewest {
		none := stats.Undefined(stats.NotEstimable)
		d.Total, d.Direct = stats.Estimate{Value: none, Low: none, High: none}, stats.Estimate{Value: none, Low: none, High: none}
	}
	return append(rows, whole("own", d.R11, d.R00, d.Total), whole("same", d.R10, d.R00, d.Direct)), nil
}

// lines are the sizes of a kind of work: from and to.
func lines(size string) []any {
	if size == "small" {
		return []any{nil, uint64(50)}
	}
	return []any{uint64(51), nil}
}

// work is the counts, share of all, and rate of either group, and what the rates differ by. A rate of fewer than a hundred changes
// is left out.
func work(s, all stats.Stratum) []any {
	reference, agent := rate(s.C, s.N0), rate(s.A, s.N1)
	return append(side(s.N0, s.C, all.N0, reference), append(side(s.N1, s.A, all.N1, agent), less(agent, reference), nil, nil, nil)...)
}

func side(changes, mistakes, all float64, rate any) []any {
	return []any{uint64(changes), uint64(mistakes), part(changes, all), rate}
}

// whole is a row of all work: its rates are standardised to a mix.
func whole(kind string, agent, reference stats.Number, ratio stats.Estimate) []any {
	a, r := cell(agent), cell(reference)
	row := []any{kind, nil, nil, nil, nil, nil}
	row = append(row, nil, nil, 1.0, r, nil, nil, 1.0, a) // the counts of all work are those above, and no list has just these
	return append(row, less(a, r), cell(ratio.Value), cell(ratio.Low), cell(ratio.High))
}

const fewestChanges = 100

func rate(mistakes, changes float64) any {
	if changes < fewestChanges {
		return nil
	}
	return mistakes / changes
}

func part(x, of float64) any {
	if of == 0 {
		return nil
	}
	return x / of
}

// less is the difference of two rates, nil where one is.
func less(x, y any) any {
	a, isA := x.(float64)
	b, isB := y.(float64)
	if !isA || !isB {
		return nil
	}
	return a - b
}

// cell is a number as a figure has it.
func cell(n stats.Number) any {
	if !n.Finite() {
		return nil
	}
	return n.F
}
