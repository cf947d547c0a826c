package analysis

import (
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats"
)

// panelCell is one team and month: y of n changes had the outcome, at an adoption of x.
type panelCell struct {
	key     [2]uint64 // the team, and the month
	at      [2]int    // the same, numbered from 0
	n, y, x float64
}

// panel is cells with a constant for every team and every month.
type panel struct {
	cells []panelCell
	sizes [2]int // teams, months
}

// newPanel keeps and numbers the teams and months that can say anything: one without a single event has a constant of minus
// infinity, which fits it whatever the effect. Leaving out a team takes no event from a month, and the other way round.
func newPanel(all []panelCell) panel {
	var events [2]map[uint64]float64
	var numbers [2]map[uint64]int
	for side := range events {
		events[side], numbers[side] = map[uint64]float64{}, map[uint64]int{}
		for _, c := range all {
			events[side][c.key[side]] += c.y
		}
	}
	var p panel
	for _, c := range all {
		if c.n == 0 || events[0][c.key[0]] == 0 || events[1][c.key[1]] == 0 {
			continue
		}
		for side, number := range numbers {
			if _, ok := number[c.key[side]]; !ok {
				number[c.key[side]] = len(number)
			}
			c.at[side] = number[c.key[side]]
		}
		p.cells = append(p.cells, c)
	}
	p.sizes = [2]int{len(numbers[0]), len(numbers[1])}
	return p
}

const (
	panelSteps    = 100  // of Newton's method
	panelRounds   = 5000 // of fits in turns within a step
	panelSettled  = 1e-11
	panelFarthest = 10 // a log ratio beyond this means separation
)

// fit is the log ratio for one unit of x in a modified Poisson regression with a constant for every team and month, and its
// standard error by teams (CR1; Zou 2004, Liang & Zeger 1986). The constants are not columns of a matrix, whose number is
// limited, but profiled out: for a given ratio they are fitted in turns until the expected events of every team and month are
// those observed, and x is stripped of team and month means, weighed by expected events, which is what partialling out does
// (Correia, Guimarães & Zylkin 2020). Score, information and sandwich of the ratio are then those of the full model.
func (p panel) fit() (log, se stats.Number) {
	beta, factors := 0., [2][]float64{ones(p.sizes[0]), ones(p.sizes[1])}
	for range panelSteps {
		mu, ok := p.balance(beta, factors)
		if !ok {
			return failedFit(stats.NotConverged)
		}
		x, ok := p.within(mu)
		score, information, spread := 0., 0., 0.
		for i, c := range p.cells {
			score += x[i] * (c.y - mu[i])
			information += mu[i] * x[i] * x[i]
			spread += mu[i] * c.x * c.x
		}
		if !ok || !(information > 1e-9*spread) {
			return failedFit(stats.Collinear)
		}
		step := math.Max(-0.5, math.Min(0.5, score/information))
		if beta += step; math.Abs(beta) > panelFarthest {
			return failedFit(stats.Separated)
		}
		if math.Abs(step) < panelSettled {
			return stats.Num(beta), p.clusterSE(x, mu, information)
		}
	}
	return failedFit(stats.NotConverged)
}

// manyTeams is the number of teams from which the sandwich needs no correction (Zou & Donner 2013).
const manyTeams = 50

// estimate is the fit with a standard error that few teams do not make too small: the larger of the sandwich's and of the
// jackknife's that leaves out one team at a time (MacKinnon, Nielsen & Webb 2023), which matter alike from many teams on.
func (p panel) estimate() (log, se stats.Number) {
	log, se = p.fit()
	if !log.OK() || p.sizes[0] >= manyTeams {
		return log, se
	}
	leaveOut := make([]float64, p.sizes[0])
	for team := range leaveOut {
		rest := slices.DeleteFunc(slices.Clone(p.cells), func(c panelCell) bool { return c.at[0] == team })
		without, _ := newPanel(rest).fit()
		leaveOut[team] = without.Or(math.NaN())
	}
	jackknife := stats.JackknifeSE(log.F, leaveOut)
	return log, jackknife.Then(func(x float64) float64 { return math.Max(x, se.Or(0)) })
}

func failedFit(why stats.Reason) (log, se stats.Number) {
	return stats.Undefined(why), stats.Undefined(why)
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// balance fits the factors of teams and months in turns for a given effect, and returns the expected events.
func (p panel) balance(beta float64, factors [2][]float64) (mu []float64, ok bool) {
	mu = make([]float64, len(p.cells))
	for range panelRounds {
		for i, c := range p.cells {
			mu[i] = c.n * math.Exp(beta*c.x) * factors[0][c.at[0]] * factors[1][c.at[1]]
		}
		moved := math.Max(p.rescale(mu, factors[0], 0), p.rescale(mu, factors[1], 1))
		if moved < panelSettled {
			return mu, true
		}
	}
	return nil, false
}

// rescale moves the factors of one side so that its expected events are those observed, and returns the largest relative move.
func (p panel) rescale(mu, factors []float64, side int) float64 {
	ratio := make([]float64, len(factors))
	expected := make([]float64, len(factors))
	for i, c := range p.cells {
		ratio[c.at[side]] += c.y
		expected[c.at[side]] += mu[i]
	}
	moved := 0.
	for i := range ratio {
		ratio[i] /= expected[i]
		factors[i] *= ratio[i]
		moved = math.Max(moved, math.Abs(ratio[i]-1))
	}
	for i, c := range p.cells {
		mu[i] *= ratio[c.at[side]]
	}
	return moved
}

// within is x less what the constants of teams and months explain of it, weighed by the expected events.
func (p panel) within(mu []float64) (x []float64, ok bool) {
	x = make([]float64, len(p.cells))
	for i, c := range p.cells {
		x[i] = c.x
	}
	for range panelRounds {
		if math.Max(p.demean(x, mu, 0), p.demean(x, mu, 1)) < panelSettled {
			return x, true
		}
	}
	return x, false
}

// demean takes the weighted mean of each group of one side from x, and returns the largest.
func (p panel) demean(x, mu []float64, side int) float64 {
	mean, weight := make([]float64, p.sizes[side]), make([]float64, p.sizes[side])
	for i, c := range p.cells {
		mean[c.at[side]] += mu[i] * x[i]
		weight[c.at[side]] += mu[i]
	}
	largest := 0.
	for i := range mean {
		mean[i] /= weight[i]
		largest = math.Max(largest, math.Abs(mean[i]))
	}
	for i, c := range p.cells {
		x[i] -= mean[c.at[side]]
	}
	return largest
}

// clusterSE is the sandwich by teams, with the factor G/(G−1).
func (p panel) clusterSE(x, mu []float64, information float64) stats.Number {
	score := make([]float64, p.sizes[0])
	for i, c := range p.cells {
		score[c.at[0]] += x[i] * (c.y - mu[i])
	}
	if len(score) < 2 {
		return stats.Undefined(stats.OneCluster)
	}
	meat := 0.
	for _, s := range score {
		meat += s * s
	}
	g := float64(len(score))
	return stats.Num(math.Sqrt(g/(g-1)*meat) / information)
}
