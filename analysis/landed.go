package analysis

import "context"

// landed is a group of changes that landed, mature or not: those of an author class, and within it of one value of a slice.
type landed struct {
	Class        string `ch:"class"` // author class; no_ai is human and unknown together, any is all but automation
	Slice        string `ch:"slice"` // all, permission, review, second_person, team or tool
	Value        string `ch:"value"`
	Changes      uint64 `ch:"changes"`
	Collected    uint64 `ch:"collected"`   // whose reviews were collected
	Seen         uint64 `ch:"seen"`        // … and a second person approved before the landing
	Known        uint64 `ch:"known"`       // whose permission is known
	UsualKnown   uint64 `ch:"usual_known"` // … and that which is usual for the account
	Raised       uint64 `ch:"raised"`      // … and lies below it
	People       uint64 `ch:"people"`
	MaturePeople uint64 `ch:"mature_people"`
}

// unseen is the changes that are known to have landed without a second person.
func (l landed) unseen() uint64 { return l.Collected - l.Seen }

// groups are all groups of changes that landed.
type groups []landed

func (in *inputs) landed(ctx context.Context) (groups, error) {
	rows, err := ask[landed](ctx, in.reader, "landed", nil)
	return rows, err
}

// of returns the group of a class with a value of a slice, an empty one where it does not occur.
func (g groups) of(class, slice, value string) landed {
	for _, l := range g {
		if l.Class == class && l.Slice == slice && l.Value == value {
			return l
		}
	}
	return landed{Class: class, Slice: slice, Value: value}
}

// within returns the groups of a class by a slice, in the order of their values.
func (g groups) within(class, slice string) []landed {
	var found []landed
	for _, l := range g {
		if l.Class == class && l.Slice == slice {
			found = append(found, l)
		}
	}
	return found
}

// levels are the permissions from the least to the most, unknown last.
var levels = []string{"none", "read", "triage", "write", "maintain", "admin", "operator", "unknown"}
