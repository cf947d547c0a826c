package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Count is a group's observed and expected incidents.
type Count struct {
	Observed, Expected float64
}

// ShrunkRates is observed/expected by group, drawn towards the common value as far as the group's smallness demands
// (Clayton & Kaldor 1987; DuMouchel 1999). Rank and colour by these, never by the raw ratios.
type ShrunkRates struct {
	Degenerate  bool       // no more spread than chance gives: every group has the pooled value
	Pooled      Number     // ΣO/ΣE
	Shape, Rate Number     // of the gamma prior, by marginal maximum likelihood
	LogLik      Number     // negative binomial
	Groups      []Estimate // posterior mean and interval of each group
}

// ShrinkRates fits the gamma–Poisson model (E12).
func ShrinkRates(groups []Count, alpha float64) ShrunkRates {
	var o, e num.Sum
	for _, g := range groups {
		if !countable(g.Observed) || !countable(g.Expected) || (g.Expected == 0 && g.Observed > 0) {
			return degenerateRates(groups, Undefined(InvalidInput))
		}
		o.Add(g.Observed)
		e.Add(g.Expected)
	}
	pooled := quotient(o.Value(), e.Value(), NoIncidents)
	if !pooled.OK() || !overdispersedCounts(groups, pooled.F) {
		return degenerateRates(groups, pooled)
	}
	a, b, logLik, ok := fitGamma(groups, pooled.F)
	if !ok {
		return degenerateRates(groups, pooled)
	}
	s := ShrunkRates{Pooled: pooled, Shape: Num(a), Rate: Num(b), LogLik: Num(logLik)}
	for _, g := range groups {
		shape, rate := a+g.Observed, b+g.Expected
		s.Groups = append(s.Groups, Estimate{
			Num(shape / rate), Num(num.GammaQuantile(alpha/2, shape) / rate),
			Num(num.GammaUpperQuantile(alpha/2, shape) / rate), g.Observed,
		})
	}
	return s
}

func degenerateRates(groups []Count, pooled Number) ShrunkRates {
	u := Undefined(Degenerate)
	if !pooled.OK() {
		u = pooled
	}
	s := ShrunkRates{Degenerate: true, Pooled: pooled, Shape: u, Rate: u, LogLik: u}
	for _, g := range groups {
		e := Estimate{Value: pooled, Low: u, High: u}
		if pooled.OK() {
			e.N = g.Observed
		}
		s.Groups = append(s.Groups, e)
	}
	return s
}

// overdispersedCounts is the rule for whether there is anything to shrink: Σ (O−μE)² − O > 0.
func overdispersedCounts(groups []Count, mu float64) bool {
	var s num.Sum
	for _, g := range groups {
		d := g.Observed - mu*g.Expected
		s.AddProduct(d, d)
		s.Add(-g.Observed)
	}
	return s.Value() > 0
}

func fitGamma(groups []Count, mu float64) (shape, rate, logLik float64, ok bool) {
	logLik = math.Inf(-1)
	f := func(u, v float64) peak { return gammaPeak(groups, math.Exp(u), math.Exp(v)) }
	for _, size := range priorSizes {
		u, v, value, found := maximise(f, math.Log(mu*size), math.Log(size))
		if found && value > logLik {
			shape, rate, logLik, ok = math.Exp(u), math.Exp(v), value, true
		}
	}
	return shape, rate, logLik, ok
}

// gammaPeak is the marginal log-likelihood of shape a and rate b with its derivatives in ln a and ln b.
func gammaPeak(groups []Count, a, b float64) peak {
	var value, da, db, daa, dab, dbb num.Sum
	base, digamma, trigamma := num.LogGamma(a), num.Digamma(a), num.Trigamma(a)
	for _, g := range groups {
		o, e := g.Observed, g.Expected
		if e == 0 {
			continue
		}
		log := -math.Log1p(e / b) // ln b/(b+e)
		value.Add(num.LogGamma(a+o) - base - num.LogGamma(o+1) + a*log + o*math.Log(e/(b+e)))
		da.Add(num.Digamma(a+o) - digamma + log)
		db.Add(a/b - (a+o)/(b+e))
		daa.Add(num.Trigamma(a+o) - trigamma)
		dab.Add(1/b - 1/(b+e))
		dbb.Add((a+o)/(b+e)/(b+e) - a/b/b)
	}
	return inLogs(a, b, peak{value.Value(), da.Value(), db.Value(), daa.Value(), dab.Value(), dbb.Value()})
}
