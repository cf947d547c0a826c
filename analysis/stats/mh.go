package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Pooled is the Mantel–Haenszel estimates over strata with both arms: weighted averages of the strata's ratios and
// differences, which mean something even where the strata differ.
type Pooled struct {
	StrataUsed, StrataDropped int
	Events                    float64 // incidents in the strata used

	RR       Estimate // risk ratio, variance of Greenland & Robins 1985 (right for common incidents too)
	LogRR    Number
	RRLogSE  Number
	OR       Estimate // odds ratio, variance of Robins, Breslow & Greenland 1986
	ORLogSE  Number
	RD       Estimate // risk difference per change, variance of Sato 1989
	RDSE     Number   // Sato
	RDSEGR   Number   // Greenland & Robins 1985, for comparison
	CMH      Test     // Cochran–Mantel–Haenszel test of no association
	CMHYates Test     // the same with continuity correction
	Breslow  Test     // Breslow–Day test that the odds ratios are equal; meant for few, large strata
	Tarone   Test     // with Tarone's correction
}

// MantelHaenszel pools the strata (E2). Strata where one arm is empty are dropped and counted.
func MantelHaenszel(strata []Stratum, alpha float64) Pooled {
	if !validStrata(strata) {
		return undefinedPooled(InvalidInput)
	}
	used := make([]Stratum, 0, len(strata))
	for _, s := range strata {
		if s.overlaps() {
			used = append(used, s)
		}
	}
	if len(used) == 0 {
		p := undefinedPooled(emptyReason(strata))
		p.StrataDropped = len(strata)
		return p
	}
	p := Pooled{StrataUsed: len(used), StrataDropped: len(strata) - len(used), Events: Crude(used).m()}
	p.riskRatio(used, alpha)
	p.oddsRatio(used, alpha)
	p.riskDifference(used, alpha)
	p.association(used)
	p.homogeneity(used)
	return p
}

func undefinedPooled(why Reason) Pooled {
	u, e, t := Undefined(why), undefinedEstimate(why), undefinedTest(why)
	return Pooled{
		RR: e, LogRR: u, RRLogSE: u, OR: e, ORLogSE: u, RD: e, RDSE: u, RDSEGR: u,
		CMH: t, CMHYates: t, Breslow: t, Tarone: t,
	}
}

func (p *Pooled) riskRatio(used []Stratum, alpha float64) {
	var r, s, v num.Sum
	for _, k := range used {
		n := k.n()
		r.Add(k.A * k.N0 / n)
		s.Add(k.C * k.N1 / n)
		v.Add((k.m()*(k.N1/n)*k.N0 - k.A*k.C) / n)
	}
	p.RR.Value = quotient(r.Value(), s.Value(), NoIncidents)
	p.LogRR = p.RR.Value.Then(math.Log)
	p.RRLogSE = spread(p.RR.Value, v.Value()/r.Value()/s.Value())
	p.RR = logRatio(p.RR.Value, p.RRLogSE, alpha, p.Events)
}

func (p *Pooled) oddsRatio(used []Stratum, alpha float64) {
	var r, s, pr, mixed, qs num.Sum
	for _, k := range used {
		n, b, d := k.n(), k.N1-k.A, k.N0-k.C
		rk, sk := k.A*(d/n), b*(k.C/n)
		concordant, discordant := (k.A+d)/n, (b+k.C)/n
		r.Add(rk)
		s.Add(sk)
		pr.Add(concordant * rk)
		mixed.Add(concordant*sk + discordant*rk)
		qs.Add(discordant * sk)
	}
	rt, st := r.Value(), s.Value()
	p.OR.Value = quotient(rt, st, NoIncidents)
	p.ORLogSE = spread(p.OR.Value, pr.Value()/(2*rt*rt)+mixed.Value()/(2*rt*st)+qs.Value()/(2*st*st))
	p.OR = logRatio(p.OR.Value, p.ORLogSE, alpha, p.Events)
}

func (p *Pooled) riskDifference(used []Stratum, alpha float64) {
	var diff, weight, pk, qk, gr num.Sum
	for _, k := range used {
		n, b, d := k.n(), k.N1-k.A, k.N0-k.C
		u1, u0 := k.N1/n, k.N0/n
		diff.Add(k.A*u0 - k.C*u1)
		weight.Add(k.N1 * u0)
		pk.Add(u1*u1*k.C - u0*u0*k.A + u1*u0*(k.N0-k.N1)/2)
		qk.Add((k.A*(d/n) + k.C*(b/n)) / 2)
		gr.Add(k.A*(b/k.N1)*u0*u0 + k.C*(d/k.N0)*u1*u1)
	}
	w := weight.Value()
	rd := diff.Value() / w
	p.RDSE = Num(math.Sqrt((rd*pk.Value() + qk.Value()) / w / w))
	p.RDSEGR = Num(math.Sqrt(gr.Value() / w / w))
	i := waldInterval(Num(rd), p.RDSE, num.Z(alpha))
	p.RD = Estimate{Num(rd), i.Low, i.High, p.Events}
}

// spread is the standard error of a log ratio, undefined where the ratio is at an end.
func spread(ratio Number, variance float64) Number {
	switch {
	case !ratio.OK():
		return ratio
	case ratio.F == 0 || math.IsInf(ratio.F, 1):
		return Undefined(OneSided)
	}
	return Num(math.Sqrt(variance))
}

// logRatio is a ratio with the interval exp(ln ratio ± z·se).
func logRatio(ratio, se Number, alpha, events float64) Estimate {
	e := ratioEstimate(ratio.Then(math.Log), se, alpha, events)
	e.Value = ratio
	return e
}
