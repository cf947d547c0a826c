package analysis_test

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/store/storetest"
)

func TestNoDifference(t *testing.T) {
	c := ask(t, "mistakes", func(f *fleet) {
		f.quarters(func(q int) {
			f.cell("o/r", q, "ai_agent", 20, 2000, 80)
			f.cell("o/r", q, "ai_assisted", 20, 2000, 80)
			f.cell("o/r", q, "unknown", 20, 3000, 120)
			f.cell("o/r", q, "human", 20, 1000, 40)
		})
	})
	for _, exposure := range []string{"ai_agent", "ai_assisted"} {
		x := primary(t, c, exposure)
		if x.Code != analysis.Equivalent || ratio(x, analysis.Total).Value.F != 1 || x.Exposed.Changes != 20000 || x.Exposed.Events != 800 {
			t.Errorf("%s: %s, ratio %v, %+v", exposure, x.Code, ratio(x, analysis.Total).Value, x.Exposed)
		}
		if x.Reference.Changes != 40000 || x.Reference.Events != 1600 {
			t.Errorf("the reference is human and unknown together: %+v", x.Reference)
		}
	}
	if c.Answer.Code != analysis.Equivalent {
		t.Errorf("answer %s", c.Answer.Code)
	}
	mustContain(t, c.Answer.Sentence, "AI-assisted changes and changes by AI agents turn out to be mistakes about as often.")
	mustContain(t, c.Answer.Detail, "800 of 20 000 AI-assisted changes", "1 600 of 40 000 with no AI recorded", "below the margin of 1.25")
}

func TestAgentsDoWorse(t *testing.T) {
	c := ask(t, "mistakes", func(f *fleet) {
		f.quarters(func(q int) {
			f.cell("o/r", q, "ai_agent", 20, 1000, 90)
			f.cell("o/r", q, "ai_assisted", 20, 400, 2)
			f.cell("o/r", q, "unknown", 20, 3000, 90)
		})
	})
	x := primary(t, c, "ai_agent")
	if x.Code != analysis.More || math.Abs(ratio(x, analysis.Total).Value.F-3) > 1e-9 {
		t.Errorf("agent: %s, %v", x.Code, ratio(x, analysis.Total).Value)
	}
	if math.Abs(x.Deciding().EValue.F-(3+math.Sqrt(6))) > 1e-9 { // RR + √(RR·(RR−1)), VanderWeele & Ding 2017
		t.Errorf("E-value %v", x.Deciding().EValue)
	}
	if low := ratio(x, analysis.Direct).AlwaysValid.Low.F; low <= 1 || low >= ratio(x, analysis.Direct).Fixed.Low.F {
		t.Errorf("the interval for any number of looks [%v …] must be wider than the fixed one [%v …]", low, ratio(x, analysis.Direct).Fixed.Low.F)
	}
	if got := primary(t, c, "ai_assisted").Code; got != analysis.Fewer {
		t.Errorf("assisted: %s", got)
	}
	if c.Answer.Code != analysis.More {
		t.Errorf("one group that does worse decides: %s", c.Answer.Code)
	}
	mustContain(t, c.Answer.Sentence, "AI-assisted changes turn out to be mistakes less often.", "Changes by AI agents turn out to be mistakes more often.")
}

// AI does the risky repository's work. The crude ratio says twice as often; within each repository there is no
// difference at all, and that is the answer.
func TestSimpson(t *testing.T) {
	c := ask(t, "mistakes", func(f *fleet) {
		f.quarters(func(q int) {
			f.cell("o/risky", q, "ai_agent", 20, 900, 90)
			f.cell("o/risky", q, "unknown", 20, 300, 30)
			f.cell("o/safe", q, "ai_agent", 20, 100, 1)
			f.cell("o/safe", q, "unknown", 20, 1700, 17)
		})
	})
	x := primary(t, c, "ai_agent")
	if x.Crude.Value.F < 3 || x.Crude.Fixed.Low.F < 2 {
		t.Errorf("crude ratio %v: the fleet does not mislead", x.Crude.Value)
	}
	if math.Abs(ratio(x, analysis.Total).Value.F-1) > 1e-9 || x.Code == analysis.More {
		t.Errorf("total ratio %v, %s", ratio(x, analysis.Total).Value, x.Code)
	}
}

// AI only makes changes larger, and large changes are reverted more: total and direct effect differ, and both are shown.
func TestTotalAndDirect(t *testing.T) {
	c := ask(t, "mistakes", func(f *fleet) {
		f.quarters(func(q int) {
			f.cell("o/r", q, "ai_agent", 5, 200, 4)
			f.cell("o/r", q, "ai_agent", 2000, 800, 80)
			f.cell("o/r", q, "unknown", 5, 800, 16)
			f.cell("o/r", q, "unknown", 2000, 200, 20)
		})
	})
	x := primary(t, c, "ai_agent")
	mustContain(t, c.Answer.Sentence, "at equal size, permission and review; without holding these equal, they turn out to be mistakes more often.")
	if ratio(x, analysis.Total).Value.F < 2 || math.Abs(ratio(x, analysis.Direct).Value.F-1) > 1e-9 {
		t.Errorf("total %v, direct %v", ratio(x, analysis.Total).Value, ratio(x, analysis.Direct).Value)
	}
}

func TestNotEnoughData(t *testing.T) {
	c := ask(t, "mistakes", func(f *fleet) {
		f.quarters(func(q int) {
			f.cell("o/r", q, "ai_agent", 20, 10, q%2)
			f.cell("o/r", q, "unknown", 20, 100, 3)
		})
	})
	x := primary(t, c, "ai_agent")
	if x.Code != analysis.NoData || x.Deciding().SmallestSeen.F < 1.5 {
		t.Errorf("%s, smallest seen %v", x.Code, x.Deciding().SmallestSeen)
	}
	mustContain(t, x.Reason, "5 events in one group; shown from 10")
	if a := primary(t, c, "ai_assisted"); a.Code != analysis.NoData || a.Exposed.Changes != 0 || ratio(a, analysis.Total).Value.OK() {
		t.Errorf("an exposure that never occurs: %+v", a)
	}
	mustContain(t, c.Answer.Detail, "There are no AI-assisted changes whose 14 days are over.")
}

// Bounds: were every unmarked change AI, only what is known to be human would be left to compare with.
func TestBoundsOverUnknown(t *testing.T) {
	x := primary(t, ask(t, "mistakes", func(f *fleet) {
		f.quarters(func(q int) {
			f.cell("o/r", q, "ai_agent", 20, 500, 50)
			f.cell("o/r", q, "unknown", 20, 500, 10)
			f.cell("o/r", q, "human", 20, 500, 20)
		})
	}), "ai_agent")
	if math.Abs(x.AllAI.Value.F-1.5) > 1e-9 || math.Abs(x.AllHuman.Value.F-10./3) > 1e-9 {
		t.Errorf("all AI %v, all human %v; want 60/1000 over 20/500 and 50/500 over 30/1000", x.AllAI.Value, x.AllHuman.Value)
	}
	only := primary(t, ask(t, "mistakes", func(f *fleet) {
		f.quarters(func(q int) {
			f.cell("o/r", q, "ai_agent", 20, 500, 50)
			f.cell("o/r", q, "unknown", 20, 500, 10)
		})
	}), "ai_agent")
	if only.AllAI.Value.OK() {
		t.Errorf("with nobody known to be human the bound is %v, want none", only.AllAI.Value)
	}
}

func TestGates(t *testing.T) {
	s := storetest.Open(t)
	var f fleet
	f.quarters(func(q int) {
		f.cell("o/r", q, "ai_agent", 20, 500, 50)
		f.cell("o/r", q, "unknown", 20, 500, 10)
	})
	f.save(t, s)
	ledger := analysis.New(s)
	ledger.Now = func() time.Time { return time.Now().Add(40 * time.Hour) }
	c, _, err := ledger.Claim(context.Background(), "mistakes")
	if err != nil {
		t.Fatal(err)
	}
	if c.Answer.Code != analysis.Gated || primary(t, c, "ai_agent").Code != analysis.Gated {
		t.Errorf("with data 40 hours old: %s", c.Answer.Code)
	}
	mustContain(t, c.Answer.Sentence, "No verdict: the check of freshness fails.")
	if g := c.Answer.Gates[2]; g.ID != "sources" || !g.Note {
		t.Errorf("no note of the stale source: %+v", g)
	}
	mustContain(t, c.Answer.Gates[2].Detail, "0 sources could not be read last time; 1 source last collected more than 36 h ago")
	if err := s.Insert(context.Background(), "INSERT INTO placements (repo, sha, landed_by)", []any{[]string{"o/r"}, []string{"bb"}, []string{"bb"}}); err != nil {
		t.Fatal(err)
	}
	if c, _, err = analysis.New(s).Claim(context.Background(), "mistakes"); err != nil || c.Answer.Code != analysis.Gated {
		t.Errorf("with half of the commits unread: %s, %v", c.Answer.Code, err)
	}
	mustContain(t, c.Answer.Sentence, "attribution")
}

// Two quarters are too few clusters for an interval, however many changes they have.
func TestFewClusters(t *testing.T) {
	x := primary(t, ask(t, "mistakes", func(f *fleet) {
		for q := range 2 {
			f.cell("o/r", q, "ai_agent", 20, 500, 50)
			f.cell("o/r", q, "unknown", 20, 500, 10)
		}
	}), "ai_agent")
	if x.Code != analysis.Gated {
		t.Errorf("%s", x.Code)
	}
	mustContain(t, x.Reason, "2 clusters")
}
