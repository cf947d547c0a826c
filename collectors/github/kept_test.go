package github

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// everything is a GitHub that has something of each stream.
func everything(t *testing.T) *octo {
	o := newOcto(t, "acme/shop", "acme/vault")
	o.deploysByGraph(shipped, true)
	o.always("/orgs/acme/members", `[{"login":"olga","type":"User"}]`)
	o.nodesBy("Collaborators", func(string, map[string]any) any { return collaborators("", edge("ada", "WRITE")) })
	o.nodesBy("Protection", func(string, map[string]any) any {
		return rawJSON(`{"viewerCanAdminister":true,"rulesets":{"totalCount":0},"branchProtectionRules":{"totalCount":1,"nodes":[` + protection("main", "") + `]}}`)
	})
	o.always("/orgs/acme/rulesets", `[]`)
	o.always("/orgs/acme/installations", `{"total_count":1,"installations":[{"id":1,"app_slug":"writer","permissions":{"contents":"write"}}]}`)
	o.always("/orgs/acme/rulesets/rule-suites", "["+judged(2, 1, "bypass", ago(time.Hour))+"]")
	o.always("/orgs/acme/rulesets/rule-suites/2", unmet)
	o.always("/repos/acme/shop/activity", "["+moved(3, "force_push", ago(time.Hour))+"]")
	o.always("/repos/acme/vault/activity", "[]")
	o.always("/orgs/acme/audit-log", "["+entry("1", "repo.destroy", ago(time.Hour), "")+","+entry("2", "protected_branch.policy_override", ago(time.Hour), `,"repo":"acme/shop"`)+"]")
	o.refuses("/agents/repos/acme/shop/tasks", http.StatusForbidden, "user tokens only")
	o.refuses("/agents/repos/acme/vault/tasks", http.StatusForbidden, "user tokens only")
	o.always("/orgs/acme/teams", `[{"slug":"web"},{"slug":"ops"}]`)
	o.team("web", "ada")
	o.team("ops", "ada")
	o.nodesBy("IncidentIssues", func(string, map[string]any) any { return map[string]any{"issues": map[string]any{"totalCount": 1}} })
	o.nodesBy("IssueFixes", func(string, map[string]any) any { return nil })
	o.tracks("acme/shop", 9, func() []filed { return []filed{{1, "incident", ago(days(9)), `,"body":"caused by #40"`}} })
	o.tracks("acme/vault", 9, func() []filed { return nil })
	files := reports(t)
	for _, report := range []string{"users-1-day", "organization-1-day", "repos-1-day"} {
		o.on("/orgs/acme/copilot/metrics/reports/"+report, func(w http.ResponseWriter, r *http.Request) any {
			if r.URL.Query().Get("day") == "2026-11-20" {
				return map[string]any{"download_links": []string{files.URL + "/" + report + "?sig=s3cret"}}
			}
			w.WriteHeader(http.StatusNoContent)
			return nil
		})
	}
	o.always("/orgs/acme/copilot/billing/seats", `{"total_seats":1,"seats":[{"created_at":"2026-01-03T09:00:00Z","assignee":{"login":"ada"}}]}`)
	return o
}

// What the streams bring is kept once however often it is collected, and the ledger has what could not be had.
func TestStreamsAreKept(t *testing.T) {
	o, s := everything(t), storetest.Open(t)
	source := o.source()
	tasks := []collectors.Task{
		source.deployments(), source.permissions(), source.rules(), source.installations(), source.suites(), source.activity(), source.audit(),
		source.agentTasks(), source.teams(), source.issues(), source.copilotSeats(),
	}
	usage := source.copilotUsage()
	usage.Collector = from2026(usage.Collector)
	tasks = append(tasks, usage)
	runner := collectors.Runner{Sink: s, Parallel: 4}
	for n := range 2 {
		for _, l := range runner.Run(t.Context(), tasks) {
			want := map[string]record.Status{"agent_tasks": record.StatusAbsent, "rule_suites": record.StatusPartial, "audit_log": record.StatusPartial}[l.Stream]
			if n == 1 && want == record.StatusPartial || want == "" { // what is lost for good is said once
				want = record.StatusOK
			}
			if l.Status != want {
				t.Errorf("run %d of %s: %s, %s, %+v", n+1, l.Stream, l.Status, l.Error, l.Warnings)
			}
		}
	}
	got := map[string]uint64{}
	for table := range tables {
		got[table] = rowsOf(t, s, table)
	}
	if diff := cmp.Diff(tables, got); diff != "" {
		t.Error(diff)
	}
}

// tables is how many rows everything has.
var tables = map[string]uint64{
	"deployments": 6, "permissions": 6, "rules": 3, "rule_suites": 2, "activities": 1, "actions": 1, "agent_tasks": 0, "members": 2, "incidents": 1,
	"causes": 1, "seats": 1, "usage": 2,
}

func rowsOf(t *testing.T, s *store.Store, table string) uint64 {
	t.Helper()
	rows, err := store.Select[struct {
		N uint64 `ch:"n"`
	}](context.Background(), s, fmt.Sprintf("SELECT count() AS n FROM %s FINAL", table), nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows[0].N
}

// from2026 is a stream of usage that begins some days ago, and not a year.
func from2026(c collectors.Collector) collectors.Collector {
	st := c.(stream)
	read := st.read
	st.read = func(ctx context.Context, p *pass, since record.Cursor) error {
		if since == nil {
			since = record.Cursor(`{"until":"2026-11-18"}`)
		}
		return read(ctx, p, since)
	}
	return st
}
