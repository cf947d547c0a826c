package analysis

import (
	"cmp"
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats"
)

// pathEffects is a decomposition whose intervals allow for clusters and for looking every day.
type pathEffects struct {
	stats.Decomposition                        // with the errors of independent mistakes
	Total, Direct, Indirect stats.Estimate     // with always-valid intervals, from the larger of the model's and the jackknife's error
	Direct90                stats.Interval     // always-valid, at twice the alpha: for equivalence
	Clusters                int                // with changes in strata where there is something to compare
	strata                  []stats.Stratum    // by permission, review and size
	parts                   map[uint64][]piece // of every cluster
}

// piece is what a cluster has in a stratum.
type piece struct {
	stratum int
	counts  stats.Stratum
}

// decomposed splits the total effect over cells, with a jackknife over their clusters.
func decomposed(cells []stats.Cell, alpha float64) pathEffects {
	e := pathEffects{parts: map[uint64][]piece{}}
	place := map[uint64]int{}
	for _, c := range cells {
		i, ok := place[c.Stratum]
		if !ok {
			i = len(e.strata)
			place[c.Stratum] = i
			e.strata = append(e.strata, stats.Stratum{})
		}
		e.strata[i] = plus(e.strata[i], c.Counts)
		if c.Counts.N1+c.Counts.N0 > 0 {
			e.parts[c.Cluster] = append(e.parts[c.Cluster], piece{i, c.Counts})
		}
	}
	e.Decomposition = stats.Decompose(e.strata, alpha)
	e.robust(alpha)
	return e
}

// robust replaces the intervals by always-valid ones.
func (e *pathEffects) robust(alpha float64) {
	logs := e.leaveOut()
	widen := func(estimate stats.Estimate, model stats.Number, without []float64) (stats.Estimate, stats.Interval) {
		log := estimate.Value.Then(math.Log)
		se := largerError(model, stats.JackknifeSE(log.Or(0), without))
		estimate.Low, estimate.High = sequence(log, se, alpha).Low, sequence(log, se, alpha).High
		return estimate, sequence(log, se, 2*alpha)
	}
	e.Total, _ = widen(e.Decomposition.Total, e.TotalSE, logs.total)
	e.Direct, e.Direct90 = widen(e.Decomposition.Direct, e.DirectSE, logs.direct)
	e.Indirect, _ = widen(e.Decomposition.Indirect, e.IndirectSE, logs.indirect)
}

// withoutOne are the logarithms of the effects without one cluster at a time.
type withoutOne struct{ total, direct, indirect []float64 }

// leaveOut decomposes again without each cluster that has something to compare, and counts these.
func (e *pathEffects) leaveOut() withoutOne {
	var logs withoutOne
	log := func(estimate stats.Estimate) float64 { return estimate.Value.Then(math.Log).Or(math.Inf(1)) }
	for _, label := range sorted(e.parts) {
		informs := slices.ContainsFunc(e.parts[label], func(p piece) bool {
			s := e.strata[p.stratum]
			return s.N1 > 0 && s.N0 > 0 && s.A+s.C > 0
		})
		if !informs {
			continue
		}
		e.Clusters++
		rest := slices.Clone(e.strata)
		for _, p := range e.parts[label] {
			s, c := rest[p.stratum], p.counts
			rest[p.stratum] = stats.Stratum{A: s.A - c.A, N1: s.N1 - c.N1, C: s.C - c.C, N0: s.N0 - c.N0}
		}
		d := stats.Decompose(rest, 0.05)
		logs.total, logs.direct, logs.indirect = append(logs.total, log(d.Total)), append(logs.direct, log(d.Direct)), append(logs.indirect, log(d.Indirect))
	}
	return logs
}

// sorted is the keys of a map in order, so that sums do not depend on how it is laid out.
func sorted[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// compared is the changes and mistakes in strata with changes of both arms.
func (e pathEffects) compared() stats.Stratum {
	var in stats.Stratum
	for _, s := range e.strata {
		if s.N1 > 0 && s.N0 > 0 {
			in = plus(in, s)
		}
	}
	return in
}

// largerError is the larger of two errors, undefined where one is.
func largerError(x, y stats.Number) stats.Number {
	switch {
	case !x.OK():
		return x
	case !y.OK():
		return y
	}
	return stats.Num(math.Max(x.F, y.F))
}

// sequence is the interval of a ratio that holds however often one looks.
func sequence(log, se stats.Number, alpha float64) stats.Interval {
	if !log.Finite() || !se.Finite() || se.F <= 0 {
		return undefined(stats.NotEstimable)
	}
	return stats.ConfidenceSequence(log.F, se.F, stats.DefaultPhi, alpha).Ratio
}
