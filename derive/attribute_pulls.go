package derive

import (
	"context"
	"slices"
	"time"

	"github.com/baserate/baserate/attribution"
)

// proposed is a pull request that has no verdict yet, with what a verdict rests on, then the verdict.
type proposed struct {
	Repo        string    `ch:"repo"`
	Number      uint32    `ch:"number"`
	Author      string    `ch:"author"`
	Branch      string    `ch:"branch"`
	Body        string    `ch:"body"`
	CreatedAt   time.Time `ch:"created_at"`
	EarlyLabels []string  `ch:"early_labels"`
	LateLabels  []string  `ch:"late_labels"`
	PullVersion uint64    `ch:"pull_version"`

	verdict attribution.Verdict
	late    attribution.Class // with the late labels too; "" when they change nothing
}

// attributePulls gives every pull request of the repositories that lacks one a verdict, and returns how many did. Its
// commits have their own, and are joined with it in step/pulls.sql.
func (d *Deriver) attributePulls(ctx context.Context, repos []string) (int, error) {
	return attributeEach(ctx, d.Store, attributed[proposed]{
		what: "pull requests", pending: "pending_pulls", insert: "insert_pull_verdicts",
		rules: d.Classifier.RulesVersion(), judge: d.judge, columns: pullVerdictColumns,
	}, repos)
}

// judge fills in the verdict by what was known at the merge, and the class that later labels would give.
func (d *Deriver) judge(p *proposed) {
	pr := attribution.PullRequest{
		AuthorLogin: p.Author, HeadRef: p.Branch, Body: p.Body, Labels: p.EarlyLabels, OpenedAt: p.CreatedAt,
	}
	p.verdict = d.Classifier.ClassifyPullRequest(pr)
	if len(p.LateLabels) > 0 {
		pr.Labels = slices.Concat(p.EarlyLabels, p.LateLabels)
		if late := d.Classifier.ClassifyPullRequest(pr).Class; late != p.verdict.Class {
			p.late = late
		}
	}
	p.Body, p.EarlyLabels, p.LateLabels = "", nil, nil
}
