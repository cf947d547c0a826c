package analysis_test

import (
	"math"
	"testing"

	"github.com/baserate/baserate/analysis"
)

func TestShare(t *testing.T) {
	c := ask(t, "share", func(f *fleet) {
		f.cell("o/r", 0, "ai_agent", 100, 10, 0)
		f.cell("o/r", 0, "ai_assisted", 10, 15, 0)
		f.cell("o/r", 0, "unknown", 10, 50, 0)
		f.cell("o/r", 0, "automation", 10, 25, 0)
	})
	a := c.Answer
	if a.Code != analysis.Described || math.Abs(a.ShareBounds.Low.F-0.25) > 1e-12 || math.Abs(a.ShareBounds.High.F-0.75) > 1e-12 {
		t.Errorf("%s, bounds %+v", a.Code, a.ShareBounds)
	}
	sum := 0.
	for _, s := range a.Shares {
		sum += s.Share.F
		if s.Class == "ai_agent" && math.Abs(s.LineShare.F-1000./1900) > 1e-12 {
			t.Errorf("lines by agents: %v", s.LineShare)
		}
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("shares add up to %v", sum)
	}
	mustContain(t, a.Sentence, "At least 25.0 % of changes carry a mark of AI.")
	mustContain(t, a.Detail, "25 of 100 changes", "Another 50.0 %", "would be 75.0 %")
}

func TestShareOfNothing(t *testing.T) {
	a := ask(t, "share", func(f *fleet) {}).Answer
	if a.Code != analysis.NoData || len(a.Shares) != 0 || len(a.Connect) != 1 {
		t.Errorf("%s, shares %v, connect %v", a.Code, a.Shares, a.Connect)
	}
	mustContain(t, a.Sentence, "Nothing can be said before this is connected: changes.")
	mustContain(t, a.Detail, "baserate collect git")
}

func TestShareWithoutAMark(t *testing.T) {
	a := ask(t, "share", func(f *fleet) { f.cell("o/r", 0, "unknown", 10, 3, 0) }).Answer
	mustContain(t, a.Sentence, "No change carries a mark of AI.")
	mustContain(t, a.Detail, "the share would be 100.0 %")
}
