package stats

import (
	"cmp"
	"slices"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// grouped is cells by cluster, each beside the totals of its stratum; only informative strata (both arms, at least one
// incident) are kept.
type grouped struct {
	all     []Stratum // totals of every stratum, for saying why there is nothing to compare
	strata  []Stratum // totals of the informative strata
	cells   []member  // by cluster, within it by stratum
	start   []int     // cluster g is cells[start[g]:start[g+1]]
	cluster []uint64  // the label of each cluster
}

type member struct {
	stratum int // index into grouped.strata
	counts  Stratum
}

func (g *grouped) clusters() int { return len(g.cluster) }

func (g *grouped) of(i int) []member { return g.cells[g.start[i]:g.start[i+1]] }

func group(cells []Cell) *grouped {
	sorted := merged(cells)
	g := &grouped{}
	informative := make([]int, 0, 64)
	perCluster := map[uint64]int{}
	for from := 0; from < len(sorted); {
		to := from
		for to < len(sorted) && sorted[to].Stratum == sorted[from].Stratum {
			to++
		}
		total := totalOf(sorted[from:to])
		g.all = append(g.all, total)
		if total.overlaps() && total.m() > 0 {
			g.strata = append(g.strata, total)
			for i := from; i < to; i++ {
				informative = append(informative, i)
				perCluster[sorted[i].Cluster]++
			}
		}
		from = to
	}
	g.place(sorted, informative, perCluster)
	return g
}

// place distributes the informative cells over their clusters, keeping the order of strata.
func (g *grouped) place(sorted []Cell, informative []int, perCluster map[uint64]int) {
	for label := range perCluster {
		g.cluster = append(g.cluster, label)
	}
	slices.Sort(g.cluster)
	g.start = make([]int, len(g.cluster)+1)
	next := make(map[uint64]int, len(g.cluster))
	for i, label := range g.cluster {
		next[label] = g.start[i]
		g.start[i+1] = g.start[i] + perCluster[label]
	}
	g.cells = make([]member, len(informative))
	stratum := -1
	for j, i := range informative {
		if j == 0 || sorted[i].Stratum != sorted[informative[j-1]].Stratum {
			stratum++
		}
		c := sorted[i]
		g.cells[next[c.Cluster]] = member{stratum, c.Counts}
		next[c.Cluster]++
	}
}

// merged is the cells sorted by stratum and cluster, each pair once, empty ones left out.
func merged(cells []Cell) []Cell {
	sorted := slices.Clone(cells)
	byLabel := func(x, y Cell) int {
		return cmp.Or(cmp.Compare(x.Stratum, y.Stratum), cmp.Compare(x.Cluster, y.Cluster))
	}
	if !slices.IsSortedFunc(sorted, byLabel) {
		slices.SortFunc(sorted, byLabel)
	}
	out := sorted[:0]
	for from := 0; from < len(sorted); {
		to := from + 1
		for to < len(sorted) && byLabel(sorted[from], sorted[to]) == 0 {
			to++
		}
		c := sorted[from]
		if to > from+1 {
			c.Counts = totalOf(sorted[from:to])
		}
		if c.Counts.n() > 0 {
			out = append(out, c)
		}
		from = to
	}
	return out
}

// totalOf adds up cells. Whole counts add exactly in any order; shared incidents go through the exact sum.
func totalOf(cells []Cell) Stratum {
	var t Stratum
	whole := true
	for _, c := range cells {
		t = Stratum{t.A + c.Counts.A, t.N1 + c.Counts.N1, t.C + c.Counts.C, t.N0 + c.Counts.N0}
		whole = whole && c.Counts.whole()
	}
	if whole {
		return t
	}
	strata := make([]Stratum, len(cells))
	for i, c := range cells {
		strata[i] = c.Counts
	}
	return Crude(strata)
}

// residuals adds up, for each cluster, what each of its cells contributes to the estimating equation.
func (g *grouped) residuals(term func(total, cell Stratum) float64) []float64 {
	out := make([]float64, g.clusters())
	for i := range out {
		var s num.Sum
		for _, c := range g.of(i) {
			s.Add(term(g.strata[c.stratum], c.counts))
		}
		out[i] = s.Value()
	}
	return out
}
