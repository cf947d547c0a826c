package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// maxLogRR bounds the search for ln RR; e^600 is far beyond any count.
const maxLogRR = 600

// fit fills in the maximum likelihood estimate and its intervals.
func (l *likelihood) fit(c *Conditional, alpha float64) {
	c.RR.N = l.events
	if l.atEdge() {
		c.LogRR, c.RR.Value = Num(math.Inf(1)), Num(math.Inf(1))
		if l.ai == 0 {
			c.LogRR, c.RR.Value = Num(math.Inf(-1)), Num(0)
		}
		c.LogSE, c.Wald = Undefined(OneSided), undefinedInterval(OneSided)
	} else {
		beta := l.mle()
		_, information, _ := l.score(beta)
		c.LogRR, c.RR.Value, c.LogSE = Num(beta), Num(math.Exp(beta)), Num(1/math.Sqrt(information))
		c.Wald = ratioInterval(c.LogRR, c.LogSE, num.Z(alpha))
	}
	low, high := l.interval(c.LogRR.F, c.LogSE.F, num.Z(alpha))
	c.RR.Low, c.RR.High = Num(math.Exp(low)), Num(math.Exp(high))
}

// mle solves U(β) = 0, starting from the ratio of the observed odds to the expected ones.
func (l *likelihood) mle() float64 {
	u, _, _ := l.score(0)
	expected := l.ai - u
	start := math.Log(l.ai/(l.events-l.ai)) - math.Log(expected/(l.events-expected))
	if math.IsNaN(start) || math.IsInf(start, 0) {
		start = 0
	}
	return num.Newton(func(beta float64) (float64, float64) {
		u, information, _ := l.score(beta)
		return u, -information
	}, start, -maxLogRR, maxLogRR)
}

// interval is {β: 2(ℓ(β̂) − ℓ(β)) ≤ z²}; an end is infinite where all incidents lie in one arm.
func (l *likelihood) interval(beta, se, z float64) (low, high float64) {
	if math.IsNaN(z) {
		return z, z
	}
	switch {
	case l.ai == 0:
		return math.Inf(-1), l.edgeLimit(1, z)
	case l.ai == l.events:
		return -l.edgeLimit(-1, z), math.Inf(1)
	}
	theta := make([]float64, len(l.m))
	for k := range theta {
		theta[k] = 1 / (1 + math.Exp(-l.offset[k]-beta))
	}
	side := func(sign float64) float64 {
		return sign * num.Newton(func(d float64) (float64, float64) {
			drop, slope := l.drop(theta, sign*d)
			return z*z - 2*drop, -2 * sign * slope
		}, z*se, 0, maxLogRR)
	}
	return beta + side(-1), beta + side(1)
}

// drop is ℓ(β̂) − ℓ(β̂+d) and its derivative in d, from the fitted θ. It is computed stratum by stratum as a difference, so
// that no digits are lost when the log-likelihood itself is in the billions.
func (l *likelihood) drop(theta []float64, d float64) (value, slope float64) {
	var s, mean num.Sum
	growth := math.Expm1(d)
	for k, m := range l.m {
		g := theta[k] * growth
		s.Add(m * math.Log1p(g))
		mean.Add(m * theta[k] * (1 + growth) / (1 + g))
	}
	s.AddProduct(-l.ai, d)
	return s.Value(), mean.Value() - l.ai
}

// edgeLimit is the finite end when no incident is in one arm: the β (with its sign) at which 2ℓ(β) = −z².
func (l *likelihood) edgeLimit(sign, z float64) float64 {
	return num.Newton(func(beta float64) (float64, float64) {
		var s, mean num.Sum
		for k, m := range l.m {
			x := sign*l.offset[k] + beta
			s.Add(m * softplus(x))
			mean.Add(m / (1 + math.Exp(-x)))
		}
		return z*z - 2*s.Value(), -2 * mean.Value()
	}, 0, -maxLogRR, maxLogRR)
}

// test fills in the score and likelihood-ratio tests of RR = 1.
func (l *likelihood) test(c *Conditional) {
	u, information, _ := l.score(0)
	c.ExpectedAI = Num(l.ai - u)
	c.Score = chiSquared(Num(u*u/information), 1)
	ratio := -l.log(0)
	if !l.atEdge() {
		theta := make([]float64, len(l.m))
		for k := range theta {
			theta[k] = 1 / (1 + math.Exp(-l.offset[k]-c.LogRR.F))
		}
		ratio, _ = l.drop(theta, -c.LogRR.F)
	}
	c.LR = chiSquared(Num(math.Max(0, 2*ratio)), 1)
}
