package analysis

import (
	"context"
	"fmt"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

// reviewed are the author classes whose reviews are spoken of, those with AI first.
var reviewed = []string{"ai_agent", "ai_assisted", "no_ai"}

// unseenReviews are the review states without an effective second person, and how they are named.
var unseenReviews = []struct{ state, label string }{
	{"none", "Nobody approved it"},
	{"self", "Approved by its own makers only"},
	{"ai_only", "Approved by machines only"},
	{"stale", "Approved, then changed again"},
	{"after_merge", "Approved after it had landed"},
	{"bypassed", "The rules were bypassed"},
}

// secondPerson answers how often a second person looked before a change landed.
func secondPerson(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	g, err := in.landed(ctx)
	if err != nil {
		return Answer{}, err
	}
	risks, err := in.matched(ctx, "second_person")
	if err != nil {
		return Answer{}, err
	}
	return d.secondPersonAnswer(gates, g, risks), nil
}

func (d Definition) secondPersonAnswer(gates []Gate, g groups, risks map[pairing]stats.Sums) Answer {
	agents := g.of("ai_agent", "all", "")
	a := Answer{Gates: gates, Tables: []Table{
		unseenByClass(g), unseenByPermission(g), unseenByReason(g), unseenByTeam(g), d.unseenRisk(g, risks),
	}}
	code := standard(agents, 1-d.Target)
	sentence := fmt.Sprintf("Whether more than %s of changes by AI agents landed without a second person is undecided.", percent(1-d.Target))
	switch code {
	case NoData:
		sentence = "There are not enough changes by AI agents whose reviews were collected."
	case Supported:
		sentence = fmt.Sprintf("Often not followed: %s of changes by AI agents landed without a second person who approved them.", percent(float64(agents.unseen())/float64(agents.Collected)))
	case Contradicted:
		sentence = fmt.Sprintf("Mostly followed: a second person approved %s of changes by AI agents before they landed.", percent(float64(agents.Seen)/float64(agents.Collected)))
	}
	a.Detail = unseenDetail(g) + d.riskDetail(g, risks)
	a.speak(d.Kind, code, sentence, a.Detail)
	return a
}

// standard says whether the share of changes without a second person lies above a limit, by its Wilson interval.
func standard(agents landed, limit float64) Code {
	i := stats.Wilson(float64(agents.unseen()), float64(agents.Collected), 0.05)
	switch {
	case agents.Collected < stats.MinSliceChanges || agents.People < stats.MinPeople:
		return NoData
	case i.Low.F > limit:
		return Supported
	case i.High.F < limit:
		return Contradicted
	}
	return Undecided
}

// unseenDetail says the counts of every class, and of how many nothing is known.
func unseenDetail(g groups) string {
	var clauses []string
	var left uint64
	for _, class := range reviewed {
		l := g.of(class, "all", "")
		left += l.Changes - l.Collected
		name := groupNames[class]
		switch {
		case l.Collected == 0:
			clauses = append(clauses, fmt.Sprintf("of %s no reviews were collected", spoken(name)))
		case l.People < stats.MinPeople:
			clauses = append(clauses, fmt.Sprintf("of %s nothing is said, since fewer than %d people stand behind them", spoken(name), stats.MinPeople))
		default:
			clauses = append(clauses, fmt.Sprintf("%s of %s %s (%s)", Count(l.unseen()), Count(l.Collected), spoken(name), percent(float64(l.unseen())/float64(l.Collected))))
		}
	}
	text := capital(strings.Join(clauses, ", ")) + " landed without a second person who approved their last state before the landing."
	text += " This is a full count, not a sample."
	if left > 0 {
		text += fmt.Sprintf(" Another %s are left out, since their reviews were not collected.", plural(left, "change"))
	}
	return text
}

// spoken is the name of a group within a sentence.
func spoken(name string) string {
	if strings.HasPrefix(name, "AI") {
		return name
	}
	return lower(name)
}

func unseenByClass(g groups) Table {
	t := Table{
		ID: "unseen", Title: "Landed without a second person", Note: "Of all changes whose reviews were collected, the youngest too; the others are counted apart. A full count: an interval stands where there are fewer than 1" + narrow + "000",
	}
	for _, class := range append(reviewed, "automation") {
		l := g.of(class, "all", "")
		t.Measures = append(t.Measures,
			portion("unseen "+class, groupNames[class], class, l.unseen(), l.Collected, unseenRows(class)).unless(l.People))
	}
	for _, class := range append(reviewed, "automation") {
		l := g.of(class, "all", "")
		t.Measures = append(t.Measures, tally("not_collected "+class, groupNames[class]+": reviews not collected", class, l.Changes-l.Collected,
			list("class", classFilter(class), "review", "not_collected")))
	}
	return t
}

// unseenRows is the list of the changes of a class without a second person.
func unseenRows(class string, more ...string) string {
	var states []string
	for _, r := range unseenReviews {
		states = append(states, r.state)
	}
	return list(append([]string{"class", classFilter(class), "review", strings.Join(states, ",")}, more...)...)
}

func unseenByPermission(g groups) Table {
	t := Table{ID: "unseen_permission", Title: "Landed without a second person, by permission", Note: "Permission of the account that landed the change"}
	for _, class := range reviewed {
		for _, level := range levels {
			l := g.of(class, "permission", level)
			if l.Changes == 0 {
				continue
			}
			t.Measures = append(t.Measures, portion("unseen "+class+" "+level, groupNames[class]+", "+level, class, l.unseen(), l.Collected,
				unseenRows(class, "permission", level)).unless(l.People))
		}
	}
	return t
}

func unseenByReason(g groups) Table {
	t := Table{ID: "reasons", Title: "What was there instead of a second person", Note: "Shares of all changes of the class whose reviews were collected"}
	for _, class := range reviewed {
		all := g.of(class, "all", "")
		for _, r := range unseenReviews {
			l := g.of(class, "review", r.state)
			m := portion(r.state+" "+class, groupNames[class]+": "+lower(r.label), class, l.Changes, all.Collected, list("class", classFilter(class), "review", r.state))
			if l.Changes > 0 {
				m = m.unless(l.People)
			}
			t.Measures = append(t.Measures, m)
		}
	}
	return t
}

// unseenByTeam has no p-values and so nothing to correct: it is a count of each team, in the order of their names, with the
// groups left out that are too small, and one more where a single one could be worked out from the rest.
func unseenByTeam(g groups) Table {
	t := Table{ID: "unseen_team", Title: "Changes with AI or without that landed without a second person, by team", Note: "In the order of names, which is no ranking. Teams of fewer than 5 people are left out"}
	var found []landed
	var slices []stats.Slice
	for _, l := range g.within("any", "team") {
		if l.Value != "" && l.Collected > 0 {
			found = append(found, l)
			slices = append(slices, stats.Slice{Name: l.Value, AIPeople: l.People, OtherPeople: l.People, Changes: l.Collected})
		}
	}
	hidden := stats.Suppress(slices, stats.MinPeople)
	for i, l := range found {
		m := sampled(portion("unseen "+l.Value, l.Value, "", l.unseen(), l.Collected, unseenRows("any", "team", l.Value)))
		if hidden[i] {
			m = m.hidden()
		}
		t.Measures = append(t.Measures, m)
	}
	return t
}

// unseenRisk is the risk of a mistake without a second person against that with one.
func (d Definition) unseenRisk(g groups, risks map[pairing]stats.Sums) Table {
	t := Table{
		ID: "risk", Title: "Mistakes without a second person against those with one",
		Note: "Risk ratio within the same repository, quarter, permission and size; the interval holds however often one looks. Who skips a review chooses for which change",
	}
	for _, class := range []string{"any", "ai_agent"} {
		without, with := g.of(class, "second_person", "without"), g.of(class, "second_person", "with")
		t.Measures = append(t.Measures, d.ratioMeasure("risk "+class, groupNames[class], class, risks[pairing{Family: class}], without.MaturePeople, with.MaturePeople))
	}
	return t
}

func (d Definition) riskDetail(g groups, risks map[pairing]stats.Sums) string {
	m := d.unseenRisk(g, risks).Measures[0]
	if m.Interval == nil {
		return " Whether mistakes are more common without one cannot be told yet."
	}
	return fmt.Sprintf(" In the same repository, quarter, permission and size, changes without one turned out to be mistakes %s times as often as those with one (%s to %s, however often one looks)%s.",
		times(m.Value), times(m.Interval.Low), times(m.Interval.High), ruledOut(*m.Interval, d.Margin))
}
