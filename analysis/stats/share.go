package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// ShareSequence is the always-valid interval of the share of incidents that involve AI, unstratified.
type ShareSequence struct {
	Share Number   // AI's share of the changes: the share of incidents to expect at RR = 1
	LogE  Number   // log e-value against that share
	P     Number   // always-valid p-value
	Theta Interval // of the share of incidents
	RR    Interval // the same as a risk ratio
}

// ShareConfidence is the beta-binomial mixture: k of n incidents involved AI, whose share of the changes is share; the
// mixing distribution is Beta(priorA, priorB) (E6; Lindon & Malek 2022). It assumes that incidents are independent.
func ShareConfidence(k, n, share, priorA, priorB, alpha float64) ShareSequence {
	if !countable(k) || !countable(n) || k > n || !countable(priorA) || !countable(priorB) ||
		!(share >= 0 && share <= 1 && priorA*priorB > 0 && alpha > 0 && alpha < 1) {
		return undefinedShare(InvalidInput)
	}
	if share == 0 || share == 1 {
		s := undefinedShare(NoHumanChanges)
		if share == 0 {
			s = undefinedShare(NoAIChanges)
		}
		s.Share = Num(share)
		return s
	}
	mixture := num.LogBeta(priorA+k, priorB+n-k) - num.LogBeta(priorA, priorB)
	// against is the log e-value against log odds t of the share.
	against := func(t float64) float64 { return mixture + k*softplus(-t) + (n-k)*softplus(t) }
	logE := mixture - k*math.Log(share) - (n-k)*math.Log1p(-share)
	s := ShareSequence{Share: Num(share), LogE: Num(logE), P: Num(math.Min(1, math.Exp(-logE)))}
	low, high := sequenceEnds(against, k, n, -math.Log(alpha))
	offset := math.Log(share) - math.Log1p(-share)
	s.Theta = Interval{Num(logistic(low)), Num(logistic(high))}
	s.RR = Interval{Num(math.Exp(low - offset)), Num(math.Exp(high - offset))}
	return s
}

func undefinedShare(why Reason) ShareSequence {
	u, i := Undefined(why), undefinedInterval(why)
	return ShareSequence{u, u, u, i, i}
}

// sequenceEnds are the log odds between which the log e-value stays below the limit.
func sequenceEnds(against func(float64) float64, k, n, limit float64) (low, high float64) {
	centre := math.Log((k + 0.5) / (n - k + 0.5))
	step := math.Sqrt(1/(k+0.5) + 1/(n-k+0.5))
	if k > 0 && k < n {
		centre = math.Log(k / (n - k))
	}
	f := func(t float64) float64 { return against(t) - limit }
	low, high = math.Inf(-1), math.Inf(1)
	if k > 0 {
		low = num.RootFrom(f, centre, -step, -maxLogRR)
	}
	if k < n {
		high = num.RootFrom(f, centre, step, maxLogRR)
	}
	return low, high
}

// logistic is 1/(1+e^-t).
func logistic(t float64) float64 { return 1 / (1 + math.Exp(-t)) }
