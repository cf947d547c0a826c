package store

import (
	"context"
	"errors"
	"fmt"
)

// SumsQuery asks about one outcome under one comparison. Changes of the author classes in Exposure are compared with
// those of classes human and unknown.
type SumsQuery struct {
	Outcome    string // incident, major, reverted_14d, hotfixed_72h, failed_deployment, mistake, rework_21d, control, mistake_3d, …
	Design     string // repository (changes of one repository and quarter) or developer (of one person, at one tier)
	Adjustment string // total, or direct: at equal permission, size and review too
	Exposure   string // ai_agent, ai_assisted or ai, which is both
	Side       string // reference; bots: automation is in the reference too; unknown_ai: unknown counts as exposed
}

func (q SumsQuery) params() Params {
	return Params{"outcome": q.Outcome, "design": q.Design, "adjustment": q.Adjustment, "exposure": q.Exposure, "side": q.Side}
}

func (q SumsQuery) String() string {
	return fmt.Sprintf("%s of %s (%s, %s, %s)", q.Outcome, q.Exposure, q.Design, q.Adjustment, q.Side)
}

// StrataSums are the sums over all strata with an event in one of the arms: A events among N1 exposed changes, C among N0
// of the reference. R is Σ a·n0/N, S is Σ c·n1/N and V is Σ (m·n1·n0 − a·c·N)/N² (Greenland & Robins 1985), over the
// Strata that have changes in both arms.
type StrataSums struct {
	A, N1, C, N0       float64
	OverlapA, OverlapC float64 // events in strata with both arms
	Strata             int
	R, S, V            float64
	AA, AM, MM         float64       // Σ a²/N, Σ a·m/N, Σ m²/N over all strata with an event
	Clusters           []ClusterSums // by label
}

// ClusterSums is what R and S lose with a cluster. It is there for every cluster with a change in a stratum that informs.
type ClusterSums struct {
	Cluster uint64
	R, S    float64
}

// sumsRow is a row of sums.sql.
type sumsRow struct {
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
	AA       float64 `ch:"aa"`
	AM       float64 `ch:"am"`
	MM       float64 `ch:"mm"`
	LostR    float64 `ch:"lost_r"`
	LostS    float64 `ch:"lost_s"`
}

// Sums reduces the strata to a row a cluster, and returns the query and its parameters too. The same rows give the same
// bytes, however they are stored and by however many threads they are read.
func (s *Store) Sums(ctx context.Context, q SumsQuery) (StrataSums, string, Params, error) {
	return s.sums(ctx, "sums", q)
}

// RawSums is [Store.Sums] from the changes themselves: slow over many, the same when the strata are up to date.
func (s *Store) RawSums(ctx context.Context, q SumsQuery) (StrataSums, string, Params, error) {
	return s.sums(ctx, "sums_raw", q)
}

func (s *Store) sums(ctx context.Context, name string, q SumsQuery) (StrataSums, string, Params, error) {
	sql, params := query(name), q.params()
	rows, err := Select[sumsRow](ctx, s, sql, params)
	var sums StrataSums
	for _, r := range rows {
		if r.Total {
			sums = StrataSums{
				A: r.A, N1: r.N1, C: r.C, N0: r.N0, OverlapA: r.OverlapA, OverlapC: r.OverlapC,
				Strata: int(r.Strata), R: r.R, S: r.S, V: r.V, AA: r.AA, AM: r.AM, MM: r.MM,
			}
			continue
		}
		sums.Clusters = append(sums.Clusters, ClusterSums{r.Cluster, r.LostR, r.LostS})
	}
	return sums, sql, params, wrap("sums of "+q.String(), err)
}

// StrataCell is the counts of one cluster in one stratum: A events among N1 exposed changes, C among N0 of the reference.
type StrataCell struct {
	Stratum uint64 `ch:"stratum"`
	Cluster uint64 `ch:"cluster"`
	A       uint64 `ch:"a"`
	N1      uint64 `ch:"n1"`
	C       uint64 `ch:"c"`
	N0      uint64 `ch:"n0"`
}

// ErrTooManyCells says that there are more cells than were asked for; a part of them would give a wrong answer.
var ErrTooManyCells = errors.New("more cells than the limit")

// StrataCells returns the cells that Sums adds up, by stratum and cluster, and the query and its parameters too. More
// than limit cells are [ErrTooManyCells].
func (s *Store) StrataCells(ctx context.Context, q SumsQuery, limit int) ([]StrataCell, string, Params, error) {
	sql, params := query("strata_cells"), q.params()
	params["limit"] = limit + 1
	cells, err := Select[StrataCell](ctx, s, sql, params)
	if err == nil && len(cells) > limit {
		cells, err = nil, fmt.Errorf("%w of %d", ErrTooManyCells, limit)
	}
	return cells, sql, params, wrap("cells of "+q.String(), err)
}

// StrataOverlap counts the mature changes of both arms, and those of them that lie in strata with both arms.
type StrataOverlap struct {
	Exposed           uint64 `ch:"exposed"`
	Reference         uint64 `ch:"reference"`
	ExposedCompared   uint64 `ch:"exposed_compared"`
	ReferenceCompared uint64 `ch:"reference_compared"`
}

// ExposedShare is the share of exposed changes that have something to be compared with, false where there are none.
func (o StrataOverlap) ExposedShare() (float64, bool) { return share(o.ExposedCompared, o.Exposed) }

// ReferenceShare is the same of the reference.
func (o StrataOverlap) ReferenceShare() (float64, bool) {
	return share(o.ReferenceCompared, o.Reference)
}

func share(part, whole uint64) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

// Overlap counts over all strata, with an event or not, and so reads every change.
func (s *Store) Overlap(ctx context.Context, design, adjustment, exposure string) (StrataOverlap, error) {
	rows, err := Select[StrataOverlap](ctx, s, query("overlap"), Params{"design": design, "adjustment": adjustment, "exposure": exposure})
	if err != nil {
		return StrataOverlap{}, wrap(fmt.Sprintf("overlap of %s (%s, %s)", exposure, design, adjustment), err)
	}
	return rows[0], nil
}
