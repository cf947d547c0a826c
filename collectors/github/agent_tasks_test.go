package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

func tasked(id string, creator int, artifacts string, at time.Time) string {
	return fmt.Sprintf(`{"id":%q,"creator":{"id":%d},"creator_type":"user","state":"completed","artifacts":[%s],"created_at":%q,"updated_at":%q}`,
		id, creator, artifacts, at.Add(-time.Hour).Format(time.RFC3339), at.Format(time.RFC3339))
}

func TestAgentTasks(t *testing.T) {
	o := newOcto(t, "acme/shop")
	o.on("/agents/repos/acme/shop/tasks", func(_ http.ResponseWriter, r *http.Request) any {
		if r.URL.Query().Get("is_archived") == "true" {
			return `{"tasks":[` + tasked("old", 1, "", ago(days(9))) + `]}`
		}
		return `{"tasks":[` + tasked("a", 1, `{"type":"branch","data":{"head_ref":"copilot/x"}},{"type":"pull","data":{"id":900,"global_id":"PR_9"}}`, ago(days(2))) + "," +
			tasked("b", 1, `{"type":"pull","data":{"id":800}}`, ago(days(1))) + "," + tasked("c", 2, `{"type":"pull","data":{"id":700}}`, ago(time.Hour)) + "]}"
	})
	o.always("/user/1", `{"login":"Ada","type":"User"}`)
	o.nodesBy("TaskPulls", func(string, map[string]any) any { return map[string]any{"number": 9} })
	o.always("/repos/acme/shop/pulls", `[{"id":800,"node_id":"PR_8","number":8}]`)
	g := must(t, o.source().agentTasks(), nil)
	task := func(id string, number uint32, creator record.Account, at time.Time) record.AgentTask {
		return record.AgentTask{
			Source: "github", Repo: "acme/shop", ID: id, Tool: "copilot", Creator: creator, Number: number, State: "completed",
			CreatedAt: at.Add(-time.Hour), UpdatedAt: at,
		}
	}
	want := []record.AgentTask{
		task("a", 9, human("ada"), ago(days(2))), task("b", 8, human("ada"), ago(days(1))), task("c", 0, record.Account{}, ago(time.Hour)),
		task("old", 0, human("ada"), ago(days(9))),
	}
	if diff := cmp.Diff(want, g.AgentTasks); diff != "" {
		t.Error(diff)
	}
	if codes(g.Warnings) != "agent_task_pull_request" || !g.Warnings[0].Loss || len(g.Payloads) != 4 {
		t.Errorf("%+v", g.Warnings)
	}
	if asked := o.requests("/user/1"); len(asked) != 1 {
		t.Errorf("the same person is asked for %d times", len(asked))
	}
	o.now = today.Add(time.Hour)
	o.repos[0].PushedAt = o.now
	second := must(t, o.source().agentTasks(), g.Cursor)
	if asked := o.requests("/tasks"); len(asked) != 2 || !strings.Contains(asked[0], "since=") {
		t.Errorf("asked %q", asked)
	}
	if len(second.AgentTasks) != 0 {
		t.Errorf("a server that does not heed since brings nothing twice: %+v", second.AgentTasks)
	}
}

// Without GraphQL the newest pull requests are looked through. The tokens of installations are refused.
func TestAgentTasksWithoutGraphQL(t *testing.T) {
	o := newOcto(t, "acme/shop")
	o.always("/agents/repos/acme/shop/tasks", `{"tasks":[`+tasked("a", 1, `{"type":"pull","data":{"id":1,"global_id":"PR_9"}}`, ago(days(2)))+`]}`)
	o.always("/repos/acme/shop/pulls", `[{"id":800,"node_id":"PR_9","number":9}]`)
	if g := must(t, o.source().agentTasks(), nil); g.AgentTasks[0].Number != 9 {
		t.Errorf("%+v", g.AgentTasks)
	}
	o.refuses("/agents/repos/acme/shop/tasks", http.StatusForbidden, "Resource not accessible by integration")
	_, err := run(t, o.source().agentTasks(), nil)
	wantAbsent(t, err)
}

func TestAgentTaskSample(t *testing.T) {
	tasks, err := parseAgentTasks(sample(t, "usage/copilot/github-agent-tasks.json"))
	if err != nil || len(tasks) != 1 {
		t.Fatal(err)
	}
	_, id := tasks[0].pull()
	if r := tasks[0].record("octocat/hello-world"); id != 42 || tasks[0].Creator.ID != 1 || r.State != "completed" || r.UpdatedAt.Sub(r.CreatedAt) != time.Hour {
		t.Errorf("%d, %+v", id, r)
	}
}
