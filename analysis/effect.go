package analysis

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// Side says where changes whose class decides nothing by itself are counted.
type Side string

// The sides: unknown in the reference, which is "no AI recorded"; automation there too; unknown on AI's side.
const (
	SideReference Side = "reference"
	SideBots      Side = "bots"
	SideUnknownAI Side = "unknown_ai"
)

// Question names the strata whose sums are asked for.
type Question struct {
	Outcome    string
	Design     Design
	Adjustment Adjustment
	Exposure   string
	Side       Side
}

// Sums are the answer to a question, with the query that gave it.
type Sums struct {
	stats.Sums
	SQL    string
	Params map[string]any
}

// Source returns the sums of a question: from the store, or from a fleet in memory.
type Source func(context.Context, Question) (Sums, error)

// Inquiry is all that one comparison is made from.
type Inquiry struct {
	Definition
	Exposure, Outcome string
	Arms              Arms
	Gates             []Gate // of the answer as a whole
	Control           bool   // incidents that no change can have caused are known
	Now               time.Time
	Sums              Source
	// Overlap returns the shares of the exposed and of the reference changes that lie in strata with both; nil where only
	// strata with an event are known.
	Overlap func(context.Context, Design, Adjustment) (exposed, reference stats.Number, err error)
	// Blocks returns coarse strata of finished weeks, for the exact evidence of few events; nil where there is none.
	Blocks func(context.Context) ([]stats.Stratum, error)
}

// effect works out the risk ratio of one design and adjustment set.
func (s *Inquiry) effect(ctx context.Context, d Design, a Adjustment) (Effect, error) {
	q := Question{s.Outcome, d, a, s.Exposure, SideReference}
	sums, err := s.Sums(ctx, q)
	if err != nil {
		return Effect{}, err
	}
	rr := sums.RiskRatio()
	e := Effect{
		Design: d, Adjustment: a, Ratio: s.RatioOf(sums), Events: uint64(sums.Overlap()), Clusters: rr.Clusters, SQL: sums.SQL, Params: sums.Params,
		DesignEffect: rr.DesignEffect, EffectiveEvents: rr.EffectiveEvents(),
		ExposedShare: stats.Undefined(stats.NotEstimable), ReferenceShare: stats.Undefined(stats.NotEstimable),
		EventShare: part(sums.Overlap(), float64(s.Arms.Exposed.Events+s.Arms.Reference.Events)),
	}
	if e.Control, e.ControlEvents, err = s.controlled(ctx, q); err != nil {
		return Effect{}, err
	}
	e.ControlFails = e.ControlEvents >= stats.MinSequenceEvents && excludes(e.Control.AlwaysValid, 1)
	s.judge(&e, rr)
	return e, s.weighFew(ctx, &e)
}

// controlled is the same ratio for incidents that no change can have caused: it must not differ from 1.
func (s *Inquiry) controlled(ctx context.Context, q Question) (Ratio, uint64, error) {
	if !s.Control || !s.gated("negative_control") {
		return noRatio(stats.NoIncidents), 0, nil
	}
	q.Outcome = "control"
	sums, err := s.Sums(ctx, q)
	if err != nil {
		return Ratio{}, 0, err
	}
	return s.RatioOf(sums), uint64(sums.Overlap()), nil
}

// judge reads the answer off the numbers.
func (s *Inquiry) judge(e *Effect, rr stats.Clustered) {
	verdict := s.decide(rr, float64(s.Arms.Exposed.Events), float64(s.Arms.Reference.Events), s.Arms.ExposedPeople, s.Arms.ReferencePeople)
	e.Code, e.SmallestSeen, e.LargestSeen, e.P = verdict.Code, verdict.MDEUp, verdict.MDEDown, verdict.P
	ev := stats.EValueOf(stats.Estimate{Value: e.Ratio.Value, Low: e.Ratio.AlwaysValid.Low, High: e.Ratio.AlwaysValid.High})
	e.EValue, e.EValueLimit = ev.Estimate, ev.CI
	s.plan(e)
	if failed(s.Gates) || e.ControlFails || (e.Code != NoData && e.Clusters < stats.MinClusters) {
		e.Code = Gated
	}
	e.Word, e.Reason = words[e.Code], s.reason(e)
}

// weighFew takes the exact evidence where there are too few events for the interval that is valid in the long run. It
// assumes that events are independent of one another, which is said.
func (s *Inquiry) weighFew(ctx context.Context, e *Effect) error {
	if s.Blocks == nil || e.Events < stats.MinOverlapEvents || e.Events >= stats.MinSequenceEvents || e.Code == Gated || e.Code == NoData {
		return nil
	}
	blocks, err := s.Blocks(ctx)
	if err != nil {
		return err
	}
	evidence := stats.EProcess(blocks, stats.DefaultTau, s.Alpha)
	e.Independent, e.Ratio.AlwaysValid, e.Code = true, evidence.RR, Undecided
	switch {
	case evidence.RR.Low.OK() && evidence.RR.Low.F > 1:
		e.Code = More
	case evidence.RR.High.OK() && evidence.RR.High.F < 1:
		e.Code = Fewer
	}
	e.Word = words[e.Code]
	return nil
}

// pace is the days that the present pace is measured over.
const pace = 91

// plan says how many events would show a ratio as large as the margin, and when there will be as many.
func (s *Inquiry) plan(e *Effect) {
	all := float64(s.Arms.Exposed.Changes + s.Arms.Reference.Changes)
	share := part(float64(s.Arms.Exposed.Changes), all)
	e.EventsNeeded = share.Then(func(x float64) float64 {
		return stats.EventsNeeded(x, s.Margin, s.Alpha, 0.8).Then(func(n float64) float64 { return math.Ceil(n * math.Max(1, e.DesignEffect.Or(1))) }).Or(math.NaN())
	})
	if !e.EventsNeeded.Finite() || float64(e.Events) >= e.EventsNeeded.F || s.Arms.RecentEvents == 0 || !e.EventShare.Finite() || e.EventShare.F == 0 {
		return
	}
	perDay := float64(s.Arms.RecentEvents) * e.EventShare.F / pace
	days := (e.EventsNeeded.F - float64(e.Events)) / perDay
	if days < 100*365 {
		on := s.Now.UTC().Truncate(24*time.Hour).AddDate(0, 0, int(math.Ceil(days)))
		e.EnoughOn = &on
	}
}

// reason says why there is no ratio to read.
func (s *Inquiry) reason(e *Effect) string {
	fewest := min(s.Arms.Exposed.Events, s.Arms.Reference.Events)
	switch {
	case e.Code == Gated && e.ControlFails:
		return "the negative control differs from 1"
	case e.Code == Gated && e.Clusters < stats.MinClusters:
		return fmt.Sprintf("%s with events in both groups; an interval needs %d", plural(uint64(e.Clusters), "cluster"), stats.MinClusters)
	case e.Code != NoData:
		return ""
	case fewest < stats.MinGroupEvents:
		return fmt.Sprintf("%s in one group; shown from %d", plural(fewest, "event"), stats.MinGroupEvents)
	case min(s.Arms.ExposedPeople, s.Arms.ReferencePeople) < stats.MinPeople:
		return tooFewPeople() + " in one group"
	}
	return fmt.Sprintf("%s where both groups have changes; shown from %d", plural(e.Events, "event"), stats.MinOverlapEvents)
}

func undefined(why stats.Reason) stats.Interval {
	return stats.Interval{Low: stats.Undefined(why), High: stats.Undefined(why)}
}

// noRatio is a ratio that there is not, for a reason.
func noRatio(why stats.Reason) Ratio {
	return Ratio{Value: stats.Undefined(why), Fixed: undefined(why), AlwaysValid: undefined(why)}
}

// decide reads the answer off a ratio: enough events and persons first, then the interval that holds however often one looks.
func (d Definition) decide(rr stats.Clustered, exposedEvents, referenceEvents float64, exposedPeople, referencePeople uint64) stats.Answer {
	return stats.Decide(stats.Case{
		OverlapEvents: rr.Events, AIEvents: exposedEvents, HumanEvents: referenceEvents, AIPeople: exposedPeople, HumanPeople: referencePeople,
		Log: rr.LogRR, SE: rr.SE(), DF: stats.Num(rr.DF()), Margin: d.Margin, Alpha: d.Alpha,
	})
}

// excludes reports whether an interval lies on one side of a value.
func excludes(i stats.Interval, value float64) bool {
	return i.Low.OK() && i.High.OK() && (i.Low.F > value || i.High.F < value)
}
