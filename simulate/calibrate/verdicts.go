package calibrate

import (
	"context"
	"math"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/simulate"
)

// verdict is the answer to one fleet, and what the naive analysis says of it.
type verdict struct {
	code       analysis.Code
	crude, rr  float64
	naiveMore  bool
	naiveFewer bool
	total      analysis.Code
	once       bool // no meaningful difference, to one who looks once
}

// equivalentOnce reports whether the 90 % interval for one look lies within the margin. The interval kept is at 95 %; with
// dozens of clusters its half width is 1.19 times that at 90 %.
func equivalentOnce(r analysis.Ratio, margin float64) bool {
	if !r.Fixed.Low.Finite() || !r.Fixed.High.Finite() || r.Fixed.Low.F <= 0 {
		return false
	}
	half := math.Log(r.Fixed.High.F/r.Fixed.Low.F) / 2 / 1.19
	return math.Abs(math.Log(r.Value.Or(math.NaN())))+half < math.Log(margin)
}

func (l *laboratory) verdicts(ctx context.Context, s simulate.Scenario, n, changes int) ([]verdict, error) {
	return fleets(ctx, l, n, changes, func(ctx context.Context, seed uint64) (verdict, error) {
		c, table, err := Draw(s, changes, seed).answer(ctx, l.mistakes)
		if err != nil {
			return verdict{}, err
		}
		x := crude(table)
		return verdict{
			code: c.Code, crude: x.ratio(), rr: c.Deciding().Ratio.Value.Or(math.NaN()),
			naiveMore: x.rejects() && x.log > 0, naiveFewer: x.rejects() && x.log < 0,
			total: c.Effects[1].Code, once: equivalentOnce(c.Deciding().Ratio, l.mistakes.Margin),
		}, nil
	})
}

// is is a share of fleets with one of some answers.
func is(label string, found []verdict, low, high float64, codes ...analysis.Code) Row {
	return share(label, each(found, func(v verdict) bool {
		for _, c := range codes {
			if v.code == c {
				return true
			}
		}
		return false
	}), low, high)
}

func simpsonA(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "simpson-a", Title: "Where AI is given the risky work",
		About: "Fleets of 300,000 changes in which AI makes no difference, but does the operator's, the unreviewed and the large work. The crude ratio doubles.",
	}
	found, err := l.verdicts(ctx, named("simpson-a"), l.Fleets/2, 300_000)
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		mean("crude ratio", each(found, func(v verdict) float64 { return v.crude }), 1.8, free),
		mean("ratio at equal size, permission and review", each(found, func(v verdict) float64 { return v.rr }), .97, 1.03),
		is("no meaningful difference, or not enough data", found, .97, free, analysis.Equivalent, analysis.Undecided, analysis.NotMore, analysis.NoData),
		is("no meaningful difference", found, free, free, analysis.Equivalent),
		share("… to one who looks once", each(found, func(v verdict) bool { return v.once }), free, free),
		share("crude test: more mistakes", each(found, func(v verdict) bool { return v.naiveMore }), .97, free),
	}
	return check, nil
}

func simpsonB(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "simpson-b", Title: "Where AI is given the safe work",
		About: "Fleets of 300,000 changes in which AI makes 1.5 times the mistakes, but does the small and safe work. The crude ratio has the wrong sign.",
	}
	s := named("simpson-b")
	s.RR = 1.5
	found, err := l.verdicts(ctx, s, l.Fleets/2, 300_000)
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		mean("crude ratio", each(found, func(v verdict) float64 { return v.crude }), free, .8),
		mean("ratio at equal size, permission and review", each(found, func(v verdict) float64 { return v.rr }), 1.44, 1.56),
		is("more mistakes", found, .97, free, analysis.More),
		share("crude test: fewer mistakes", each(found, func(v verdict) bool { return v.naiveFewer }), .97, free),
	}
	return check, nil
}

func margin(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "margin", Title: "Where the truth lies on the margin",
		About: "Fleets of 300,000 changes in which AI makes 1.25 times the mistakes, which is just no longer negligible. Calling that no meaningful difference is the error that the margin is there to bound.",
	}
	s := named("worse")
	s.RR = stats.DefaultMargin
	found, err := l.verdicts(ctx, s, l.Fleets, 300_000)
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		is("no meaningful difference", found, free, .085, analysis.Equivalent),
		share("… to one who looks once", each(found, func(v verdict) bool { return v.once }), free, .085),
		is("more mistakes", found, free, free, analysis.More),
		is("undecided", found, free, free, analysis.Undecided),
	}
	return check, nil
}

func small(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "small", Title: "Where there is too little to say",
		About: "Fleets of 20,000 changes, some 130 incidents, in which AI makes no difference. The honest answer is that nothing is known.",
	}
	found, err := l.verdicts(ctx, named("null"), l.Fleets, 20_000)
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		is("undecided, or not enough data", found, .95, free, analysis.Undecided, analysis.NoData),
		is("no meaningful difference", found, free, 0, analysis.Equivalent),
		share("crude test finds a difference", each(found, func(v verdict) bool { return v.naiveMore || v.naiveFewer }), free, free),
	}
	return check, nil
}
