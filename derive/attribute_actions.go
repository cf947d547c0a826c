package derive

import (
	"context"
	"time"

	"github.com/baserate/baserate/attribution"
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
	return attributeEach(ctx, d.Store, attributed[done]{
		what: "actions", pending: "pending_actions", insert: "insert_action_verdicts",
		rules: d.Classifier.ActionRulesVersion(), judge: d.judgeAction, columns: actionVerdictColumns,
	}, systems)
}

func (d *Deriver) judgeAction(a *done) {
	a.verdict = d.Classifier.ClassifyAction(attribution.Action{
		Account: a.Actor, Role: a.Principal, UserAgent: a.UserAgent, Session: a.Session, Console: a.Console, At: a.At,
	})
}
