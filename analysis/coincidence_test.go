package analysis

import (
	"math"
	"testing"

	"github.com/baserate/baserate/analysis/stats"
)

// alike allows for rounding in the last digits.
func alike(x, y float64) bool { return math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(y)) }

func manyPeople(exposed, reference Arm) Arms {
	return Arms{Exposed: exposed, Reference: reference, ExposedPeople: 50, ReferencePeople: 50}
}

// Three incidents where AI made half of the changes, two where it made a fifth. P(5) = 0.125·0.04 = 0.005 and
// P(4) = 0.125·0.32 + 0.375·0.04 = 0.055.
func TestChances(t *testing.T) {
	arms := manyPeople(Arm{Events: 4, Changes: 300}, Arm{Events: 1, Changes: 900})
	c := chancesOf("major", []stats.Stratum{{A: 3, N1: 100, C: 0, N0: 100}, {A: 1, N1: 200, C: 1, N0: 800}}, arms, 0.05)
	if !alike(c.AtLeast.F, 0.005+0.055/2) || !alike(c.AtMost.F, 0.94+0.055/2) || !alike(c.Expected.F, 1.9) || c.Observed != 4 || c.All != 5 {
		t.Errorf("%+v", c)
	}
	if !alike(c.Crude.Mean.F, 5*0.25) || !alike(c.Crude.AtLeastMid.F, math.Pow(0.25, 5)+5*math.Pow(0.25, 4)*0.75/2) {
		t.Errorf("crude: %+v", c.Crude)
	}
	if got := c.code(0.05); got != Undecided {
		t.Errorf("3.25 %% is not below 2.5 %%: %s", got)
	}
}

// Strata of one arm add as much to what was seen as to what was expected, and leave the chance as it is.
func TestCertaintyChangesNoChance(t *testing.T) {
	strata := []stats.Stratum{{A: 3, N1: 100, C: 0, N0: 100}, {A: 1, N1: 200, C: 1, N0: 800}}
	arms := manyPeople(Arm{Events: 4, Changes: 300}, Arm{Events: 1, Changes: 900})
	plain := chancesOf("major", strata, arms, 0.05)
	more := chancesOf("major", append(strata, stats.Stratum{A: 2, N1: 50}, stats.Stratum{C: 7, N0: 90}), arms, 0.05)
	if more.Observed != 6 || !alike(more.Expected.F, 3.9) || more.Certain != 9 || more.Overlap != 5 || !alike(more.AtLeast.F, plain.AtLeast.F) {
		t.Errorf("%+v against %+v", more, plain)
	}
	holds(t, more.counts(), "Of 14 changes that caused a severe incident, 6 came with AI", "3.9 were to be expected",
		"that many or more happen in 3 of 100 such fleets", "For 9 of them chance had no part")
}

func TestCoincidenceCodes(t *testing.T) {
	d := definitionOf(t, "coincidence")
	arms := manyPeople(Arm{Events: 4, Changes: 300}, Arm{Events: 4, Changes: 300})
	for _, c := range []struct {
		name    string
		stratum stats.Stratum
		arms    Arms
		want    Code
		says    string
	}{
		{"none of eight", stats.Stratum{N1: 100, C: 8, N0: 100}, arms, Fewer, "Fewer severe incidents came with AI"},
		{"all of eight", stats.Stratum{A: 8, N1: 100, N0: 100}, arms, More, "More severe incidents came with AI than its share"},
		{"half of eight", stats.Stratum{A: 4, N1: 100, C: 4, N0: 100}, arms, Undecided, "as chance could bring; that does not show that it was chance"},
		{"all of four", stats.Stratum{A: 4, N1: 100, N0: 100}, arms, NoData, "not enough severe incidents"},
		{"eight where all is AI", stats.Stratum{A: 8, N1: 100}, arms, NoData, "not enough severe incidents"},
		{"four people", stats.Stratum{A: 8, N1: 100, N0: 100}, Arms{ExposedPeople: 4, ReferencePeople: 9}, NoData, "not enough"},
	} {
		a := d.coincidenceAnswer(nil, []chances{chancesOf("major", []stats.Stratum{c.stratum}, c.arms, 0.05)})
		if a.Code != c.want {
			t.Errorf("%s: %s, want %s", c.name, a.Code, c.want)
		}
		holds(t, a.Sentence, c.says)
	}
}

// Nothing of a group of four persons is shown, in numbers or in words.
func TestCoincidenceSuppressed(t *testing.T) {
	d := definitionOf(t, "coincidence")
	c := chancesOf("major", []stats.Stratum{{A: 8, N1: 100, C: 7, N0: 100}}, Arms{ExposedPeople: 4, ReferencePeople: 9}, 0.05)
	a := d.coincidenceAnswer(nil, []chances{c})
	for _, m := range a.Tables[0].Measures {
		if !m.Suppress || m.Value.OK() || m.Part != nil {
			t.Errorf("shown: %+v", m)
		}
	}
	holds(t, a.Detail, "Fewer than 5 people")
}

func TestCoincidenceWithoutIncidents(t *testing.T) {
	a := definitionOf(t, "coincidence").coincidenceAnswer(nil, []chances{chancesOf("incident", nil, manyPeople(Arm{}, Arm{}), 0.05)})
	if a.Code != NoData {
		t.Errorf("%s", a.Code)
	}
	for _, id := range []string{"expected", "at_least", "ratio", "crude_share", "crude_at_least"} {
		if m := measureOf(t, a, "incident", id); m.Value.OK() || m.Reason == "" {
			t.Errorf("%s: %+v", id, m)
		}
	}
	holds(t, a.Detail, "No change whose 14 days are over caused an incident.")
}

func TestCoincidenceGated(t *testing.T) {
	c := chancesOf("major", []stats.Stratum{{A: 8, N1: 100, N0: 100}}, manyPeople(Arm{}, Arm{}), 0.05)
	a := definitionOf(t, "coincidence").coincidenceAnswer([]Gate{{ID: "links", Label: "Outage links"}}, []chances{c})
	if a.Code != Gated || a.Word != "No verdict" {
		t.Errorf("%s %s", a.Code, a.Word)
	}
	holds(t, a.Sentence, "No verdict: the check of outage links fails.")
	holds(t, a.Detail, "Of 8 changes")
}

func TestOdds(t *testing.T) {
	for p, want := range map[float64]string{0.999: "nearly all", 0.09: "9 of 100", 0.0325: "3 of 100", 0.004: "4 of 1\u202f000", 0.0001: "1 of 1\u202f000 or fewer"} {
		if got := odds(p); got != want {
			t.Errorf("%v: %q, want %q", p, got, want)
		}
	}
}
