package num

import "math"

// Tails holds the probability of a value of a discrete distribution and of both its tails, each including the
// value itself and each with full relative precision.
type Tails struct {
	PMF     float64 // P(X = k)
	AtLeast float64 // P(X ≥ k)
	AtMost  float64 // P(X ≤ k)
}

// MidAtLeast is the mid-p upper tail, P(X > k) + P(X = k)/2.
func (t Tails) MidAtLeast() float64 { return clipProbability(t.AtLeast - t.PMF/2) }

// MidAtMost is the mid-p lower tail, P(X < k) + P(X = k)/2.
func (t Tails) MidAtMost() float64 { return clipProbability(t.AtMost - t.PMF/2) }

// TwoSidedMid doubles the smaller mid-p tail.
func (t Tails) TwoSidedMid() float64 { return min(1, 2*min(t.MidAtLeast(), t.MidAtMost())) }

func clipProbability(p float64) float64 { return min(max(p, 0), 1) }

// BinomialTails are the tails of Binomial(n, p) at k; q = 1−p is given apart because it may hold digits that
// 1−p has lost. Values of k outside 0..n are allowed.
func BinomialTails(k, n, p, q float64) Tails {
	switch {
	case math.IsNaN(k+n+p+q) || n < 0 || p < 0 || q < 0:
		return Tails{math.NaN(), math.NaN(), math.NaN()}
	case k < 0:
		return Tails{0, 1, 0}
	case k > n:
		return Tails{0, 0, 1}
	}
	t := Tails{PMF: BinomialPMF(k, n, p, q), AtLeast: 1, AtMost: 1}
	if k > 0 {
		t.AtLeast, _ = BetaTails(k, n-k+1, p, q)
	}
	if k < n {
		_, t.AtMost = BetaTails(k+1, n-k, p, q)
	}
	return t
}

// BinomialPMF is Loader's saddle-point form of the binomial probability, for real 0 ≤ x ≤ n.
func BinomialPMF(x, n, p, q float64) float64 {
	switch {
	case x < 0 || x > n:
		return 0
	case p == 0 || q == 0:
		return boolean((p == 0 && x == 0) || (q == 0 && x == n))
	case x == 0:
		return math.Exp(n * logComplement(p, q))
	case x == n:
		return math.Exp(n * logComplement(q, p))
	}
	lc := stirlingError(n) - stirlingError(x) - stirlingError(n-x) - deviance(x, n*p) - deviance(n-x, n*q)
	return math.Exp(lc) * math.Sqrt(n/(2*math.Pi*x*(n-x)))
}

// logComplement is ln q for q = 1−p, from whichever of the two keeps the digits.
func logComplement(p, q float64) float64 {
	if p < q {
		return math.Log1p(-p)
	}
	return math.Log(q)
}

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// stirlingError is ln n! minus Stirling's formula, for n > 0. Small n are shifted up by the recurrence, so that the
// asymptotic series always starts at 15 or more, where it is good to the last digit.
func stirlingError(n float64) float64 {
	shift := 0.0
	for ; n < 15; n++ {
		shift += (n+0.5)*math.Log1p(1/n) - 1
	}
	s := 1 / (n * n)
	return shift + (1.0/12-(1.0/360-(1.0/1260-(1.0/1680-(1.0/1188-691.0/360360*s)*s)*s)*s)*s)/n
}

// deviance is x ln(x/m) + m − x without the cancellation near x = m.
func deviance(x, m float64) float64 {
	d := x - m
	if math.Abs(d) >= 0.1*(x+m) {
		return x*math.Log(x/m) - d
	}
	v := d / (x + m)
	total, term := d*v, 2*x*v
	for j := 1.0; j < 1000; j++ {
		term *= v * v
		next := total + term/(2*j+1)
		if next == total {
			break
		}
		total = next
	}
	return total
}
