package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// told is one fact of every kind that forges, trackers and audit logs state, with everything set that can be.
func told() record.Batch {
	ada := record.Account{Source: "github", Login: "ada", Kind: record.KindPerson}
	role := record.Account{Source: "aws", Login: "role/ops", Kind: record.KindApp}
	later := noon.Add(time.Hour)
	return record.Batch{
		Hosted: []record.HostedRepository{{
			Source: "github", ID: "17", Node: "R_17", Name: "o/r", DefaultBranch: "main", Archived: true, Fork: true, Private: true, CreatedAt: noon, PushedAt: later,
		}},
		PullCommits: []record.PullCommit{{
			Repo: "o/r", Number: 1, SHA: "c1", Author: record.Person{Name: "author-1", Email: "author@x"}, Committer: record.Person{Name: "committer-1", Email: "committer@x"},
			AuthoredAt: noon, CommittedAt: later, Message: "message-1",
		}},
		PullEvents: []record.PullEvent{{
			Source: "github", Repo: "o/r", Number: 1, ID: "event-1", Kind: "force_pushed", Actor: ada, At: noon, Before: "b1", After: "a1",
		}},
		AgentTasks: []record.AgentTask{{
			Source: "github", Repo: "o/r", ID: "task-1", Tool: "tool-1", Creator: ada, Number: 3, State: "done", CreatedAt: noon, UpdatedAt: later,
		}},
		Actions: []record.Action{{
			Source: "cloudtrail", ID: "action-1", At: noon, System: "aws:1", Actor: role, Principal: "principal-1", OnBehalf: ada, UserAgent: "agent-1", Session: "session-1",
			Verb: "verb-1", Resource: "resource-1", Environment: "production", Destructive: true, Failed: true, Level: record.LevelOperator, Console: true, Approval: "approval-1", ApprovedBy: ada,
		}},
		RuleSuites: []record.RuleSuite{{
			Source: "github", Repo: "o/r", ID: "suite-1", Actor: ada, Ref: "refs/heads/main", Before: "b1", After: "a1", At: noon, Result: "bypass", Rules: []string{"pull_request"}, Reason: "reason-1",
		}},
		Activities: []record.Activity{{
			Source: "github", Repo: "o/r", ID: "activity-1", Kind: "push", Actor: ada, Ref: "refs/heads/main", Before: "b1", After: "a1", At: noon,
		}},
		Rules: []record.Rule{{
			Source: "github", Scope: "o/r", Kind: "ruleset", ID: "rule-1", Name: "name-1", Enforcement: "active", Approvals: 2, Bypass: []string{"team x"}, Raw: "{}", SeenAt: noon,
		}},
		Seats:         []record.Seat{{Account: ada, Tool: "tool-1", Plan: "plan-1", CreatedAt: noon, LastActiveAt: later, SeenAt: later}},
		Identities:    []record.Identity{{Account: ada, Person: "person-1", Parted: true, Origin: "file", At: noon}},
		Confirmations: []record.Confirmation{{Source: "pager", Incident: "incident-1", Change: "o/r@aa", Confirmed: true, By: "by-1", At: noon}},
		Tombstones:    []record.Tombstone{{Source: "github", Kind: "repository", Scope: "o", ID: "17", Reason: "renamed", Now: "o/s", SeenAt: noon}},
		Payloads:      []record.Payload{{Source: "github", Kind: "ruleset", Scope: "o/r", ID: "5", Body: `{"a":1}`}},
	}
}

// Every field of every fact from a forge, a tracker or an audit log is kept, and twice is once.
func TestSaveKeepsTheFactsOfSources(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	for range 2 {
		if err := s.Save(ctx, told(), ledger()); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{
		"hosted_repositories": "('github','17','R_17','o/r','main',true,true,true,'2026-03-01 12:00:00','2026-03-01 13:00:00')",
		"pull_commits":        "('o/r',1,'c1','author-1','author@x','committer-1','committer@x','2026-03-01 12:00:00','2026-03-01 13:00:00','message-1')",
		"pull_events":         "('github','o/r',1,'event-1','force_pushed','ada','person','2026-03-01 12:00:00','b1','a1')",
		"agent_tasks":         "('github','o/r','task-1','tool-1','ada','person',3,'done','2026-03-01 12:00:00','2026-03-01 13:00:00')",
		"actions": "('aws:1','2026-03-01 12:00:00.000','cloudtrail','action-1','aws','role/ops','app','principal-1','github','ada','agent-1','session-1'," +
			"'verb-1','resource-1','production',true,true,'operator',true,'approval-1','github','ada')",
		"rule_suites":   "('github','o/r','suite-1','ada','person','refs/heads/main','b1','a1','2026-03-01 12:00:00','bypass',['pull_request'],'reason-1')",
		"activities":    "('github','o/r','activity-1','push','ada','person','refs/heads/main','b1','a1','2026-03-01 12:00:00')",
		"rules":         "('github','o/r','ruleset','rule-1','name-1','active',2,['team x'],'{}','2026-03-01 12:00:00')",
		"seats":         "('github','ada','tool-1','plan-1','2026-03-01 12:00:00','2026-03-01 13:00:00','2026-03-01 13:00:00')",
		"identities":    "('github','ada','2026-03-01 12:00:00.000','person-1',true,'file')",
		"confirmations": "('pager','incident-1','o/r@aa',true,'by-1','2026-03-01 12:00:00.000')",
		"tombstones":    "('github','repository','o','17','renamed','o/s','2026-03-01 12:00:00')",
		"payloads":      `('github','ruleset','o/r','5','{"a":1}')`,
	}
	for table, row := range want {
		if diff := cmp.Diff([]string{row}, kept(t, s, table)); diff != "" {
			t.Errorf("%s: %s", table, diff)
		}
	}
}

// kept are the rows of a table, without the time of saving.
func kept(t *testing.T, s *store.Store, table string) []string {
	t.Helper()
	except := "version"
	if table == "payloads" {
		except = "(version, keep_until)"
	}
	rows, err := store.Select[struct {
		Row string `ch:"row"`
	}](context.Background(), s, "SELECT toString(tuple(* EXCEPT "+except+")) AS row FROM "+table+" FINAL ORDER BY row", nil)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = r.Row
	}
	return all
}

// The newest statement of a source wins, in whatever order the statements are saved; of two of one time the one saved last.
func TestTheNewestStatementWins(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	later := noon.Add(time.Hour)
	type said struct {
		title string
		at    time.Time
	}
	for name, order := range map[string][]said{
		"in order":          {{"old", noon}, {"new", later}},
		"the other way":     {{"new", later}, {"old", noon}},
		"two of one time":   {{"old", later}, {"new", later}},
		"old in the middle": {{"x", noon}, {"new", later}, {"old", noon}},
	} {
		for _, x := range order {
			b := record.Batch{
				Incidents:    []record.Incident{{Source: "pager", ID: name, Title: x.title, DeclaredAt: noon, UpdatedAt: x.at}},
				PullRequests: []record.PullRequest{{Source: "github", Repo: name, Number: 1, Title: x.title, CreatedAt: noon, UpdatedAt: x.at}},
			}
			if err := s.Save(ctx, b, ledger()); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, table := range []string{"incidents", "pull_requests"} {
		rows, err := store.Select[struct {
			N   uint64 `ch:"n"`
			New uint64 `ch:"new"`
		}](ctx, s, "SELECT count() AS n, countIf(title = 'new') AS new FROM "+table+" FINAL", nil)
		if err != nil || rows[0].N != 4 || rows[0].New != 4 {
			t.Errorf("%s: %+v, %v", table, rows, err)
		}
	}
}

// The parts of a scope that are done, that failed and that the source does not have are rows of the ledger of their own.
func TestLedgerOfParts(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	whole := record.Collection{Source: "github", Scope: "o", Stream: "pull_requests", StartedAt: noon, FinishedAt: noon, Status: record.StatusPartial}
	parts := []record.Covered{{Scope: "o/a", Rows: 3, Requests: 2, From: noon, To: noon}, {Scope: "o/b", Error: "it is empty"}, {Scope: "o/c", Absent: "not ours to read"}}
	if err := s.Save(ctx, record.Batch{Covered: parts, Cursor: record.Cursor(`{}`)}, whole); err != nil {
		t.Fatal(err)
	}
	cover, err := s.Coverage(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range cover.Sources {
		got[c.Scope] = c.Status + " " + c.Error
	}
	want := map[string]string{"o": "partial ", "o/a": "ok ", "o/b": "failed it is empty", "o/c": "absent not ours to read"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The key of the pseudonyms is made once: who was who yesterday is who today.
func TestPseudonymKeyStays(t *testing.T) {
	ctx := context.Background()
	s, engine := storetest.OpenEngine(t)
	key := func() [][2]uint64 {
		rows, err := store.Select[struct {
			K0 uint64 `ch:"k0"`
			K1 uint64 `ch:"k1"`
		}](ctx, s, "SELECT k0, k1 FROM pseudonym_key", nil)
		if err != nil {
			t.Fatal(err)
		}
		keys := [][2]uint64{}
		for _, r := range rows {
			keys = append(keys, [2]uint64{r.K0, r.K1})
		}
		return keys
	}
	before := key()
	if err := store.Migrate(ctx, storetest.Options(engine)); err != nil {
		t.Fatal(err)
	}
	if after := key(); len(before) != 1 || before[0] == [2]uint64{} || !cmp.Equal(before, after) {
		t.Errorf("keys %v, then %v", before, after)
	}
}
