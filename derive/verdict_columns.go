package derive

import (
	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

// verdictColumns lays verdicts out as step/insert_verdicts.sql names the columns.
func verdictColumns(rows []classified, rules string, version uint64) []any {
	text := func(f func(*classified) string) []string { return store.Column(rows, f) }
	each := func(f func(*attribution.Evidence) string) [][]string {
		return store.Column(rows, func(c *classified) []string { return store.Column(c.verdict.All, f) })
	}
	return []any{
		text(func(c *classified) string { return c.repo }),
		text(func(c *classified) string { return c.sha }),
		text(func(c *classified) string { return string(c.verdict.Class) }),
		text(func(c *classified) string { return toolName(c.verdict.Tool) }),
		text(func(c *classified) string { return string(c.verdict.Autonomy) }),
		text(func(c *classified) string { return string(c.verdict.Mode) }),
		text(func(c *classified) string { return string(c.verdict.Scope) }),
		store.Column(rows, func(c *classified) float32 { return float32(c.verdict.Confidence) }),
		each(func(e *attribution.Evidence) string { return e.Rule }),
		each(func(e *attribution.Evidence) string { return toolName(e.Tool) }),
		each(func(e *attribution.Evidence) string { return string(e.Mode) }),
		each(func(e *attribution.Evidence) string { return string(e.Autonomy) }),
		each(func(e *attribution.Evidence) string { return e.Quote }),
		store.Column(rows, func(c *classified) []float32 {
			return store.Column(c.verdict.All, func(e *attribution.Evidence) float32 { return float32(e.Confidence) })
		}),
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
	}
}

// toolName is empty in the tables where no tool is known.
func toolName(tool string) string {
	if tool == attribution.NoTool {
		return ""
	}
	return tool
}

// pullVerdictColumns lays verdicts out as step/insert_pull_verdicts.sql names the columns.
func pullVerdictColumns(rows []proposed, rules string, version uint64) []any {
	text := func(f func(*proposed) string) []string { return store.Column(rows, f) }
	each := func(f func(*attribution.Evidence) string) [][]string {
		return store.Column(rows, func(p *proposed) []string { return store.Column(p.verdict.All, f) })
	}
	return []any{
		text(func(p *proposed) string { return p.Repo }),
		store.Column(rows, func(p *proposed) uint32 { return p.Number }),
		text(func(p *proposed) string { return string(p.verdict.Class) }),
		text(func(p *proposed) string { return string(p.late) }),
		text(func(p *proposed) string { return toolName(p.verdict.Tool) }),
		text(func(p *proposed) string { return string(p.verdict.Autonomy) }),
		text(func(p *proposed) string { return string(p.verdict.Mode) }),
		store.Column(rows, func(p *proposed) float32 { return float32(p.verdict.Confidence) }),
		each(func(e *attribution.Evidence) string { return e.Rule }),
		each(func(e *attribution.Evidence) string { return toolName(e.Tool) }),
		each(func(e *attribution.Evidence) string { return string(e.Mode) }),
		each(func(e *attribution.Evidence) string { return string(e.Autonomy) }),
		each(func(e *attribution.Evidence) string { return e.Quote }),
		store.Column(rows, func(p *proposed) []float32 {
			return store.Column(p.verdict.All, func(e *attribution.Evidence) float32 { return float32(e.Confidence) })
		}),
		store.Column(rows, func(p *proposed) uint64 { return p.PullVersion }),
		store.Repeat(len(rows), rules),
		store.Repeat(len(rows), version),
	}
}
