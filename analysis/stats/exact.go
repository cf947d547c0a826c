package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Exact is what Fisher's conditional distribution says about one table.
type Exact struct {
	TwoSided Number // Fisher: all tables no more probable than this one. Very conservative for small counts
	Greater  Number // P(a or more)
	Less     Number // P(a or fewer)
	MidP     Number // two-sided mid-p, the default for small counts

	OddsRatio Number   // conditional maximum likelihood
	CI        Interval // exact interval of the odds ratio
	CIMidP    Interval // mid-p interval of the odds ratio
}

// FisherExact tests one table of whole counts and finds the conditional odds ratio (E4).
func FisherExact(s Stratum, alpha float64) Exact {
	if why := s.notExact(); why != "" {
		u := Undefined(why)
		return Exact{u, u, u, u, u, undefinedInterval(why), undefinedInterval(why)}
	}
	h := num.Hypergeometric{Marked: s.N1, Plain: s.N0, Draws: s.m()}
	t := h.Tails(s.A)
	e := Exact{
		TwoSided: Num(h.TwoSided(s.A)), Greater: Num(t.AtLeast), Less: Num(t.AtMost),
		MidP:      Num(math.Min(1, 2*math.Min(t.AtLeast, t.AtMost)-t.PMF)),
		OddsRatio: Num(h.OddsRatioMLE(s.A)),
	}
	if s.m() == 0 || s.m() == s.n() {
		why := noVariance([]Stratum{s})
		e.OddsRatio, e.CI, e.CIMidP = Undefined(why), undefinedInterval(why), undefinedInterval(why)
		return e
	}
	low, high := h.OddsRatioInterval(s.A, alpha, 1)
	e.CI = Interval{Num(low), Num(high)}
	low, high = h.OddsRatioInterval(s.A, alpha, 0.5)
	e.CIMidP = Interval{Num(low), Num(high)}
	return e
}

func (s Stratum) notExact() Reason {
	switch {
	case !s.valid():
		return InvalidInput
	case !s.overlaps():
		return emptyReason([]Stratum{s})
	case !s.whole():
		return Fractional
	}
	return ""
}

// ExactRR is the risk ratio of two Poisson counts: given a + c incidents, a is Binomial with share n1/(n1+n0).
type ExactRR struct {
	Share     Number    // AI's share of the changes
	Tails     TailProbs // of a, if RR were 1
	TwoSided  Number    // two-sided mid-p
	RR        Number
	Exact     Interval // Clopper–Pearson
	MidP      Interval
	Incidents float64
}

// PoissonRR is the exact comparison of two rates of rare incidents (E4).
func PoissonRR(s Stratum, alpha float64) ExactRR {
	why := s.notExact()
	if why == "" && s.m() == 0 {
		why = NoIncidents
	}
	if why != "" {
		u, i := Undefined(why), undefinedInterval(why)
		return ExactRR{u, undefinedTails(why), u, u, i, i, 0}
	}
	share, rest := s.N1/s.n(), s.N0/s.n()
	t := num.BinomialTails(s.A, s.m(), share, rest)
	return ExactRR{
		Share: Num(share), Tails: tailProbs(t), TwoSided: Num(t.TwoSidedMid()),
		RR:        quotient(s.A/s.N1, s.C/s.N0, NoIncidents),
		Exact:     s.rateInterval(alpha, 1),
		MidP:      s.rateInterval(alpha, 0.5),
		Incidents: s.m(),
	}
}

// rateInterval inverts the binomial tails at alpha/2, counting the observed value with the given weight, on the scale of
// ln RR.
func (s Stratum) rateInterval(alpha, weight float64) Interval {
	if !(alpha > 0 && alpha < 1) {
		return undefinedInterval(InvalidInput)
	}
	offset := math.Log(s.N1 / s.N0)
	tails := func(beta float64) num.Tails {
		x := offset + beta
		return num.BinomialTails(s.A, s.m(), 1/(1+math.Exp(-x)), 1/(1+math.Exp(x)))
	}
	start, step := math.Log((s.A+0.5)/(s.C+0.5))-offset, 2*math.Sqrt(1/(s.A+0.5)+1/(s.C+0.5))
	i := Interval{Num(0), Num(math.Inf(1))}
	if s.A > 0 {
		i.Low = Num(math.Exp(num.RootFrom(func(beta float64) float64 {
			t := tails(beta)
			return math.Log(t.AtLeast-(1-weight)*t.PMF) - math.Log(alpha/2)
		}, start, -step, -maxLogRR)))
	}
	if s.C > 0 {
		i.High = Num(math.Exp(num.RootFrom(func(beta float64) float64 {
			t := tails(beta)
			return math.Log(t.AtMost-(1-weight)*t.PMF) - math.Log(alpha/2)
		}, start, step, maxLogRR)))
	}
	return i
}
