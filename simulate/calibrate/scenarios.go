package calibrate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/baserate/baserate/analysis"
)

// expectation is what the truth of a scenario calls for, and how often it must come with 200,000 changes.
type expectation struct {
	scenario string
	codes    []analysis.Code
	least    float64
}

var (
	nothing = []analysis.Code{analysis.Equivalent, analysis.NotMore, analysis.Undecided, analysis.NoData}
	more    = []analysis.Code{analysis.More}
)

// expectations: where AI makes no difference at equal size, permission and review, no difference may be found; where it
// does, it must be, as far as the number of incidents allows. Fragile repositories may also fail their negative control.
var expectations = []expectation{
	{"null", nothing, .95},
	{"worse", more, .95},
	{"simpson-a", nothing, .95},
	{"simpson-b", append([]analysis.Code{analysis.Undecided}, more...), 1},
	{"access-only", nothing, .95},
	{"operator-autonomy", append([]analysis.Code{analysis.Undecided}, more...), .95},
	{"size-mediator", nothing, .95},
	{"rare", []analysis.Code{analysis.Undecided, analysis.NoData}, .95},
	{"heavy-clusters", nothing, .9},
	{"misattributed", more, .95},
	{"late-labels", nothing, .95},
	{"fragile-repos", append([]analysis.Code{analysis.Gated}, nothing...), .95},
}

func scenarios(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "scenarios", Title: "Every world, asked as a page would ask",
		About: "Fleets of 200,000 changes of every scenario: how often the answer is one that the truth allows, and what the answers were.",
	}
	for _, e := range expectations {
		found, err := l.verdicts(ctx, named(e.scenario), max(2, l.Fleets/10), 200_000)
		if err != nil {
			return check, err
		}
		row := is(e.scenario+": "+frequencies(found), found, e.least, free, e.codes...)
		check.Rows = append(check.Rows, row)
	}
	return check, nil
}

// frequencies says which answers came how often, and the total effect's where that is another.
func frequencies(found []verdict) string {
	count := map[string]int{}
	for _, v := range found {
		text := string(v.code)
		if v.total != v.code && v.total == analysis.More {
			text += " (in total more)"
		}
		count[text]++
	}
	var names []string
	for name := range count {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y string) int { return count[y]*100 - count[x]*100 + strings.Compare(x, y) })
	var parts []string
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%s %d", strings.ReplaceAll(name, "_", " "), count[name]))
	}
	return strings.Join(parts, ", ")
}
