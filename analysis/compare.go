package analysis

import (
	"context"
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats"
)

// HeadlineOverlap is the share of the events that must lie where the same developer has changes of both kinds for the
// same-developer comparison to decide.
const HeadlineOverlap = 0.5

// Compare works out every design and adjustment set, the one that decides first, and what would change it. It is the
// whole way from sums to an answer, for the data of a store and for a fleet in memory alike.
func (s *Inquiry) Compare(ctx context.Context) (Comparison, error) {
	c := Comparison{
		Exposure: s.Exposure, Outcome: s.Outcome, Primary: s.Outcome == s.Definition.Outcome,
		Exposed: s.Arms.Exposed, Reference: s.Arms.Reference, Crude: crude(s.Arms, s.Alpha),
	}
	var err error
	if c.Effects, err = s.effects(ctx); err != nil {
		return c, err
	}
	deciding, other := c.Effects[0], c.Effects[2]
	c.Code, c.Reason = deciding.Code, deciding.Reason
	if c.Depends = contradict(deciding.Code, other.Code); c.Depends {
		c.Code = Undecided
	}
	c.Word = words[c.Code]
	return c, s.doubts(ctx, &c)
}

// effects works out both designs with both adjustment sets. The design that decides goes first, in it the direct effect.
func (s *Inquiry) effects(ctx context.Context) ([]Effect, error) {
	var all []Effect
	for _, design := range []Design{SameDeveloper, SameRepository} {
		for _, adjustment := range []Adjustment{Direct, Total} {
			e, err := s.effect(ctx, design, adjustment)
			if err != nil {
				return nil, err
			}
			all = append(all, e)
		}
	}
	if share := all[0].EventShare; !share.Finite() || share.F < HeadlineOverlap {
		all = slices.Concat(all[2:], all[:2])
	}
	return all, nil
}

// contradict reports whether two answers cannot both be true.
func contradict(x, y Code) bool {
	against := func(x, y Code) bool {
		return x == More && (y == Fewer || y == Equivalent || y == NotMore) || x == Fewer && y == Equivalent
	}
	return against(x, y) || against(y, x)
}

// doubts adds what other definitions and other classes of the unknown would make of the deciding ratio. Secondary
// outcomes are spared them.
func (s *Inquiry) doubts(ctx context.Context, c *Comparison) error {
	deciding := c.Deciding()
	c.AllHuman, c.AllAI = deciding.Ratio, noRatio(stats.NotEstimable)
	none := stats.Undefined(stats.NotEstimable)
	c.Detection = Detection{none, undefined(stats.NotEstimable), none}
	if !c.Primary {
		return nil
	}
	if s.Overlap != nil {
		var err error
		e := &c.Effects[0]
		if e.ExposedShare, e.ReferenceShare, err = s.Overlap(ctx, e.Design, e.Adjustment); err != nil {
			return err
		}
	}
	q := Question{s.Outcome, deciding.Design, deciding.Adjustment, s.Exposure, SideReference}
	sums, err := s.Sums(ctx, q)
	if err != nil {
		return err
	}
	if c.Detection, err = detection(sums.Sums); err != nil {
		return err
	}
	q.Side = SideUnknownAI
	if sums, err = s.Sums(ctx, q); err != nil {
		return err
	}
	c.AllAI = s.RatioOf(sums)
	c.Sensitivity, err = s.strip(ctx, q)
	return err
}

// variants are the other definitions of a mistake that the strip shows.
var variants = []struct{ outcome, label string }{
	{"mistake_3d", "within 3 days"},
	{"mistake_7d", "within 7 days"},
	{"mistake_30d", "within 30 days"},
	{"mistake_sure", "links of high confidence only"},
}

// strip is the deciding ratio with other windows, with sure links only, and with bots in the reference.
func (s *Inquiry) strip(ctx context.Context, q Question) ([]Variant, error) {
	q.Side = SideBots
	sums, err := s.Sums(ctx, q)
	if err != nil {
		return nil, err
	}
	all := []Variant{{"bots", "with bots among the changes without AI", s.RatioOf(sums), uint64(sums.Overlap())}}
	if s.Outcome != "mistake" {
		return all, nil
	}
	q.Side = SideReference
	for _, v := range variants {
		q.Outcome = v.outcome
		if sums, err = s.Sums(ctx, q); err != nil {
			return nil, err
		}
		all = append(all, Variant{v.outcome, v.label, s.RatioOf(sums), uint64(sums.Overlap())})
	}
	return all, nil
}

func crude(a Arms, alpha float64) Ratio {
	t := stats.TwoByTwo(stats.Stratum{
		A: float64(a.Exposed.Events), N1: float64(a.Exposed.Changes), C: float64(a.Reference.Events), N0: float64(a.Reference.Changes),
	}, alpha)
	return Ratio{Value: t.RR.Value, Fixed: t.RR.Interval(), AlwaysValid: undefined(stats.NotEstimable)}
}

// RatioOf is the ratio of sums with its intervals.
func (d Definition) RatioOf(s Sums) Ratio {
	c := s.RiskRatio()
	se := c.SE()
	r := Ratio{Value: c.LogRR.Then(math.Exp), Strata: s.Strata}
	if !c.LogRR.Finite() || !se.Finite() || se.F <= 0 {
		why := stats.NotEstimable
		if c.LogRR.Why != "" {
			why = c.LogRR.Why
		}
		r.Fixed, r.AlwaysValid = undefined(why), undefined(why)
		return r
	}
	r.Fixed = stats.Effect{Log: c.LogRR.F, SE: se.F, DF: c.DF()}.Interval(d.Alpha)
	r.AlwaysValid = stats.ConfidenceSequence(c.LogRR.F, se.F, stats.DefaultPhi, d.Alpha).Ratio
	return r
}
