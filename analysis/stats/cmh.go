package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// association fills in the Cochran–Mantel–Haenszel test: incidents with AI against those expected in each stratum, with
// the hypergeometric variance.
func (p *Pooled) association(used []Stratum) {
	var excess, variance num.Sum
	for _, k := range used {
		n, m := k.n(), k.m()
		excess.Add((k.A*k.N0 - k.C*k.N1) / n)
		if n > 1 {
			variance.Add(k.N1 / n * (k.N0 / n) * m * ((n - m) / (n - 1)))
		}
	}
	v := variance.Value()
	if v <= 0 {
		p.CMH, p.CMHYates = undefinedTest(noVariance(used)), undefinedTest(noVariance(used))
		return
	}
	d := math.Abs(excess.Value())
	p.CMH = chiSquared(Num(d*d/v), 1)
	d = math.Max(0, d-0.5)
	p.CMHYates = chiSquared(Num(d*d/v), 1)
}

func noVariance(used []Stratum) Reason {
	if Crude(used).m() == 0 {
		return NoIncidents
	}
	return AllIncidents
}

// homogeneity fills in the Breslow–Day test at the pooled odds ratio and Tarone's correction of it.
// Source: Breslow & Day 1980, Tarone 1985. Strata without incidents, or with nothing else, say nothing.
func (p *Pooled) homogeneity(used []Stratum) {
	if !p.OR.Value.Finite() || p.OR.Value.F == 0 {
		why := p.OR.Value.Why
		if p.OR.Value.OK() {
			why = OneSided
		}
		p.Breslow, p.Tarone = undefinedTest(why), undefinedTest(why)
		return
	}
	var statistic, excess, variance num.Sum
	strata := 0
	for _, k := range used {
		if k.m() == 0 || k.m() == k.n() {
			continue
		}
		strata++
		a := fittedCount(k, p.OR.Value.F)
		v := 1 / (1/a + 1/(k.N1-a) + 1/(k.m()-a) + 1/(k.N0-k.m()+a))
		statistic.Add((k.A - a) * (k.A - a) / v)
		excess.Add(k.A - a)
		variance.Add(v)
	}
	if strata < 2 {
		p.Breslow, p.Tarone = undefinedTest(OneStratum), undefinedTest(OneStratum)
		return
	}
	bd, e := statistic.Value(), excess.Value()
	p.Breslow = chiSquared(Num(bd), strata-1)
	p.Tarone = chiSquared(Num(math.Max(0, bd-e*e/variance.Value())), strata-1)
}

// fittedCount is the expected a of a stratum given its margins and an odds ratio: the root of a quadratic, in the form
// that does not cancel.
func fittedCount(k Stratum, odds float64) float64 {
	m := k.m()
	b := k.N0 - m + odds*(k.N1+m)
	return 2 * odds * k.N1 * m / (b + math.Sqrt(b*b+4*(1-odds)*odds*k.N1*m))
}
