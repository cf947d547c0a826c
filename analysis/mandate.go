package analysis

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// teamMonth is the mature changes of one team in one month.
type teamMonth struct {
	Team       uint64    `ch:"team"` // a hash, for telling teams apart
	Month      time.Time `ch:"month"`
	Changes    uint64    `ch:"changes"`
	AIChanges  uint64    `ch:"ai_changes"`
	Mistakes   uint64    `ch:"mistakes"`
	Reviewable uint64    `ch:"reviewable"` // whose reviews are known
	Alone      uint64    `ch:"alone"`      // of these, without a second person
}

// Amounts below which adoption is not set against anything.
const (
	minTeams  = stats.MinClusters
	minMonths = 6
)

// tens is the adoption of a team and month in tens of points, so that a ratio is for ten points more.
func (m teamMonth) tens() float64 { return 10 * float64(m.AIChanges) / float64(m.Changes) }

// mandateOutcomes are what adoption is set against; the first decides.
var mandateOutcomes = []struct {
	id, label, rises string
	cell             func(teamMonth) (y, n uint64)
}{
	{"mistake", "Mistakes", "mistakes", func(m teamMonth) (y, n uint64) { return m.Mistakes, m.Changes }},
	{
		"alone", "Changes without a second person", "changes without a second person",
		func(m teamMonth) (y, n uint64) { return m.Alone, m.Reviewable },
	},
}

// mandate answers whether mistakes and skipped reviews rise where a team uses more AI.
func mandate(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	rows, err := ask[teamMonth](ctx, in.reader, "mandate_panel", nil)
	if err != nil {
		return Answer{}, err
	}
	return d.mandateAnswer(rows, gates), nil
}

// slope is the ratio of an outcome for ten points more adoption.
type slope struct {
	log, se       stats.Number
	events, of    uint64
	teams, months int
	always        stats.Interval
	code          Code
	why           string
}

// slopeOf fits one outcome and decides by the always-valid interval, with a normal mixture tuned to the definition's margin.
func (d Definition) slopeOf(rows []teamMonth, cell func(teamMonth) (y, n uint64)) slope {
	var cells []panelCell
	s := slope{code: NoData}
	for _, r := range rows {
		y, n := cell(r)
		cells = append(cells, panelCell{key: [2]uint64{r.Team, uint64(r.Month.Unix())}, n: float64(n), y: float64(y), x: r.tens()})
		s.events += y
		s.of += n
	}
	p := newPanel(cells)
	s.teams, s.months = p.sizes[0], p.sizes[1]
	none := stats.Undefined(stats.NotEstimable)
	s.log, s.se, s.always = none, none, undefined(stats.NotEstimable)
	if s.why = s.tooLittle(); s.why != "" {
		return s
	}
	if s.log, s.se = p.estimate(); !s.log.Finite() || !s.se.Finite() || s.se.F <= 0 {
		s.why = string(cmp.Or(s.log.Why, s.se.Why, stats.NoVariance))
		return s
	}
	phi := stats.PhiFor(d.Margin, d.Alpha, 0.8).Or(stats.DefaultPhi)
	s.always = stats.ConfidenceSequence(s.log.F, s.se.F, phi, d.Alpha).Ratio
	s.code = stats.Decide(stats.Case{
		OverlapEvents: float64(s.events), IgnoreGroups: true, Phi: phi,
		Log: s.log, SE: s.se, DF: stats.Num(float64(s.teams - 1)), Margin: d.Margin, Alpha: d.Alpha,
	}).Code
	return s
}

// tooLittle says why an outcome is not fitted.
func (s slope) tooLittle() string {
	switch {
	case s.of == 0:
		return "none is known"
	case s.teams < minTeams:
		return fmt.Sprintf("%s with any; shown from %d", plural(uint64(s.teams), "team"), minTeams)
	case s.months < minMonths:
		return fmt.Sprintf("%s with any; shown from %d", plural(uint64(s.months), "month"), minMonths)
	case s.events < stats.MinGroupEvents:
		return fmt.Sprintf("%s; shown from %d", plural(s.events, "event"), stats.MinGroupEvents)
	}
	return ""
}

func (d Definition) mandateAnswer(rows []teamMonth, gates []Gate) Answer {
	a := Answer{Gates: gates}
	t := Table{
		ID: "slopes", Title: "Where a team's share of changes with AI is ten points higher than in its other months",
		Note: "Times as often, with every team's own level and every month's taken out. The interval holds however often one looks",
	}
	slopes := make([]slope, len(mandateOutcomes))
	for i, o := range mandateOutcomes {
		slopes[i] = d.slopeOf(rows, o.cell)
		t.Measures = append(t.Measures, slopes[i].measure(o.id, o.label))
	}
	a.Tables = []Table{t, adoptionRange(rows)}
	if d.gated("clusters") && slopes[0].code != NoData {
		a.Gates = append(a.Gates, Gate{
			ID: "clusters", Label: "Clusters", Threshold: fmt.Sprint(stats.MinClusters), Passes: slopes[0].teams >= stats.MinClusters, Note: true,
			Detail: fmt.Sprintf("Mistakes in %s and %s", plural(uint64(slopes[0].teams), "team"), plural(uint64(slopes[0].months), "month")),
		})
	}
	a.speak(d.Kind, slopes[0].code, mandateSentence(slopes), mandateDetail(slopes))
	return a
}

func (s slope) measure(id, label string) Measure {
	m := Measure{ID: id, Label: label, Class: "ai", Unit: UnitRatio, Value: s.log.Then(math.Exp), Interval: &s.always, Part: &s.events, Of: &s.of}
	if s.code == NoData {
		return m.because(s.why)
	}
	return m
}

// adoptionRange is how much adoption there is to learn from.
func adoptionRange(rows []teamMonth) Table {
	var ai, all uint64
	teams, months := map[uint64]bool{}, map[time.Time]bool{}
	for _, r := range rows {
		ai += r.AIChanges
		all += r.Changes
		teams[r.Team], months[r.Month] = true, true
	}
	share := shareMeasure("share", "Changes with AI, of all by teams that are known", ai, all)
	if all == 0 {
		share = share.because("no change is by a team that is known")
	}
	return Table{ID: "panel", Title: "What it is read from", Measures: []Measure{
		share,
		{ID: "teams", Label: "Teams", Unit: UnitCount, Value: stats.Num(float64(len(teams)))},
		{ID: "months", Label: "Months", Unit: UnitCount, Value: stats.Num(float64(len(months)))},
	}}
}

// mandateSentence says what the mistakes do, and then the skipped reviews.
func mandateSentence(slopes []slope) string {
	text := map[Code]string{
		More:       "Where a team's use of AI rises, mistakes become more common.",
		Fewer:      "Where a team's use of AI rises, mistakes become less common.",
		NotMore:    "Where a team's use of AI rises, mistakes do not become more common.",
		Equivalent: "Where a team's use of AI rises, mistakes stay about as common.",
		Undecided:  "Whether mistakes rise with a team's use of AI is undecided.",
		NoData:     "There are not enough teams, months or mistakes yet.",
	}[slopes[0].code]
	switch slopes[1].code {
	case More:
		text += " Changes without a second person become more common with it."
	case Fewer:
		text += " Changes without a second person become less common with it."
	}
	return text
}

func mandateDetail(slopes []slope) string {
	text := ""
	for i, s := range slopes {
		text += fmt.Sprintf("%s %s of %s changes", Count(s.events), mandateOutcomes[i].rises, Count(s.of))
		if i > 0 {
			text = text[:len(text)-len(" changes")]
		}
		if s.code == NoData {
			text += ": " + s.why + ". "
			continue
		}
		text += fmt.Sprintf(", in %s and %s: for ten points more adoption, %s times as common (%s to %s, however often one looks). ",
			plural(uint64(s.teams), "team"), plural(uint64(s.months), "month"), times(s.log.Then(math.Exp)), times(s.always.Low), times(s.always.High))
	}
	return text[:len(text)-1]
}
