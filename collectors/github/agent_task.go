package github

import (
	"encoding/json"
	"time"

	"github.com/baserate/baserate/record"
)

// agentTask is a piece of work that somebody gave to GitHub's agent. Of people and of pull requests it has numbers that are
// GitHub's own, neither logins nor those that people see.
type agentTask struct {
	ID        string
	State     string
	Creator   *struct{ ID int64 }
	Maker     string    `json:"creator_type"` // "user" or "organization"
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	Artifacts []struct {
		Type string
		Data struct {
			ID       int64
			GlobalID string `json:"global_id"`
		}
	}

	raw json.RawMessage
}

// parseAgentTasks reads a page of the list.
func parseAgentTasks(body []byte) ([]agentTask, error) {
	var page struct{ Tasks []json.RawMessage }
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, err
	}
	tasks := make([]agentTask, len(page.Tasks))
	for i, raw := range page.Tasks {
		if err := json.Unmarshal(raw, &tasks[i]); err != nil {
			return nil, err
		}
		tasks[i].raw = raw
	}
	return tasks, nil
}

// pull is the last of the task's pull requests: the node id and the number that GitHub has for it; zero when there is none.
func (t *agentTask) pull() (node string, id int64) {
	for _, a := range t.Artifacts {
		if a.Type == "pull" {
			node, id = a.Data.GlobalID, a.Data.ID
		}
	}
	return node, id
}

// record makes a fact without creator and pull request, which are to be asked for.
func (t *agentTask) record(repo string) record.AgentTask {
	updated := t.UpdatedAt
	if updated.IsZero() {
		updated = t.CreatedAt
	}
	return record.AgentTask{Source: kind, Repo: repo, ID: t.ID, Tool: "copilot", State: t.State, CreatedAt: t.CreatedAt, UpdatedAt: updated}
}

func (t *agentTask) payload(repo string) record.Payload {
	return record.Payload{Source: kind, Kind: "agent_task", Scope: repo, ID: t.ID, Body: string(t.raw)}
}
