package stats

import (
	"fmt"
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Stratum is the counts of one set of comparable changes: A incidents among N1 changes with AI, C incidents among N0
// without. Counts may be fractional where an incident is shared between changes. The zero value is an empty stratum.
type Stratum struct {
	A  float64 `json:"a"`
	N1 float64 `json:"n1"`
	C  float64 `json:"c"`
	N0 float64 `json:"n0"`
}

// MaxCount is the largest count taken: far above any fleet, and small enough that whole counts stay exact. MinCount is
// the smallest above zero: a share of one incident among a thousand million changes; anything less is rounding noise.
const (
	MaxCount = 1e12
	MinCount = 1e-9
)

// countable reports whether x can be a count.
func countable(x float64) bool { return x == 0 || (x >= MinCount && x <= MaxCount) }

// Validate reports the first count that cannot be.
func (s Stratum) Validate() error {
	for _, v := range []struct {
		name  string
		value float64
	}{{"n1", s.N1}, {"n0", s.N0}, {"a", s.A}, {"c", s.C}} {
		if !countable(v.value) {
			return fmt.Errorf("%s is %g: a count must be 0 or between %g and %g", v.name, v.value, MinCount, MaxCount)
		}
	}
	if s.A > s.N1 {
		return fmt.Errorf("a is %g, more than n1 (%g): incidents are counted among the changes", s.A, s.N1)
	}
	if s.C > s.N0 {
		return fmt.Errorf("c is %g, more than n0 (%g): incidents are counted among the changes", s.C, s.N0)
	}
	return nil
}

func (s Stratum) valid() bool {
	return countable(s.A) && countable(s.N1) && countable(s.C) && countable(s.N0) && s.A <= s.N1 && s.C <= s.N0
}

// m is the incidents of the stratum, n its changes.
func (s Stratum) m() float64 { return s.A + s.C }
func (s Stratum) n() float64 { return s.N1 + s.N0 }

// overlaps reports whether both arms have changes; a stratum where one has none says nothing about their ratio.
func (s Stratum) overlaps() bool { return s.N1 > 0 && s.N0 > 0 }

func (s Stratum) swapped() Stratum { return Stratum{s.C, s.N0, s.A, s.N1} }

func (s Stratum) whole() bool {
	return s.A == math.Trunc(s.A) && s.C == math.Trunc(s.C) && s.N1 == math.Trunc(s.N1) && s.N0 == math.Trunc(s.N0)
}

// Crude adds up all strata into one table, as if they were comparable.
func Crude(strata []Stratum) Stratum {
	var a, n1, c, n0 num.Sum
	for _, s := range strata {
		a.Add(s.A)
		n1.Add(s.N1)
		c.Add(s.C)
		n0.Add(s.N0)
	}
	return Stratum{a.Value(), n1.Value(), c.Value(), n0.Value()}
}

// Overlap is the part of the changes and incidents that lies in strata with both arms. What lies elsewhere has nothing
// to be compared with and enters no ratio.
type Overlap struct {
	Strata, Dropped int     // strata with both arms; strata with one
	Events          float64 // incidents in strata with both arms
	AIShare         Number  // share of changes with AI that lie in such strata
	HumanShare      Number  // the same of changes without
	EventShare      Number  // the same of incidents
}

// MeasureOverlap finds how much of the strata can be compared.
func MeasureOverlap(strata []Stratum) Overlap {
	if !validStrata(strata) {
		u := Undefined(InvalidInput)
		return Overlap{AIShare: u, HumanShare: u, EventShare: u}
	}
	all, used := Crude(strata), make([]Stratum, 0, len(strata))
	for _, s := range strata {
		if s.overlaps() {
			used = append(used, s)
		}
	}
	in := Crude(used)
	return Overlap{
		Strata: len(used), Dropped: len(strata) - len(used), Events: in.m(),
		AIShare:    quotient(in.N1, all.N1, NoAIChanges),
		HumanShare: quotient(in.N0, all.N0, NoHumanChanges),
		EventShare: quotient(in.m(), all.m(), NoIncidents),
	}
}

func validStrata(strata []Stratum) bool {
	for _, s := range strata {
		if !s.valid() {
			return false
		}
	}
	return true
}

// emptyReason explains why nothing can be compared in these strata.
func emptyReason(strata []Stratum) Reason {
	all, overlap := Crude(strata), false
	for _, s := range strata {
		overlap = overlap || s.overlaps()
	}
	switch {
	case all.n() == 0:
		return NoChanges
	case all.N1 == 0:
		return NoAIChanges
	case all.N0 == 0:
		return NoHumanChanges
	case !overlap:
		return NoOverlap
	}
	return NoIncidents
}

// quotient is x/y, +Inf where only y is zero and undefined where both are.
func quotient(x, y float64, empty Reason) Number {
	if x == 0 && y == 0 {
		return Undefined(empty)
	}
	return Num(x / y)
}
