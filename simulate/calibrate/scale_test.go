package calibrate

import (
	"context"
	"testing"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
)

// scaled is a fleet's cells with so many times the changes and the same incidents.
func scaled(times float64) ([]stats.Cell, *analysis.Inquiry) {
	w := Draw(named("null"), 100_000, 1)
	cells := w.cells(analysis.Question{Outcome: "incident", Design: analysis.SameRepository, Adjustment: analysis.Direct, Side: analysis.SideReference})
	for i := range cells {
		cells[i].Counts.N1 *= times
		cells[i].Counts.N0 *= times
	}
	d, err := mistakes()
	if err != nil {
		panic(err)
	}
	arms, _ := w.arms("incident")
	sums := analysis.Sums{Sums: stats.SumCells(cells)}
	return cells, &analysis.Inquiry{
		Definition: d, Exposure: "ai_agent", Outcome: "mistake", Arms: arms, Control: true,
		Sums: func(context.Context, analysis.Question) (analysis.Sums, error) { return sums, nil },
	}
}

// What an answer costs depends on the incidents and not on the changes: a thousand times as many are no more work.
func TestCostDoesNotGrowWithChanges(t *testing.T) {
	var allocations [2][2]float64
	for i, times := range []float64{1, 1000} {
		cells, inquiry := scaled(times)
		allocations[i][0] = testing.AllocsPerRun(3, func() { stats.SumCells(cells) })
		allocations[i][1] = testing.AllocsPerRun(3, func() {
			if _, err := inquiry.Compare(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
	}
	if allocations[0] != allocations[1] {
		t.Errorf("allocations of (sums, answer): %v, with a thousand times the changes %v", allocations[0], allocations[1])
	}
}

// BenchmarkAnswer is the part of an answer that is Go: the sums of the cells, which a store does in SQL, and from the sums
// to the answer, with every effect, bound and variant.
func BenchmarkAnswer(b *testing.B) {
	for name, times := range map[string]float64{"100k": 1, "100M": 1000} {
		cells, inquiry := scaled(times)
		b.Run("sums/changes="+name, func(b *testing.B) {
			for b.Loop() {
				stats.SumCells(cells)
			}
		})
		b.Run("answer/changes="+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := inquiry.Compare(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
