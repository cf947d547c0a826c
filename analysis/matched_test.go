package analysis

import (
	"reflect"
	"testing"

	"github.com/baserate/baserate/analysis/stats"
)

func TestSumsByPairing(t *testing.T) {
	got := sumsByPairing([]matchedRow{
		{Family: "any", Total: true, A: 3, N1: 10, C: 1, N0: 20, OverlapA: 2, OverlapC: 1, Strata: 2, R: 1.5, S: 0.5, V: 0.25},
		{Family: "any", Cluster: 4, LostR: 1, LostS: 0.5},
		{Family: "any", Cluster: 9, LostR: 0.5},
		{Family: "ai_agent", Level: "write", Total: true, A: 1},
	})
	want := map[pairing]stats.Sums{
		{"any", ""}: {
			A: 3, N1: 10, C: 1, N0: 20, OverlapA: 2, OverlapC: 1, Strata: 2, R: 1.5, S: 0.5, V: 0.25,
			Clusters: []stats.ClusterSums{{Cluster: 4, R: 1, S: 0.5}, {Cluster: 9, R: 0.5}},
		},
		{"ai_agent", "write"}: {A: 1},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

// Sums over two sets of strata are the sums over both together.
func TestUnited(t *testing.T) {
	x := []stats.Cell{{Stratum: 1, Cluster: 1, Counts: stats.Stratum{A: 2, N1: 10, C: 1, N0: 10}}, {Stratum: 1, Cluster: 2, Counts: stats.Stratum{A: 1, N1: 5, C: 3, N0: 9}}}
	y := []stats.Cell{{Stratum: 2, Cluster: 2, Counts: stats.Stratum{A: 4, N1: 20, C: 1, N0: 10}}, {Stratum: 2, Cluster: 3, Counts: stats.Stratum{A: 1, N1: 8, C: 2, N0: 16}}}
	got, want := united(stats.SumCells(x), stats.SumCells(y)).RiskRatio(), stats.SumCells(append(x, y...)).RiskRatio()
	if got.Clusters != 3 || !alike(got.LogRR.F, want.LogRR.F) || !alike(got.SEJack.F, want.SEJack.F) || !alike(got.SEModel.F, want.SEModel.F) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestRatioMeasureReasons(t *testing.T) {
	d := definitionOf(t, "second_person")
	enough := stats.Sums{A: 30, N1: 100, C: 10, N0: 100, OverlapA: 30, OverlapC: 10, Strata: 1, R: 15, S: 5, V: 10}
	for i := range uint64(6) {
		enough.Clusters = append(enough.Clusters, stats.ClusterSums{Cluster: i, R: 2.5, S: 5. / 6})
	}
	if m := d.ratioMeasure("x", "x", "", enough, 9, 9); !alike(m.Value.F, 3) || m.Interval == nil || m.Reason != "" {
		t.Errorf("%+v", m)
	}
	if m := d.ratioMeasure("x", "x", "", enough, 9, 4); !m.Suppress || m.Value.OK() || m.Rows != "" {
		t.Errorf("four people: %+v", m)
	}
	few := enough
	few.Clusters = few.Clusters[:4]
	if m := d.ratioMeasure("x", "x", "", few, 9, 9); m.Value.OK() || m.Reason != "4 clusters with mistakes in both groups; an interval needs 5" {
		t.Errorf("four clusters: %+v", m)
	}
	if m := d.ratioMeasure("x", "x", "", stats.Sums{}, 9, 9); m.Value.OK() || m.Reason != "0 mistakes with something to compare; shown from 5, with 10 on each side" {
		t.Errorf("nothing: %+v", m)
	}
}

func TestPortion(t *testing.T) {
	small, large, none := portion("a", "A", "", 1, 10, ""), portion("b", "B", "", 500, 1000, ""), portion("c", "C", "", 0, 0, "")
	if small.Value.F != 0.1 || small.Interval == nil || large.Interval != nil || large.Value.F != 0.5 {
		t.Errorf("%+v, %+v", small, large)
	}
	if none.Value.OK() || none.Reason != "no such changes" || none.Part != nil {
		t.Errorf("a share of nothing: %+v", none)
	}
	if m := sampled(large); m.Interval == nil || !m.Interval.Contains(0.5) {
		t.Errorf("%+v", m)
	}
	if m := none.unless(0); m.Suppress {
		t.Errorf("a group of no changes hides nobody: %+v", m)
	}
	if m := small.unless(4); !m.Suppress || m.Part != nil || m.Interval != nil {
		t.Errorf("%+v", m)
	}
}
