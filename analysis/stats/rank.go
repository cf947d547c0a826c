package stats

import (
	"cmp"
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Bin is a value and how many of each arm had it.
type Bin struct {
	Value  float64
	N1, N0 float64
}

// RankTest is the Mann–Whitney comparison of two histograms.
type RankTest struct {
	U   Number // pairs in which arm 1 is larger, ties counting half
	AUC Number // the same as a share: the chance that a change of arm 1 takes longer
	Z   Number
	P   Number // two-sided, normal with tie correction
	PCC Number // with continuity correction
}

// MannWhitney compares two arms by ranks, from a histogram (E10).
func MannWhitney(bins []Bin) RankTest {
	sorted := slices.Clone(bins)
	slices.SortFunc(sorted, func(x, y Bin) int { return cmp.Compare(x.Value, y.Value) })
	var n1, n0, u, ties num.Sum
	for from := 0; from < len(sorted); {
		below := n0.Value()
		var c1, c0 num.Sum
		for value := sorted[from].Value; from < len(sorted) && cmp.Compare(sorted[from].Value, value) == 0; from++ {
			b := sorted[from]
			if !countable(b.N1) || !countable(b.N0) || math.IsNaN(b.Value) {
				return undefinedRank(InvalidInput)
			}
			c1.Add(b.N1)
			c0.Add(b.N0)
		}
		t := c1.Value() + c0.Value()
		u.AddProduct(c1.Value(), below+c0.Value()/2)
		ties.Add(t * (t - 1) * (t + 1))
		n1.Add(c1.Value())
		n0.Add(c0.Value())
	}
	return rankTest(u.Value(), n1.Value(), n0.Value(), ties.Value())
}

func rankTest(u, n1, n0, ties float64) RankTest {
	if why := emptyReason([]Stratum{{N1: n1, N0: n0}}); why != NoIncidents {
		return undefinedRank(why)
	}
	n := n1 + n0
	r := RankTest{U: Num(u), AUC: Num(u / n1 / n0)}
	variance := n1 * n0 / 12 * (n + 1 - ties/n/(n-1))
	if !(variance > 0) {
		r.Z, r.P, r.PCC = Undefined(NoVariance), Undefined(NoVariance), Undefined(NoVariance)
		return r
	}
	d, sd := u-n1*n0/2, math.Sqrt(variance)
	r.Z, r.P = Num(d/sd), Num(num.TwoSided(d/sd))
	r.PCC = Num(num.TwoSided(math.Max(0, math.Abs(d)-0.5) / sd))
	return r
}

func undefinedRank(why Reason) RankTest {
	u := Undefined(why)
	return RankTest{u, u, u, u, u}
}
