package analysis

import (
	"context"
	"fmt"
	"math"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// chances is what chance would make of the incidents of one kind.
type chances struct {
	Outcome         string
	Arms            Arms
	Observed, All   float64 // changes with AI that caused one, and all that did
	Certain         float64 // of all, those in strata where every change came with AI, or none did
	Overlap         float64 // of all, those in the other strata
	Expected        stats.Number
	AtLeast, AtMost stats.Number // mid-p
	Crude           stats.TailProbs
	CrudeShare      stats.Number // AI's share of all mature changes
	Ratio           stats.Estimate
}

// coincidence answers whether as many incidents come with AI as its share of the same work makes one expect.
func coincidence(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	var all []chances
	for _, outcome := range append([]string{d.Outcome}, d.Secondary...) {
		strata, err := in.strataOf(ctx, outcome)
		if err != nil {
			return Answer{}, err
		}
		arms, err := in.arms(ctx, "ai", outcome)
		if err != nil {
			return Answer{}, err
		}
		all = append(all, chancesOf(outcome, strata, arms, d.Alpha))
	}
	return d.coincidenceAnswer(gates, all), nil
}

// strataOf returns the strata with an event, their clusters added up.
func (in *inputs) strataOf(ctx context.Context, outcome string) ([]stats.Stratum, error) {
	rows, err := ask[block](ctx, in.reader, "matching", store.Params{"outcome": outcome})
	return strata(rows), err
}

// chancesOf sets the changes with AI that caused an incident against AI's share of the changes of their strata. Where
// that share is 0 or 1 chance has no part: such incidents add the same to what was seen and to what was to be expected.
func chancesOf(outcome string, strata []stats.Stratum, arms Arms, alpha float64) chances {
	c := chances{Outcome: outcome, Arms: arms, CrudeShare: part(float64(arms.Exposed.Changes), float64(arms.Exposed.Changes+arms.Reference.Changes))}
	var blocks []stats.Block
	for _, s := range strata {
		m := s.A + s.C
		c.Observed, c.All = c.Observed+s.A, c.All+m
		if s.N1 > 0 && s.N0 > 0 {
			c.Overlap += m
		} else {
			c.Certain += m
		}
		blocks = append(blocks, stats.Block{Incidents: m, Share: s.N1 / (s.N1 + s.N0)})
	}
	none := stats.Undefined(stats.NoIncidents)
	c.Expected, c.AtLeast, c.AtMost = none, none, none
	if c.All > 0 {
		tail := stats.PoissonBinomialTail(c.Observed, blocks)
		c.Expected, c.AtLeast, c.AtMost = tail.Mean, tail.AtLeastMid, tail.AtMostMid
	}
	if c.CrudeShare.OK() {
		c.Crude = stats.BinomialTail(float64(arms.Exposed.Events), float64(arms.Exposed.Events+arms.Reference.Events), c.CrudeShare.F)
	}
	c.Ratio = stats.ConditionalRR(strata, alpha).RR
	return c
}

// fewPeople reports whether one of the groups is too small to speak of.
func (c chances) fewPeople() bool {
	return min(c.Arms.ExposedPeople, c.Arms.ReferencePeople) < stats.MinPeople
}

// code reads the answer off the chances.
func (c chances) code(alpha float64) Code {
	switch {
	case c.Overlap < stats.MinOverlapEvents || c.fewPeople():
		return NoData
	case c.AtLeast.OK() && c.AtLeast.F < alpha/2:
		return More
	case c.AtMost.OK() && c.AtMost.F < alpha/2:
		return Fewer
	}
	return Undecided
}

func (d Definition) coincidenceAnswer(gates []Gate, all []chances) Answer {
	a := Answer{Gates: gates}
	for _, c := range all {
		a.Tables = append(a.Tables, c.table())
	}
	c := all[0]
	code := c.code(d.Alpha)
	a.Detail = c.counts()
	if code != NoData {
		a.Detail += " " + c.doubt(d.Alpha)
	}
	a.speak(d.Kind, code, c.sentence(code), a.Detail)
	return a
}

// causes name the outcomes as what a change did.
var causes = map[string]string{"major": "caused a severe incident", "incident": "caused an incident"}

func (c chances) sentence(code Code) string {
	what := map[string]string{"major": "severe incidents", "incident": "incidents"}[c.Outcome]
	switch code {
	case NoData:
		return fmt.Sprintf("There are not enough %s to tell a coincidence from anything else.", what)
	case More:
		return fmt.Sprintf("More %s came with AI than its share of the same work explains.", what)
	case Fewer:
		return fmt.Sprintf("Fewer %s came with AI than its share of the same work would bring.", what)
	}
	return fmt.Sprintf("As many %s came with AI as chance could bring; that does not show that it was chance.", what)
}

// counts says what was seen against what was to be expected, and how often chance does as much.
func (c chances) counts() string {
	switch {
	case c.All == 0:
		return fmt.Sprintf("No change whose 14 days are over %s.", causes[c.Outcome])
	case c.fewPeople():
		return fmt.Sprintf("Fewer than %d people stand behind the changes with AI, or behind the others.", stats.MinPeople)
	}
	text := fmt.Sprintf("Of %s that %s, %s came with AI; from its share of the same work (repository, quarter, permission, size and review) %.1f were to be expected.",
		plural(uint64(c.All), "change"), causes[c.Outcome], Count(uint64(c.Observed)), c.Expected.Or(math.NaN()))
	if c.Overlap < stats.MinOverlapEvents {
		return text + fmt.Sprintf(" Only %s of them lie where some of that work came with AI and some did not; from %d on there is an answer.", Count(uint64(c.Overlap)), stats.MinOverlapEvents)
	}
	chance, direction := c.AtLeast, "more"
	if c.Observed < c.Expected.Or(0) {
		chance, direction = c.AtMost, "fewer"
	}
	text += fmt.Sprintf(" By chance alone that many or %s happen in %s such fleets.", direction, odds(chance.F))
	if c.Certain > 0 {
		text += fmt.Sprintf(" For %s of them chance had no part: all of that work came with AI, or none of it.", Count(uint64(c.Certain)))
	}
	return text
}

// doubt says what the number of incidents leaves open.
func (c chances) doubt(alpha float64) string {
	low, high := c.Ratio.Low, c.Ratio.High
	if !low.OK() || !high.OK() {
		return "How much more or less often it happens with AI cannot be told."
	}
	if math.IsInf(high.F, 1) {
		return fmt.Sprintf("No rate with AI, however high, can be ruled out; it is at least %s times that without.", times(low))
	}
	return fmt.Sprintf("The rate with AI may be anything from %s to %s times that without (%.0f%s%% interval, for one look).", times(low), times(high), 100*(1-alpha), narrow)
}

// odds writes a chance as so many of so many.
func odds(p float64) string {
	switch {
	case p >= 0.995:
		return "nearly all"
	case p >= 0.01:
		return fmt.Sprintf("%.0f of 100", 100*p)
	case p >= 0.0015:
		return fmt.Sprintf("%.0f of 1%s000", 1000*p, narrow)
	}
	return "1 of 1" + narrow + "000 or fewer"
}

// table sets what was seen against what was to be expected, with AI's share of all changes beside it.
func (c chances) table() Table {
	rows := func(class string) string {
		return list("class", classFilter(class), "mature", "true", "outcome", c.Outcome)
	}
	observed := tally("observed", "Came with AI", "ai", uint64(c.Observed), rows("ai"))
	of, seen := uint64(c.All), uint64(c.Observed)
	observed.Part, observed.Of = &seen, &of
	t := Table{
		ID: c.Outcome, Title: map[string]string{"major": "Changes that caused an incident of severity 1 or 2", "incident": "Changes that caused an incident"}[c.Outcome],
		Note: "Expected from AI's share of the changes of the same repository, quarter, permission, size and review. A chance is that of one look; half of the chance of exactly this number counts",
		Measures: []Measure{
			observed,
			number("expected", "To be expected from AI's share of the same work", "ai", UnitCount, c.Expected, nil),
			number("at_least", "Chance of as many or more", "", UnitProb, c.AtLeast, nil),
			number("at_most", "Chance of as many or fewer", "", UnitProb, c.AtMost, nil),
			tally("certain", "Where all comparable changes came with AI, or none did", "", uint64(c.Certain), ""),
			number("ratio", "Rate with AI against without, in the same work", "ai", UnitRatio, c.Ratio.Value, ends(c.Ratio)),
		},
	}
	crudeExpected := c.Crude.Mean
	if !c.CrudeShare.OK() {
		crudeExpected = c.CrudeShare
	}
	t.Measures = append(t.Measures,
		number("crude_share", "AI's share of all changes, nothing held equal", "ai", UnitShare, c.CrudeShare, nil),
		number("crude_expected", "To be expected from that share", "ai", UnitCount, crudeExpected, nil),
		number("crude_at_least", "Chance of as many or more from that share", "", UnitProb, orReason(c.Crude.AtLeastMid, c.CrudeShare), nil))
	if c.fewPeople() {
		for i, m := range t.Measures {
			t.Measures[i] = m.hidden()
		}
	}
	return t
}

// orReason is a number, or why there is none where another has no value.
func orReason(x, other stats.Number) stats.Number {
	if !other.OK() {
		return other
	}
	return x
}

// ends is the interval of an estimate.
func ends(e stats.Estimate) *stats.Interval {
	i := e.Interval()
	return &i
}
