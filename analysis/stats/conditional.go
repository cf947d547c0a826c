package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Conditional is the risk ratio given the incidents. In a stratum with m incidents among n1 and n0 changes, the number
// that hit changes with AI is Binomial(m, θ), θ = ψ n1/(ψ n1 + n0): logistic regression of "was it a change with AI?" with
// offset ln(n1/n0) and intercept ln ψ. Strata without incidents, or with one arm, carry no information.
//
// Source: Breslow & Day 1987, vol. II ch. 4; Cox 1972. Good where incidents are rare (to 2 % of changes); beyond that use
// [MantelHaenszel], whose variance is right for common outcomes too.
type Conditional struct {
	StrataUsed, StrataDropped int
	Events, EventsAI          float64 // incidents in the strata used, and those that hit changes with AI
	ExpectedAI                Number  // incidents with AI to expect from AI's share of the work, at RR = 1

	RR       Estimate // maximum likelihood with the likelihood-ratio interval; 0 or +Inf if all incidents are in one arm
	LogRR    Number   // ln RR, possibly ±Inf
	LogSE    Number   // model standard error of ln RR
	Wald     Interval // RR · exp(±z·SE), for comparison with other programs
	Score    Test     // of RR = 1: the log-rank statistic
	LR       Test     // of RR = 1, likelihood ratio
	Firth    Number   // RR with Firth's penalty: always finite
	FirthLog Number   // its logarithm
	FirthSE  Number   // its standard error, from the information at the estimate
}

// sparseArm is the number of incidents in the smaller arm below which Firth's estimate is the better point estimate.
const sparseArm = 5

// Point is the estimate to show: Firth's if one arm has fewer than 5 incidents, else the maximum likelihood one.
func (c Conditional) Point() Number {
	if min(c.EventsAI, c.Events-c.EventsAI) < sparseArm {
		return c.Firth
	}
	return c.RR.Value
}

// ConditionalRR estimates the risk ratio of changes with AI given the incidents (E1).
func ConditionalRR(strata []Stratum, alpha float64) Conditional {
	if !validStrata(strata) {
		return undefinedConditional(InvalidInput)
	}
	l := newLikelihood(strata)
	if l.events == 0 {
		c := undefinedConditional(emptyReason(strata))
		c.StrataDropped = len(strata)
		return c
	}
	c := Conditional{
		StrataUsed: len(l.m), StrataDropped: len(strata) - len(l.m),
		Events: l.events, EventsAI: l.ai,
	}
	l.fit(&c, alpha)
	l.test(&c)
	l.fitFirth(&c)
	return c
}

func undefinedConditional(why Reason) Conditional {
	u := Undefined(why)
	return Conditional{
		ExpectedAI: u, RR: undefinedEstimate(why), LogRR: u, LogSE: u, Wald: undefinedInterval(why),
		Score: undefinedTest(why), LR: undefinedTest(why), Firth: u, FirthLog: u, FirthSE: u,
	}
}

// likelihood is the conditional likelihood of β = ln RR: for each informative stratum its offset o = ln(n1/n0) and
// incidents m. Only the total of incidents with AI enters.
type likelihood struct {
	offset, m  []float64
	ai, events float64
	base       float64 // Σ a·o, the part of the log-likelihood that does not depend on β
}

func newLikelihood(strata []Stratum) *likelihood {
	l := &likelihood{}
	var ai, events, base num.Sum
	for _, s := range strata {
		if !s.overlaps() || s.m() == 0 {
			continue
		}
		o := math.Log(s.N1 / s.N0)
		l.offset, l.m = append(l.offset, o), append(l.m, s.m())
		ai.Add(s.A)
		events.Add(s.m())
		base.Add(s.A * o)
	}
	l.ai, l.events, l.base = ai.Value(), events.Value(), base.Value()
	return l
}

// score is the derivative U of the log-likelihood at β, the information I, and dI/dβ.
func (l *likelihood) score(beta float64) (u, information, slope float64) {
	var mean, variance, skew num.Sum
	for k, m := range l.m {
		theta := 1 / (1 + math.Exp(-l.offset[k]-beta))
		rest := 1 / (1 + math.Exp(l.offset[k]+beta))
		v := m * theta * rest
		mean.Add(m * theta)
		variance.Add(v)
		skew.Add(v * (rest - theta))
	}
	return l.ai - mean.Value(), variance.Value(), skew.Value()
}

// log is the log-likelihood at β, without binomial coefficients.
func (l *likelihood) log(beta float64) float64 {
	var s num.Sum
	for k, m := range l.m {
		s.Add(-m * softplus(l.offset[k]+beta))
	}
	s.Add(l.base)
	s.AddProduct(l.ai, beta)
	return s.Value()
}

// softplus is ln(1 + e^x).
func softplus(x float64) float64 {
	if x > 0 {
		return x + math.Log1p(math.Exp(-x))
	}
	return math.Log1p(math.Exp(x))
}

// atEdge reports whether all incidents lie in one arm, so that the estimate is 0 or +Inf.
func (l *likelihood) atEdge() bool { return l.ai == 0 || l.ai == l.events }
