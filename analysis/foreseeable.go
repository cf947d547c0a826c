package analysis

import (
	"context"
	"fmt"
	"math"

	"github.com/baserate/baserate/analysis/stats"
)

// warning is how often one warning was on record before changes landed, and what came of them.
type warning struct {
	Warning          string `ch:"warning"`
	Known            uint64 `ch:"known"` // changes of which it can be told whether they carried it
	KnownIncidents   uint64 `ch:"known_incidents"`
	Flagged          uint64 `ch:"flagged"` // those that did
	FlaggedIncidents uint64 `ch:"flagged_incidents"`
	People           uint64 `ch:"people"` // behind the flagged
}

// warningNames name the warnings, and the filters that list the changes which carried one.
var warningNames = map[string]struct{ label, rows string }{
	"any":      {"At least one of these", ""},
	"unseen":   {"No second person looked in time", list("review", "none,self,stale,after_merge,bypassed")},
	"ai_only":  {"Approved by machines only", list("review", "ai_only")},
	"raised":   {"More permission than usual", list("above_usual", "true")},
	"operator": {"Operator permission", list("permission", "operator")},
	"instant":  {"Landed within a minute of being opened", list("instant", "true")},
	"large":    {"More than 1" + narrow + "000 lines", list("min_lines", "1001")},
	"agent":    {"By an AI agent", list("class", "ai_agent")},
}

// foreseeable says how many incidents had a warning on record, and how often the same warning was wrong.
func foreseeable(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	rows, err := ask[warning](ctx, in.reader, "warnings", nil)
	if err != nil {
		return Answer{}, err
	}
	return d.foreseeableAnswer(gates, rows), nil
}

func (d Definition) foreseeableAnswer(gates []Gate, rows []warning) Answer {
	a := Answer{Gates: gates}
	some := warning{Warning: "any"}
	for _, w := range rows {
		a.Tables = append(a.Tables, d.warningTable(w))
		if w.Warning == "any" {
			some = w
		}
	}
	if some.KnownIncidents == 0 {
		a.Detail = fmt.Sprintf("Of %s whose 14 days are over none is on record as the cause of an incident.", plural(some.Known, "change"))
		a.speak(d.Kind, NoData, "There is no incident yet that a warning could have been raised before.", a.Detail)
		return a
	}
	clear := some.Known - some.KnownIncidents
	sentence := fmt.Sprintf("Of %s that caused an incident %s carried a warning; so did %s of %s that did not%s.",
		plural(some.KnownIncidents, "change"), Count(some.FlaggedIncidents), Count(some.Flagged-some.FlaggedIncidents), Count(clear), oneIn(some))
	a.Detail = d.warningDetail(some)
	a.speak(d.Kind, Described, sentence, a.Detail)
	return a
}

// oneIn says how many changes with a warning there are for each that caused an incident.
func oneIn(w warning) string {
	if w.FlaggedIncidents == 0 {
		return ""
	}
	return fmt.Sprintf(": one flagged change in %s caused one", Count(uint64(math.Round(float64(w.Flagged)/float64(w.FlaggedIncidents)))))
}

func (d Definition) warningDetail(some warning) string {
	recall, precision := d.recall(some), d.precision(some)
	text := fmt.Sprintf("A warning stood before %s of the incidents' changes (%s to %s).", percent(recall.Value.F), percent(recall.Low.F), percent(recall.High.F))
	if some.Flagged > 0 {
		text += fmt.Sprintf(" Of changes with a warning %s caused an incident (%s to %s), of all changes %s: a warning raises the rate %s-fold.",
			percent(precision.Value.F), percent(precision.Low.F), percent(precision.High.F), percent(baseRate(some).F), times(lift(some)))
	}
	return text + " Where reviews, permissions or pull requests were not collected their warnings cannot be seen, so more incidents may have had one."
}

// recall is the share of the changes with an incident that carried the warning, precision the share of those that carried
// it that caused one.
func (d Definition) recall(w warning) stats.Estimate {
	return stats.Wilson(float64(w.FlaggedIncidents), float64(w.KnownIncidents), d.Alpha)
}

func (d Definition) precision(w warning) stats.Estimate {
	return stats.Wilson(float64(w.FlaggedIncidents), float64(w.Flagged), d.Alpha)
}

// baseRate is the share of all changes that caused an incident, of those of which the warning can be told.
func baseRate(w warning) stats.Number { return part(float64(w.KnownIncidents), float64(w.Known)) }

// lift is how many times the base rate the rate with the warning is.
func lift(w warning) stats.Number {
	base := baseRate(w)
	if !base.OK() {
		return base
	}
	if base.F == 0 {
		return stats.Undefined(stats.NoIncidents)
	}
	return part(float64(w.FlaggedIncidents), float64(w.Flagged)).Then(func(p float64) float64 { return p / base.F })
}

func (d Definition) warningTable(w warning) Table {
	name := warningNames[w.Warning]
	t := Table{ID: w.Warning, Title: name.label, Note: "Of mature changes of which it can be told. After an incident every warning looks clear; the second line says how often it was raised for nothing"}
	rows := func(outcome string) string {
		r := name.rows
		if r == "" {
			return ""
		}
		r += "&mature=true"
		if outcome != "" {
			r += "&outcome=" + outcome
		}
		return r
	}
	share := func(id, label string, of, all uint64, r string) Measure {
		return sampled(portion(id, label, "", of, all, r))
	}
	t.Measures = []Measure{
		share("recall", "Of changes that caused an incident, carried it", w.FlaggedIncidents, w.KnownIncidents, rows("incident")),
		share("precision", "Of changes that carried it, caused an incident", w.FlaggedIncidents, w.Flagged, rows("incident")),
		portion("flagged", "Of all changes, carried it", "", w.Flagged, w.Known, rows("")),
		portion("base", "Of all changes, caused an incident", "", w.KnownIncidents, w.Known, ""),
		number("lift", "Rate with it against the rate of all", "", UnitRatio, lift(w), nil),
	}
	if w.Flagged > 0 && w.People < stats.MinPeople {
		for i, m := range t.Measures {
			t.Measures[i] = m.hidden()
		}
	}
	return t
}
