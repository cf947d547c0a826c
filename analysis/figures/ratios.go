package figures

import (
	"fmt"
	"math"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// alpha is the level of all intervals of figures, and fewest how many mistakes either group needs for a ratio.
const (
	alpha  = 0.05
	fewest = 10
)

// compared is a group of changes with AI against one with no AI recorded.
type compared struct {
	key  record // its first row
	sums stats.Sums
}

// gather makes of rows with total, each followed by those of its clusters, what they are the sums of.
func gather(t store.Table) []compared {
	var all []compared
	for _, r := range records(t) {
		if total, _ := r.value("total").(bool); total {
			all = append(all, compared{r, stats.Sums{
				A: r.number("a"), N1: r.number("n1"), C: r.number("c"), N0: r.number("n0"),
				OverlapA: r.number("overlap_a"), OverlapC: r.number("overlap_c"), Strata: int(r.number("strata")),
				R: r.number("r"), S: r.number("s"), V: r.number("v"),
			}})
			continue
		}
		if last := len(all) - 1; last >= 0 {
			cluster, _ := r.value("cluster").(uint64)
			all[last].sums.Clusters = append(all[last].sums.Clusters, stats.ClusterSums{Cluster: cluster, R: r.number("lost_r"), S: r.number("lost_s")})
		}
	}
	return all
}

// ratio is a risk ratio with the interval that holds however often one looks, or why there is none.
type ratio struct {
	value, low, high any // float64, or nil
	effect           stats.Effect
	why              string
}

func (c compared) ratio() ratio {
	if few := min(c.sums.A, c.sums.C); few < fewest {
		return ratio{why: fmt.Sprintf("%.0f mistakes in one group; shown from %d", few, fewest)}
	}
	found := c.sums.RiskRatio()
	se := found.SE()
	if !found.LogRR.Finite() || !se.Finite() || se.F <= 0 {
		return ratio{why: "the two groups do not meet in enough repositories"}
	}
	i := stats.ConfidenceSequence(found.LogRR.F, se.F, stats.DefaultPhi, alpha).Ratio
	return ratio{math.Exp(found.LogRR.F), end(i.Low.F), end(i.High.F), stats.Effect{Log: found.LogRR.F, SE: se.F}, ""}
}

// end is an end of an interval, nil where it is so far off that it is none.
func end(x float64) any {
	if x < 0.001 || x > 1000 {
		return nil
	}
	return x
}

// counts are changes and mistakes with AI, then with no AI recorded.
func (c compared) counts() []any {
	return []any{uint64(c.sums.N1), uint64(c.sums.A), uint64(c.sums.N0), uint64(c.sums.C)}
}

func months(t store.Table) ([][]any, error) {
	rows := [][]any{}
	for _, c := range gather(t) {
		r := c.ratio()
		row := append([]any{c.key.text("exposure"), c.key.value("month")}, c.counts()...)
		rows = append(rows, append(row, r.value, r.low, r.high, r.why))
	}
	return rows, nil
}

// sizes are the lines from and to of the size bands of the query.
var sizes = map[string][2]any{"1": {nil, "10"}, "2": {"11", "50"}, "3": {"51", "250"}, "4": {"251", "1000"}, "5": {"1001", nil}}

func subgroups(t store.Table) ([][]any, error) {
	rows := [][]any{}
	var effects []stats.Effect // of the levels of a dimension
	first := 0                 // row of the dimension
	close := func() {
		if test := stats.Heterogeneity(effects); test.P.Finite() {
			for i := range rows[first:] {
				rows[first+i][differ] = test.P.F
			}
		}
		effects, first = nil, len(rows)
	}
	before := ""
	for _, c := range gather(t) {
		exposure, dimension, level := c.key.text("exposure"), c.key.text("dimension"), c.key.text("level")
		r := c.ratio()
		if dimension == "team" && r.why != "" {
			continue
		}
		if key := exposure + dimension; key != before {
			close()
			before = key
		}
		if r.why == "" {
			effects = append(effects, r.effect)
		}
		row := append([]any{exposure, dimension, level}, place(dimension, level)...)
		row = append(row, c.counts()...)
		rows = append(rows, append(row, r.value, r.low, r.high, nil, r.why))
	}
	close()
	return rows, nil
}

// differ is the column of the chance of differences in figure mistakes_subgroups.
const differ = 16

// place is a level as the filter of changes says it: tier, lines from and to, permission, review, team.
func place(dimension, level string) []any {
	p := make([]any, 6)
	switch dimension {
	case "tier":
		p[0] = level
	case "size":
		p[1], p[2] = sizes[level][0], sizes[level][1]
	case "permission":
		p[3] = level
	case "review":
		p[4] = level
	case "team":
		p[5] = level
	}
	return p
}
