package analysis

import (
	"testing"

	"github.com/baserate/baserate/analysis/stats"
)

func TestStandard(t *testing.T) {
	for _, c := range []struct {
		collected, seen, people uint64
		want                    Code
	}{
		{100, 60, 9, Supported},    // 40 %, from 31 %
		{100, 80, 9, Undecided},    // 20 %
		{100, 95, 9, Contradicted}, // 5 %, to 11 %
		{1000, 770, 9, Supported},  // 23 %, from 20.5 %
		{100, 60, 4, NoData},
		{9, 0, 9, NoData},
		{0, 0, 0, NoData},
	} {
		if got := standard(landed{Collected: c.collected, Seen: c.seen, People: c.people}, 0.2); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestSecondPersonSentences(t *testing.T) {
	d := definitionOf(t, "second_person")
	answer := func(seen uint64, gates ...Gate) Answer {
		return d.secondPersonAnswer(gates, groups{
			{Class: "ai_agent", Slice: "all", Changes: 120, Collected: 100, Seen: seen, People: 9, MaturePeople: 9},
			{Class: "ai_agent", Slice: "review", Value: "none", Changes: 3, Collected: 3, People: 2},
		}, nil)
	}
	holds(t, answer(60).Sentence, "Often not followed: 40.0 % of changes by AI agents landed without a second person")
	holds(t, answer(80).Sentence, "more than 20.0 % of changes by AI agents", "undecided")
	holds(t, answer(95).Sentence, "Mostly followed: a second person approved 95.0 %")
	a := answer(60, Gate{ID: "freshness", Label: "Freshness"})
	if a.Code != Gated {
		t.Errorf("%s", a.Code)
	}
	holds(t, a.Detail, "40 of 100 changes by AI agents (40.0 %), of AI-assisted changes no reviews were collected, of changes with no AI recorded no reviews were collected",
		"Another 20 changes are left out", "cannot be told yet")
	if m := measureOf(t, a, "reasons", "none ai_agent"); !m.Suppress {
		t.Errorf("three changes of two people: %+v", m)
	}
	if m := measureOf(t, a, "reasons", "self ai_agent"); m.Value.F != 0 || !m.Value.OK() || *m.Of != 100 {
		t.Errorf("none of 100 is a count: %+v", m)
	}
	if m := measureOf(t, a, "unseen", "unseen ai_assisted"); m.Value.OK() || m.Reason != "no such changes" {
		t.Errorf("%+v", m)
	}
}

// A team of three is hidden, and the smallest other, since the first would follow from the total.
func TestUnseenByTeam(t *testing.T) {
	team := func(name string, people, collected uint64) landed {
		return landed{Class: "any", Slice: "team", Value: name, Changes: collected, Collected: collected, Seen: collected / 2, People: people}
	}
	table := unseenByTeam(groups{team("", 9, 900), team("a", 9, 500), team("b", 3, 400), team("c", 9, 100), team("d", 9, 300), {Class: "any", Slice: "team", Value: "e", Changes: 50, People: 9}})
	var shown []string
	for _, m := range table.Measures {
		if !m.Suppress {
			shown = append(shown, m.Label)
		}
	}
	if len(table.Measures) != 4 || len(shown) != 2 || shown[0] != "a" || shown[1] != "d" {
		t.Errorf("%v of %+v", shown, table.Measures)
	}
}

func TestRiskDetail(t *testing.T) {
	d := definitionOf(t, "second_person")
	sums := stats.Sums{A: 300, N1: 1000, C: 100, N0: 1000, OverlapA: 300, OverlapC: 100, Strata: 10, R: 150, S: 50, V: 100}
	for i := range uint64(10) {
		sums.Clusters = append(sums.Clusters, stats.ClusterSums{Cluster: i, R: 15, S: 5})
	}
	g := groups{{Class: "any", Slice: "second_person", Value: "with", MaturePeople: 9}, {Class: "any", Slice: "second_person", Value: "without", MaturePeople: 9}}
	holds(t, d.riskDetail(g, map[pairing]stats.Sums{{Family: "any"}: sums}), "turned out to be mistakes 3.00 times as often as those with one", "however often one looks")
	holds(t, d.riskDetail(nil, nil), "cannot be told yet")
}
