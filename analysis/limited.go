package analysis

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// outageStratum is the minutes of outage in one repository and quarter, or a part of it, with their squares.
type outageStratum struct {
	Repo             string    `ch:"repo"`
	Quarter          time.Time `ch:"quarter"`
	AgentChanges     uint64    `ch:"agent_changes"`
	AgentMinutes     float64   `ch:"agent_minutes"`
	AgentSquares     float64   `ch:"agent_squares"`
	AssistedChanges  uint64    `ch:"assisted_changes"`
	AssistedMinutes  float64   `ch:"assisted_minutes"`
	AssistedSquares  float64   `ch:"assisted_squares"`
	ReferenceChanges uint64    `ch:"reference_changes"`
	ReferenceMinutes float64   `ch:"reference_minutes"`
	ReferenceSquares float64   `ch:"reference_squares"`
}

// minutes are the stratum's sums for an exposure against the reference.
func (s outageStratum) minutes(exposure string) stats.Minutes {
	m := stats.Minutes{Sum0: s.ReferenceMinutes, Squares0: s.ReferenceSquares, N0: float64(s.ReferenceChanges)}
	for _, class := range members(exposure) {
		switch class {
		case "ai_agent":
			m.Sum1, m.Squares1, m.N1 = m.Sum1+s.AgentMinutes, m.Squares1+s.AgentSquares, m.N1+float64(s.AgentChanges)
		case "ai_assisted":
			m.Sum1, m.Squares1, m.N1 = m.Sum1+s.AssistedMinutes, m.Squares1+s.AssistedSquares, m.N1+float64(s.AssistedChanges)
		}
	}
	return m
}

func minutesOf(strata []outageStratum, exposure string) []stats.Minutes {
	sums := make([]stats.Minutes, len(strata))
	for i, s := range strata {
		sums[i] = s.minutes(exposure)
	}
	return sums
}

// outage is the outage minutes of one exposure against the reference.
type outage struct {
	exposure string
	arms     Arms               // counts of changes, and of those that caused an incident
	ratio    stats.MinutesRatio // at equal permission, size and review
	total    stats.Estimate     // in the same repository and quarter alone, for one look
	always   stats.Interval
	code     Code
	why      string // why there is no ratio, or no verdict on it
}

// limited answers whether outages that came from changes with AI cost fewer minutes than the others.
func limited(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	direct, err := ask[outageStratum](ctx, in.reader, "limited_minutes", store.Params{"direct": true})
	if err != nil {
		return Answer{}, err
	}
	total, err := ask[outageStratum](ctx, in.reader, "limited_minutes", store.Params{"direct": false})
	if err != nil {
		return Answer{}, err
	}
	incidents, err := ask[incidentBin](ctx, in.reader, "limited_incidents", nil)
	if err != nil {
		return Answer{}, err
	}
	var outages []outage
	for _, exposure := range d.Exposures {
		arms, err := in.arms(ctx, exposure, "incident")
		if err != nil {
			return Answer{}, err
		}
		o := d.outageOf(exposure, arms, direct)
		o.total = stats.CompareMinutes(minutesOf(total, exposure), d.Alpha).Ratio
		outages = append(outages, o)
	}
	return d.limitedAnswer(outages, incidents, gates), nil
}

// minOutages is the number of incidents that either group needs before its minutes are compared.
const minOutages = 5

// outageOf compares minutes per change within strata, and decides by the always-valid interval: the ratio
// and its standard error are those of a compound Poisson process (statistics of times, E10).
func (d Definition) outageOf(exposure string, arms Arms, strata []outageStratum) outage {
	o := outage{exposure: exposure, arms: arms, code: NoData}
	o.ratio = stats.CompareMinutes(minutesOf(strata, exposure), d.Alpha)
	log := o.ratio.Ratio.Value.Then(math.Log)
	o.always = undefined(stats.NotEstimable)
	fewest := min(arms.Exposed.Events, arms.Reference.Events)
	switch {
	case min(arms.ExposedPeople, arms.ReferencePeople) < stats.MinPeople:
		o.why = tooFewPeople() + " in one group"
	case fewest < minOutages:
		o.why = fmt.Sprintf("%s in one group; shown from %d", plural(fewest, "incident"), minOutages)
	case !log.Finite() || !o.ratio.LogSE.Finite() || o.ratio.LogSE.F <= 0:
		o.why = "no repository and quarter has minutes of outage and changes in both groups"
	default:
		o.always = stats.ConfidenceSequence(log.F, o.ratio.LogSE.F, stats.DefaultPhi, d.Alpha).Ratio
		o.code, o.why = d.outageCode(log, o.ratio)
	}
	return o
}

func (d Definition) outageCode(log stats.Number, ratio stats.MinutesRatio) (Code, string) {
	if ratio.Dominated() {
		weight := math.Max(1, math.Round(math.Min(ratio.Effective1.Or(0), ratio.Effective0.Or(0))))
		return Undecided, fmt.Sprintf("dominated by %s: the minutes of one group weigh as much as %s; a verdict needs %d",
			plural(uint64(weight), "outage"), plural(uint64(weight), "equal outage"), stats.DominatedBelow)
	}
	return stats.Decide(stats.Case{
		OverlapEvents: stats.MinOverlapEvents, IgnoreGroups: true, // counted above
		Log: log, SE: ratio.LogSE, Margin: d.Margin, Alpha: d.Alpha,
	}).Code, ""
}

func (d Definition) limitedAnswer(outages []outage, incidents []incidentBin, gates []Gate) Answer {
	a := Answer{Gates: gates, Tables: append([]Table{d.minutesTable(outages)}, incidentTables(outages, incidents, d.Alpha)...)}
	codes := make([]Code, len(outages))
	var clauses, details []string
	for i, o := range outages {
		codes[i] = o.code
		clauses = append(clauses, capital(o.clause())+".")
		details = append(details, o.detail())
	}
	a.speak(d.Kind, gravest(codes), strings.Join(clauses, " "), strings.Join(details, " "))
	return a
}

func (o outage) clause() string {
	who := subjects[o.exposure]
	switch o.code {
	case More:
		return who + " cost more minutes of outage each"
	case Fewer:
		return who + " cost fewer minutes of outage each"
	case NotMore:
		return who + " do not cost more minutes of outage each"
	case Equivalent:
		return who + " cost about as many minutes of outage each"
	case Undecided:
		return "for " + who + " it is undecided"
	}
	return "for " + who + " there are not enough data yet"
}

// detail says the counts, then the ratio, or why there is none.
func (o outage) detail() string {
	text := fmt.Sprintf("%s of %s %s caused an incident, against %s of %s with no AI recorded",
		Count(o.arms.Exposed.Events), Count(o.arms.Exposed.Changes), subjects[o.exposure], Count(o.arms.Reference.Events), Count(o.arms.Reference.Changes))
	switch {
	case o.code == NoData:
		return text + ": " + o.why + "."
	case o.why != "":
		return text + fmt.Sprintf(". In the same repository and quarter, at equal permission, size and review, they cost %s times the minutes, but that is %s.", times(o.ratio.Ratio.Value), o.why)
	}
	text += fmt.Sprintf(". In the same repository and quarter, at equal permission, size and review, they cost %s times the minutes of outage each (%s to %s, however often one looks)",
		times(o.ratio.Ratio.Value), times(o.always.Low), times(o.always.High))
	if o.always.High.Finite() && o.always.High.F > 1 {
		text += fmt.Sprintf("; %.0f%s%% more cannot be ruled out", math.Round(100*(o.always.High.F-1)), narrow)
	}
	return text + "."
}
