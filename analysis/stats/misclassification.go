package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Detection is how well the use of AI is recognised, apart for changes with an incident (case) and without. Sensitivity
// is the share of AI changes that are labelled so, specificity the share of the others that are not.
type Detection struct {
	SeCase, SpCase, SeNoncase, SpNoncase float64
}

func (d Detection) valid() bool {
	for _, x := range []float64{d.SeCase, d.SpCase, d.SeNoncase, d.SpNoncase} {
		if !(x >= 0 && x <= 1) {
			return false
		}
	}
	return true
}

// Corrected is what the counts would be without detection errors.
type Corrected struct {
	A, N1, C, N0 Number // pooled counts; they may be negative where the correction is infeasible
	Feasible     bool   // all corrected cells are positive
	Observed     Number // RR as observed
	RR           Number // RR corrected: Mantel–Haenszel over the corrected strata
	OR           Number // corrected odds ratio of the pooled counts
	BiasFactor   Number // Observed/RR
}

// CorrectExposure corrects for missed and mistaken AI labels, stratum by stratum and without rounding or clipping, then
// pools (E9; Lash, Fox & Fink 2021). Clipping within strata would bias the pooled value.
func CorrectExposure(strata []Stratum, d Detection) Corrected {
	if !validStrata(strata) || !d.valid() {
		return undefinedCorrection(InvalidInput)
	}
	jc, jn := d.SeCase+d.SpCase-1, d.SeNoncase+d.SpNoncase-1
	if !(jc > 0 && jn > 0) {
		c := undefinedCorrection(Infeasible)
		c.Observed = observedRR(strata)
		return c
	}
	fixed := make([]Stratum, len(strata))
	for i, s := range strata {
		b, rest := s.N1-s.A, s.n()-s.m()
		a := (s.A - (1-d.SpCase)*s.m()) / jc
		n := a + (b-(1-d.SpNoncase)*rest)/jn
		fixed[i] = Stratum{a, n, s.m() - a, s.n() - n}
	}
	return correction(strata, fixed)
}

// Recall is how well incidents are recognised, apart for changes with AI (1) and without (0).
type Recall struct {
	Se1, Sp1, Se0, Sp0 float64
}

// CorrectOutcome corrects for missed and mistaken incidents (E9). With rare incidents the specificity must be all but 1:
// restrict to confirmed incidents rather than correct.
func CorrectOutcome(strata []Stratum, r Recall) Corrected {
	if !validStrata(strata) || !(Detection{r.Se1, r.Sp1, r.Se0, r.Sp0}).valid() {
		return undefinedCorrection(InvalidInput)
	}
	j1, j0 := r.Se1+r.Sp1-1, r.Se0+r.Sp0-1
	if !(j1 > 0 && j0 > 0) {
		c := undefinedCorrection(Infeasible)
		c.Observed = observedRR(strata)
		return c
	}
	fixed := make([]Stratum, len(strata))
	for i, s := range strata {
		fixed[i] = Stratum{(s.A - (1-r.Sp1)*s.N1) / j1, s.N1, (s.C - (1-r.Sp0)*s.N0) / j0, s.N0}
	}
	return correction(strata, fixed)
}

func undefinedCorrection(why Reason) Corrected {
	u := Undefined(why)
	return Corrected{A: u, N1: u, C: u, N0: u, Observed: u, RR: u, OR: u, BiasFactor: u}
}

func observedRR(strata []Stratum) Number {
	r, s := mantelHaenszelSums(strata)
	if r == 0 && s == 0 {
		return Undefined(emptyReason(strata))
	}
	return Num(r / s)
}

func correction(strata, fixed []Stratum) Corrected {
	t := Crude(fixed)
	c := Corrected{A: Num(t.A), N1: Num(t.N1), C: Num(t.C), N0: Num(t.N0), Observed: observedRR(strata)}
	b, d := t.N1-t.A, t.N0-t.C
	c.Feasible = t.A > 0 && b > 0 && t.C > 0 && d > 0
	if !c.Feasible {
		u := Undefined(Infeasible)
		c.RR, c.OR, c.BiasFactor = u, u, u
		return c
	}
	r, s := mantelHaenszelSums(fixed)
	c.RR, c.OR = Num(r/s), Num(t.A*d/(b*t.C))
	if !(r > 0 && s > 0) {
		c.RR = Undefined(Infeasible)
	}
	c.BiasFactor = both(c.Observed, c.RR, func(x, y float64) float64 { return x / y })
	return c
}

func mantelHaenszelSums(strata []Stratum) (r, s float64) {
	var rs, ss num.Sum
	for _, k := range strata {
		if k.n() > 0 {
			rk, sk := halves(k)
			rs.Add(rk)
			ss.Add(sk)
		}
	}
	return rs.Value(), ss.Value()
}

// TippingSensitivity is the sensitivity of AI detection among incident changes at which the corrected RR would be the
// target, the rest of the detection staying as it is: how much more eagerly incidents would have to be searched for AI
// to explain the result away.
func TippingSensitivity(strata []Stratum, d Detection, target float64) Number {
	if !validStrata(strata) {
		return Undefined(InvalidInput)
	}
	return tipping(d, target, func(d Detection) Number { return CorrectExposure(strata, d).RR })
}

func tipping(d Detection, target float64, corrected func(Detection) Number) Number {
	if !d.valid() || !(target > 0) || math.IsInf(target, 1) {
		return Undefined(InvalidInput)
	}
	distance := func(se float64) float64 {
		x := d
		x.SeCase = se
		return corrected(x).Then(math.Log).Or(math.Inf(1)) - math.Log(target) // too little sensitivity: everything was AI
	}
	low := 1 - d.SpCase
	if distance(1) > 0 || low >= 1 {
		return Undefined(OutOfReach)
	}
	x := num.Root(distance, low, 1)
	if math.IsNaN(x) {
		return Undefined(OutOfReach)
	}
	return Num(x)
}
