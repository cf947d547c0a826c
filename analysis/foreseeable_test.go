package analysis

import "testing"

// 61 of 83 incidents carried a warning, and 13 939 of 199 917 other changes: one of 14000/61 = 229.5.
func TestForeseeable(t *testing.T) {
	d := definitionOf(t, "foreseeable")
	a := d.foreseeableAnswer(nil, []warning{
		{Warning: "any", Known: 200000, KnownIncidents: 83, Flagged: 14000, FlaggedIncidents: 61, People: 90},
		{Warning: "operator", Known: 1000, KnownIncidents: 50, Flagged: 100, FlaggedIncidents: 20, People: 9},
		{Warning: "raised", Known: 1000, KnownIncidents: 50, Flagged: 10, FlaggedIncidents: 2, People: 3},
		{Warning: "instant"},
	})
	if a.Code != Described {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Sentence, "Of 83 changes that caused an incident 61 carried a warning; so did 13 939 of 199 917 that did not: one flagged change in 230 caused one.")
	holds(t, a.Detail, "before 73.5 % of the incidents' changes (63.1 % to 81.8 %)", "10.50-fold") // 61/83, and 61/14000 over 83/200000
	for id, want := range map[string]float64{"recall": 0.4, "precision": 0.2, "flagged": 0.1, "base": 0.05, "lift": 4} {
		if m := measureOf(t, a, "operator", id); !alike(m.Value.F, want) {
			t.Errorf("%s: %v, want %v", id, m.Value, want)
		}
	}
	if m := measureOf(t, a, "operator", "recall"); m.Interval == nil || *m.Part != 20 || *m.Of != 50 || m.Rows != "permission=operator&mature=true&outcome=incident" {
		t.Errorf("%+v", m)
	}
	if m := measureOf(t, a, "raised", "precision"); !m.Suppress || m.Part != nil {
		t.Errorf("three people: %+v", m)
	}
	for _, id := range []string{"recall", "precision", "lift"} {
		if m := measureOf(t, a, "instant", id); m.Value.OK() || m.Reason == "" || m.Suppress {
			t.Errorf("nothing is known of when pull requests were opened: %+v", m)
		}
	}
}

func TestForeseeableWithoutIncidents(t *testing.T) {
	a := definitionOf(t, "foreseeable").foreseeableAnswer(nil, []warning{{Warning: "any", Known: 1200, Flagged: 100, People: 9}})
	if a.Code != NoData {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Detail, "Of 1 200 changes whose 14 days are over none is on record")
	if m := measureOf(t, a, "any", "lift"); m.Value.OK() || m.Reason == "" {
		t.Errorf("%+v", m)
	}
	if m := measureOf(t, a, "any", "precision"); !m.Value.OK() || m.Value.F != 0 {
		t.Errorf("no incident in 100 is a count: %+v", m)
	}
}

// Incidents that no warning preceded leave nothing to say of how often one is right.
func TestForeseeableUnwarned(t *testing.T) {
	a := definitionOf(t, "foreseeable").foreseeableAnswer([]Gate{{ID: "links", Label: "Outage links"}}, []warning{{Warning: "any", Known: 100, KnownIncidents: 5}})
	if a.Code != Gated {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Detail, "A warning stood before 0.0 % of the incidents' changes (0.0 % to 43.4 %).") // 1.96²/(5 + 1.96²)
}
