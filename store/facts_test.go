package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// work is one fact of every kind beyond a history, with everything set that can be, and one with nothing that can be left
// out.
func work() record.Batch {
	ada, bot := record.Account{Source: "github", Login: "ada", Kind: record.KindPerson}, record.Account{Source: "github", Login: "x[bot]", Kind: record.KindBot}
	later := noon.Add(time.Hour)
	return record.Batch{
		PullRequests: []record.PullRequest{
			{
				Source: "github", Repo: "o/r", Number: 1, ID: "id-1", Title: "title-1", Body: "body-1", Branch: "branch-1", Base: "base-1", Author: ada, MergedBy: bot, Assignees: []record.Account{ada}, Deleted: true,
				CreatedAt: noon, ReadyAt: later, MergedAt: later, ClosedAt: later, UpdatedAt: later, MergeSHA: "merge-1", HeadSHA: "head-1",
				Labels: []record.Label{{Name: "early-1"}, {Name: "late-1", At: later}}, Commits: []string{"c1", "c2"}, Additions: 5, Deletions: 6, Files: 7, SizeKnown: true, ReviewComments: 77, ReviewsComplete: true,
			},
			{Source: "github", Repo: "o/r", Number: 2, CreatedAt: noon},
		},
		Reviews: []record.Review{{Repo: "o/r", Number: 1, ID: "review-1", Author: ada, State: record.ReviewApproved, SHA: "head-1", SubmittedAt: later}},
		Permissions: []record.Permission{
			{Repo: "o/r", Account: ada, Level: record.LevelAdmin, Grant: "grant-1", SeenAt: noon},
			{Account: ada, Level: record.LevelRead, SeenAt: noon},
		},
		Deployments: []record.Deployment{
			{Repo: "o/r", ID: "deployment-1", SHA: "aa", Environment: "production", Creator: bot, CreatedAt: noon, FinishedAt: later, Failed: true},
			{Repo: "o/r", ID: "deployment-2", CreatedAt: noon},
		},
		Incidents: []record.Incident{
			{
				Source: "pager", ID: "incident-1", Title: "title-2", Severity: 2, DeclaredAt: later, StartedAt: noon, ResolvedAt: later, UpdatedAt: later,
				Services: []string{"s1"}, Repos: []string{"o/r"}, URL: "url-1", CauseType: record.CauseHardware, Drill: true, Deleted: true,
				Status: "status-1", DetectedAt: noon, AcknowledgedAt: later, MitigatedAt: later, Environment: "production", Summary: "summary-1",
				PostmortemURL: "url-2", Extra: map[string]string{"k": "v"},
			},
			{Source: "pager", ID: "incident-2", DeclaredAt: later},
		},
		Causes: []record.Cause{{
			Source: "pager", Incident: "incident-1", Role: record.RoleFix, Kind: "commit", Repo: "o/r", Ref: "aa", Method: "declared", Score: 0.25, StatedAt: noon, URL: "url-3", By: ada,
		}},
		Usage: []record.Usage{{Account: ada, Tool: "tool-1", Day: noon.Truncate(24 * time.Hour), Interactions: 11, Lines: 22}},
		Members: []record.Member{
			{Account: ada, Person: "person-1", Team: "team-1", From: noon, To: later},
			{Account: bot, Person: "person-2"},
		},
		Profiles: []record.Profile{{Repo: "o/r", Team: "team-2", Tier: 3, Services: []string{"s2"}}},
	}
}

// Every field of every fact is kept, what is not known as NULL or as what stands for it, and twice is once.
func TestSaveKeepsTheFactsOfWork(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	want := map[string][]string{
		"pull_requests": {
			"('github','o/r',1,'id-1','title-1','body-1','branch-1','base-1','ada','person','x[bot]','bot',['ada'],'2026-03-01 12:00:00','2026-03-01 13:00:00','2026-03-01 13:00:00','2026-03-01 13:00:00','2026-03-01 13:00:00','merge-1','head-1',['early-1','late-1'],['1970-01-01 00:00:00','2026-03-01 13:00:00'],['c1','c2'],5,6,7,true,77,true,true)",
			"('github','o/r',2,'','','','','','','','','',[],'2026-03-01 12:00:00','2026-03-01 12:00:00',NULL,NULL,'2026-03-01 12:00:00','','',[],[],[],0,0,0,false,0,false,false)",
		},
		"reviews":     {"('github','o/r',1,'review-1','ada','person','approved','head-1','2026-03-01 13:00:00')"},
		"permissions": {"('','github','ada','person','read','','2026-03-01 12:00:00')", "('o/r','github','ada','person','admin','grant-1','2026-03-01 12:00:00')"},
		"deployments": {
			"('o/r','deployment-1','aa','production','github','x[bot]','bot','2026-03-01 12:00:00','2026-03-01 13:00:00',true)",
			"('o/r','deployment-2','','','','','','2026-03-01 12:00:00',NULL,false)",
		},
		"incidents": {
			"('pager','incident-1','title-2',2,'2026-03-01 13:00:00','2026-03-01 12:00:00','2026-03-01 13:00:00','2026-03-01 13:00:00',['s1'],['o/r'],'url-1','hardware',true,true,'status-1','2026-03-01 12:00:00','2026-03-01 13:00:00','2026-03-01 13:00:00','production','summary-1','url-2',{'k':'v'})",
			"('pager','incident-2','',0,'2026-03-01 13:00:00','2026-03-01 13:00:00',NULL,'2026-03-01 13:00:00',[],[],'','',false,false,'',NULL,NULL,NULL,'','','',{})",
		},
		"causes":   {"('o/r','pager','incident-1','fix','commit','aa','declared',0.25,'2026-03-01 12:00:00','url-3','github','ada')"},
		"usage":    {"('2026-03-01','github','ada','tool-1',11,22)"},
		"members":  {"('github','ada','person-1','team-1','2026-03-01 12:00:00','2026-03-01 13:00:00')", "('github','x[bot]','person-2','','1970-01-01 00:00:00',NULL)"},
		"profiles": {"('o/r','team-2',3,['s2'])"},
	}
	for range 2 {
		if err := s.Save(ctx, work(), ledger()); err != nil {
			t.Fatal(err)
		}
	}
	for table, rows := range want {
		if diff := cmp.Diff(rows, kept(t, s, table)); diff != "" {
			t.Errorf("%s: %s", table, diff)
		}
	}
}

// A group of fewer than five persons is left out of the view of usage, after it was counted; one person with two accounts
// is one (traps 10 and 11), and no more than one team's.
func TestUsageOfSmallGroupsIsLeftOut(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	var b record.Batch
	use := func(login, person, team string, days ...int) {
		a := record.Account{Source: "tool", Login: login}
		if person != "" {
			b.Members = append(b.Members, record.Member{Account: a, Person: person, Team: team, From: noon.AddDate(0, -1, 0)})
		}
		for _, day := range days {
			b.Usage = append(b.Usage, record.Usage{Account: a, Tool: "helper", Day: noon.Truncate(24*time.Hour).AddDate(0, 0, day), Interactions: 1, Lines: 10})
		}
	}
	for _, p := range []string{"a", "b", "c", "d", "e"} {
		use(p, "p-"+p, "five", 1, 2) // 2 and 3 March 2026, Monday and Tuesday
		use(p+"2", "p-"+p, "five", 3)
	}
	for _, p := range []string{"f", "g", "h", "i"} {
		use(p, "p-"+p, "four", 1)
		use(p+"2", "p-"+p, "four", 1)
	}
	for _, p := range []string{"j", "k", "l", "m", "n"} {
		use(p, "", "", 8) // the week after
	}
	b.Usage = append(b.Usage, record.Usage{Account: record.Account{Source: "tool", Login: "a"}, Tool: "seat", Day: noon})
	if err := s.Save(ctx, b, ledger()); err != nil {
		t.Fatal(err)
	}
	rows, err := store.Select[struct {
		Row string `ch:"row"`
	}](ctx, s, "SELECT toString(tuple(*)) AS row FROM baserate.ai_usage ORDER BY week, team", nil)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, r := range rows {
		got = append(got, r.Row)
	}
	if diff := cmp.Diff([]string{"('five','2026-03-02','helper',5,15,150)", "('','2026-03-09','helper',5,5,50)"}, got); diff != "" {
		t.Error(diff)
	}
}

// No view shows who did something: whatever is told of people, nothing of it can be read by an analyst.
func TestViewsNameNobody(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	b := batch()
	b.Commits[0].Author = record.Person{Name: "ada", Email: "ada@example.org"}
	shown := work()
	for i := range shown.Incidents {
		shown.Incidents[i].Drill, shown.Incidents[i].Deleted = false, false
	}
	for _, part := range []record.Batch{b, shown, told()} {
		if err := s.Save(ctx, part, ledger()); err != nil {
			t.Fatal(err)
		}
	}
	views, err := store.Select[struct {
		Name string `ch:"name"`
	}](ctx, s, "SELECT name FROM system.tables WHERE database = 'baserate'", nil)
	if err != nil || len(views) < 13 {
		t.Fatalf("%d views, %v", len(views), err)
	}
	for _, v := range views {
		rows, err := store.Select[struct {
			Row string `ch:"row"`
		}](ctx, s, "SELECT toString(tuple(*)) AS row FROM baserate."+v.Name, nil)
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		for _, r := range rows {
			for _, name := range []string{"ada", "person-1", "x[bot]", "example.org", "author@x", "by-1", "role/ops"} {
				if strings.Contains(r.Row, name) {
					t.Errorf("%s shows %s: %s", v.Name, name, r.Row)
				}
			}
		}
	}
}
