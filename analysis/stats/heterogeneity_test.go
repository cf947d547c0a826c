package stats_test

import (
	"math"
	"testing"

	"github.com/baserate/baserate/analysis/stats"
)

// The trials of BCG vaccine of Colditz et al. 1994, as in package metafor (dat.bcg): cases and others, vaccinated and not. Their log
// risk ratios have Q = 152.2330 on 12 degrees of freedom.
var bcg = [][4]float64{
	{4, 119, 11, 128},
	{6, 300, 29, 274},
	{3, 228, 11, 209},
	{62, 13536, 248, 12619},
	{33, 5036, 47, 5761},
	{180, 1361, 372, 1079},
	{8, 2537, 10, 619},
	{505, 87886, 499, 87892},
	{29, 7470, 45, 7232},
	{17, 1699, 65, 1600},
	{186, 50448, 141, 27197},
	{5, 2493, 3, 2338},
	{27, 16886, 29, 17825},
}

func TestHeterogeneityOfPublishedTrials(t *testing.T) {
	var effects []stats.Effect
	for _, k := range bcg {
		n1, n0 := k[0]+k[1], k[2]+k[3]
		effects = append(effects, stats.Effect{
			Log: math.Log(k[0] / n1 / (k[2] / n0)),
			SE:  math.Sqrt(1/k[0] - 1/n1 + 1/k[2] - 1/n0),
		})
	}
	q := stats.Heterogeneity(effects)
	if math.Abs(q.Statistic.F-152.2330) > 5e-5 || q.DF != 12 || !(q.P.F < 1e-4) {
		t.Errorf("Q = %v on %d degrees of freedom, p = %v; published 152.2330 on 12, below 0.0001", q.Statistic.F, q.DF, q.P.F)
	}
}

func TestHeterogeneityOfEqualEffectsIsNone(t *testing.T) {
	same := stats.Effect{Log: 0.4, SE: 0.2}
	if q := stats.Heterogeneity([]stats.Effect{same, same, same}); math.Abs(q.Statistic.F) > 1e-12 || math.Abs(q.P.F-1) > 1e-9 {
		t.Errorf("Q of three equal effects is %v with p = %v; want 0 and 1", q.Statistic.F, q.P.F)
	}
}

func TestHeterogeneityNeedsTwoEffectsWithErrors(t *testing.T) {
	one := stats.Effect{Log: 0.4, SE: 0.2}
	for name, effects := range map[string][]stats.Effect{
		"none": nil, "one": {one}, "no error": {one, {Log: 1}}, "no end": {one, {Log: math.Inf(1), SE: 1}}, "endless error": {one, {SE: math.Inf(1)}},
	} {
		if q := stats.Heterogeneity(effects); q.P.OK() || q.Statistic.OK() {
			t.Errorf("%s: Q = %v, p = %v; want neither", name, q.Statistic, q.P)
		}
	}
}
