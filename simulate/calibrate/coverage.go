package calibrate

import (
	"context"
	"math"

	"github.com/baserate/baserate/analysis"
)

// covered is whether the intervals of one fleet hold the truth.
type covered struct {
	log                  float64
	fixed, always, naive bool
	naiveFindsNothing    bool
	developer            bool
}

// cover looks at one effect of a fleet whose true ratio is given.
func (l *laboratory) cover(ctx context.Context, scenario string, seed uint64, of func(*analysis.Comparison) analysis.Effect) (covered, error) {
	s := named(scenario)
	c, table, err := Draw(s, 100_000, seed).answer(ctx, l.mistakes)
	if err != nil {
		return covered{}, err
	}
	e := of(&c)
	return covered{
		log:   math.Log(e.Ratio.Value.Or(math.NaN())),
		fixed: e.Ratio.Fixed.Contains(s.RR), always: e.Ratio.AlwaysValid.Contains(s.RR),
		naive: crude(table).covers(s.RR), naiveFindsNothing: !crude(table).rejects(),
		developer: c.Deciding().Design == analysis.SameDeveloper,
	}, nil
}

func coverageNull(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "coverage", Title: "Where AI makes no difference",
		About: "Fleets of 100,000 changes in which AI makes none. An interval at 95 % must hold the truth about that often; the one that holds at every look more often.",
	}
	found, err := fleets(ctx, l, l.Fleets, 100_000, func(ctx context.Context, seed uint64) (covered, error) {
		return l.cover(ctx, "null", seed, (*analysis.Comparison).Deciding)
	})
	if err != nil {
		return check, err
	}
	bias := mean("mean ln ratio", each(found, func(c covered) float64 { return c.log }), -.02, .02)
	check.Rows = []Row{
		share("interval for one look holds the truth", each(found, func(c covered) bool { return c.fixed }), .91, .99),
		share("interval for every look holds the truth", each(found, func(c covered) bool { return c.always }), .95, free),
		bias,
		share("decided by the same developer", each(found, func(c covered) bool { return c.developer }), free, free),
		share("crude interval holds the truth", each(found, func(c covered) bool { return c.naive }), free, free),
	}
	return check, nil
}

func coverageHeavy(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "heavy", Title: "Where authors differ greatly",
		About: "The same with authors whose risks and use of AI differ by orders of magnitude, compared within the same developer. The crude test takes the difference between people for one between tools.",
	}
	found, err := fleets(ctx, l, l.Fleets, 100_000, func(ctx context.Context, seed uint64) (covered, error) {
		return l.cover(ctx, "heavy-clusters", seed, func(c *analysis.Comparison) analysis.Effect {
			return c.Effect(analysis.SameDeveloper, analysis.Direct)
		})
	})
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		share("interval for one look holds the truth", each(found, func(c covered) bool { return c.fixed }), .91, .99),
		share("interval for every look holds the truth", each(found, func(c covered) bool { return c.always }), .95, free),
		mean("mean ln ratio", each(found, func(c covered) float64 { return c.log }), free, free),
		share("crude test finds a difference", each(found, func(c covered) bool { return !c.naiveFindsNothing }), .2, free),
	}
	return check, nil
}

// each takes one thing of every fleet.
func each[T, V any](all []T, field func(T) V) []V {
	values := make([]V, len(all))
	for i, x := range all {
		values[i] = field(x)
	}
	return values
}
