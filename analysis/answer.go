package analysis

import "github.com/baserate/baserate/analysis/stats"

// Code is the answer to a claim in one word, for machines.
type Code = stats.Code

// The answers: those of a comparison, and Described to a claim that asks how much and not whether.
const (
	Gated           = stats.Gated
	NoData          = stats.NoData
	Equivalent      = stats.Equivalent
	More            = stats.More
	Fewer           = stats.Fewer
	NotMore         = stats.NotMore
	Undecided       = stats.Undecided
	Described  Code = "described"
)

// Claim is a definition with its answer.
type Claim struct {
	Definition
	Answer Answer
}

// Answer is what the data say to a claim.
type Answer struct {
	Code        Code
	Word        string // the code in a few words
	Sentence    string // the answer in one plain sentence
	Detail      string // counts, interval, and what cannot be ruled out
	Gates       []Gate
	Comparisons []Comparison
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
	Total     Ratio
	Direct    Ratio
	// AllHuman and AllAI are the total ratio if every change of unknown class were human, or AI.
	AllHuman, AllAI Ratio
	SmallestSeen    stats.Number // the smallest true ratio that would have been seen 8 times in 10
	OverlapEvents   uint64
	Clusters        int
	EValue          stats.Number // how strong an unmeasured factor must be to explain the ratio away
	SQL             string       // the query that made the strata
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
