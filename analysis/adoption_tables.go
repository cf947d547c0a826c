package analysis

import (
	"fmt"
	"net/url"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// concentrationFrom is how many users there must be for a tenth of them to be a group.
const concentrationFrom = 50

// shareMeasure is a share with the counts that it is made from.
func shareMeasure(id, label string, of, all uint64) Measure {
	return Measure{ID: id, Label: label, Unit: UnitShare, Value: part(float64(of), float64(all)), Part: &of, Of: &all}
}

// tooFewPeople says why a group is not shown.
func tooFewPeople() string { return fmt.Sprintf("fewer than %d people", stats.MinPeople) }

// weeksTable is the share of developers who used AI, week by week; a week in which nobody landed anything has no row.
func weeksTable(weeks []adoptionWeek, usage bool) Table {
	t := Table{ID: "weeks", Title: "Developers who used AI, by week", Note: "Of those who landed a change in the week. A full count, so there is no interval"}
	if !usage {
		t.Note += ". A floor: reported usage is not collected"
	}
	for _, w := range weeks {
		if w.Developers == 0 {
			continue
		}
		m := shareMeasure(w.Week.Format(time.DateOnly), "Week of "+w.Week.Format("2 January 2006"), w.Users, w.Developers)
		t.Measures = append(t.Measures, m.unless(w.Developers))
	}
	return t
}

// breadthTable is who, how much and how evenly, over the deciding weeks.
func breadthTable(sum adoptionWeek, all developers, share stats.Estimate, rows url.Values) Table {
	breadth := shareMeasure("breadth", "Developers who used AI in a week", sum.Users, sum.Developers)
	band := share.Interval()
	breadth.Interval = &band
	marked := shareMeasure("marked", "… by a mark on a change", sum.Marked, sum.Developers)
	reported := shareMeasure("reported", "… by reported usage alone", sum.Users-sum.Marked, sum.Developers)
	depth := shareMeasure("depth", "Changes made with AI", sum.AIChanges, sum.Changes)
	depth.Rows = rows.Encode()
	tenth := shareMeasure("concentration", "Changes with AI that the most active tenth of its users made", all.TopChanges, all.Changes)
	if all.Users < concentrationFrom {
		tenth = tenth.hidden()
		tenth.Reason = fmt.Sprintf("fewer than %d users, so that a tenth would be a handful of people", concentrationFrom)
	}
	return Table{
		ID: "breadth", Title: "Breadth and depth, over the last four whole weeks",
		Note:     "The interval is what errors of detection leave open. Changes by automation are left out",
		Measures: []Measure{breadth, marked, reported, depth, tenth},
	}
}

// toolsTable is the share of developers who used each tool.
func toolsTable(tools []toolUse, developers uint64) Table {
	t := Table{ID: "tools", Title: "Developers by tool, over the last four whole weeks", Note: "Of all who landed a change in that time. Somebody who used several tools counts for each"}
	for _, tool := range tools {
		m := shareMeasure(tool.Tool, tool.Tool, tool.Users, developers)
		t.Measures = append(t.Measures, m.unless(tool.Users))
	}
	return t
}
