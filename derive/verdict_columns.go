package derive

import (
	"slices"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

// verdictColumns lays verdicts out as step/insert_verdicts.sql names the columns.
func verdictColumns(rows []classified, rules string, version uint64) []any {
	text := func(f func(*classified) string) []string { return store.Column(rows, f) }
	verdict := func(c *classified) *attribution.Verdict { return &c.verdict }
	return slices.Concat(
		[]any{
			text(func(c *classified) string { return c.repo }),
			text(func(c *classified) string { return c.sha }),
			text(func(c *classified) string { return string(c.verdict.Class) }),
		},
		summaryColumns(rows, verdict),
		[]any{text(func(c *classified) string { return string(c.verdict.Scope) })},
		evidenceColumns(rows, verdict),
		[]any{
			text(func(c *classified) string { return c.branch.Rule }),
			text(func(c *classified) string { return toolName(c.branch.Tool) }),
			text(func(c *classified) string { return string(c.branch.Class) }),
			text(func(c *classified) string { return string(c.branch.Autonomy) }),
			store.Column(rows, func(c *classified) float32 { return float32(c.branch.Confidence) }),
			text(func(c *classified) string { return c.branch.Quote }),
			store.Column(rows, func(c *classified) uint64 { return c.notesVersion }),
			store.Column(rows, func(c *classified) bool { return c.ofPull }),
			store.Repeat(len(rows), rules),
			store.Repeat(len(rows), version),
		})
}

// pullVerdictColumns lays verdicts out as step/insert_pull_verdicts.sql names the columns.
func pullVerdictColumns(rows []proposed, rules string, version uint64) []any {
	verdict := func(p *proposed) *attribution.Verdict { return &p.verdict }
	return slices.Concat(
		[]any{
			store.Column(rows, func(p *proposed) string { return p.Repo }),
			store.Column(rows, func(p *proposed) uint32 { return p.Number }),
			store.Column(rows, func(p *proposed) string { return string(p.verdict.Class) }),
			store.Column(rows, func(p *proposed) string { return string(p.late) }),
		},
		summaryColumns(rows, verdict), evidenceColumns(rows, verdict),
		[]any{
			store.Column(rows, func(p *proposed) uint64 { return p.PullVersion }),
			store.Repeat(len(rows), rules),
			store.Repeat(len(rows), version),
		})
}

// actionVerdictColumns lays verdicts out as step/insert_action_verdicts.sql names the columns.
func actionVerdictColumns(rows []done, rules string, version uint64) []any {
	verdict := func(a *done) *attribution.Verdict { return &a.verdict }
	return slices.Concat(
		[]any{
			store.Column(rows, func(a *done) string { return a.System }),
			store.Column(rows, func(a *done) string { return a.Source }),
			store.Column(rows, func(a *done) string { return a.ID }),
			store.Column(rows, func(a *done) string { return string(a.verdict.Class) }),
		},
		summaryColumns(rows, verdict), evidenceColumns(rows, verdict),
		[]any{
			store.Column(rows, func(a *done) uint64 { return a.ActionVersion }),
			store.Repeat(len(rows), rules),
			store.Repeat(len(rows), version),
		})
}
