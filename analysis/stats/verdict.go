package stats

import "math"

// Code is the answer to a claim that compares risks, in the terms of the claims' definition.
type Code string

// The answers, in the order in which they are tried.
const (
	Gated      Code = "gated"      // a gate failed: no verdict
	NoData     Code = "no_data"    // too few incidents, events or people
	Equivalent Code = "equivalent" // whole 90 % interval within the margin
	More       Code = "more"       // 95 % interval above 1
	Fewer      Code = "fewer"      // 95 % interval below 1
	NotMore    Code = "not_more"   // upper end within the margin, lower end not
	Undecided  Code = "undecided"  // compatible with too much
)

// Amounts below which there is no answer.
const (
	MinOverlapEvents = 5  // incidents in strata with both arms
	MinGroupEvents   = 10 // events in each arm
	MinPeople        = 5  // distinct people in each arm (k-anonymity)
)

// Case is what an answer is decided from. The interval that decides is always-valid: the page is looked at every day.
type Case struct {
	Gates []Gate

	OverlapEvents            float64 // incidents in strata with both arms
	AIEvents, HumanEvents    float64 // events in each arm
	AIPeople, HumanPeople    uint64  // distinct people in each arm
	Log, SE, DF              Number  // effect and the larger of its standard errors
	Phi                      float64 // tuning of the confidence sequence; 0 means DefaultPhi
	Margin                   float64 // risk ratio; 0 means DefaultMargin
	MinPeople                uint64  // 0 means the default of 5
	Alpha                    float64 // 0 means 0.05
	Power                    float64 // for the minimum detectable effect; 0 means 0.8
	IgnoreGroups, FixedLooks bool    // no arms to count (one-sample claims); decide by the fixed interval (scheduled reports)
}

// Answer is a verdict and the numbers it was read off.
type Answer struct {
	Code      Code     `json:"code"`
	Failed    []Gate   `json:"failed,omitempty"`    // the gates that failed
	Direction int      `json:"direction,omitempty"` // −1 fewer, +1 more, where the 95 % interval excludes 1 (also inside the margin)
	CI95      Interval `json:"ci95"`                // deciding interval, level 1−alpha
	CI90      Interval `json:"ci90"`                // deciding interval for equivalence, level 1−2·alpha
	Fixed     Interval `json:"fixed"`               // the fixed-sample interval, for standing beside it
	MDEUp     Number   `json:"mdeUp"`               // could only have seen a ratio of at least this
	MDEDown   Number   `json:"mdeDown"`             // or at most this
	LogE      Number   `json:"logE"`                // log e-value against no difference
	P         Number   `json:"p"`                   // always-valid p-value
}

// Decide answers a claim: gates first, then amounts, then the interval (E5 on E6).
func Decide(c Case) Answer {
	c = c.withDefaults()
	a := c.measure()
	for _, g := range c.Gates {
		if !g.Pass {
			a.Failed = append(a.Failed, g)
		}
	}
	a.Direction = direction(a.CI95)
	a.Code = c.code(a)
	return a
}

func (c Case) withDefaults() Case {
	if c.Phi == 0 {
		c.Phi = DefaultPhi
	}
	if c.Margin == 0 {
		c.Margin = DefaultMargin
	}
	if c.MinPeople == 0 {
		c.MinPeople = MinPeople
	}
	if c.Alpha == 0 {
		c.Alpha = 0.05
	}
	if c.Power == 0 {
		c.Power = 0.8
	}
	return c
}

// measure works out the intervals; they are undefined where the effect is.
func (c Case) measure() Answer {
	known := both(c.Log, c.SE, func(log, se float64) float64 { return log + se })
	if known.OK() && (!c.Log.Finite() || !(c.SE.F > 0) || !c.SE.Finite()) {
		known = Undefined(OneSided)
	}
	if !known.OK() {
		u, i := known, undefinedInterval(known.Why)
		return Answer{CI95: i, CI90: i, Fixed: i, MDEUp: u, MDEDown: u, LogE: u, P: u}
	}
	e := Effect{c.Log.F, c.SE.F, c.DF.Or(0)}
	always := ConfidenceSequence(e.Log, e.SE, c.Phi, c.Alpha)
	a := Answer{
		CI95: always.Ratio, CI90: ConfidenceSequence(e.Log, e.SE, c.Phi, 2*c.Alpha).Ratio,
		Fixed: e.Interval(c.Alpha), LogE: always.LogE, P: always.P,
	}
	if c.FixedLooks {
		a.CI95, a.CI90 = a.Fixed, e.Interval(2*c.Alpha)
	}
	a.MDEUp, a.MDEDown = MDE(e.SE, e.DF, c.Alpha, c.Power)
	return a
}

// code goes through the answers in their order.
func (c Case) code(a Answer) Code {
	switch {
	case len(a.Failed) > 0:
		return Gated
	case c.tooFew() || !a.CI95.Low.OK() || !a.CI95.High.OK():
		return NoData
	case within(a.CI90, c.Margin):
		return Equivalent
	case a.Direction > 0:
		return More
	case a.Direction < 0:
		return Fewer
	case a.CI90.High.OK() && a.CI90.High.F <= c.Margin:
		return NotMore
	}
	return Undecided
}

func (c Case) tooFew() bool {
	if !(c.OverlapEvents >= MinOverlapEvents) {
		return true
	}
	return !c.IgnoreGroups &&
		(!(math.Min(c.AIEvents, c.HumanEvents) >= MinGroupEvents) || min(c.AIPeople, c.HumanPeople) < c.MinPeople)
}

// within reports whether an interval of a ratio lies inside (1/margin, margin).
func within(i Interval, margin float64) bool {
	return i.Low.OK() && i.High.OK() && i.Low.F > 1/margin && i.High.F < margin
}

func direction(i Interval) int {
	switch {
	case i.Low.OK() && i.Low.F > 1:
		return 1
	case i.High.OK() && i.High.F < 1:
		return -1
	}
	return 0
}
