package stats

import (
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// manyEvents is the number of incidents above which the penalised likelihood has one peak, near the likelihood's own. With
// fewer, in strata whose shares of AI lie far apart, it can have several, and the highest counts.
const manyEvents = 200

// fitFirth maximises the likelihood penalised by the root of its information (Firth 1993): U + ½ I'/I = 0.
func (l *likelihood) fitFirth(c *Conditional) {
	var beta float64
	if l.events > manyEvents && c.LogRR.Finite() {
		beta = l.nearestPeak(c.LogRR.F)
	} else {
		beta = l.highestPeak()
	}
	_, information, _ := l.score(beta)
	c.FirthLog, c.Firth, c.FirthSE = Num(beta), Num(math.Exp(beta)), Num(1/math.Sqrt(information))
}

// penalisedScore is the derivative of the penalised log-likelihood.
func (l *likelihood) penalisedScore(beta float64) float64 {
	u, information, slope := l.score(beta)
	return u + slope/information/2
}

// nearestPeak climbs from a start.
func (l *likelihood) nearestPeak(start float64) float64 {
	_, information, _ := l.score(start)
	uphill := math.Copysign(1/math.Sqrt(information), l.penalisedScore(start))
	return num.RootFrom(l.penalisedScore, start, uphill, math.Copysign(maxLogRR, uphill))
}

// highestPeak looks through the range that the offsets span, in steps finer than a peak can be narrow. Of two peaks of
// the same height, the one nearer no effect counts.
func (l *likelihood) highestPeak() float64 {
	const step, tie = 0.25, 1e-9
	reach := 4 + math.Log1p(l.events)
	from, to := -slices.Max(l.offset)-reach, -slices.Min(l.offset)+reach
	best, height := math.NaN(), math.Inf(-1)
	last := l.penalisedScore(from)
	for beta := from; beta < to; beta += step {
		next := l.penalisedScore(beta + step)
		if last > 0 && next <= 0 {
			x := num.Root(l.penalisedScore, beta, beta+step)
			_, information, _ := l.score(x)
			h := l.log(x) + math.Log(information)/2
			if h > height+tie || (h > height-tie && math.Abs(x) < math.Abs(best)) {
				best, height = x, h
			}
		}
		last = next
	}
	return best
}
