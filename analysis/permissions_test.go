package analysis

import (
	"testing"
	"time"
)

func TestPermissions(t *testing.T) {
	d := definitionOf(t, "permissions")
	at := time.Date(2026, 3, 4, 5, 0, 0, 0, time.UTC)
	a := d.permissionsAnswer(nil, groups{
		{Class: "ai_agent", Slice: "all", Changes: 110, Known: 100, UsualKnown: 80, Raised: 20, People: 9},
		{Class: "ai_agent", Slice: "permission", Value: "operator", Changes: 25, Known: 25, People: 9},
		{Class: "ai_agent", Slice: "permission", Value: "unknown", Changes: 10, People: 4},
		{Class: "no_ai", Slice: "all", Changes: 1000, Known: 1000, UsualKnown: 1000, Raised: 50, People: 90},
		{Class: "any", Slice: "all", Changes: 1110, Known: 1100, People: 95},
	}, []raisedIncident{{ChangeID: "o/r@abc", Class: "ai_agent", Permission: "operator", Usual: "write", LandedAt: at, IncidentAt: at.Add(30 * time.Hour), Severity: 1, Total: 7}})
	if a.Code != Described {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Sentence, "operator permission in 25.0 % of cases, and with more permission than usual in 25.0 %.")
	holds(t, a.Detail, "20 of 80 changes by AI agents, 50 of 1 000 changes with no AI recorded", "5.00 times as often by agents", "Of all of these 7 caused a severe incident", "For 10 changes no snapshot")
	if m := measureOf(t, a, "raised", "ratio ai_agent"); !alike(m.Value.F, 5) || !m.Interval.Contains(5) {
		t.Errorf("%+v", m)
	}
	if m := measureOf(t, a, "raised", "raised no_ai"); m.Value.F != 0.05 || m.Interval != nil {
		t.Errorf("a full count of 1000: %+v", m)
	}
	if m := measureOf(t, a, "raised", "ratio ai_assisted"); m.Value.OK() {
		t.Errorf("there are none: %+v", m)
	}
	if m := measureOf(t, a, "levels", "unknown ai_agent"); !m.Suppress {
		t.Errorf("four people: %+v", m)
	}
	m := measureOf(t, a, "incidents", "o/r@abc")
	holds(t, m.Label, "2026-03-04: landed with operator, usually write; incident of severity 1 on 2026-03-05")
	if m.Rows != "change=o%2Fr%40abc" || m.Class != "ai_agent" {
		t.Errorf("%+v", m)
	}
}

func TestPermissionsNotKnown(t *testing.T) {
	d := definitionOf(t, "permissions")
	a := d.permissionsAnswer(nil, groups{{Class: "ai_agent", Slice: "all", Changes: 110, People: 9}}, nil)
	if a.Code != NoData {
		t.Errorf("no permission is known: %s", a.Code)
	}
	holds(t, a.Detail, "Of 110 changes by AI agents 0 landed with a permission that is known")
	a = d.permissionsAnswer(nil, groups{{Class: "ai_agent", Slice: "all", Changes: 110, Known: 10, People: 9}}, nil)
	holds(t, a.Sentence, "operator permission in 0.0 % of cases.")
	holds(t, a.Detail, "The usual permission of an account is known for no change yet.", "None of these")
}
