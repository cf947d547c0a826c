package calibrate

import (
	"context"
	"math"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
)

func access(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "access", Title: "Where it is the permissions, not the AI",
		About: "Fleets of 200,000 changes in which AI makes no difference at equal access, but has more access and less review.",
	}
	type split struct{ total, direct, indirect float64 }
	found, err := fleets(ctx, l, l.Fleets/4, 200_000, func(_ context.Context, seed uint64) (split, error) {
		d := stats.Decompose(Draw(named("access-only"), 200_000, seed).paths(), .05)
		return split{d.Total.Value.Or(math.NaN()), d.Direct.Value.Or(math.NaN()), d.Indirect.Value.Or(math.NaN())}, nil
	})
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		mean("total", each(found, func(s split) float64 { return s.total }), free, free),
		mean("autonomy (direct)", each(found, func(s split) float64 { return s.direct }), .95, 1.05),
		mean("access (indirect)", each(found, func(s split) float64 { return s.indirect }), 1.5, 1.7),
	}
	return check, nil
}

// paths are the counts by permission, review and size.
func (w *World) paths() []stats.Stratum {
	var cells [64]stats.Stratum
	for i := range w.changes {
		c := &w.changes[i]
		if !w.mature(c) {
			continue
		}
		at := int(c.Permission)<<4 | int(c.Size)<<1
		if c.Reviewed {
			at |= 1
		}
		add(&cells[at], w.exposed(c), event(c, "incident"))
	}
	return cells[:]
}

func lateLabels(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "late-labels", Title: "Where AI is looked for after the outage",
		About: "Fleets of 200,000 changes in which AI makes no difference; 65 % of its changes say so, and 95 % of those that caused an incident in the end. Same repository throughout.",
	}
	type views struct{ late, corrected, frozen float64 }
	found, err := fleets(ctx, l, l.Fleets/4, 200_000, func(ctx context.Context, seed uint64) (v views, err error) {
		w := Draw(named("late-labels"), 200_000, seed)
		q := analysis.Question{Outcome: "incident", Design: analysis.SameRepository, Adjustment: analysis.Direct, Side: analysis.SideReference}
		frozen, err := w.Sums(ctx, q)
		if err != nil {
			return v, err
		}
		w.labels = afterwards
		late, err := w.Sums(ctx, q)
		return views{
			late:      math.Exp(late.RiskRatio().LogRR.Or(math.NaN())),
			corrected: late.Corrected(stats.Detection{SeCase: .95, SpCase: 1, SeNoncase: .65, SpNoncase: 1}).Or(math.NaN()),
			frozen:    math.Exp(frozen.RiskRatio().LogRR.Or(math.NaN())),
		}, err
	})
	if err != nil {
		return check, err
	}
	check.Rows = []Row{
		mean("with every label found by now", each(found, func(v views) float64 { return v.late }), 1.4, free),
		mean("… corrected for how they were found", each(found, func(v views) float64 { return v.corrected }), .93, 1.05),
		mean("with the labels of the landing, as baserate counts", each(found, func(v views) float64 { return v.frozen }), .93, 1.05),
	}
	return check, nil
}

func fragile(ctx context.Context, l *laboratory) (Check, error) {
	check := Check{
		ID: "fragile", Title: "Where something is not measured",
		About: "Fleets of 200,000 changes in which AI makes no difference, but is used in repositories that break easily. Incidents that no change can have caused must then follow AI, too, unless the repository is held equal.",
	}
	type controls struct{ ratio, control, equal, equalControl analysis.Ratio }
	found, err := fleets(ctx, l, l.Fleets/4, 200_000, func(ctx context.Context, seed uint64) (c controls, err error) {
		w := Draw(named("fragile-repos"), 200_000, seed)
		for _, x := range []struct {
			to      *analysis.Ratio
			outcome string
			design  analysis.Design
		}{{&c.ratio, "incident", Unmatched}, {&c.control, "control", Unmatched}, {&c.equal, "incident", analysis.SameRepository}, {&c.equalControl, "control", analysis.SameRepository}} {
			sums, err := w.Sums(ctx, analysis.Question{Outcome: x.outcome, Design: x.design, Adjustment: analysis.Direct, Side: analysis.SideReference})
			if err != nil {
				return c, err
			}
			*x.to = l.mistakes.RatioOf(sums)
		}
		return c, nil
	})
	if err != nil {
		return check, err
	}
	value := func(r analysis.Ratio) float64 { return r.Value.Or(math.NaN()) }
	check.Rows = []Row{
		mean("ratio, repositories mixed", each(found, func(c controls) float64 { return value(c.ratio) }), free, free),
		mean("negative control, repositories mixed", each(found, func(c controls) float64 { return value(c.control) }), free, free),
		share("check raised, repositories mixed", each(found, func(c controls) bool { return !c.control.AlwaysValid.Contains(1) }), .9, free),
		mean("ratio, same repository", each(found, func(c controls) float64 { return value(c.equal) }), .95, 1.05),
		mean("negative control, same repository", each(found, func(c controls) float64 { return value(c.equalControl) }), free, free),
		share("check raised, same repository", each(found, func(c controls) bool { return !c.equalControl.AlwaysValid.Contains(1) }), free, .1),
	}
	return check, nil
}
