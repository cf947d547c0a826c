package analysis

import "testing"

func TestAuthorised(t *testing.T) {
	d := definitionOf(t, "authorised")
	for _, c := range []struct {
		name                              string
		changes, reviewed, merged, people uint64
		want                              Code
		says                              string
	}{
		{"all of 1000", 1000, 900, 100, 9, Supported, "A person approved 100.0 % of changes by AI agents"}, // from 1000/(1000 + 1.96²) = 0.9962
		{"all of 200", 200, 200, 0, 9, Undecided, "more than 99.0 %"},                                      // from 0.9812
		{"71 of 100", 100, 70, 1, 9, Contradicted, "for 29.0 % of changes by AI agents no person is on record"},
		{"four people", 1000, 900, 100, 4, NoData, "not enough changes"},
		{"nine changes", 9, 9, 0, 9, NoData, "not enough changes"},
	} {
		a := d.authorisedAnswer(nil, []authorisation{{Slice: "all", Changes: c.changes, Reviewed: c.reviewed, Merged: c.merged, People: c.people}}, landed{Changes: c.changes + 5})
		if a.Code != c.want {
			t.Errorf("%s: %s, want %s", c.name, a.Code, c.want)
		}
		holds(t, a.Sentence, c.says)
		if c.people < 5 {
			holds(t, a.Detail, "Fewer than 5 people")
			continue
		}
		holds(t, a.Detail, "Another 5 changes are left out")
	}
}

func TestAuthorisedSlices(t *testing.T) {
	a := definitionOf(t, "authorised").authorisedAnswer(nil, []authorisation{
		{Slice: "all", Changes: 100, Reviewed: 60, Merged: 10, People: 20},
		{Slice: "permission", Value: "operator", Changes: 40, Reviewed: 20, People: 8},
		{Slice: "tool", Value: "", Changes: 10, Reviewed: 5, People: 6},
		{Slice: "tool", Value: "cursor", Changes: 90, Reviewed: 55, Merged: 10, People: 3},
	}, landed{Changes: 100})
	if m := measureOf(t, a, "permissions", "permission operator"); m.Value.F != 0.5 || m.Interval == nil || m.Label != "Operator" {
		t.Errorf("%+v", m)
	}
	if m := measureOf(t, a, "tools", "tool "); m.Label != "Tool not known" || m.Value.F != 0.5 {
		t.Errorf("%+v", m)
	}
	if m := measureOf(t, a, "tools", "tool cursor"); !m.Suppress || m.Of != nil {
		t.Errorf("three people: %+v", m)
	}
}

func TestNothingAuthorised(t *testing.T) {
	a := definitionOf(t, "authorised").authorisedAnswer(nil, nil, landed{Changes: 12})
	if a.Code != NoData {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Detail, "Of 12 changes by AI agents none has its reviews collected.")
	if m := measureOf(t, a, "authorised", "authorised"); m.Value.OK() || m.Reason != "no such changes" {
		t.Errorf("%+v", m)
	}
}
