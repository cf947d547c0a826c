package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// DefaultTau is the standard deviation of ln RR in the e-process's mixture, part of a claim's definition.
const DefaultTau = 0.5

// Evidence is an e-process on the conditional likelihood: the average likelihood over ln RR ~ N(0, τ²) against that of
// RR = 1. It is valid however often one looks, as long as only closed blocks (finished weeks) enter.
type Evidence struct {
	LogMarginal Number   // log of the average likelihood
	LogE        Number   // log e-value against RR = 1
	P           Number   // always-valid p-value
	RR          Interval // the risk ratios that the evidence does not reject
	Events      float64
}

// EProcess weighs the evidence of the strata (E6). It is exact for small counts, but assumes that incidents are
// independent given the strata: use it below [MinSequenceEvents] incidents and say so.
func EProcess(strata []Stratum, tau, alpha float64) Evidence {
	if !validStrata(strata) || !(tau > 1e-6 && tau < 1e6 && alpha > 0 && alpha < 1) {
		u := Undefined(InvalidInput)
		return Evidence{u, u, u, undefinedInterval(InvalidInput), 0}
	}
	l := newLikelihood(strata)
	if l.events == 0 {
		why := emptyReason(strata)
		return Evidence{Num(0), Num(0), Num(1), Interval{Undefined(why), Undefined(why)}, 0}
	}
	marginal := l.marginal(tau)
	logE := marginal - l.log(0)
	return Evidence{
		LogMarginal: Num(marginal), LogE: Num(logE), P: Num(math.Min(1, math.Exp(-logE))),
		RR: l.evidenceInterval(marginal, -math.Log(alpha)), Events: l.events,
	}
}

// posterior is the log-likelihood plus the log density of ln RR ~ N(0, τ²).
func (l *likelihood) posterior(beta, tau float64) float64 {
	b := beta / tau
	return l.log(beta) - b*b/2 - math.Log(tau) - math.Log(2*math.Pi)/2
}

// marginal integrates likelihood × mixture by the trapezoid rule on an even grid around the mode, halving the step until
// nothing changes. For a smooth peak that rule converges exponentially; twenty-odd points do for large counts.
func (l *likelihood) marginal(tau float64) float64 {
	mode := num.Newton(func(beta float64) (float64, float64) {
		u, information, _ := l.score(beta)
		return u - beta/tau/tau, -information - 1/tau/tau
	}, 0, -maxLogRR, maxLogRR)
	_, information, _ := l.score(mode)
	peak := l.posterior(mode, tau)
	f := func(x float64) float64 { return math.Exp(l.posterior(x, tau) - peak) }
	step := 0.9 / math.Sqrt(information+1/tau/tau)
	sum := 1 + comb(f, mode, step, step) + comb(f, mode, -step, -step)
	for range 12 {
		finer := sum + comb(f, mode, step/2, step) + comb(f, mode, -step/2, -step)
		change := math.Abs(finer-2*sum) / finer
		sum, step = finer, step/2
		if change < 1e-8 { // the error of the finer grid is at most the square of the change
			break
		}
	}
	return peak + math.Log(sum*step)
}

// comb adds f at mode+first, mode+first+step, … until it has died away.
func comb(f func(float64) float64, mode, first, step float64) float64 {
	var s num.Sum
	for i := 0.0; i < 10_000; i++ {
		y := f(mode + first + i*step)
		s.Add(y)
		if y < 1e-17 {
			break
		}
	}
	return s.Value()
}

// evidenceInterval is {ψ: marginal − ℓ(ψ) < limit}. The log-likelihood is concave, so there is one end on each side of its
// maximum, none where all incidents lie in one arm.
func (l *likelihood) evidenceInterval(marginal, limit float64) Interval {
	f := func(beta float64) float64 { return marginal - l.log(beta) - limit }
	i := Interval{Num(0), Num(math.Inf(1))}
	start, step := 0.0, 1.0
	if !l.atEdge() {
		start = l.mle()
		_, information, _ := l.score(start)
		step = 1 / math.Sqrt(information)
	}
	end := func(direction float64) Number {
		from := start
		for l.atEdge() && f(from) > 0 && math.Abs(from) < maxLogRR {
			from -= direction * 8
		}
		return Num(math.Exp(num.RootFrom(f, from, direction*step, direction*maxLogRR)))
	}
	if l.ai > 0 {
		i.Low = end(-1)
	}
	if l.ai < l.events {
		i.High = end(1)
	}
	return i
}
