package analysis

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// raisedIncident is a change that landed with more than the usual permission and caused a severe incident.
type raisedIncident struct {
	ChangeID   string    `ch:"change_id"`
	Class      string    `ch:"author_class"`
	Permission string    `ch:"permission"`
	Usual      string    `ch:"usual"`
	LandedAt   time.Time `ch:"landed_at"`
	IncidentAt time.Time `ch:"incident_at"`
	Severity   uint8     `ch:"severity"`
	Total      uint64    `ch:"total"` // of all such changes, listed or not
}

// permissions says with which permissions changes landed, and when with more than usual.
func permissions(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	g, err := in.landed(ctx)
	if err != nil {
		return Answer{}, err
	}
	incidents, err := ask[raisedIncident](ctx, in.reader, "raised", nil)
	if err != nil {
		return Answer{}, err
	}
	return d.permissionsAnswer(gates, g, incidents), nil
}

func (d Definition) permissionsAnswer(gates []Gate, g groups, incidents []raisedIncident) Answer {
	a := Answer{Gates: gates, Tables: []Table{levelsTable(g), d.raisedTable(g), incidentsTable(incidents)}}
	agents := g.of("ai_agent", "all", "")
	if agents.Known == 0 || agents.People < stats.MinPeople {
		a.Detail = fmt.Sprintf("Of %s by AI agents %s landed with a permission that is known, and %d people are needed behind them.",
			plural(agents.Changes, "change"), Count(agents.Known), stats.MinPeople)
		a.speak(d.Kind, NoData, "There are not enough changes by AI agents whose permission is known.", a.Detail)
		return a
	}
	operator := g.of("ai_agent", "permission", "operator")
	sentence := fmt.Sprintf("Changes by AI agents landed with operator permission in %s of cases", percent(float64(operator.Known)/float64(agents.Known)))
	if agents.UsualKnown > 0 {
		sentence += fmt.Sprintf(", and with more permission than usual in %s", percent(float64(agents.Raised)/float64(agents.UsualKnown)))
	}
	a.Detail = d.permissionsDetail(g, incidents)
	a.speak(d.Kind, Described, sentence+".", a.Detail)
	return a
}

func (d Definition) permissionsDetail(g groups, incidents []raisedIncident) string {
	var clauses []string
	for _, class := range reviewed {
		l := g.of(class, "all", "")
		if l.UsualKnown > 0 && l.People >= stats.MinPeople {
			clauses = append(clauses, fmt.Sprintf("%s of %s %s", Count(l.Raised), Count(l.UsualKnown), spoken(groupNames[class])))
		}
	}
	text := "The usual permission of an account is known for no change yet."
	if len(clauses) > 0 {
		text = "With more than the account's usual permission landed " + strings.Join(clauses, ", ") + "."
	}
	if m := d.raisedTable(g).Measures[len(reviewed)]; m.Value.Finite() && m.Interval != nil {
		text += fmt.Sprintf(" That is %s times as often by agents as with no AI recorded (%s to %s, for one look and with nothing held equal).", times(m.Value), times(m.Interval.Low), times(m.Interval.High))
	}
	switch {
	case len(incidents) == 0:
		text += " None of these is on record as the cause of a severe incident."
	default:
		text += fmt.Sprintf(" Of all of these %s caused a severe incident.", Count(incidents[0].Total))
	}
	l := g.of("any", "all", "")
	return text + fmt.Sprintf(" For %s no snapshot of permissions covers the moment; nothing is filled in.", plural(l.Changes-l.Known, "change"))
}

// levelsTable is the distribution of permissions in every class.
func levelsTable(g groups) Table {
	t := Table{ID: "levels", Title: "Permission of the account that landed the change", Note: "Shares of all changes of the class, those of unknown permission among them. A full count"}
	for _, class := range append(reviewed, "automation") {
		all := g.of(class, "all", "")
		for _, level := range levels {
			l := g.of(class, "permission", level)
			if l.Changes == 0 {
				continue
			}
			t.Measures = append(t.Measures, portion(level+" "+class, groupNames[class]+": "+level, class, l.Changes, all.Changes,
				list("class", classFilter(class), "permission", level)).unless(l.People))
		}
	}
	return t
}

// raisedTable is how often changes landed above the usual level, by class, and the classes with AI against the others.
func (d Definition) raisedTable(g groups) Table {
	t := Table{
		ID: "raised", Title: "Landed with more than the usual permission",
		Note: "Of the changes for which both levels are known. Usual is what the same account landed most changes with in the 90 days before. The ratios hold nothing equal, and their intervals are for one look",
	}
	for _, class := range reviewed {
		l := g.of(class, "all", "")
		t.Measures = append(t.Measures, portion("raised "+class, groupNames[class], class, l.Raised, l.UsualKnown,
			list("class", classFilter(class), "above_usual", "true")).unless(l.People))
	}
	other := g.of("no_ai", "all", "")
	for _, class := range []string{"ai_agent", "ai_assisted"} {
		l := g.of(class, "all", "")
		two := stats.TwoByTwo(stats.Stratum{A: float64(l.Raised), N1: float64(l.UsualKnown), C: float64(other.Raised), N0: float64(other.UsualKnown)}, d.Alpha)
		t.Measures = append(t.Measures,
			number("ratio "+class, groupNames[class]+" against those with no AI recorded", class, UnitRatio, two.RR.Value, &two.RRScore).unless(min(l.People, other.People)))
	}
	return t
}

// incidentsTable is the dated list of severe incidents whose change landed above the usual level.
func incidentsTable(incidents []raisedIncident) Table {
	t := Table{ID: "incidents", Title: "Severe incidents whose change landed with more than the usual permission", Note: "The newest 20"}
	for _, x := range incidents {
		m := tally(x.ChangeID, fmt.Sprintf("%s: landed with %s, usually %s; incident of severity %d on %s",
			x.LandedAt.Format(time.DateOnly), x.Permission, x.Usual, x.Severity, x.IncidentAt.Format(time.DateOnly)), x.Class, 1, list("change", x.ChangeID))
		t.Measures = append(t.Measures, m)
	}
	return t
}
