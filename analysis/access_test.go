package analysis

import (
	"math"
	"testing"

	"github.com/baserate/baserate/analysis/stats"
)

// pathCell is a cell of agents against others.
func pathCell(permission, review string, bucket uint8, cluster uint64, a, n1, c, n0 uint64) accessCell {
	return accessCell{
		Permission: permission, Review: review, Bucket: bucket, Cluster: cluster,
		AgentEvents: a, AgentChanges: n1, ReferenceEvents: c, ReferenceChanges: n0,
	}
}

// crowd is a fleet with enough people behind everything.
func crowd() groups {
	var g groups
	for _, class := range []string{"ai_agent", "ai_assisted", "no_ai", "any"} {
		g = append(g, landed{Class: class, Slice: "all", People: 50, MaturePeople: 50})
		for _, level := range levels {
			g = append(g, landed{Class: class, Slice: "permission", Value: level, People: 50, MaturePeople: 50})
		}
	}
	return g
}

// Risks of agents 0.1 and 0.4 with half of their changes in each stratum, of others 0.05 and 0.2 with three and one
// quarter: R11 = 0.25, R10 = 0.175, R00 = 0.0875, R01 = 0.125.
func TestDecomposed(t *testing.T) {
	e := decomposed([]stats.Cell{
		{Stratum: 1, Cluster: 1, Counts: stats.Stratum{A: 10, N1: 100, C: 15, N0: 300}},
		{Stratum: 2, Cluster: 2, Counts: stats.Stratum{A: 40, N1: 100, C: 20, N0: 100}},
		{Stratum: 3, Cluster: 2, Counts: stats.Stratum{A: 1, N1: 10}},
	}, 0.05)
	for name, x := range map[string][2]float64{
		"direct": {e.Direct.Value.F, 2}, "indirect": {e.Indirect.Value.F, 0.25 / 0.175}, "total": {e.Total.Value.F, 0.25 / 0.0875},
		"rate": {e.Rate.F, 0.10625}, "mix": {e.Mix.F, 0.05625}, "dropped": {e.DroppedAI, 10},
	} {
		if !alike(x[0], x[1]) {
			t.Errorf("%s: %v, want %v", name, x[0], x[1])
		}
	}
	if got := e.compared(); got != (stats.Stratum{A: 50, N1: 200, C: 35, N0: 400}) {
		t.Errorf("compared: %+v", got)
	}
}

// Two clusters of ratios 2 and 1 make 1.5; without one or the other it is 1 or 2. The jackknife's variance is
// ½((ln 1.5)² + (ln 2 − ln 1.5)²) and larger than the model's.
func TestDecomposedJackknife(t *testing.T) {
	cells := []stats.Cell{
		{Stratum: 1, Cluster: 1, Counts: stats.Stratum{A: 20, N1: 100, C: 10, N0: 100}},
		{Stratum: 1, Cluster: 2, Counts: stats.Stratum{A: 10, N1: 100, C: 10, N0: 100}},
	}
	e := decomposed(cells, 0.05)
	se := math.Sqrt((math.Pow(math.Log(1.5), 2) + math.Pow(math.Log(2/1.5), 2)) / 2)
	want := stats.ConfidenceSequence(math.Log(1.5), se, stats.DefaultPhi, 0.05).Ratio
	if e.Clusters != 2 || !alike(e.Direct.Low.F, want.Low.F) || !alike(e.Direct.High.F, want.High.F) {
		t.Errorf("%d clusters, direct %+v, want %+v", e.Clusters, e.Direct, want)
	}
	wide := stats.ConfidenceSequence(math.Log(1.5), se, stats.DefaultPhi, 0.1).Ratio
	if !alike(e.Direct90.Low.F, wide.Low.F) || e.Direct90.Low.F <= e.Direct.Low.F {
		t.Errorf("at twice the alpha %+v, want %+v", e.Direct90, wide)
	}
	same := decomposed([]stats.Cell{cells[0], {Stratum: 1, Cluster: 2, Counts: cells[0].Counts}}, 0.05)
	model := stats.ConfidenceSequence(math.Log(2), same.DirectSE.F, stats.DefaultPhi, 0.05).Ratio
	if !alike(same.Direct.Low.F, model.Low.F) {
		t.Errorf("where clusters agree the model's error holds: %+v, want %+v", same.Direct, model)
	}
}

// fleetOf is eight teams of the same counts, big enough for narrow intervals.
func fleetOf(cells ...accessCell) []accessCell {
	var all []accessCell
	for team := range uint64(8) {
		for _, c := range cells {
			c.Cluster = team
			all = append(all, c)
		}
	}
	return all
}

func TestAccessCodes(t *testing.T) {
	d := definitionOf(t, "access")
	d.Exposures = []string{"ai_agent"}
	safe := pathCell("write", "independent", 1, 0, 500, 5000, 2000, 20000)
	risky := pathCell("operator", "independent", 1, 0, 2000, 5000, 2000, 5000)
	worse := pathCell("operator", "independent", 1, 0, 4000, 5000, 2000, 5000)
	for _, c := range []struct {
		name  string
		cells []accessCell
		want  Code
		says  string
	}{
		{"only access differs", fleetOf(safe, risky), Supported, "For changes by AI agents it is access"},
		{"twice the risk at operator", fleetOf(safe, worse), Contradicted, "at equal permission, review and size they turn out to be mistakes more often"},
		{"nothing differs", fleetOf(safe), Undecided, "cannot be separated with 20 000 mistakes"},
		{"nine mistakes", []accessCell{pathCell("write", "none", 1, 1, 9, 100, 90, 900)}, NoData, "not enough data"},
		{"access is not known", fleetOf(pathCell("", "", 0, 0, 500, 5000, 500, 5000)), NoData, "not enough data"},
	} {
		a := d.accessAnswer(nil, c.cells, nil, crowd())
		if a.Code != c.want {
			t.Errorf("%s: %s, want %s (%s)", c.name, a.Code, c.want, a.Detail)
		}
		holds(t, a.Sentence, c.says)
	}
}

// Four teams are too few, whatever they show.
func TestAccessFewClusters(t *testing.T) {
	d := definitionOf(t, "access")
	a := d.accessAnswer(nil, fleetOf(pathCell("write", "independent", 1, 0, 500, 5000, 2000, 20000))[:4], nil, crowd())
	if a.Code != Gated {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Sentence, "the check of clusters fails")
	holds(t, a.Gates[0].Detail, "changes by AI agents: mistakes in 4 clusters")
}

// The direct effect is level on average; at operator permission alone agents do worse, and that is enough.
func TestAccessOperatorAlone(t *testing.T) {
	d := definitionOf(t, "access")
	d.Exposures = []string{"ai_agent"}
	operator := stats.Sums{A: 300, N1: 1000, C: 100, N0: 1000, OverlapA: 300, OverlapC: 100, Strata: 10, R: 150, S: 50, V: 100}
	for i := range uint64(10) {
		operator.Clusters = append(operator.Clusters, stats.ClusterSums{Cluster: i, R: 15, S: 5})
	}
	a := d.accessAnswer(nil, fleetOf(pathCell("write", "independent", 1, 0, 500, 5000, 2000, 20000)), map[pairing]stats.Sums{{"ai_agent", "operator"}: operator}, crowd())
	if a.Code != Contradicted {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Sentence, "with operator permission they turn out to be mistakes more often than others with the same")
	if m := measureOf(t, a, "levels_ai_agent", "rr ai_agent operator"); !alike(m.Value.F, 3) || *m.Part != 300 || *m.Of != 400 {
		t.Errorf("%+v", m)
	}
}

// Of 100 approved changes 10 are mistakes, of 20 others 10: with approval 10 + 20·0.1 = 12 instead of 20, with variance
// 20·20/100·0.1·0.9 = 0.36. Three changes of a size that nobody approved keep their one mistake.
func TestApproval(t *testing.T) {
	strata := approvals([]accessCell{
		pathCell("operator", "independent", 1, 1, 10, 100, 0, 0), pathCell("operator", "none", 1, 1, 6, 12, 0, 0), pathCell("operator", "self", 1, 2, 4, 8, 0, 0),
		pathCell("operator", "none", 4, 1, 1, 3, 0, 0), pathCell("write", "none", 1, 1, 50, 100, 0, 0),
	}, "ai_agent")
	x := withApproval(strata, 0.05)
	if x.Observed != 21 || !alike(x.Expected.Value.F, 13) || x.Kept != 3 || math.Abs(x.Expected.High.F-(13+1.959964*0.6)) > 1e-5 {
		t.Errorf("%+v", x)
	}
	if x := withApproval(approvals([]accessCell{pathCell("operator", "independent", 1, 1, 10, 100, 0, 0)}, "ai_agent"), 0.05); x.Reason != "every one was approved already" {
		t.Errorf("%+v", x)
	}
	if x := withApproval(approvals([]accessCell{pathCell("operator", "none", 1, 1, 10, 100, 0, 0)}, "ai_agent"), 0.05); x.Reason != "none was approved, so there is nothing to go by" {
		t.Errorf("%+v", x)
	}
}

// Excess of 100 against 50 where both have 1000 changes: 1 − 1/2 of 100.
func TestAccessTables(t *testing.T) {
	d := definitionOf(t, "access")
	cells := []accessCell{pathCell("write", "independent", 1, 1, 100, 1000, 50, 1000), pathCell("", "", 0, 0, 3, 30, 4, 40)}
	a := d.accessAnswer(nil, cells, nil, crowd())
	if m := measureOf(t, a, "excess_ai_agent", "excess ai_agent"); !alike(m.Value.F, 50) || m.Interval.Low.F >= 50 {
		t.Errorf("%+v", m)
	}
	if m := measureOf(t, a, "path_ai_agent", "left_out ai_agent"); m.Value.F != 30 {
		t.Errorf("%+v", m)
	}
	few := d.accessAnswer(nil, cells, nil, groups{{Class: "ai_agent", Slice: "all", MaturePeople: 4}, {Class: "no_ai", Slice: "all", MaturePeople: 90}})
	for _, table := range few.Tables {
		for _, m := range table.Measures {
			if m.Value.OK() || m.Part != nil {
				t.Errorf("four people: %s shows %+v", table.ID, m)
			}
		}
	}
	holds(t, few.Detail, "Fewer than 5 people stand behind changes by AI agents")
}
