package analysis

import (
	"fmt"
	"math"

	"github.com/baserate/baserate/analysis/stats"
)

// pathTable splits the total effect into the direct and the indirect one.
func (p accessPart) pathTable() Table {
	e := p.Effects
	id := func(name string) string { return name + " " + p.Exposure }
	ratio := func(name, label string, x stats.Estimate) Measure {
		return number(id(name), label, p.Exposure, UnitRatio, x.Value, ends(x))
	}
	share := func(name, label string, x stats.Number) Measure {
		return number(id(name), label, p.Exposure, UnitShare, x, nil)
	}
	all := plus(p.Operator, p.Rest)
	t := Table{
		ID: "path_" + p.Exposure, Title: groupNames[p.Exposure] + ": access or autonomy",
		Note: "Intervals hold however often one looks and allow for teams. The direct effect is what would be if permission, review and size were as for changes without AI; that reads as a cause only if nothing hidden drives both them and mistakes",
		Measures: []Measure{
			ratio("total", "In all", e.Total),
			ratio("direct", "Autonomy: at the permission, review and size of changes without AI (direct effect)", e.Direct),
			ratio("indirect", "Access: through permission, review and size (indirect effect)", e.Indirect),
			share("indirect_share", "Part of the total that runs through access, on the scale of logarithms", e.Share),
			share("difference", "More mistakes a change, in all", e.Difference),
			share("rate", "… from other risks at equal access (Kitagawa)", e.Rate),
			share("mix", "… from other access at equal risks (Kitagawa)", e.Mix),
			portion(id("dropped"), "Changes with AI at a permission, review and size that no other change has: left out", p.Exposure, uint64(e.DroppedAI), uint64(all.N1), ""),
			portion(id("dropped_reference"), "Changes with no AI recorded likewise", "no_ai", uint64(e.DroppedHuman), uint64(all.N0), ""),
			tally(id("left_out"), "Changes of unknown permission or review: left out", p.Exposure, uint64(p.LeftOut), ""),
		},
	}
	if min(p.ExposedPeople, p.ReferencePeople) < stats.MinPeople {
		t.hide()
	}
	return t
}

// hide hides every measure of a table.
func (t *Table) hide() {
	for i, m := range t.Measures {
		t.Measures[i] = m.hidden()
	}
}

// levelTable is the risk ratio at each permission level, one row a level, and operator against the rest.
func (d Definition) levelTable(p accessPart) Table {
	t := Table{
		ID: "levels_" + p.Exposure, Title: groupNames[p.Exposure] + ": risk ratio at each permission",
		Note: "Against changes with no AI recorded of the same repository, quarter, review, size and permission (Mantel–Haenszel, error by team; the interval holds however often one looks). The counts are mistakes with AI among all that are compared",
	}
	var rest stats.Sums
	for _, level := range levels {
		sums, ok := p.Levels[level]
		if !ok {
			continue
		}
		if level != "operator" {
			rest = united(rest, sums)
		}
		exposed, reference := p.levelPeople(level)
		t.Measures = append(t.Measures, d.ratioMeasure("rr "+p.Exposure+" "+level, capital(level), p.Exposure, sums, exposed, reference))
	}
	t.Measures = append(t.Measures, d.interactions(p, rest)...)
	return t
}

// interactions set the ratio at operator permission against that at all others: matched, and on the additive scale, where
// nothing else is held equal.
func (d Definition) interactions(p accessPart, rest stats.Sums) []Measure {
	operator, other := p.Levels["operator"].RiskRatio(), rest.RiskRatio()
	log, se := stats.Undefined(stats.NoIncidents), stats.Undefined(stats.NoIncidents)
	if operator.LogRR.Finite() && other.LogRR.Finite() {
		log = stats.Num(operator.LogRR.F - other.LogRR.F)
	}
	if operator.SE().OK() && other.SE().OK() {
		se = stats.Num(math.Hypot(operator.SE().F, other.SE().F))
	}
	between := sequence(log, se, d.Alpha)
	crude := stats.Interact(p.Rest, p.Operator, d.Alpha)
	reri := crude.RERI.Interval()
	measures := []Measure{
		number("interaction "+p.Exposure, "Ratio at operator permission against the ratio at all others", p.Exposure, UnitRatio, log.Then(math.Exp), &between),
		number("interaction_crude "+p.Exposure, "The same with nothing else held equal, for one look", p.Exposure, UnitRatio, crude.Ratio.Value, ends(crude.Ratio)),
		number("reri "+p.Exposure, "Excess risk from both together, in multiples of the risk without AI below operator permission (one look)", p.Exposure, UnitRatio, crude.RERI.Value, &reri),
	}
	exposed, reference := p.levelPeople("operator")
	for i := range measures {
		measures[i] = measures[i].unless(min(exposed, reference))
	}
	return measures
}

// excessTable is how many of the mistakes would not have happened at the rate of changes without AI.
func (d Definition) excessTable(p accessPart) Table {
	x := stats.AttributableShare(p.Strata, d.Alpha)
	note := "At equal permission, review and size; below zero, so many were prevented. For one look, taking mistakes to be independent"
	t := Table{ID: "excess_" + p.Exposure, Title: groupNames[p.Exposure] + ": mistakes in excess", Note: note, Measures: []Measure{
		number("excess "+p.Exposure, "Mistakes in excess", p.Exposure, UnitCount, x.Excess.Value, ends(x.Excess)),
		number("excess_share "+p.Exposure, "Part of the group's mistakes", p.Exposure, UnitShare, x.Exposed.Value, ends(x.Exposed)),
		number("population "+p.Exposure, "Part of the mistakes of both groups", p.Exposure, UnitShare, x.PAF, nil),
	}}
	if min(p.ExposedPeople, p.ReferencePeople) < stats.MinPeople {
		t.hide()
	}
	return t
}

// approvals are the changes with operator permission of some classes by class and size: those that a second person
// approved as arm 1, the others as arm 0.
func approvals(cells []accessCell, classes ...string) []stats.Stratum {
	strata := make([]stats.Stratum, 7*len(classes))
	for _, c := range cells {
		if c.Permission != "operator" {
			continue
		}
		for i, class := range classes {
			s := &strata[7*i+int(c.Bucket)]
			n, y := c.arm(class)
			if c.Review == "independent" {
				s.A, s.N1 = s.A+y, s.N1+n
			} else {
				s.C, s.N0 = s.C+y, s.N0+n
			}
		}
	}
	return strata
}

// approved is what the mistakes of changes with operator permission would be if a second person approved every one.
type approved struct {
	Observed uint64         // mistakes of all, approved or not
	Expected stats.Estimate // of all, if all were approved
	Kept     uint64         // changes with no approved ones of their size to go by: they keep their risk
	Reason   string         // why nothing can be expected
}

// withApproval gives every change the risk of the approved ones of the same class and size (g-formula).
func withApproval(strata []stats.Stratum, alpha float64) approved {
	swap, all := stats.Swap(strata, alpha), stats.Crude(strata)
	add := func(x stats.Number) stats.Number { return x.Then(func(x float64) float64 { return x + all.A }) }
	e := swap.Expected
	x := approved{Observed: uint64(all.A + all.C), Kept: uint64(swap.Kept), Expected: stats.Estimate{Value: add(e.Value), Low: add(e.Low), High: add(e.High), N: e.N}}
	switch {
	case all.N1 == 0 && all.N0 == 0:
		x.Reason = "no such changes"
	case all.N0 == 0:
		x.Reason = "every one was approved already"
	case all.N1 == 0:
		x.Reason = "none was approved, so there is nothing to go by"
	}
	return x
}

func (d Definition) approvalTable(cells []accessCell, g groups) Table {
	t := Table{
		ID: "approval", Title: "If a second person approved every change with operator permission",
		Note: "Each change gets the risk of the approved ones of its class and size. That takes approval to be the reason for their lower or higher risk. For one look, taking mistakes to be independent",
	}
	for _, class := range []string{"ai_agent", "ai_assisted", "any"} {
		classes := []string{class}
		if class == "any" {
			classes = []string{"ai_agent", "ai_assisted", "no_ai"}
		}
		x := withApproval(approvals(cells, classes...), d.Alpha)
		rows := list("class", classFilter(class), "permission", "operator", "mature", "true")
		people := g.of(class, "permission", "operator").MaturePeople
		expected := number("approved "+class, groupNames[class]+": to be expected with approval", class, UnitCount, x.Expected.Value, ends(x.Expected))
		if x.Reason != "" {
			expected = expected.because(x.Reason)
		}
		t.Measures = append(t.Measures,
			tally("as_is "+class, groupNames[class]+": mistakes as it was", class, x.Observed, rows+"&outcome="+d.Outcome).unless(people),
			expected.unless(people),
			tally("kept "+class, groupNames[class]+": without any approved ones of their size", class, x.Kept, "").unless(people))
	}
	return t
}

// approvalDetail says it in a sentence.
func (d Definition) approvalDetail(cells []accessCell, g groups) string {
	x := withApproval(approvals(cells, "ai_agent", "ai_assisted", "no_ai"), d.Alpha)
	if x.Reason != "" || g.of("any", "permission", "operator").MaturePeople < stats.MinPeople {
		return ""
	}
	return fmt.Sprintf(" With a second person's approval on every change with operator permission, %.1f mistakes would be expected instead of %s (%.1f to %.1f, for one look).",
		x.Expected.Value.F, Count(x.Observed), x.Expected.Low.F, x.Expected.High.F)
}
