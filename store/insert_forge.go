package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

func insertHosted(hs []record.HostedRepository, version uint64) insert {
	return insert{"insert_hosted_repositories", []any{
		Column(hs, func(h *record.HostedRepository) string { return h.Source }),
		Column(hs, func(h *record.HostedRepository) string { return h.ID }),
		Column(hs, func(h *record.HostedRepository) string { return h.Node }),
		Column(hs, func(h *record.HostedRepository) string { return h.Name }),
		Column(hs, func(h *record.HostedRepository) string { return h.DefaultBranch }),
		Column(hs, func(h *record.HostedRepository) bool { return h.Archived }),
		Column(hs, func(h *record.HostedRepository) bool { return h.Fork }),
		Column(hs, func(h *record.HostedRepository) bool { return h.Private }),
		Column(hs, func(h *record.HostedRepository) *time.Time { return known(h.CreatedAt) }),
		Column(hs, func(h *record.HostedRepository) *time.Time { return known(h.PushedAt) }),
		Repeat(len(hs), version),
	}}
}

func insertPullCommits(cs []record.PullCommit, version uint64) insert {
	return insert{"insert_pull_commits", []any{
		Column(cs, func(c *record.PullCommit) string { return c.Repo }),
		Column(cs, func(c *record.PullCommit) uint32 { return c.Number }),
		Column(cs, func(c *record.PullCommit) string { return c.SHA }),
		Column(cs, func(c *record.PullCommit) string { return c.Author.Name }),
		Column(cs, func(c *record.PullCommit) string { return c.Author.Email }),
		Column(cs, func(c *record.PullCommit) string { return c.Committer.Name }),
		Column(cs, func(c *record.PullCommit) string { return c.Committer.Email }),
		Column(cs, func(c *record.PullCommit) time.Time { return c.AuthoredAt }),
		Column(cs, func(c *record.PullCommit) time.Time { return c.CommittedAt }),
		Column(cs, func(c *record.PullCommit) string { return c.Message }),
		Repeat(len(cs), version),
	}}
}

func insertPullEvents(es []record.PullEvent, version uint64) insert {
	return insert{"insert_pull_events", []any{
		Column(es, func(e *record.PullEvent) string { return e.Source }),
		Column(es, func(e *record.PullEvent) string { return e.Repo }),
		Column(es, func(e *record.PullEvent) uint32 { return e.Number }),
		Column(es, func(e *record.PullEvent) string { return e.ID }),
		Column(es, func(e *record.PullEvent) string { return e.Kind }),
		Column(es, func(e *record.PullEvent) string { return e.Actor.Login }),
		Column(es, func(e *record.PullEvent) string { return string(e.Actor.Kind) }),
		Column(es, func(e *record.PullEvent) time.Time { return e.At }),
		Column(es, func(e *record.PullEvent) string { return e.Before }),
		Column(es, func(e *record.PullEvent) string { return e.After }),
		Repeat(len(es), version),
	}}
}

func insertAgentTasks(ts []record.AgentTask, version uint64) insert {
	return insert{"insert_agent_tasks", []any{
		Column(ts, func(t *record.AgentTask) string { return t.Source }),
		Column(ts, func(t *record.AgentTask) string { return t.Repo }),
		Column(ts, func(t *record.AgentTask) string { return t.ID }),
		Column(ts, func(t *record.AgentTask) string { return t.Tool }),
		Column(ts, func(t *record.AgentTask) string { return t.Creator.Login }),
		Column(ts, func(t *record.AgentTask) string { return string(t.Creator.Kind) }),
		Column(ts, func(t *record.AgentTask) uint32 { return t.Number }),
		Column(ts, func(t *record.AgentTask) string { return t.State }),
		Column(ts, func(t *record.AgentTask) time.Time { return t.CreatedAt }),
		Column(ts, func(t *record.AgentTask) time.Time { return knownOr(t.UpdatedAt, t.CreatedAt) }),
		Repeat(len(ts), version),
	}}
}
