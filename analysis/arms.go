package analysis

import (
	"context"
	"net/url"
	"slices"
	"strings"
)

// counted are the outcomes in the order in which the query of the arms counts them.
var counted = []string{"mistake", "incident", "major", "reverted_14d", "hotfixed_72h", "failed_deployment", "rework_21d", "control"}

// class is the counts of one author class.
type class struct {
	Class     string   `ch:"author_class"`
	Changes   uint64   `ch:"changes"`
	Lines     uint64   `ch:"lines"`
	Mature    uint64   `ch:"mature"`
	Mature21d uint64   `ch:"mature_21d"`
	Events    []uint64 `ch:"events"`
	Recent    []uint64 `ch:"recent_events"`
}

// classesOf returns the counts of every author class that occurs.
func (in *inputs) classesOf(ctx context.Context) (map[string]class, error) {
	rows, err := ask[class](ctx, in.reader, "arms", nil)
	if err != nil {
		return nil, err
	}
	all := map[string]class{}
	for _, c := range rows {
		all[c.Class] = c
	}
	return all, nil
}

// members are the author classes of an exposure.
func members(exposure string) []string {
	if exposure == "ai" {
		return []string{"ai_agent", "ai_assisted"}
	}
	return []string{exposure}
}

// reference is "no AI recorded".
var reference = []string{"human", "unknown"}

// people are how many persons stand behind the mature changes of each group; below five a group is not spoken of. The
// prompter of an agent is a person only where the facts name one.
type people struct {
	Agent     uint64 `ch:"agent"`
	Assisted  uint64 `ch:"assisted"`
	AI        uint64 `ch:"ai"`
	Reference uint64 `ch:"reference"`
}

// Arms are the counts of both sides of a comparison before anything is held equal, and of the persons behind them.
type Arms struct {
	Exposed, Reference             Arm
	ExposedPeople, ReferencePeople uint64
	RecentEvents                   uint64 // of both, in the last 91 days of mature changes
}

// arms counts both sides of a comparison.
func (in *inputs) arms(ctx context.Context, exposure, outcome string) (Arms, error) {
	classes, err := in.classesOf(ctx)
	if err != nil {
		return Arms{}, err
	}
	counts, err := ask[people](ctx, in.reader, "people", nil)
	if err != nil {
		return Arms{}, err
	}
	a := Arms{
		Exposed: arm(classes, outcome, members(exposure)), Reference: arm(classes, outcome, reference),
		ReferencePeople: counts[0].Reference,
		ExposedPeople:   map[string]uint64{"ai_agent": counts[0].Agent, "ai_assisted": counts[0].Assisted, "ai": counts[0].AI}[exposure],
	}
	if i := slices.Index(counted, outcome); i >= 0 {
		for _, name := range append(members(exposure), reference...) {
			if c := classes[name]; c.Recent != nil {
				a.RecentEvents += c.Recent[i]
			}
		}
	}
	return a, nil
}

// arm counts the mature changes of some classes, and those of them with the outcome.
func arm(classes map[string]class, outcome string, names []string) Arm {
	rows := url.Values{"class": {strings.Join(names, ",")}, "mature": {"true"}}
	if outcome == "rework_21d" {
		rows.Set("followed", "21")
	}
	a := Arm{Rows: rows.Encode()}
	i := slices.Index(counted, outcome)
	for _, name := range names {
		c, ok := classes[name]
		if !ok {
			continue
		}
		a.Changes += c.Mature
		if outcome == "rework_21d" {
			a.Changes += c.Mature21d - c.Mature
		}
		if i >= 0 {
			a.Events += c.Events[i]
		}
	}
	return a
}
