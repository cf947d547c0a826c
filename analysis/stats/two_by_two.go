package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Table is everything worth knowing about one 2×2 table, unadjusted.
type Table struct {
	Risk1, Risk0 Estimate // risk in each arm with Wilson's interval

	RD         Number   // risk difference
	RDSE       Number   // Wald
	RDWald     Interval // too short when incidents are rare
	RDNewcombe Interval // Newcombe 1998, method 10: Wilson limits squared and added
	RDScore    Interval // Miettinen & Nurminen 1985; the one to show

	RR      Estimate // risk ratio with the Katz log interval; use it only if all cells are 10 or more
	RRLogSE Number
	RRScore Interval // Miettinen & Nurminen; the one to show

	OR      Estimate // odds ratio with Woolf's log interval
	ORLogSE Number

	ChiSquared Test // Pearson, no continuity correction
}

// TwoByTwo describes one table (E4). With an empty arm every comparison is undefined.
func TwoByTwo(s Stratum, alpha float64) Table {
	if !s.valid() {
		return undefinedTable(InvalidInput)
	}
	t := undefinedTable("")
	if !s.overlaps() {
		t = undefinedTable(emptyReason([]Stratum{s}))
	}
	t.Risk1, t.Risk0 = Wilson(s.A, s.N1, alpha), Wilson(s.C, s.N0, alpha)
	t.Risk1, t.Risk0 = armReason(t.Risk1, NoAIChanges), armReason(t.Risk0, NoHumanChanges)
	if !s.overlaps() {
		return t
	}
	t.difference(s, alpha)
	t.ratio(s, alpha)
	t.odds(s, alpha)
	t.pearson(s)
	return t
}

func undefinedTable(why Reason) Table {
	u, e, i := Undefined(why), undefinedEstimate(why), undefinedInterval(why)
	return Table{
		Risk1: e, Risk0: e, RD: u, RDSE: u, RDWald: i, RDNewcombe: i, RDScore: i,
		RR: e, RRLogSE: u, RRScore: i, OR: e, ORLogSE: u, ChiSquared: undefinedTest(why),
	}
}

func armReason(e Estimate, why Reason) Estimate {
	if e.Value.Why == NoChanges {
		return undefinedEstimate(why)
	}
	return e
}

func (t *Table) difference(s Stratum, alpha float64) {
	p1, p0, z := s.A/s.N1, s.C/s.N0, num.Z(alpha)
	t.RD = Num((s.A*s.N0 - s.C*s.N1) / s.N1 / s.N0)
	t.RDSE = Num(math.Sqrt(p1*(1-p1)/s.N1 + p0*(1-p0)/s.N0))
	t.RDWald = waldInterval(t.RD, t.RDSE, z)
	if t.Risk1.Low.OK() {
		low := math.Hypot(p1-t.Risk1.Low.F, t.Risk0.High.F-p0)
		high := math.Hypot(t.Risk1.High.F-p1, p0-t.Risk0.Low.F)
		t.RDNewcombe = Interval{Num(t.RD.F - low), Num(t.RD.F + high)}
	} else {
		t.RDNewcombe = undefinedInterval(InvalidInput)
	}
	t.RDScore = differenceScore(s, z)
}

func (t *Table) ratio(s Stratum, alpha float64) {
	t.RR.Value = quotient(s.A/s.N1, s.C/s.N0, NoIncidents)
	t.RRLogSE = spread(t.RR.Value, (1-s.A/s.N1)/s.A+(1-s.C/s.N0)/s.C)
	t.RR = logRatio(t.RR.Value, t.RRLogSE, alpha, s.m())
	t.RRScore = ratioScore(s, num.Z(alpha))
}

func (t *Table) odds(s Stratum, alpha float64) {
	b, d := s.N1-s.A, s.N0-s.C
	why := NoIncidents
	if s.m() > 0 {
		why = AllIncidents
	}
	t.OR.Value = quotient(s.A*d, b*s.C, why)
	t.ORLogSE = spread(t.OR.Value, 1/s.A+1/b+1/s.C+1/d)
	t.OR = logRatio(t.OR.Value, t.ORLogSE, alpha, s.m())
}

func (t *Table) pearson(s Stratum) {
	m, n := s.m(), s.n()
	if m == 0 || m == n {
		t.ChiSquared = undefinedTest(noVariance([]Stratum{s}))
		return
	}
	d := (s.A*s.N0 - s.C*s.N1) / n
	t.ChiSquared = chiSquared(Num(d/s.N1*d/s.N0*(n/m)*(n/(n-m))*n), 1)
}
