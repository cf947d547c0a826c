package stats

import (
	"math"
	"testing"
)

// enough is a case with plenty of data whose answer hangs on the effect alone.
func enough(log, se float64) Case {
	return Case{
		OverlapEvents: 400, AIEvents: 150, HumanEvents: 250, AIPeople: 40, HumanPeople: 60,
		Log: Num(log), SE: Num(se), DF: Num(59),
		Gates: Gates(Quality{
			AttributionCoverage: Num(0.97), LinkCoverage: Num(0.9), DataAgeHours: Num(2), Clusters: 60,
			NegativeControl: Estimate{Value: Num(1.05), Low: Num(0.8), High: Num(1.3)},
		}),
	}
}

func TestDecide(t *testing.T) {
	with := func(c Case, change func(*Case)) Case { change(&c); return c }
	for _, c := range []struct {
		name string
		c    Case
		want Code
	}{
		{"no difference, precisely", enough(0.01, 0.03), Equivalent},
		{"a small difference inside the margin", enough(0.1, 0.02), Equivalent},
		{"clearly more", enough(0.7, 0.1), More},
		{"clearly fewer", enough(-0.7, 0.1), Fewer},
		{"not more, perhaps fewer", enough(-0.15, 0.08), NotMore},
		{"could be anything", enough(0.1, 0.3), Undecided},
		{"four incidents", with(enough(0.7, 0.1), func(c *Case) { c.OverlapEvents = 4 }), NoData},
		{"nine events in one arm", with(enough(0.7, 0.1), func(c *Case) { c.AIEvents = 9 }), NoData},
		{"four people in one arm", with(enough(0.7, 0.1), func(c *Case) { c.HumanPeople = 4 }), NoData},
		{"nine events where arms do not count", with(enough(0.7, 0.1), func(c *Case) { c.AIEvents, c.IgnoreGroups = 9, true }), More},
		{"no estimate", with(enough(0, 1), func(c *Case) { c.Log = Undefined(NoIncidents) }), NoData},
		{"an infinite estimate", with(enough(0, 1), func(c *Case) { c.Log, c.SE = Num(math.Inf(1)), Undefined(OneSided) }), NoData},
		{"no standard error", with(enough(0, 1), func(c *Case) { c.SE = Num(0) }), NoData},
		{"gates come first", with(enough(0.7, 0.1), func(c *Case) { c.Gates[0].Pass, c.OverlapEvents = false, 0 }), Gated},
		{"a wider margin", with(enough(0.1, 0.08), func(c *Case) { c.Margin = 2 }), Equivalent},
		{"a fixed look is narrower", with(enough(0.25, 0.1), func(c *Case) { c.FixedLooks = true }), More},
		{"the same, looked at daily", enough(0.25, 0.1), Undecided},
	} {
		if a := Decide(c.c); a.Code != c.want {
			t.Errorf("%s: %s, want %s (95 %%: %v to %v, 90 %%: %v to %v)", c.name, a.Code, c.want, a.CI95.Low, a.CI95.High, a.CI90.Low, a.CI90.High)
		}
	}
}

func TestAnswerCarriesItsNumbers(t *testing.T) {
	a := Decide(enough(0.1, 0.02))
	if a.Direction != 1 {
		t.Errorf("direction %d: the small difference goes up", a.Direction)
	}
	if a.Fixed.Low.F < a.CI95.Low.F || a.Fixed.High.F > a.CI95.High.F {
		t.Errorf("the fixed interval %v is not inside the always-valid one %v", a.Fixed, a.CI95)
	}
	near(t, "product of the detectable ratios", Num(a.MDEUp.F*a.MDEDown.F), 1, 1e-12)
	if more := Decide(enough(0.5, 0.02)); more.MDEUp != a.MDEUp {
		t.Errorf("the detectable effect %v depends on the effect seen (%v)", more.MDEUp, a.MDEUp)
	}
}

func TestGates(t *testing.T) {
	good := Quality{
		AttributionCoverage: Num(0.95), LinkCoverage: Num(0.8), DataAgeHours: Num(36), Clusters: 5,
		NegativeControl: Estimate{Value: Num(1.2), Low: Num(0.9), High: Num(1.6)},
	}
	for _, c := range []struct {
		name string
		edit func(*Quality)
		want GateName
	}{
		{"all at their thresholds", func(*Quality) {}, ""},
		{"unknown authors", func(q *Quality) { q.AttributionCoverage = Num(0.949) }, GateAttribution},
		{"coverage not known", func(q *Quality) { q.AttributionCoverage = Undefined(NoChanges) }, GateAttribution},
		{"unlinked incidents", func(q *Quality) { q.LinkCoverage = Num(0.79) }, GateLinks},
		{"control above 1", func(q *Quality) { q.NegativeControl.Low = Num(1.01) }, GateNegativeControl},
		{"control below 1", func(q *Quality) { q.NegativeControl.High = Num(0.99) }, GateNegativeControl},
		{"control not estimable", func(q *Quality) { q.NegativeControl = undefinedEstimate(NoIncidents) }, ""},
		{"old data", func(q *Quality) { q.DataAgeHours = Num(36.5) }, GateFreshness},
		{"four teams", func(q *Quality) { q.Clusters = 4 }, GateClusters},
	} {
		q := good
		c.edit(&q)
		var failed GateName
		for _, g := range Gates(q) {
			if !g.Pass {
				failed = g.Name
			}
		}
		if failed != c.want {
			t.Errorf("%s: gate %q fails, want %q", c.name, failed, c.want)
		}
	}
}

func TestEquivalenceOfNonsense(t *testing.T) {
	for _, e := range []Effect{{0, 0, 0}, {math.NaN(), 1, 0}, {0, math.Inf(1), 0}, {0, 1, -2}} {
		q := TestEquivalence(e, RatioMargin(1.25), 0.05, 0.8)
		requireFit(t, q)
		undefined(t, "p", q.TOST, InvalidInput)
	}
}

func TestPlans(t *testing.T) {
	d := Design{N1: 10_000, N0: 10_000, P0: 0.01, Ratio: 1.4, Alpha: 0.05, Power: 0.8}
	p := PlanTwoProportions(d)
	d.N1, d.N0 = p.N0Required.F, p.N0Required.F
	near(t, "power at the required size", PlanTwoProportions(d).Power, 0.8, 1e-6)
	d.Ratio = PlanTwoProportions(d).MDEUp.F
	near(t, "power at the detectable ratio", PlanTwoProportions(d).Power, 0.8, 1e-6)
	undefined(t, "changes needed for no effect", PlanTwoProportions(Design{10, 10, 0.1, 1, 0.05, 0.8}).N0Required, OutOfReach)
	undefined(t, "an empty arm", PlanTwoProportions(Design{0, 10, 0.1, 2, 0.05, 0.8}).Power, NoAIChanges)
	undefined(t, "a risk above 1", PlanTwoProportions(Design{10, 10, 0.6, 2, 0.05, 0.8}).Power, InvalidInput)
}
