package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// EventsNeeded is the number of incidents needed to find a risk ratio at a two-sided level with a power, when AI makes the
// given share of the changes (Schoenfeld 1981).
func EventsNeeded(share, ratio, alpha, power float64) Number {
	if !(share > 0 && share < 1 && ratio > 0) || math.IsInf(ratio, 1) {
		return Undefined(InvalidInput)
	}
	z, log := num.Z(alpha)+num.NormalQuantile(power), math.Log(ratio)
	return Num(z * z / (share * (1 - share) * log * log))
}

// Plan is what two groups of given sizes can show about a risk ratio.
type Plan struct {
	Power          Number // of finding the ratio
	MDEUp          Number // smallest ratio above 1 that would be found at the wanted power
	MDEDown        Number // largest ratio below 1; undefined if even no incidents at all would go unnoticed
	N0Required     Number // changes without AI needed, at the same ratio n1/n0
	EventsRequired Number // incidents needed
}

// Design is a planned comparison of two proportions.
type Design struct {
	N1, N0 float64 // changes with AI and without
	P0     float64 // risk without AI
	Ratio  float64 // risk ratio to be found
	Alpha  float64 // two-sided level
	Power  float64 // wanted
}

// PlanTwoProportions works out power and needs by the normal approximation with pooled variance under the null
// (Fleiss 1981).
func PlanTwoProportions(d Design) Plan {
	if !(d.N1 >= 0 && d.N0 >= 0 && d.N1 <= MaxCount && d.N0 <= MaxCount && d.P0 >= 0 && d.P0 <= 1 && d.Ratio >= 0 &&
		d.P0*d.Ratio <= 1 && d.Alpha > 0 && d.Alpha < 1 && d.Power > 0 && d.Power < 1) {
		u := Undefined(InvalidInput)
		return Plan{u, u, u, u, u}
	}
	if why := emptyReason([]Stratum{{N1: d.N1, N0: d.N0}}); why != NoIncidents {
		u := Undefined(why)
		return Plan{u, u, u, u, u}
	}
	return Plan{
		Power:          Num(1 - num.NormalUpper(d.deviate(d.Ratio))),
		MDEUp:          d.detectable(1, 1/d.P0),
		MDEDown:        d.detectable(1, 0),
		N0Required:     d.required(),
		EventsRequired: EventsNeeded(d.N1/(d.N1+d.N0), d.Ratio, d.Alpha, d.Power),
	}
}

// deviate is the normal deviate of the power at a ratio.
func (d Design) deviate(ratio float64) float64 {
	p1, n := d.P0*ratio, d.N1+d.N0
	pooled := (d.N1*p1 + d.N0*d.P0) / n
	null := math.Sqrt(pooled * (1 - pooled) * (1/d.N1 + 1/d.N0))
	alternative := math.Sqrt(p1*(1-p1)/d.N1 + d.P0*(1-d.P0)/d.N0)
	return (math.Abs(p1-d.P0) - num.Z(d.Alpha)*null) / alternative
}

// detectable finds the ratio between 1 and limit at which the wanted power is reached.
func (d Design) detectable(from, limit float64) Number {
	wanted := num.NormalQuantile(d.Power)
	f := func(ratio float64) float64 { return d.deviate(ratio) - wanted }
	if math.IsInf(limit, 1) || !(f(limit) >= 0) {
		return Undefined(OutOfReach)
	}
	return Num(num.Root(f, from, limit))
}

// required is the size of the group without AI at which the ratio is found with the wanted power.
func (d Design) required() Number {
	k, p1 := d.N1/d.N0, d.P0*d.Ratio
	if p1 == d.P0 {
		return Undefined(OutOfReach)
	}
	pooled := (k*p1 + d.P0) / (k + 1)
	root := num.Z(d.Alpha)*math.Sqrt(pooled*(1-pooled)*(1+1/k)) +
		num.NormalQuantile(d.Power)*math.Sqrt(p1*(1-p1)/k+d.P0*(1-d.P0))
	return Num(root * root / ((p1 - d.P0) * (p1 - d.P0)))
}
