package analysis

import (
	"fmt"
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats"
)

// differenceTable is how much longer the exposed wait: the ratio that decides, the difference in hours, and the test within
// repository and quarter.
func differenceTable(all ...[]wait) Table {
	t := Table{
		ID: "difference", Title: "How much longer proposals with AI wait",
		Note: "Hours waited within the first 14 days, with the same weight for a quarter in both groups. The interval of the ratio holds however often one looks. " +
			"Below 1, the rate within repository and quarter (log-rank, Peto) says that those with AI are reviewed or merged later",
	}
	for _, w := range slices.Concat(all...) {
		id := w.exposure + " " + w.until
		label := map[string]string{"merge": "to the merge", "review": "to the first review"}[w.until]
		difference := w.slower.difference.Interval()
		rate := w.rank.rateInterval()
		measures := []Measure{
			{ID: id + " ratio", Label: "times as long " + label, Unit: UnitRatio, Value: w.slower.log.Then(math.Exp), Interval: &w.slower.always, Reason: w.why},
			{ID: id + " difference", Label: "hours longer " + label, Unit: UnitHours, Value: w.slower.difference.Value, Interval: &difference},
			{ID: id + " rate", Label: "rate within repository and quarter, " + label, Unit: UnitRatio, Value: w.rank.rate(), Interval: &rate},
		}
		for _, m := range measures {
			m.Class, m.Label = w.exposure, capital(proposers[w.exposure])+": "+m.Label
			if w.code == NoData {
				m = m.because(w.why)
			}
			t.Measures = append(t.Measures, m)
		}
	}
	return t
}

// rateInterval is Peto's interval, exp((O−E)/V ± z/√V), at 95 %.
func (l logRankSums) rateInterval() stats.Interval {
	if l.Variance <= 0 {
		return undefined(stats.NoVariance)
	}
	middle, radius := (l.Observed-l.Expected)/l.Variance, normalQuantile(0.05)/math.Sqrt(l.Variance)
	return stats.Interval{Low: stats.Num(math.Exp(middle - radius)), High: stats.Num(math.Exp(middle + radius))}
}

// waitTable is the median and restricted mean of every group; the reference is that of the first exposure, all have it.
func waitTable(until, title string, all []wait, alpha float64) Table {
	t := Table{ID: until, Title: title, Note: "Kaplan–Meier: proposals that still wait have waited at least until the end of the data. The mean is of the first 14 days"}
	for _, w := range all {
		t.Measures = append(t.Measures, waitMeasures(w.exposure, capital(proposers[w.exposure]), w.waits.all[1], w.people[1], alpha)...)
	}
	if len(all) > 0 {
		t.Measures = append(t.Measures, waitMeasures("", "No AI recorded", all[0].waits.all[0], all[0].people[0], alpha)...)
	}
	return t
}

func waitMeasures(exposure, label string, histogram []stats.Time, people uint64, alpha float64) []Measure {
	km := stats.KaplanMeier(histogram, 0, waitLimitHours, alpha)
	events, all := uint64(km.Events), uint64(km.N)
	median := km.Median.Interval()
	radius := km.MeanSE.Then(func(se float64) float64 { return normalQuantile(alpha) * se })
	mean := stats.Interval{
		Low:  km.Mean.Then(func(x float64) float64 { return math.Max(0, x-radius.Or(math.NaN())) }),
		High: km.Mean.Then(func(x float64) float64 { return x + radius.Or(math.NaN()) }),
	}
	measures := []Measure{
		{ID: exposure + " median", Label: label + ": half waited at most", Unit: UnitHours, Value: km.Median.Value, Interval: &median},
		{ID: exposure + " mean", Label: label + ": mean within 14 days", Unit: UnitHours, Value: km.Mean, Interval: &mean},
	}
	for i, m := range measures {
		m.Class, m.Part, m.Of = exposure, &events, &all
		switch {
		case people < stats.MinPeople:
			m = m.hidden()
		case !m.Value.OK():
			m = m.because(string(m.Value.Why))
		}
		measures[i] = m
	}
	return measures
}

// effortTable is the chance that a proposal with AI takes more rounds or comments than one without (Mann–Whitney).
func (got waited) effortTable(d Definition) Table {
	t := Table{
		ID: "effort", Title: "Chance that a proposal with AI takes more than one with no AI recorded",
		Note: "Half is no difference; ties count half. Of proposals that were merged or closed",
	}
	for _, exposure := range d.Exposures {
		for _, kind := range []string{"rounds", "comments"} {
			m := got.effortMeasure(exposure, kind, d.Alpha)
			m.ID, m.Class = exposure+" "+kind, exposure
			m.Label = fmt.Sprintf("%s: %s of review", capital(proposers[exposure]), kind)
			t.Measures = append(t.Measures, m)
		}
	}
	return t
}

func (got waited) effortMeasure(exposure, kind string, alpha float64) Measure {
	var bins []stats.Bin
	var people, exposed, compared uint64
	for _, class := range members(exposure) {
		people += got.people[class]
	}
	for _, b := range got.effort {
		switch {
		case b.Kind != kind:
		case slices.Contains(members(exposure), b.Class):
			bins = append(bins, stats.Bin{Value: float64(b.Value), N1: float64(b.Proposals)})
			exposed += b.Proposals
		case b.Class == noAI:
			bins = append(bins, stats.Bin{Value: float64(b.Value), N0: float64(b.Proposals)})
			compared += b.Proposals
		}
	}
	test := stats.MannWhitney(bins)
	interval := aucInterval(test, alpha)
	total := exposed + compared
	m := number("", "", "", UnitProb, test.AUC, &interval)
	m.Part, m.Of = &exposed, &total
	switch {
	case min(people, got.people[noAI]) < stats.MinPeople:
		return m.hidden()
	case !test.AUC.OK():
		return m.because(string(test.AUC.Why))
	}
	return m
}

// aucInterval is the chance ± z standard errors of no difference, which is where z comes from: it excludes one half exactly
// where the test does.
func aucInterval(r stats.RankTest, alpha float64) stats.Interval {
	if !r.Z.Finite() || r.Z.F == 0 {
		return undefined(stats.NoVariance)
	}
	radius := normalQuantile(alpha) * math.Abs((r.AUC.F-0.5)/r.Z.F)
	return stats.Interval{Low: stats.Num(math.Max(0, r.AUC.F-radius)), High: stats.Num(math.Min(1, r.AUC.F+radius))}
}
