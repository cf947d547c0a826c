package analysis

import (
	"math"
	"strings"
	"testing"
	"time"
)

func monday(n int) time.Time { return time.Date(2026, 9, 28, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*n) }

// evenWeeks are n whole weeks of 100 developers, so many of whom used AI.
func evenWeeks(n int, users uint64) []adoptionWeek {
	var weeks []adoptionWeek
	for i := range n {
		weeks = append(weeks, adoptionWeek{Week: monday(i), Open: monday(n), Developers: 100, Marked: users / 2, Users: users, Changes: 400, AIChanges: 100})
	}
	return weeks
}

func definitionOf(t *testing.T, id string) Definition {
	t.Helper()
	all, err := Definitions()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.ID == id {
			return d
		}
	}
	t.Fatalf("no claim %s", id)
	return Definition{}
}

func labelledWell() Labelled {
	var l Labelled
	l.AI.Labelled, l.AI.Found, l.Other.Labelled, l.Other.Found = 200, 200, 200, 200
	return l
}

func measureOf(t *testing.T, a Answer, table, id string) Measure {
	t.Helper()
	for _, tab := range a.Tables {
		for _, m := range tab.Measures {
			if tab.ID == table && m.ID == id {
				return m
			}
		}
	}
	t.Fatalf("no measure %s in table %s", id, table)
	return Measure{}
}

func holds(t *testing.T, text string, parts ...string) {
	t.Helper()
	plain := strings.ReplaceAll(text, narrow, " ")
	for _, part := range parts {
		if !strings.Contains(plain, part) {
			t.Errorf("%q is not in %q", part, plain)
		}
	}
}

func TestAdoptionReadsTheTarget(t *testing.T) {
	d := definitionOf(t, "adoption")
	for name, c := range map[string]struct {
		users uint64
		usage bool
		code  Code
		says  string
	}{
		"reached":                {90, true, Supported, "The target of 80.0 % is reached: 90.0 % of developers used AI in a week"},
		"reached by marks alone": {90, false, Supported, "is reached"},
		"not reached":            {50, true, Contradicted, "The target of 80.0 % is not reached: 50.0 %"},
		"a floor is no shortfall": {50, false, Undecided, "At least 50.0 % of developers used AI in a week, on average over the last four; " +
			"whether 80.0 % did cannot be told"},
		"within the errors of detection": {80, true, Undecided, "Whether the target of 80.0 % is reached is undecided: 80.0 %"},
	} {
		a := d.adoptionAnswer(adopted{weeks: evenWeeks(6, c.users), usage: c.usage}, labelledWell(), nil)
		if a.Code != c.code {
			t.Errorf("%s: %s", name, a.Code)
		}
		holds(t, a.Sentence, c.says)
		if floor := strings.Contains(a.Detail, "This is a floor"); floor == c.usage {
			t.Errorf("%s: says that it is a floor: %t", name, floor)
		}
	}
}

// Wilson at 200 of 200 is (0.981154, 1): of 320 in 400 the corrected share lies between
// (0.8+0.981154−1)/(1+0.981154−1) = 0.796158 and 0.8/0.981154 = 0.815366.
func TestAdoptionBand(t *testing.T) {
	a := definitionOf(t, "adoption").adoptionAnswer(adopted{weeks: evenWeeks(4, 80), usage: true}, labelledWell(), nil)
	m := measureOf(t, a, "breadth", "breadth")
	if math.Abs(m.Value.F-0.8) > 1e-12 || *m.Part != 320 || *m.Of != 400 {
		t.Errorf("breadth %v, %d of %d", m.Value, *m.Part, *m.Of)
	}
	if math.Abs(m.Interval.Low.F-0.796158) > 1e-5 || math.Abs(m.Interval.High.F-0.815366) > 1e-5 {
		t.Errorf("band %v to %v", m.Interval.Low, m.Interval.High)
	}
	holds(t, a.Detail, "In the four weeks from 28 September 2026, developers landed changes in 400 weeks of their own, and used AI in 320 of these.",
		"between 79.6 % and 81.5 %", "25.0 % of the changes were made with AI")
	if m := measureOf(t, a, "breadth", "reported"); *m.Part != 160 {
		t.Errorf("by reported usage alone: %d", *m.Part)
	}
}

// Only the last four weeks decide, a gap among them is no zero, and the open week is not waited for.
func TestAdoptionTakesWholeWeeks(t *testing.T) {
	d := definitionOf(t, "adoption")
	weeks := append(evenWeeks(4, 10), evenWeeks(4, 90)...)
	for i := range weeks {
		weeks[i].Week, weeks[i].Open = monday(i), monday(8)
	}
	a := d.adoptionAnswer(adopted{weeks: weeks, usage: true}, labelledWell(), nil)
	if a.Code != Supported {
		t.Errorf("the last four weeks have 90 %%: %s", a.Code)
	}
	if n := len(a.Tables[0].Measures); n != 8 {
		t.Errorf("%d weeks are shown", n)
	}
	if m := a.Tables[0].Measures[7]; m.ID != "2026-11-16" || m.Rows != "" {
		t.Errorf("last week: %+v", m)
	}
	gap := append(weeks[:5:5], weeks[6:]...)
	a = d.adoptionAnswer(adopted{weeks: gap, usage: true}, labelledWell(), nil)
	if a.Code != NoData {
		t.Errorf("with a week missing: %s", a.Code)
	}
	holds(t, a.Detail, "100 developers in 3 of the last 4 whole weeks")
}

func TestAdoptionHidesFewPeople(t *testing.T) {
	d := definitionOf(t, "adoption")
	weeks := evenWeeks(5, 60)
	weeks[0].Developers, weeks[0].Users = 4, 3
	a := d.adoptionAnswer(adopted{
		weeks: weeks, usage: true, all: developers{Developers: 120, Users: 49, Changes: 400, TopChanges: 300},
		tools: []toolUse{{"claude", 60, 200}, {"rare", 4, 9}, {"editor", 12, 0}},
	}, labelledWell(), nil)
	for _, hidden := range []Measure{measureOf(t, a, "weeks", "2026-09-28"), measureOf(t, a, "tools", "rare"), measureOf(t, a, "breadth", "concentration")} {
		if !hidden.Suppress || hidden.Value.OK() || hidden.Part != nil || hidden.Rows != "" || hidden.Reason == "" {
			t.Errorf("%s is shown: %+v", hidden.ID, hidden)
		}
	}
	if m := measureOf(t, a, "tools", "claude"); m.Value.F != 0.5 || m.Rows != "" {
		t.Errorf("by tool: %+v", m)
	}
	if m := measureOf(t, a, "tools", "editor"); m.Value.F != 0.1 || m.Rows != "" {
		t.Errorf("a tool known by usage alone has no changes to list: %+v", m)
	}
	few := evenWeeks(4, 3)
	for i := range few {
		few[i].Developers = 4
	}
	if a := d.adoptionAnswer(adopted{weeks: few}, labelledWell(), nil); a.Code != NoData || len(a.Tables) > 0 {
		t.Errorf("four developers: %s, %v", a.Code, a.Tables)
	}
}

func TestAdoptionConcentration(t *testing.T) {
	a := definitionOf(t, "adoption").adoptionAnswer(adopted{
		weeks: evenWeeks(4, 60), usage: true, all: developers{Developers: 120, Users: 50, Changes: 400, TopChanges: 300},
	}, labelledWell(), nil)
	if m := measureOf(t, a, "breadth", "concentration"); m.Value.F != 0.75 || *m.Part != 300 {
		t.Errorf("%+v", m)
	}
}

func TestAdoptionIsGated(t *testing.T) {
	a := definitionOf(t, "adoption").adoptionAnswer(adopted{weeks: evenWeeks(4, 90), usage: true}, labelledWell(), []Gate{{Label: "Freshness"}})
	if a.Code != Gated || a.Word != "No verdict" {
		t.Errorf("%s %s", a.Code, a.Word)
	}
	holds(t, a.Sentence, "the check of freshness fails")
	if !measureOf(t, a, "breadth", "breadth").Value.OK() {
		t.Error("the counts are gone with the verdict")
	}
}
