package derive

import (
	"context"
	"fmt"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

// attributed is how things of one kind get their verdicts: read by one step as they have none under the rules, judged one by
// one, and kept by another step, for which columns lays them out.
type attributed[T any] struct {
	what            string // for errors
	pending, insert string // steps
	rules           string // version
	judge           func(*T)
	columns         func(rows []T, rules string, version uint64) []any
}

// attributeEach gives all that repositories, or systems, have of a kind and that lacks one a verdict, a bounded number at a time,
// and returns how many did.
func attributeEach[T any](ctx context.Context, s *store.Store, of attributed[T], repos []string) (int, error) {
	rows, err := s.Rows(ctx, step(of.pending), store.Params{"repos": repos, "rules": of.rules})
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", of.what, err)
	}
	defer rows.Close()
	total := 0
	judged := make([]T, 0, verdictsPerInsert)
	flush := func() error {
		if len(judged) == 0 {
			return nil
		}
		total += len(judged)
		err := s.Insert(ctx, step(of.insert), of.columns(judged, of.rules, s.Version()))
		judged = judged[:0]
		return err
	}
	for rows.Next() {
		var row T
		if err := rows.ScanStruct(&row); err != nil {
			return total, fmt.Errorf("read %s: %w", of.what, err)
		}
		of.judge(&row)
		if judged = append(judged, row); len(judged) == verdictsPerInsert {
			if err := flush(); err != nil {
				return total, err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return total, fmt.Errorf("read %s: %w", of.what, err)
	}
	return total, flush()
}

// summaryColumns are tool, autonomy and mode of verdicts, in this order.
func summaryColumns[T any](rows []T, verdict func(*T) *attribution.Verdict) []any {
	return []any{
		store.Column(rows, func(r *T) string { return toolName(verdict(r).Tool) }),
		store.Column(rows, func(r *T) string { return string(verdict(r).Autonomy) }),
		store.Column(rows, func(r *T) string { return string(verdict(r).Mode) }),
	}
}

// evidenceColumns are the confidence of verdicts, then their evidence: rules, tools, modes, autonomies, quotes, confidences.
func evidenceColumns[T any](rows []T, verdict func(*T) *attribution.Verdict) []any {
	each := func(f func(*attribution.Evidence) string) [][]string {
		return store.Column(rows, func(r *T) []string { return store.Column(verdict(r).All, f) })
	}
	return []any{
		store.Column(rows, func(r *T) float32 { return float32(verdict(r).Confidence) }),
		each(func(e *attribution.Evidence) string { return e.Rule }),
		each(func(e *attribution.Evidence) string { return toolName(e.Tool) }),
		each(func(e *attribution.Evidence) string { return string(e.Mode) }),
		each(func(e *attribution.Evidence) string { return string(e.Autonomy) }),
		each(func(e *attribution.Evidence) string { return e.Quote }),
		store.Column(rows, func(r *T) []float32 {
			return store.Column(verdict(r).All, func(e *attribution.Evidence) float32 { return float32(e.Confidence) })
		}),
	}
}

// toolName is empty in the tables where no tool is known.
func toolName(tool string) string {
	if tool == attribution.NoTool {
		return ""
	}
	return tool
}
