package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// TailProbs are the probability of a count and of both its tails (each including the count), with mid-p forms.
type TailProbs struct {
	PMF        Number // P(X = k)
	AtLeast    Number // P(X ≥ k)
	AtMost     Number // P(X ≤ k)
	AtLeastMid Number // P(X > k) + P(X = k)/2
	AtMostMid  Number // P(X < k) + P(X = k)/2
	TwoSided   Number // twice the smaller mid-p tail
	Mean       Number // of X
	Variance   Number // of X
}

func tailProbs(t num.Tails) TailProbs {
	return TailProbs{
		PMF: Num(t.PMF), AtLeast: Num(t.AtLeast), AtMost: Num(t.AtMost),
		AtLeastMid: Num(t.MidAtLeast()), AtMostMid: Num(t.MidAtMost()), TwoSided: Num(t.TwoSidedMid()),
	}
}

func undefinedTails(why Reason) TailProbs {
	u := Undefined(why)
	return TailProbs{u, u, u, u, u, u, u, u}
}

// BinomialTail is the chance of k of n incidents involving AI if each does so with probability p.
func BinomialTail(k, n, p float64) TailProbs {
	if !(p >= 0 && p <= 1 && n >= 0) || !whole(k, n) {
		return undefinedTails(InvalidInput)
	}
	t := tailProbs(num.BinomialTails(k, n, p, 1-p))
	t.Mean, t.Variance = Num(n*p), Num(n*p*(1-p))
	return t
}

// HypergeometricTail is the chance of k marked items among draws taken from a population, marked of which are marked.
func HypergeometricTail(k, population, marked, draws float64) TailProbs {
	if !whole(k, population, marked, draws) || !(marked >= 0 && marked <= population && draws >= 0 && draws <= population) {
		return undefinedTails(InvalidInput)
	}
	h := num.Hypergeometric{Marked: marked, Plain: population - marked, Draws: draws}
	t := tailProbs(h.Tails(k))
	if population == 0 {
		t.Mean, t.Variance = Num(0), Num(0)
		return t
	}
	p := marked / population
	t.Mean = Num(draws * p)
	t.Variance = Num(draws * p * (1 - p) * (population - draws) / math.Max(1, population-1))
	return t
}

// whole reports whether all counts are whole numbers that float64 holds exactly.
func whole(counts ...float64) bool {
	for _, x := range counts {
		if x != math.Trunc(x) || math.Abs(x) > MaxCount {
			return false
		}
	}
	return true
}
