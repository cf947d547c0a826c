package analysis

import (
	"math"
	"testing"

	"github.com/baserate/baserate/analysis/stats"
)

// outagesOf is a fleet in which agents and people caused so many outages of some minutes, each in a repository of its own
// with 100 changes of either.
func outagesOf(agent, others int, agentMinutes, otherMinutes float64) []outageStratum {
	var strata []outageStratum
	add := func(n int, s outageStratum) {
		for range n {
			s.AgentChanges, s.ReferenceChanges = 100, 100
			strata = append(strata, s)
		}
	}
	add(agent, outageStratum{AgentMinutes: agentMinutes, AgentSquares: agentMinutes * agentMinutes})
	add(others, outageStratum{ReferenceMinutes: otherMinutes, ReferenceSquares: otherMinutes * otherMinutes})
	return strata
}

func armsOf(agent, others uint64) Arms {
	return Arms{Exposed: Arm{Events: agent, Changes: 100000}, Reference: Arm{Events: others, Changes: 200000}, ExposedPeople: 30, ReferencePeople: 60}
}

func TestOutageMinutes(t *testing.T) {
	d := definitionOf(t, "limited")
	for name, c := range map[string]struct {
		agent, others int
		minutes       float64
		want          Code
		ratio         float64
	}{
		"as many, as long":        {900, 900, 60, Equivalent, 1},
		"as many, three times":    {400, 400, 180, More, 3},
		"half as many":            {400, 800, 60, Fewer, 0.5},
		"nine outages":            {9, 400, 60, Undecided, 9. / 400},
		"hardly any to tell":      {12, 12, 60, Undecided, 1},
		"four outages in a group": {4, 400, 60, NoData, 0.01},
	} {
		o := d.outageOf("ai_agent", armsOf(uint64(c.agent), uint64(c.others)), outagesOf(c.agent, c.others, c.minutes, 60))
		if o.code != c.want || math.Abs(o.ratio.Ratio.Value.F-c.ratio) > 1e-9 {
			t.Errorf("%s: %s at %v, want %s at %v", name, o.code, o.ratio.Ratio.Value, c.want, c.ratio)
		}
	}
}

// Fifty outages of a minute and one of two weeks weigh as much as one: no verdict rests on that.
func TestOneOutageDominates(t *testing.T) {
	strata := append(outagesOf(50, 50, 1, 1), outagesOf(1, 0, 20160, 0)...)
	d := definitionOf(t, "limited")
	o := d.outageOf("ai_agent", armsOf(51, 50), strata)
	if o.code != Undecided {
		t.Fatalf("%s", o.code)
	}
	holds(t, o.detail(), "51 of 100 000 changes by AI agents caused an incident, against 50 of 200 000 with no AI recorded",
		"dominated by 1 outage: the minutes of one group weigh as much as 1 equal outage; a verdict needs 10")
	d.Exposures = []string{"ai_agent"}
	a := d.limitedAnswer([]outage{o}, nil, nil)
	holds(t, a.Sentence, "For changes by AI agents it is undecided.")
	if m := measureOf(t, a, "minutes", "ai_agent weight"); m.Value.F < 1 || m.Value.F > 1.1 {
		t.Errorf("effective outages %v", m.Value)
	}
}

func TestOutagesOfFewPeople(t *testing.T) {
	arms := armsOf(100, 100)
	arms.ExposedPeople = 4
	d := definitionOf(t, "limited")
	o := d.outageOf("ai_agent", arms, outagesOf(100, 100, 60, 60))
	a := d.limitedAnswer([]outage{o}, []incidentBin{{"ai_agent", 1, 94, 30, 0}, {"unknown", 1, 94, 30, 0}}, nil)
	if a.Code != NoData {
		t.Errorf("%s", a.Code)
	}
	if m := measureOf(t, a, "durations", "median ai_agent"); !m.Suppress || m.Value.OK() || m.Part != nil {
		t.Errorf("shown: %+v", m)
	}
	if m := measureOf(t, a, "durations", "median "); m.Suppress || *m.Part != 30 {
		t.Errorf("hidden: %+v", m)
	}
	if m := measureOf(t, a, "severities", "ai_agent severity 1"); !m.Suppress {
		t.Errorf("shown: %+v", m)
	}
}

// Of ten incidents four took about 58 minutes, two about two hours, and four are still open at four hours: half were over after two.
func TestIncidentsThatAreNotOver(t *testing.T) {
	hour, two, four := uint16(94), uint16(110), uint16(126)
	o := outage{exposure: "ai_agent", arms: armsOf(10, 0), code: NoData}
	tables := incidentTables([]outage{o}, []incidentBin{
		{"ai_agent", 1, hour, 4, 0}, {"ai_agent", 2, two, 2, 0}, {"ai_agent", 2, four, 0, 4}, {"human", 0, two, 3, 0}, {"unknown", 3, two, 2, 0},
	}, 0.05)
	a := Answer{Tables: tables}
	if m := measureOf(t, a, "durations", "median ai_agent"); math.Abs(m.Value.F-binMinutes(two)) > 1e-9 || *m.Part != 6 || *m.Of != 10 {
		t.Errorf("median %v of %d of %d, want %v", m.Value, *m.Part, *m.Of, binMinutes(two))
	}
	if got := binMinutes(hour); got < 58 || got > 62 {
		t.Errorf("bin of an hour: %v minutes", got)
	}
	if m := measureOf(t, a, "severities", "ai_agent severity 2"); m.Value.F != 0.6 || m.Interval == nil {
		t.Errorf("severity 2: %+v", m)
	}
	if m := measureOf(t, a, "severities", " severity 0"); m.Value.F != 0.6 || m.Label != "Changes with no AI recorded: severity not stated" {
		t.Errorf("severity not stated, human and unknown together: %+v", m)
	}
	if m := measureOf(t, a, "durations", "median "); m.Value.F != binMinutes(two) || m.Rows != "class=human%2Cunknown&mature=true&outcome=incident" {
		t.Errorf("reference: %+v", m)
	}
	never := durationMeasure("ai_agent", "x", []incidentBin{{"ai_agent", 1, four, 1, 9}}, 20, 0.05)
	if never.Value.OK() || never.Reason != string(stats.NotReached) {
		t.Errorf("most are open, so half are not over: %+v", never)
	}
}
