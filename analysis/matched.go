package analysis

import (
	"context"
	"fmt"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// matchedRow is a row of matched.sql: the sums of a comparison, or of one of its clusters.
type matchedRow struct {
	Family   string  `ch:"family"`
	Level    string  `ch:"level"`
	Total    bool    `ch:"total"`
	Cluster  uint64  `ch:"cluster"`
	A        float64 `ch:"a"`
	N1       float64 `ch:"n1"`
	C        float64 `ch:"c"`
	N0       float64 `ch:"n0"`
	OverlapA float64 `ch:"overlap_a"`
	OverlapC float64 `ch:"overlap_c"`
	Strata   uint64  `ch:"strata"`
	R        float64 `ch:"r"`
	S        float64 `ch:"s"`
	V        float64 `ch:"v"`
	LostR    float64 `ch:"lost_r"`
	LostS    float64 `ch:"lost_s"`
}

// pairing names a comparison of matched.sql.
type pairing struct{ Family, Level string }

// matched asks for all comparisons of a question.
func (in *inputs) matched(ctx context.Context, question string) (map[pairing]stats.Sums, error) {
	rows, err := ask[matchedRow](ctx, in.reader, "matched", store.Params{"question": question})
	if err != nil {
		return nil, err
	}
	return sumsByPairing(rows), nil
}

func sumsByPairing(rows []matchedRow) map[pairing]stats.Sums {
	all := map[pairing]stats.Sums{}
	for _, r := range rows {
		key := pairing{r.Family, r.Level}
		s := all[key]
		if r.Total {
			s.A, s.N1, s.C, s.N0, s.OverlapA, s.OverlapC = r.A, r.N1, r.C, r.N0, r.OverlapA, r.OverlapC
			s.Strata, s.R, s.S, s.V = int(r.Strata), r.R, r.S, r.V
		} else {
			s.Clusters = append(s.Clusters, stats.ClusterSums{Cluster: r.Cluster, R: r.LostR, S: r.LostS})
		}
		all[key] = s
	}
	return all
}

// united adds up sums over strata that have none in common. A cluster in both loses what it loses in each.
func united(x, y stats.Sums) stats.Sums {
	s := stats.Sums{
		A: x.A + y.A, N1: x.N1 + y.N1, C: x.C + y.C, N0: x.N0 + y.N0, OverlapA: x.OverlapA + y.OverlapA, OverlapC: x.OverlapC + y.OverlapC,
		Strata: x.Strata + y.Strata, R: x.R + y.R, S: x.S + y.S, V: x.V + y.V,
	}
	place := map[uint64]int{}
	for _, c := range append(append([]stats.ClusterSums{}, x.Clusters...), y.Clusters...) {
		i, ok := place[c.Cluster]
		if !ok {
			i = len(s.Clusters)
			place[c.Cluster] = i
			s.Clusters = append(s.Clusters, stats.ClusterSums{Cluster: c.Cluster})
		}
		s.Clusters[i].R += c.R
		s.Clusters[i].S += c.S
	}
	return s
}

// verdict decides on a ratio of sums with the rules of every comparison: enough events, persons and clusters, and the
// interval that holds however often one looks.
func (d Definition) verdict(s stats.Sums, exposedPeople, referencePeople uint64) stats.Answer {
	rr := s.RiskRatio()
	v := d.decide(rr, s.A, s.C, exposedPeople, referencePeople)
	if v.Code != NoData && rr.Clusters < stats.MinClusters {
		v.Code = Gated
	}
	return v
}

// ratioMeasure is a risk ratio with its always-valid interval; of its events, those among the exposed. Where there are
// too few events, persons or clusters it has a reason and no value.
func (d Definition) ratioMeasure(id, label, class string, s stats.Sums, exposedPeople, referencePeople uint64) Measure {
	m := Measure{ID: id, Label: label, Class: class, Unit: UnitRatio, Value: stats.Undefined(stats.NoIncidents)}
	events, of := uint64(s.OverlapA), uint64(s.Overlap())
	m.Part, m.Of = &events, &of
	verdict := d.verdict(s, exposedPeople, referencePeople)
	switch rr := s.RiskRatio(); {
	case min(exposedPeople, referencePeople) < stats.MinPeople:
		return m.hidden()
	case verdict.Code == NoData:
		m.Reason = fmt.Sprintf("%s with something to compare; shown from %d, with %d on each side", plural(of, "mistake"), stats.MinOverlapEvents, stats.MinGroupEvents)
	case verdict.Code == Gated:
		m.Reason = fmt.Sprintf("%s with mistakes in both groups; an interval needs %d", plural(uint64(rr.Clusters), "cluster"), stats.MinClusters)
	default:
		ratio := d.RatioOf(Sums{Sums: s})
		m.Value, m.Interval = ratio.Value, &ratio.AlwaysValid
	}
	return m
}
