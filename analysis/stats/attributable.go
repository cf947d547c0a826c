package stats

// Attributable is how many of the incidents of AI changes would not have happened at the human rate. Negative means
// prevented.
type Attributable struct {
	RR        Estimate // Mantel–Haenszel
	Exposed   Estimate // share of AI incidents that are in excess, 1 − 1/RR
	CaseShare Number   // share of all incidents that are AI incidents
	PAF       Number   // share of all incidents in excess (Miettinen 1974)
	Excess    Estimate // number of incidents in excess
}

// AttributableShare maps the adjusted risk ratio and its interval onto incidents (E7).
func AttributableShare(strata []Stratum, alpha float64) Attributable {
	rr := MantelHaenszel(strata, alpha).RR
	if !validStrata(strata) {
		u := Undefined(InvalidInput)
		return Attributable{rr, rr, u, u, rr}
	}
	all := Crude(strata)
	times := func(x Number) Number { return x.Then(func(f float64) float64 { return all.A * f }) }
	e := Estimate{rr.Value.Then(excessShare), rr.Low.Then(excessShare), rr.High.Then(excessShare), rr.N}
	share := quotient(all.A, all.m(), NoIncidents)
	return Attributable{
		RR: rr, Exposed: e, CaseShare: share,
		PAF:    both(share, e.Value, func(s, f float64) float64 { return s * f }),
		Excess: Estimate{times(e.Value), times(e.Low), times(e.High), rr.N},
	}
}

func excessShare(rr float64) float64 { return 1 - 1/rr }
