package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Cell is the counts of one cluster (usually a team) within one stratum. The labels mean nothing but "same" and "other".
type Cell struct {
	Stratum uint64 `json:"stratum"`
	Cluster uint64 `json:"cluster"`
	Counts  Stratum
}

// Clustered is a risk ratio whose standard error allows for incidents that come in clusters.
type Clustered struct {
	Clusters int     // clusters with changes in informative strata
	Events   float64 // incidents in informative strata

	LogRR   Number // ln of the Mantel–Haenszel RR
	SEModel Number // as if incidents were independent (Greenland & Robins 1985)
	SECR0   Number // sandwich over clusters
	SECR1   Number // × √(G/(G−1))
	SEJack  Number // delete-one-cluster jackknife (CV3; MacKinnon, Nielsen & Webb 2023)

	CondLogRR   Number // ln RR given the incidents
	CondSEModel Number
	CondSECR0   Number // the sandwich of a Poisson model with a fixed effect per stratum
	CondSECR1   Number

	DesignEffect Number // CondSECR1²/CondSEModel²: above 1, incidents are clustered
	// Without is what the risk ratio would be without each cluster, by its label: which team the answer hangs on.
	Without map[uint64]Number
}

// SE is the standard error to report: the larger of the model's and the jackknife's. Use it with t on DF degrees of freedom.
func (c Clustered) SE() Number { return both(c.SEModel, c.SEJack, math.Max) }

// DF is the degrees of freedom that go with SE: one less than the clusters.
func (c Clustered) DF() float64 { return math.Max(0, float64(c.Clusters-1)) }

// EffectiveEvents is the number of independent incidents that would say as much as these.
func (c Clustered) EffectiveEvents() Number {
	return c.DesignEffect.Then(func(d float64) float64 { return c.Events / math.Max(1, d) })
}

// ClusterRR estimates the risk ratio and its cluster-robust standard errors (E3). Cells of the same stratum and cluster
// are added up first.
func ClusterRR(cells []Cell) Clustered {
	for _, c := range cells {
		if !c.Counts.valid() {
			return undefinedClustered(InvalidInput)
		}
	}
	g := group(cells)
	if g.clusters() == 0 {
		return undefinedClustered(emptyReason(g.all))
	}
	c := Clustered{Clusters: g.clusters(), Events: Crude(g.strata).m()}
	c.pooled(g)
	c.conditional(g)
	return c
}

func undefinedClustered(why Reason) Clustered {
	u := Undefined(why)
	return Clustered{
		LogRR: u, SEModel: u, SECR0: u, SECR1: u, SEJack: u,
		CondLogRR: u, CondSEModel: u, CondSECR0: u, CondSECR1: u, DesignEffect: u,
	}
}

// pooled fills in the Mantel–Haenszel estimate with sandwich and jackknife.
func (c *Clustered) pooled(g *grouped) {
	p := Pooled{Events: c.Events}
	p.riskRatio(g.strata, 0.05)
	c.LogRR, c.SEModel = p.LogRR, p.RRLogSE
	if !p.RRLogSE.OK() {
		c.SECR0, c.SECR1, c.SEJack = p.RRLogSE, p.RRLogSE, p.RRLogSE
		return
	}
	psi := p.RR.Value.F
	var r num.Sum
	for _, k := range g.strata {
		r.Add(k.A * k.N0 / k.n())
	}
	residual := g.residuals(func(k, x Stratum) float64 {
		n := k.n()
		base := k.m() / (psi*k.N1 + k.N0)
		return k.N0/n*(x.A-x.N1*psi*base) - psi*(k.N1/n)*(x.C-x.N0*base)
	})
	c.SECR0, c.SECR1 = sandwich(residual, r.Value())
	c.SEJack, c.Without = g.jackknife(p.LogRR.F)
}

// conditional fills in the estimate given the incidents with its sandwich.
func (c *Clustered) conditional(g *grouped) {
	l := newLikelihood(g.strata)
	if l.atEdge() {
		c.CondLogRR = Num(math.Inf(1))
		if l.ai == 0 {
			c.CondLogRR = Num(math.Inf(-1))
		}
		u := Undefined(OneSided)
		c.CondSEModel, c.CondSECR0, c.CondSECR1, c.DesignEffect = u, u, u, u
		return
	}
	beta := l.mle()
	_, information, _ := l.score(beta)
	psi := math.Exp(beta)
	residual := g.residuals(func(k, x Stratum) float64 {
		rate := k.m() / (psi*k.N1 + k.N0)
		theta := psi * k.N1 / (psi*k.N1 + k.N0)
		rest := k.N0 / (psi*k.N1 + k.N0)
		return rest*(x.A-x.N1*psi*rate) - theta*(x.C-x.N0*rate)
	})
	c.CondLogRR, c.CondSEModel = Num(beta), Num(1/math.Sqrt(information))
	c.CondSECR0, c.CondSECR1 = sandwich(residual, information)
	c.DesignEffect = c.CondSECR1.Then(func(se float64) float64 { return se * se * information })
}

// sandwich is √(Σe²)/bread and the same with the small-sample factor G/(G−1).
func sandwich(residual []float64, bread float64) (cr0, cr1 Number) {
	var s num.Sum
	for _, e := range residual {
		s.AddProduct(e, e)
	}
	g := float64(len(residual))
	if g < 2 {
		return Undefined(OneCluster), Undefined(OneCluster)
	}
	se := math.Sqrt(s.Value()) / bread
	return Num(se), Num(se * math.Sqrt(g/(g-1)))
}
