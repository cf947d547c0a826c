package stats

// Band is the corrected risk ratio over the uncertainty of the detection itself.
type Band struct {
	Middle    Number // at the estimated sensitivity and specificity
	Low, High Number // smallest and largest over the ends of their intervals
	Feasible  int    // of the nine combinations, how many were possible
}

// DetectionBand corrects the risk ratio at the lower end, middle and upper end of a measured sensitivity and specificity
// (nine combinations, equal for incident and other changes). Both come from a validation sample by [Wilson].
func DetectionBand(strata []Stratum, sensitivity, specificity Estimate) Band {
	return bandOf(sensitivity, specificity, func(d Detection) Number { return CorrectExposure(strata, d).RR })
}

func bandOf(sensitivity, specificity Estimate, corrected func(Detection) Number) Band {
	band := Band{Low: Undefined(Infeasible), High: Undefined(Infeasible)}
	ends := func(e Estimate) [3]Number { return [3]Number{e.Low, e.Value, e.High} }
	for i, se := range ends(sensitivity) {
		for j, sp := range ends(specificity) {
			rr := corrected(Detection{se.Or(-1), sp.Or(-1), se.Or(-1), sp.Or(-1)})
			if i == 1 && j == 1 {
				band.Middle = rr
			}
			if rr.OK() {
				band.add(rr)
			}
		}
	}
	return band
}

func (b *Band) add(rr Number) {
	b.Feasible++
	if !b.Low.OK() || rr.F < b.Low.F {
		b.Low = rr
	}
	if !b.High.OK() || rr.F > b.High.F {
		b.High = rr
	}
}
