package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Proportion is a group's Y of N.
type Proportion struct {
	Y, N float64
}

// ShrunkShares is shares by group, drawn towards the common one.
type ShrunkShares struct {
	Degenerate  bool       // no more spread than chance gives: every group has the pooled value
	Pooled      Number     // Σy/Σn
	Alpha, Beta Number     // of the beta prior, by marginal maximum likelihood
	LogLik      Number     // without binomial coefficients
	PriorMean   Number     // Alpha/(Alpha+Beta)
	Rho         Number     // correlation of two members of a group, 1/(Alpha+Beta+1)
	Groups      []Estimate // posterior mean and interval of each group
}

// ShrinkShares fits the beta–binomial model (E12).
func ShrinkShares(groups []Proportion, alpha float64) ShrunkShares {
	var y, n num.Sum
	for _, g := range groups {
		if !countable(g.Y) || !countable(g.N) || g.Y > g.N {
			return degenerateShares(groups, Undefined(InvalidInput))
		}
		y.Add(g.Y)
		n.Add(g.N)
	}
	pooled := quotient(y.Value(), n.Value(), NoChanges)
	if !pooled.OK() || !overdispersedShares(groups, pooled.F, n.Value()) {
		return degenerateShares(groups, pooled)
	}
	a, b, logLik, ok := fitBeta(groups, pooled.F)
	if !ok {
		return degenerateShares(groups, pooled)
	}
	s := ShrunkShares{
		Pooled: pooled, Alpha: Num(a), Beta: Num(b), LogLik: Num(logLik),
		PriorMean: Num(a / (a + b)), Rho: Num(1 / (a + b + 1)),
	}
	for _, g := range groups {
		x, z := a+g.Y, b+g.N-g.Y
		low, _ := num.BetaQuantile(alpha/2, x, z)
		_, high := num.BetaQuantile(alpha/2, z, x)
		s.Groups = append(s.Groups, Estimate{Num(x / (x + z)), Num(low), Num(high), g.Y})
	}
	return s
}

func degenerateShares(groups []Proportion, pooled Number) ShrunkShares {
	u := Undefined(Degenerate)
	if !pooled.OK() {
		u = pooled
	}
	s := ShrunkShares{Degenerate: true, Pooled: pooled, Alpha: u, Beta: u, LogLik: u, PriorMean: u, Rho: u}
	for _, g := range groups {
		e := Estimate{Value: pooled, Low: u, High: u}
		if pooled.OK() {
			e.N = g.Y
		}
		s.Groups = append(s.Groups, e)
	}
	return s
}

// overdispersedShares is the rule for whether there is anything to shrink: Σ (y−np)²/(p(1−p)) > Σn.
func overdispersedShares(groups []Proportion, p, n float64) bool {
	if p == 0 || p == 1 {
		return false
	}
	var s num.Sum
	for _, g := range groups {
		d := g.Y - g.N*p
		s.Add(d * d / (p * (1 - p)))
	}
	return s.Value() > n
}

func fitBeta(groups []Proportion, p float64) (a, b, logLik float64, ok bool) {
	logLik = math.Inf(-1)
	f := func(u, v float64) peak { return betaPeak(groups, math.Exp(u), math.Exp(v)) }
	for _, size := range priorSizes {
		u, v, value, found := maximise(f, math.Log(p*size), math.Log((1-p)*size))
		if found && value > logLik {
			a, b, logLik, ok = math.Exp(u), math.Exp(v), value, true
		}
	}
	return a, b, logLik, ok
}

// betaPeak is the marginal log-likelihood of Beta(a, b) with its derivatives in ln a and ln b.
func betaPeak(groups []Proportion, a, b float64) peak {
	var value, da, db, daa, dab, dbb num.Sum
	base := num.LogBeta(a, b)
	psiA, psiB, psiN := num.Digamma(a), num.Digamma(b), num.Digamma(a+b)
	triA, triB, triN := num.Trigamma(a), num.Trigamma(b), num.Trigamma(a+b)
	for _, g := range groups {
		rest := g.N - g.Y
		value.Add(num.LogBeta(a+g.Y, b+rest) - base)
		common, curve := num.Digamma(a+b+g.N)-psiN, num.Trigamma(a+b+g.N)-triN
		da.Add(num.Digamma(a+g.Y) - psiA - common)
		db.Add(num.Digamma(b+rest) - psiB - common)
		daa.Add(num.Trigamma(a+g.Y) - triA - curve)
		dbb.Add(num.Trigamma(b+rest) - triB - curve)
		dab.Add(-curve)
	}
	return inLogs(a, b, peak{value.Value(), da.Value(), db.Value(), daa.Value(), dab.Value(), dbb.Value()})
}
