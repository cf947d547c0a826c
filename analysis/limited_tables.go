package analysis

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

// incidentBin is incidents of one severity, by the class of the change that caused them and by how long they took.
type incidentBin struct {
	Class    string `ch:"author_class"`
	Severity uint8  `ch:"severity"`
	Bin      uint16 `ch:"bin"`
	Resolved uint64 `ch:"resolved"`
	Open     uint64 `ch:"open"`
}

// binMinutes is the geometric middle of a bin floor(16·log2(1 + minutes)), in minutes: no bin is wider than 4.4 %.
func binMinutes(bin uint16) float64 { return math.Exp2((float64(bin)+0.5)/16) - 1 }

// minutesTable is the ratios, the minutes behind them, and how many equal outages they weigh as much as.
func (d Definition) minutesTable(outages []outage) Table {
	t := Table{
		ID: "minutes", Title: "Minutes of outage per change, against no AI recorded",
		Note: "Within repository and quarter, at equal permission, size and review; and without these three, for one look. The interval holds however often one looks; an outage that is not over counts with no minutes",
	}
	for _, o := range outages {
		ratio := Measure{
			ID: o.exposure, Label: capital(subjects[o.exposure]), Class: o.exposure, Unit: UnitRatio, Value: o.ratio.Ratio.Value, Interval: &o.always,
			Part: &o.arms.Exposed.Events, Of: &o.arms.Exposed.Changes, Rows: outageRows(o.exposure), Reason: o.why,
		}
		weight := Measure{
			ID: o.exposure + " weight", Label: "… equal outages that would weigh as much", Class: o.exposure, Unit: UnitCount, Value: o.ratio.Effective1,
		}
		if o.code == NoData {
			ratio = ratio.because(o.why)
		}
		all := Measure{
			ID: o.exposure + " total", Label: "… at any permission, size and review", Class: o.exposure, Unit: UnitRatio, Value: o.total.Value,
			Reason: string(o.total.Value.Why),
		}
		if i := o.total.Interval(); i.Low.OK() {
			all.Interval = &i
		}
		if o.code == NoData {
			all = all.because(o.why)
		}
		t.Measures = append(t.Measures, ratio, all, weight)
	}
	if len(outages) > 0 {
		t.Measures = append(t.Measures, Measure{
			ID: "reference weight", Label: "No AI recorded: equal outages that would weigh as much", Unit: UnitCount, Value: outages[0].ratio.Effective0,
		})
	}
	return t
}

// outageRows is the query string of the changes that caused an incident.
func outageRows(exposure string) string {
	classes := reference
	if exposure != "" {
		classes = members(exposure)
	}
	return url.Values{"class": {strings.Join(classes, ",")}, "mature": {"true"}, "outcome": {"incident"}}.Encode()
}

// incidentTables are the durations and severities of the incidents themselves, by group; "" is no AI recorded.
func incidentTables(outages []outage, incidents []incidentBin, alpha float64) []Table {
	durations := Table{
		ID: "durations", Title: "How long half of the incidents took at most",
		Note: "Incidents that are not over have taken at least until now (Kaplan–Meier)",
	}
	severities := Table{ID: "severities", Title: "Severity of the incidents", Note: "Share of each group's incidents; 1 is the worst"}
	add := func(exposure, label string, classes []string, people uint64) {
		mine := slices.DeleteFunc(slices.Clone(incidents), func(b incidentBin) bool { return !slices.Contains(classes, b.Class) })
		durations.Measures = append(durations.Measures, durationMeasure(exposure, label, mine, people, alpha))
		severities.Measures = append(severities.Measures, severityMeasures(exposure, label, mine, people)...)
	}
	for _, o := range outages {
		add(o.exposure, capital(subjects[o.exposure]), members(o.exposure), o.arms.ExposedPeople)
	}
	if len(outages) > 0 {
		add("", "Changes with no AI recorded", reference, outages[0].arms.ReferencePeople)
	}
	return []Table{durations, severities}
}

// durationMeasure is the median duration; ended of all incidents are the counts behind it.
func durationMeasure(exposure, label string, incidents []incidentBin, people uint64, alpha float64) Measure {
	var histogram []stats.Time
	var ended, all uint64
	for _, b := range incidents {
		histogram = append(histogram, stats.Time{T: binMinutes(b.Bin), Events: float64(b.Resolved), Censored: float64(b.Open)})
		ended += b.Resolved
		all += b.Resolved + b.Open
	}
	median := stats.KaplanMeier(histogram, 0, 0, alpha).Median
	limits := median.Interval()
	m := Measure{
		ID: "median " + exposure, Label: label, Class: exposure, Unit: UnitMinutes, Value: median.Value, Interval: &limits,
		Part: &ended, Of: &all, Rows: outageRows(exposure),
	}
	switch {
	case people < stats.MinPeople:
		return m.hidden()
	case all < minOutages:
		return m.because(fmt.Sprintf("%s; shown from %d", plural(all, "incident"), minOutages))
	case !median.Value.OK():
		return m.because(string(median.Value.Why))
	}
	return m
}

// severityMeasures are the shares of the severities that occur.
func severityMeasures(exposure, label string, incidents []incidentBin, people uint64) []Measure {
	var all uint64
	var by [256]uint64
	for _, b := range incidents {
		by[b.Severity] += b.Resolved + b.Open
		all += b.Resolved + b.Open
	}
	var measures []Measure
	for severity, n := range by {
		if n == 0 {
			continue
		}
		name := fmt.Sprintf("severity %d", severity)
		if severity == 0 {
			name = "severity not stated"
		}
		m := sampled(portion(fmt.Sprintf("%s severity %d", exposure, severity), label+": "+name, exposure, n, all, ""))
		measures = append(measures, m.unless(people))
	}
	return measures
}
