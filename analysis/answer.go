package analysis

import (
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// Code is the answer to a claim in one word, for machines.
type Code = stats.Code

// The answers: those of a comparison; Supported and Contradicted to a claim that says how something is; and Described to
// one that asks how much and not whether.
const (
	Gated             = stats.Gated
	NoData            = stats.NoData
	Equivalent        = stats.Equivalent
	More              = stats.More
	Fewer             = stats.Fewer
	NotMore           = stats.NotMore
	Undecided         = stats.Undecided
	Supported    Code = "supported"
	Contradicted Code = "contradicted"
	Described    Code = "described"
)

// Claim is a definition with its answer.
type Claim struct {
	Definition
	Answer Answer
}

// Answer is what the data say to a claim.
type Answer struct {
	Code        Code
	Word        string   // the code in a few words
	Sentence    string   // the answer in one plain sentence
	Detail      string   // counts, interval, and what cannot be ruled out
	Connect     []string // what to connect before there can be an answer, in words
	Gates       []Gate
	Comparisons []Comparison
	Tables      []Table
	Shares      []Share
	ShareBounds *Bounds // AI's share of changes if every unknown were human, and if every one were AI
}

// Gate is a check that can withhold the answer. A note is shown and withholds nothing.
type Gate struct {
	ID, Label string
	Passes    bool
	Note      bool
	Detail    string
	Threshold string
	Rows      string // query string of the list of changes at fault
}

// Arm is one side of a comparison.
type Arm struct {
	Events, Changes uint64
	Rows            string // query string of the list of these changes
}

// Ratio is a risk ratio with two intervals: for one planned look, and for as many as one likes.
type Ratio struct {
	Value       stats.Number
	Fixed       stats.Interval
	AlwaysValid stats.Interval
	Strata      int // with changes in both arms and at least one event
}

// Design says what is held equal: changes of the same repository, or of the same developer.
type Design string

// The designs.
const (
	SameRepository Design = "repository"
	SameDeveloper  Design = "developer"
)

// Adjustment is which of the two sets of covariates is held equal, both of them always shown.
type Adjustment string

// The adjustment sets: context alone gives the effect of using AI with all that follows from it; context and path the
// effect at equal size, permission and review.
const (
	Total  Adjustment = "total"
	Direct Adjustment = "direct"
)

// Effect is the risk ratio of one comparison in one design and adjustment set, with what it rests on.
type Effect struct {
	Design     Design
	Adjustment Adjustment
	Ratio      Ratio
	Code       Code
	Word       string
	Reason     string // why no ratio is shown

	Events          uint64 // in strata with changes of both arms
	Clusters        int
	ClusterUnit     string       // "team" or "repository and quarter"
	DesignEffect    stats.Number // variance over that of independent events: above 1, they come in clusters
	EffectiveEvents stats.Number // independent events that would say as much
	EventShare      stats.Number // share of the events that lie in strata with both arms
	ExposedShare    stats.Number // the same of the exposed changes; asked of the deciding effect only, for it reads all changes
	ReferenceShare  stats.Number // the same of the reference
	SmallestSeen    stats.Number // smallest ratio above 1 that would have been seen 8 times in 10
	LargestSeen     stats.Number // largest ratio below 1, likewise
	P               stats.Number // always-valid p-value of no difference
	EventsNeeded    stats.Number // to see a ratio as large as the margin
	EnoughOn        *time.Time   // when there will be as many, at the present pace; nil where there are already, or nobody can tell
	EValue          stats.Number // how strong an unmeasured factor must be to explain the ratio away
	EValueLimit     stats.Number // … to move the nearer end of the interval to 1
	Independent     bool         // so few events that the interval assumes them independent of one another

	Control       Ratio // the same for an outcome that no change can have caused
	ControlEvents uint64
	ControlFails  bool // its interval excludes 1

	SQL    string         // the query that made the sums
	Params map[string]any // its parameters
}

// Comparison sets changes of one author class against those with no AI recorded, in one outcome.
type Comparison struct {
	Exposure string // author class
	Outcome  string
	Primary  bool
	Exposed  Arm
	// Reference is human and unknown together: "no AI recorded", never "human".
	Reference Arm
	Code      Code
	Word      string
	Reason    string // why no ratio is shown
	Crude     Ratio
	Effects   []Effect // the one that decides first
	Depends   bool     // the designs contradict one another
	// AllHuman and AllAI are the deciding ratio if every change of unknown class were human, or AI.
	AllHuman, AllAI Ratio
	Detection       Detection
	Sensitivity     []Variant
}

// Deciding is the effect that the answer rests on; the zero Effect when there is none.
func (c *Comparison) Deciding() Effect {
	if len(c.Effects) == 0 {
		return Effect{}
	}
	return c.Effects[0]
}

// Effect returns the effect of a design and adjustment set; the zero Effect when there is none.
func (c *Comparison) Effect(d Design, a Adjustment) Effect {
	for _, e := range c.Effects {
		if e.Design == d && e.Adjustment == a {
			return e
		}
	}
	return Effect{}
}

// Detection is what errors in telling AI changes from others do to the deciding ratio.
type Detection struct {
	Corrected stats.Number   // at the measured sensitivity and specificity
	Bounds    stats.Interval // over the intervals of both
	Tipping   stats.Number   // sensitivity among changes with events at which nothing would be left of the ratio
}

// Variant is the deciding ratio under one other definition.
type Variant struct {
	ID, Label string
	Ratio     Ratio
	Events    uint64
}

// Table is a part of an answer that is no comparison of two arms: rows of labelled measures.
type Table struct {
	ID, Title, Note string
	Measures        []Measure
}

// Unit is what a measure is measured in.
type Unit string

// The units. A share is from 0 to 1.
const (
	UnitRatio   Unit = "ratio"
	UnitShare   Unit = "share"
	UnitCount   Unit = "count"
	UnitHours   Unit = "hours"
	UnitMinutes Unit = "minutes"
	UnitProb    Unit = "probability"
)

// Measure is one number with its interval, and the counts that it is made from.
type Measure struct {
	ID, Label string
	Class     string // author class, "" for none
	Unit      Unit
	Value     stats.Number
	Interval  *stats.Interval
	Part, Of  *uint64 // counts behind a share or ratio
	Reason    string  // why there is no value
	Rows      string  // query string of the list of the changes that Part, or a Value that is a count, counts
	Suppress  bool    // a group too small to speak of: value and counts are left out
}

// Share is the part of one author class.
type Share struct {
	Class          string
	Changes, Lines uint64
	Share          stats.Number // of changes, 0 to 1
	LineShare      stats.Number
	Rows           string
}

// Bounds are the ends of what could be.
type Bounds struct{ Low, High stats.Number }
