package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Sums are all that the Mantel–Haenszel risk ratio, its model variance and its jackknife need of any number of strata,
// so that a database can add up a hundred million changes and send a row a cluster. A stratum informs when both arms have
// changes and there is an incident.
type Sums struct {
	A, N1, C, N0       float64 // over all strata given
	OverlapA, OverlapC float64 // incidents in strata with both arms
	Strata             int     // that inform
	// R is Σ a·n0/N, S is Σ c·n1/N, and V is Σ (m·n1·n0 − a·c·N)/N² (Greenland & Robins 1985), over the strata that inform.
	R, S, V float64
	// AA is Σ a²/N, AM is Σ a·m/N, MM is Σ m²/N, over all strata given: what the correction for errors of detection needs.
	AA, AM, MM float64
	Clusters   []ClusterSums
}

// ClusterSums is what R and S lose with one cluster: over its strata, what the stratum contributes less what it contributes
// without the cluster.
type ClusterSums struct {
	Cluster uint64
	R, S    float64
}

// SumCells adds up cells in memory. It is what the database does, for those who have no database.
func SumCells(cells []Cell) Sums {
	g := group(cells)
	all := Crude(g.all)
	s := Sums{A: all.A, N1: all.N1, C: all.C, N0: all.N0, Strata: len(g.strata)}
	s.AA, s.AM, s.MM = products(g.all)
	informative := Crude(g.strata)
	s.OverlapA, s.OverlapC = informative.A, informative.C
	var r, sum, v num.Sum
	for _, k := range g.strata {
		n := k.n()
		rk, sk := halves(k)
		r.Add(rk)
		sum.Add(sk)
		v.Add((k.m()*k.N1*k.N0 - k.A*k.C*n) / (n * n))
	}
	s.R, s.S, s.V = r.Value(), sum.Value(), v.Value()
	for i, label := range g.cluster {
		s.Clusters = append(s.Clusters, g.loss(i, label))
	}
	return s
}

func products(strata []Stratum) (aa, am, mm float64) {
	var x, y, z num.Sum
	for _, k := range strata {
		if n := k.n(); n > 0 {
			x.Add(k.A * k.A / n)
			y.Add(k.A * k.m() / n)
			z.Add(k.m() * k.m() / n)
		}
	}
	return x.Value(), y.Value(), z.Value()
}

func (g *grouped) loss(i int, label uint64) ClusterSums {
	var r, s num.Sum
	for _, c := range g.of(i) {
		k := g.strata[c.stratum]
		rk, sk := halves(k)
		r.Add(rk)
		s.Add(sk)
		rk, sk = halves(k.without(c.counts))
		r.Add(-rk)
		s.Add(-sk)
	}
	return ClusterSums{label, r.Value(), s.Value()}
}

// Overlap is the events in strata with both arms.
func (s Sums) Overlap() float64 { return s.OverlapA + s.OverlapC }

// RiskRatio is the estimate with its standard errors, as [ClusterRR] makes it of the cells; what only the cells can say
// (the sandwich, the estimate given the incidents) is undefined. The design effect is that of the jackknife.
func (s Sums) RiskRatio() Clustered {
	why := s.empty()
	c := undefinedClustered(why)
	if why != "" {
		return c
	}
	c.Clusters, c.Events = len(s.Clusters), s.Overlap()
	if s.R <= 0 || s.S <= 0 {
		c.LogRR = Num(math.Log(s.R) - math.Log(s.S))
		c.SEModel, c.SEJack, c.DesignEffect = Undefined(OneSided), Undefined(OneSided), Undefined(OneSided)
		return c
	}
	log := math.Log(s.R / s.S)
	c.LogRR, c.SEModel = Num(log), Num(math.Sqrt(s.V/(s.R*s.S)))
	c.Without = make(map[uint64]Number, len(s.Clusters))
	logs := make([]float64, len(s.Clusters))
	for i, g := range s.Clusters {
		c.Without[g.Cluster] = quotient(rest(s.R, g.R), rest(s.S, g.S), OneClusterAll)
		logs[i] = c.Without[g.Cluster].Then(math.Log).Or(math.Inf(1))
	}
	c.SEJack = JackknifeSE(log, logs)
	c.DesignEffect = both(c.SEJack, c.SEModel, func(jack, model float64) float64 { return jack * jack / (model * model) })
	return c
}

// rest is what is left of a sum without a part; where rounding alone is left, nothing is.
func rest(sum, part float64) float64 {
	if left := sum - part; left > 1e-9*sum {
		return left
	}
	return 0
}

// empty says why nothing can be compared, "" where something can.
func (s Sums) empty() Reason {
	switch {
	case s.N1+s.N0 == 0:
		return NoIncidents // strata without an incident are not even asked for
	case s.N1 == 0:
		return NoAIChanges
	case s.N0 == 0:
		return NoHumanChanges
	case s.Strata == 0:
		return NoOverlap
	}
	return ""
}

// Corrected is the risk ratio that errors in recognising AI leave behind, as [CorrectExposure] finds it in the strata:
// corrected stratum by stratum without clipping, then pooled (E9; Lash, Fox & Fink 2021). In a stratum
//
//	a' = (a − u·m)/j,  n1' = a' + (n1 − a − v·(N − m))/k,  R = Σ a'·(N − n1')/N,  S = Σ (m − a')·n1'/N
//
// with u, v = 1 − specificity and j, k = sensitivity + specificity − 1 of changes with incidents and without. Written
// out, everything is a sum that is there, since n1 + n0 = N. Undefined where the correction is infeasible.
func (s Sums) Corrected(d Detection) Number {
	if !d.valid() {
		return Undefined(InvalidInput)
	}
	j, k := d.SeCase+d.SpCase-1, d.SeNoncase+d.SpNoncase-1
	if !(j > 0 && k > 0) {
		return Undefined(Infeasible)
	}
	u, v := 1-d.SpCase, 1-d.SpNoncase
	m, an1, mn1 := s.A+s.C, s.A-s.R, s.A-s.R+s.S // Σ m, Σ a·n1/N, Σ m·n1/N
	a := (s.A - u*m) / j                         // Σ a'
	an := (s.AA-2*u*s.AM+u*u*s.MM)/(j*j) +
		(an1-s.AA-v*s.A+v*s.AM-u*mn1+u*s.AM+u*v*m-u*v*s.MM)/(j*k) // Σ a'·n1'/N
	mn := (s.AM-u*s.MM)/j + (mn1-s.AM-v*m+v*s.MM)/k // Σ m·n1'/N
	if r, q := a-an, mn-an; r > 0 && q > 0 && a > 0 && a < m {
		return Num(r / q)
	}
	return Undefined(Infeasible)
}

// Band is [DetectionBand] on sums.
func (s Sums) Band(sensitivity, specificity Estimate) Band {
	return bandOf(sensitivity, specificity, s.Corrected)
}

// Tipping is [TippingSensitivity] on sums.
func (s Sums) Tipping(d Detection, target float64) Number {
	return tipping(d, target, s.Corrected)
}
