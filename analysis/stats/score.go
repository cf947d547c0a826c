package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// ratioScore is the Miettinen–Nurminen (1985) interval of the risk ratio, solved on ln ψ. It is open at 0 or ∞ where an
// arm has no incidents.
func ratioScore(s Stratum, z float64) Interval {
	if math.IsNaN(z) {
		return undefinedInterval(InvalidInput)
	}
	excess := func(log float64) float64 { return s.ratioDeviate(math.Exp(log)) - z }
	deficit := func(log float64) float64 { return s.ratioDeviate(math.Exp(log)) + z }
	i := Interval{Num(0), Num(math.Inf(1))}
	if s.A > 0 {
		i.Low = Num(math.Exp(num.Root(excess, -maxScoreLog, maxScoreLog)))
	}
	if s.C > 0 {
		i.High = Num(math.Exp(num.Root(deficit, -maxScoreLog, maxScoreLog)))
	}
	return i
}

// maxScoreLog bounds the search for ln ψ.
const maxScoreLog = 60

// ratioDeviate is the signed root of the score statistic at ψ, positive where ψ is below the estimate. The constrained
// estimate p̃0 is the small root of a quadratic, in the form that does not cancel.
func (s Stratum) ratioDeviate(psi float64) float64 {
	n := s.n()
	x, y := psi*(s.N1+s.C), s.A+s.N0
	root := math.Sqrt((x-y)*(x-y) + 4*psi*(s.N1-s.A)*(s.N0-s.C))
	p0 := math.Min(1, 2*s.m()/(x+y+root))
	p1 := math.Min(1, psi*p0)
	v := (p1*(1-p1)/s.N1 + psi*psi*p0*math.Max(0, 1-p0)/s.N0) * n / (n - 1)
	return deviate(s.A/s.N1-psi*(s.C/s.N0), v)
}

// deviate is d/√v, taking the sign of d where the variance vanishes.
func deviate(d, v float64) float64 {
	switch {
	case d == 0:
		return 0
	case v <= 0:
		return math.Copysign(math.Inf(1), d)
	}
	return d / math.Sqrt(v)
}

// differenceScore is the Miettinen–Nurminen (1985) interval of the risk difference. Incidents and non-incidents are
// swapped where incidents are the majority, so that the small probabilities are the ones computed directly.
func differenceScore(s Stratum, z float64) Interval {
	if math.IsNaN(z) {
		return undefinedInterval(InvalidInput)
	}
	if s.m() > s.n()/2 {
		i := differenceScore(Stratum{s.N1 - s.A, s.N1, s.N0 - s.C, s.N0}, z)
		return Interval{i.High.Then(negate), i.Low.Then(negate)}
	}
	rd := (s.A*s.N0 - s.C*s.N1) / s.N1 / s.N0
	step := z * math.Sqrt((s.A+1)/s.N1/s.N1+(s.C+1)/s.N0/s.N0)
	side := func(sign, limit float64) Number {
		if rd == limit {
			return Num(limit)
		}
		f := func(delta float64) float64 { return sign*s.differenceDeviate(delta) + z }
		if x := num.RootFrom(f, rd, sign*step, limit); !math.IsNaN(x) {
			return Num(x)
		}
		return Num(limit)
	}
	return Interval{side(-1, -1), side(1, 1)}
}

func negate(x float64) float64 { return -x }

// differenceDeviate is the signed root of the score statistic at a difference delta.
func (s Stratum) differenceDeviate(delta float64) float64 {
	p1, p0 := s.constrained(delta)
	n := s.n()
	v := (p1*(1-p1)/s.N1 + p0*(1-p0)/s.N0) * n / (n - 1)
	return deviate((s.A*s.N0-s.C*s.N1)/s.N1/s.N0-delta, v)
}

// constrained maximises the likelihood of both risks given their difference. It solves the score equation for the
// smaller of the two risks, which keeps all its digits at rates of one in ten million, where the cubic's
// trigonometric root loses half of them.
func (s Stratum) constrained(delta float64) (p1, p0 float64) {
	if delta < 0 {
		p0, p1 = s.swapped().constrained(-delta)
		return p1, p0
	}
	score := func(p0 float64) (value, slope float64) {
		p1 := p0 + delta
		q1, q0 := 1-p1, 1-p0
		value = pull(s.A, p1) - pull(s.N1-s.A, q1) + pull(s.C, p0) - pull(s.N0-s.C, q0)
		slope = -pull(s.A, p1)/p1 - pull(s.N1-s.A, q1)/q1 - pull(s.C, p0)/p0 - pull(s.N0-s.C, q0)/q0
		return value, slope
	}
	top := 1 - delta
	if atZero, _ := score(0); atZero <= 0 || top <= 0 {
		return delta, 0
	}
	p0 = solveRisk(score, math.Min(top, (s.m()+1)/(s.n()+2))/2, top)
	return p0 + delta, p0
}

// pull is x/p, nothing where there is nothing to pull.
func pull(x, p float64) float64 {
	if x == 0 {
		return 0
	}
	return x / p
}

// solveRisk finds the zero of a decreasing score in (0, top) to full relative precision, working on ln p.
func solveRisk(score func(float64) (float64, float64), start, top float64) float64 {
	t := num.Newton(func(t float64) (float64, float64) {
		p := math.Exp(t)
		if p >= top {
			return math.Inf(-1), -1
		}
		value, slope := score(p)
		return p * value, p*value + p*p*slope
	}, math.Log(start), -800, math.Log(top))
	return math.Exp(t)
}
