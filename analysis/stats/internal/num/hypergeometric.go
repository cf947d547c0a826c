package num

import "math"

// fisherSlack lets probabilities that are equal but for rounding count as equal in the two-sided test, as R does.
const fisherSlack = 1 + 1e-7

// Hypergeometric is the number of marked items among Draws taken without replacement from Marked + Plain items.
// All three are whole numbers.
type Hypergeometric struct {
	Marked, Plain, Draws float64
}

func (h Hypergeometric) support() (lo, hi float64) {
	return math.Max(0, h.Draws-h.Plain), math.Min(h.Draws, h.Marked)
}

// PMF is P(X = k), from three binomial probabilities so that the factorials cancel.
func (h Hypergeometric) PMF(k float64) float64 {
	lo, hi := h.support()
	total := h.Marked + h.Plain
	switch {
	case !(k >= lo && k <= hi):
		return 0
	case lo == hi:
		return 1
	}
	p, q := h.Draws/total, (total-h.Draws)/total
	return BinomialPMF(k, h.Marked, p, q) * BinomialPMF(h.Draws-k, h.Plain, p, q) / BinomialPMF(h.Draws, total, p, q)
}

// ratio is P(X = k+1)/P(X = k) at odds ratio psi.
func (h Hypergeometric) ratio(k, psi float64) float64 {
	return psi * (h.Marked - k) / (k + 1) * (h.Draws - k) / (h.Plain - h.Draws + k + 1)
}

// Tails are the tails at k. The tail away from the mode is summed outwards from k; the other is what remains.
func (h Hypergeometric) Tails(k float64) Tails {
	lo, hi := h.support()
	switch {
	case k < lo:
		return Tails{0, 1, 0}
	case k > hi:
		return Tails{0, 0, 1}
	}
	t := Tails{PMF: h.PMF(k)}
	if k < h.mode(1) {
		t.AtMost = clipProbability(t.PMF * h.below(k, 1))
		t.AtLeast = clipProbability(1 - t.AtMost + t.PMF)
	} else {
		t.AtLeast = clipProbability(t.PMF * h.above(k, 1))
		t.AtMost = clipProbability(1 - t.AtLeast + t.PMF)
	}
	if k == lo {
		t.AtLeast = 1
	}
	if k == hi {
		t.AtMost = 1
	}
	return t
}

// mode is the most probable value at odds ratio psi: where the ratio of neighbours falls through one.
func (h Hypergeometric) mode(psi float64) float64 {
	lo, hi := h.support()
	a := psi - 1
	b := -((h.Marked+h.Draws+2)*psi + h.Plain - h.Draws)
	c := (h.Marked + 1) * (h.Draws + 1) * psi
	root := 2 * c / (-b + math.Sqrt(math.Max(0, b*b-4*a*c)))
	return math.Min(math.Max(math.Floor(root), lo), hi)
}

// above is Σ P(X = j)/P(X = k) over j ≥ k, for k at or above the mode; below is the same over j ≤ k.
func (h Hypergeometric) above(k, psi float64) float64 {
	_, hi := h.support()
	total, term := 1.0, 1.0
	for j := k; j < hi && term > total*1e-18; j++ {
		term *= h.ratio(j, psi)
		total += term
	}
	return total
}

func (h Hypergeometric) below(k, psi float64) float64 {
	lo, _ := h.support()
	total, term := 1.0, 1.0
	for j := k; j > lo && term > total*1e-18; j-- {
		term /= h.ratio(j-1, psi)
		total += term
	}
	return total
}

// TwoSided is Fisher's p-value at k: the total probability of all values no more probable than k.
func (h Hypergeometric) TwoSided(k float64) float64 {
	lo, hi := h.support()
	t, mode, limit := h.Tails(k), h.mode(1), h.PMF(k)*fisherSlack
	if h.PMF(mode) <= limit {
		return 1
	}
	if k < mode {
		j := firstTrue(mode, hi+1, func(j float64) bool { return h.PMF(j) <= limit })
		return clipProbability(t.AtMost + h.Tails(j).AtLeast)
	}
	j := firstTrue(-mode, -lo+1, func(j float64) bool { return h.PMF(-j) <= limit })
	return clipProbability(t.AtLeast + h.Tails(-j).AtMost)
}

// firstTrue is the smallest whole number in (lo, hi] at which a monotone condition holds, hi if nowhere before it.
func firstTrue(lo, hi float64, holds func(float64) bool) float64 {
	for hi-lo > 1 {
		mid := math.Floor(lo + (hi-lo)/2)
		if holds(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// Moments of the noncentral distribution at log odds ratio beta that its estimators need.
type noncentral struct {
	pmf, atLeast, atMost, mean float64
}

// at sums the noncentral distribution outwards from its mode and reads off the probability of k and its tails.
func (h Hypergeometric) at(k, beta float64) noncentral {
	psi := math.Exp(beta)
	lo, hi := h.support()
	mode := h.mode(psi)
	var n noncentral
	var total, moment float64
	visit := func(j, term float64) {
		total += term
		moment += term * (j - mode)
		if j == k {
			n.pmf = term
		}
		if j >= k {
			n.atLeast += term
		}
		if j <= k {
			n.atMost += term
		}
	}
	visit(mode, 1)
	for j, term := mode, 1.0; j < hi && term > 1e-18; j++ {
		term *= h.ratio(j, psi)
		visit(j+1, term)
	}
	for j, term := mode, 1.0; j > lo && term > 1e-18; j-- {
		term /= h.ratio(j-1, psi)
		visit(j-1, term)
	}
	return noncentral{n.pmf / total, n.atLeast / total, n.atMost / total, mode + moment/total}
}

// maxLogOdds bounds the search for odds ratios.
const maxLogOdds = 80

// OddsRatioMLE is the conditional maximum likelihood estimate of the odds ratio at k, the ψ whose mean is k:
// 0 and +Inf at the ends of the support.
func (h Hypergeometric) OddsRatioMLE(k float64) float64 {
	lo, hi := h.support()
	switch {
	case lo == hi:
		return math.NaN()
	case k <= lo:
		return 0
	case k >= hi:
		return math.Inf(1)
	}
	return math.Exp(h.solve(k, func(n noncentral) float64 { return n.mean - k }))
}

// OddsRatioInterval inverts the two one-sided tests at k, each at alpha/2: exact (weight 1) or mid-p
// (weight ½ on the observed value).
func (h Hypergeometric) OddsRatioInterval(k, alpha, weight float64) (low, high float64) {
	lo, hi := h.support()
	if lo == hi || !(alpha > 0 && alpha < 1) {
		return math.NaN(), math.NaN()
	}
	high = math.Inf(1)
	if k > lo {
		low = math.Exp(h.solve(k, func(n noncentral) float64 { return n.atLeast - (1-weight)*n.pmf - alpha/2 }))
	}
	if k < hi {
		high = math.Exp(h.solve(k, func(n noncentral) float64 { return alpha/2 - n.atMost + (1-weight)*n.pmf }))
	}
	return low, high
}

// solve finds the log odds ratio at which an increasing function of it is zero.
func (h Hypergeometric) solve(k float64, f func(noncentral) float64) float64 {
	g := func(beta float64) float64 { return f(h.at(k, beta)) }
	a, b, c, d := k+0.5, h.Marked-k+0.5, h.Draws-k+0.5, h.Plain-h.Draws+k+0.5
	return monotoneRoot(g, math.Log(a)-math.Log(b)-math.Log(c)+math.Log(d), 2*math.Sqrt(1/a+1/b+1/c+1/d), maxLogOdds)
}
