package derive

import (
	"context"
	"fmt"
	"time"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

// done is an action that has no verdict yet, with what a verdict rests on, then the verdict.
type done struct {
	System        string    `ch:"system"`
	Source        string    `ch:"source"`
	ID            string    `ch:"id"`
	Actor         string    `ch:"actor"`
	Principal     string    `ch:"principal"`
	UserAgent     string    `ch:"user_agent"`
	Session       string    `ch:"session"`
	Console       bool      `ch:"console"`
	At            time.Time `ch:"at"`
	ActionVersion uint64    `ch:"action_version"`

	verdict attribution.Verdict
}

// attributeActions gives every action of the systems that lacks one a verdict, and returns how many did.
func (d *Deriver) attributeActions(ctx context.Context, systems []string) (int, error) {
	rows, err := d.Store.Rows(ctx, step("pending_actions"), store.Params{"repos": systems, "rules": d.Classifier.ActionRulesVersion()})
	if err != nil {
		return 0, fmt.Errorf("read actions: %w", err)
	}
	defer rows.Close()
	total := 0
	judged := make([]done, 0, verdictsPerInsert)
	flush := func() error {
		if len(judged) == 0 {
			return nil
		}
		total += len(judged)
		err := d.Store.Insert(ctx, step("insert_action_verdicts"), actionVerdictColumns(judged, d.Classifier.ActionRulesVersion(), d.Store.Version()))
		judged = judged[:0]
		return err
	}
	for rows.Next() {
		var a done
		if err := rows.ScanStruct(&a); err != nil {
			return total, fmt.Errorf("read actions: %w", err)
		}
		a.verdict = d.Classifier.ClassifyAction(attribution.Action{
			Account: a.Actor, Role: a.Principal, UserAgent: a.UserAgent, Session: a.Session, Console: a.Console, At: a.At,
		})
		if judged = append(judged, a); len(judged) == verdictsPerInsert {
			if err := flush(); err != nil {
				return total, err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return total, fmt.Errorf("read actions: %w", err)
	}
	return total, flush()
}

// actionVerdictColumns lays verdicts out as step/insert_action_verdicts.sql names the columns.
func actionVerdictColumns(rows []done, rules string, version uint64) []any {
	text := func(f func(*done) string) []string { return store.Column(rows, f) }
	each := func(f func(*attribution.Evidence) string) [][]string {
		return store.Column(rows, func(a *done) []string { return store.Column(a.verdict.All, f) })
	}
	return []any{
		text(func(a *done) string { return a.System }),
		text(func(a *done) string { return a.Source }),
		text(func(a *done) string { return a.ID }),
		text(func(a *done) string { return string(a.verdict.Class) }),
		text(func(a *done) string { return toolName(a.verdict.Tool) }),
		text(func(a *done) string { return string(a.verdict.Autonomy) }),
		text(func(a *done) string { return string(a.verdict.Mode) }),
		store.Column(rows, func(a *done) float32 { return float32(a.verdict.Confidence) }),
		each(func(e *attribution.Evidence) string { return e.Rule }),
		each(func(e *attribution.Evidence) string { return toolName(e.Tool) }),
		each(func(e *attribution.Evidence) string { return string(e.Mode) }),
		each(func(e *attribution.Evidence) string { return string(e.Autonomy) }),
		each(func(e *attribution.Evidence) string { return e.Quote }),
		store.Column(rows, func(a *done) []float32 {
			return store.Column(a.verdict.All, func(e *attribution.Evidence) float32 { return float32(e.Confidence) })
		}),
		store.Column(rows, func(a *done) uint64 { return a.ActionVersion }),
		store.Repeat(len(rows), rules),
		store.Repeat(len(rows), version),
	}
}
