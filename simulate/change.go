package simulate

import "github.com/baserate/baserate/record"

// Class is what a simulated change is, or is labelled as.
type Class uint8

// The classes that a fleet has.
const (
	NoAI Class = iota
	Assisted
	Agent
)

// Mistake is the kind of a mistake.
type Mistake uint8

// The kinds. Only mixed scenarios have others than Incident.
const (
	NoMistake Mistake = iota
	Incident
	Reverted
	Hotfixed
	FailedDeployment
)

// Change is one simulated change, by numbers. Repositories, authors and teams count from 0; times are in seconds.
type Change struct {
	Index  uint32 // in the order of landing
	Author uint32
	At     uint32 // after Fleet.Start
	// After are the seconds from landing to the mistake, at most 13 days; of an incident, to its start.
	After        uint32
	ControlAfter uint32 // likewise to an incident with an extrinsic cause, 0 for none
	Repo         uint16
	Team         uint16 // the author's
	Lines        uint16 // added and deleted
	Outage       uint16 // minutes
	Tier         uint8  // 1 most critical … 3
	Permission   uint8  // 0 write, 1 maintain, 2 operator
	Size         uint8  // bucket of Lines, 0 … 4
	Severity     uint8  // of the incident, 1 … 5
	AI           Class  // the truth
	Label        Class  // what its metadata said at landing
	Mistake      Mistake
	Reviewed     bool
	LateLabel    bool // labelled as AI after its incident
	Denied       bool // says that no AI had a part: evidence of a human author
}

// Levels are the permission levels by Change.Permission.
var Levels = [...]record.Level{record.LevelWrite, record.LevelMaintain, record.LevelOperator}

// Deletions are the deleted lines of a change, a quarter of all; the others were added.
func (c *Change) Deletions() uint32 { return uint32(c.Lines) / 4 }

// Files is the number of files that the lines lie in.
func (c *Change) Files() int { return min(int(c.Lines), int(c.Size)/2+1) }

// Known is the change as it is known by the end of the data: without what happens later.
func (f *Fleet) Known(c Change) Change {
	end := f.seconds()
	if c.At+c.ControlAfter >= end {
		c.ControlAfter = 0
	}
	if c.LateLabel && c.At+c.After+lateBy >= end {
		c.LateLabel = false
	}
	if c.At+c.After >= end {
		c.Mistake, c.After, c.Severity, c.Outage = NoMistake, 0, 0, 0
	} else if c.At+c.After+uint32(c.Outage)*60 >= end {
		c.Outage = 0 // not over yet
	}
	return c
}

// lateBy is how long after its start an incident has been looked into.
const lateBy = day
