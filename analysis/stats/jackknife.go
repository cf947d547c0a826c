package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// jackknife is the standard error of ln RR (Mantel–Haenszel) over the estimates that leave out one cluster at a time,
// and what RR would be without each. Leaving out a cluster touches only its own strata, and the sums are exact, so a
// stratum that a cluster fills leaves nothing behind when it goes.
func (g *grouped) jackknife(full float64) (Number, map[uint64]Number) {
	if g.clusters() < 2 {
		return Undefined(OneCluster), nil
	}
	var r, s num.Sum
	for _, k := range g.strata {
		rk, sk := halves(k)
		r.Add(rk)
		s.Add(sk)
	}
	logs := make([]float64, g.clusters())
	without := make(map[uint64]Number, g.clusters())
	for i := range logs {
		ri, si := r, s
		for _, c := range g.of(i) {
			k := g.strata[c.stratum]
			rk, sk := halves(k)
			ri.Add(-rk)
			si.Add(-sk)
			rk, sk = halves(k.without(c.counts))
			ri.Add(rk)
			si.Add(sk)
		}
		ratio := quotient(ri.Value(), si.Value(), OneClusterAll)
		without[g.cluster[i]] = ratio
		logs[i] = ratio.Then(math.Log).Or(math.Inf(1))
	}
	return jackknifeSE(full, logs), without
}

// JackknifeSE is √((G−1)/G · Σ(x_g − x)²) for an estimate x and the G estimates that leave out one cluster each. Pass
// ratios as logarithms. It is undefined if leaving out a cluster makes the estimate infinite or NaN.
func JackknifeSE(full float64, leaveOut []float64) Number {
	if len(leaveOut) < 2 {
		return Undefined(OneCluster)
	}
	return jackknifeSE(full, leaveOut)
}

func jackknifeSE(full float64, leaveOut []float64) Number {
	var s num.Sum
	for _, x := range leaveOut {
		d := x - full
		if math.IsInf(d, 0) || math.IsNaN(d) {
			return Undefined(OneClusterAll)
		}
		s.AddProduct(d, d)
	}
	g := float64(len(leaveOut))
	return Num(math.Sqrt((g - 1) / g * s.Value()))
}

// halves are a stratum's contributions to the numerator and denominator of the Mantel–Haenszel risk ratio.
func halves(k Stratum) (r, s float64) {
	n := k.n()
	if n <= 0 {
		return 0, 0
	}
	return k.A * k.N0 / n, k.C * k.N1 / n
}

// without takes out a part; rounding of shared incidents must not leave a count below zero.
func (s Stratum) without(part Stratum) Stratum {
	return Stratum{max(0, s.A-part.A), max(0, s.N1-part.N1), max(0, s.C-part.C), max(0, s.N0-part.N0)}
}
