package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

// always is the time since which a fact bears on whatever there is.
var always = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// touched says which repositories a batch is about, for derivation to find them without reading facts. Its version is taken when
// the facts are there: whoever reads it sees them all. Incidents, people and
// what is known of repositories beside their histories are few, and said again and again: they are compared themselves.
func (s *Store) touched(b record.Batch, _ record.Collection) []insert {
	since := map[string]time.Time{}
	eachRepo(&b, func(repo string) { since[repo] = always })
	for _, p := range b.Permissions {
		if at, known := since[p.Repo]; !known || p.SeenAt.Before(at) {
			since[p.Repo] = p.SeenAt
		}
	}
	if len(since) == 0 {
		return nil
	}
	repos, times := make([]string, 0, len(since)), make([]time.Time, 0, len(since))
	for repo, at := range since {
		repos, times = append(repos, repo), append(times, at)
	}
	return []insert{{"insert_touched", []any{repos, times, Repeat(len(repos), s.Version())}}}
}

// eachRepo calls do with the repository, or system, of every fact that bears on all of its changes.
func eachRepo(b *record.Batch, do func(repo string)) {
	if b.Repository != nil {
		do(b.Repository.Name)
	}
	each(b.Commits, func(c *record.Commit) { do(c.Repo) })
	each(b.Notes, func(n *record.Note) { do(n.Repo) })
	each(b.Placements, func(p *record.Placement) { do(p.Repo) })
	each(b.PullRequests, func(p *record.PullRequest) { do(p.Repo) })
	each(b.Reviews, func(r *record.Review) { do(r.Repo) })
	each(b.Deployments, func(d *record.Deployment) { do(d.Repo) })
	each(b.PullCommits, func(c *record.PullCommit) { do(c.Repo) })
	each(b.PullEvents, func(e *record.PullEvent) { do(e.Repo) })
	each(b.AgentTasks, func(t *record.AgentTask) { do(t.Repo) })
	each(b.Actions, func(a *record.Action) { do(a.System) })
	each(b.RuleSuites, func(r *record.RuleSuite) { do(r.Repo) })
	each(b.Activities, func(a *record.Activity) { do(a.Repo) })
	each(b.Tombstones, func(t *record.Tombstone) {
		if t.Kind == "repository" {
			do(t.Scope)
		}
	})
}

func each[T any](facts []T, do func(*T)) {
	for i := range facts {
		do(&facts[i])
	}
}
