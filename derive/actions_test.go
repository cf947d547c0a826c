package derive_test

import (
	"context"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

const (
	prod      = "aws:111111111111/eu-west-1"
	elsewhere = "aws:222222222222/us-east-1"
	deployer  = "arn:aws:iam::111111111111:role/ci/deployer"
)

func aws(login string, kind record.AccountKind) record.Account {
	return record.Account{Source: "aws", Login: login, Kind: kind}
}

// does is an action of a role's session, hours after the start.
func does(id string, hours float64, change func(a *record.Action)) record.Action {
	a := record.Action{
		Source: "cloudtrail", ID: id, At: hour(hours), System: prod, Actor: aws("111111111111/deployer", record.KindApp), Principal: deployer,
		Session: "run-7", UserAgent: "aws-cli/2.31.0", Verb: "cloudformation:UpdateStack", Resource: "checkout", Level: record.LevelWrite,
	}
	if change != nil {
		change(&a)
	}
	return a
}

// opens is the opening of the session that does acts in, seen in another account.
func opens(id string, hours float64, by record.Account) record.Action {
	return record.Action{
		Source: "cloudtrail", ID: id, At: hour(hours), System: elsewhere, Actor: by, Verb: "sts:AssumeRole",
		Resource: "arn:aws:sts::111111111111:assumed-role/deployer/run-7",
	}
}

// acted is what became of an action.
type acted struct {
	ID          string   `ch:"sha"`
	Kind        string   `ch:"kind"`
	Title       string   `ch:"title"`
	Class       string   `ch:"author_class"`
	Tool        string   `ch:"tool"`
	Mode        string   `ch:"mode"`
	Review      string   `ch:"review_state"`
	Approvals   uint8    `ch:"approvals"`
	Permission  string   `ch:"permission"`
	Usual       string   `ch:"usual_permission"`
	Grant       string   `ch:"permission_source"`
	Destructive bool     `ch:"destructive"`
	Incident    string   `ch:"incident"`
	Prompter    *bool    `ch:"prompter_known"`
	Author      uint64   `ch:"author"`
	People      []uint64 `ch:"people"`
}

func deeds(t *testing.T, s *store.Store) map[string]acted {
	t.Helper()
	all, err := store.Select[acted](context.Background(), s, `SELECT sha, kind, title, author_class, tool, mode, review_state, approvals, permission,
		usual_permission, permission_source, destructive, incident, prompter_known, author, people FROM changes FINAL WHERE kind = 'action'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]acted{}
	for _, a := range all {
		named[a.ID] = a
	}
	return named
}

// An action is a change by its own record: who or what did it, what it destroyed, with what right.
func TestActionsAreChanges(t *testing.T) {
	s := storetest.Open(t)
	ada := git("ada@example.org")
	tell(t, s, record.Batch{Actions: []record.Action{
		does("plain", 1, nil),
		does("failed", 1, func(a *record.Action) { a.Failed = true }),
		does("agent", 2, func(a *record.Action) {
			a.UserAgent += " exec-env/AmazonQ-For-CLI-Version-1.19.0"
			a.Verb, a.Destructive = "cloudformation:DeleteStack", true
		}),
		does("session", 3, func(a *record.Action) { a.Session = "claude-code-1" }),
		does("service", 4, func(a *record.Action) {
			a.Actor, a.OnBehalf = aws("cloudformation.amazonaws.com", record.KindApp), ada
		}),
		does("console", 5, func(a *record.Action) { a.Actor, a.Console, a.Level = ada, true, record.LevelAdmin }),
		does("user", 6, func(a *record.Action) {
			a.Verb, a.Resource, a.Level = "iam:DeleteUser", "arn:aws:iam::111111111111:user/eve", record.LevelUnknown
		}),
		opens("opening", 0, ada),
	}})
	run(t, s)
	got := deeds(t, s)
	for id, want := range map[string]acted{
		"plain":   {Class: "unknown", Permission: "write"},
		"agent":   {Class: "ai_agent", Tool: "amazon-q", Mode: "user_agent", Permission: "write", Destructive: true},
		"session": {Class: "ai_agent", Tool: "claude-code", Mode: "session", Permission: "write"},
		"service": {Class: "automation", Permission: "write"},
		"console": {Class: "human", Permission: "admin"},
		"user":    {Class: "unknown", Permission: "unknown"},
	} {
		g := got[id]
		if g.Kind != "action" || g.Class != want.Class || g.Tool != want.Tool || g.Mode != want.Mode || g.Permission != want.Permission ||
			g.Destructive != want.Destructive || g.Review != "not_collected" || g.Approvals != 0 {
			t.Errorf("%s: %+v, want %+v", id, g, want)
		}
	}
	if len(got) != 6 {
		t.Errorf("%d changes, want 6: what failed and the opening of a session are none", len(got))
	}
	if g := got["agent"]; g.Title != "cloudformation:DeleteStack checkout" || g.Grant != "deployer" || g.Prompter == nil {
		t.Errorf("agent: %+v", g)
	}
	if title := got["user"].Title; title != "iam:DeleteUser" {
		t.Errorf("the title %q names a user", title)
	}
	if got["service"].Author == 0 || got["service"].Author != got["console"].Author || len(got["console"].People) != 1 {
		t.Errorf("a person in person and behind a service: %+v, %+v", got["console"], got["service"])
	}
	if sum := run(t, s); sum.Repositories != 0 || sum.Actions != 0 {
		t.Errorf("again: %+v", sum)
	}
	c, found, err := s.Change(context.Background(), prod+"@session")
	if err != nil || !found || len(c.Attributions) != 1 || c.Attributions[0].Rule != "name.claude-code" || c.Attributions[0].Mode != "session" {
		t.Errorf("the evidence on an action: %+v, %v", c.Attributions, err)
	}
	seen, err := store.Select[struct {
		Changes uint64 `ch:"changes"`
		Failed  uint64 `ch:"failed"`
	}](context.Background(), s, "SELECT countIf(change_id != '') AS changes, countIf(failed) AS failed FROM baserate.actions", nil)
	if err != nil || seen[0].Changes != 6 || seen[0].Failed != 1 {
		t.Errorf("the view of actions: %+v, %v", seen, err)
	}
}

// Who agreed is told from who did it, also where one person has two accounts; a ticket does not say who looked.
func TestApprovalsOfActions(t *testing.T) {
	s := storetest.Open(t)
	ada, bob := git("ada@example.org"), git("bob@example.org")
	approved := func(id string, by record.Account, actor, behalf record.Account) record.Action {
		return does(id, 1, func(a *record.Action) {
			a.Approval, a.ApprovedBy, a.Actor, a.OnBehalf = "tag:approved-by=x", by, actor, behalf
		})
	}
	robot := aws("111111111111/deployer", record.KindApp)
	batch := record.Batch{Actions: []record.Action{
		approved("other", bob, ada, record.Account{}),
		approved("own", ada, ada, record.Account{}),
		approved("other account", aws("111111111111/ada", ""), ada, record.Account{}),
		approved("prompter", ada, robot, ada),
		approved("behind", bob, robot, ada),
		approved("machine", aws("system:approver", ""), ada, record.Account{}),
		approved("ticket", record.Account{}, ada, record.Account{}),
	}, Members: []record.Member{
		{Account: ada, Person: "p1", Team: "core", From: hour(-100)}, {Account: aws("111111111111/ada", ""), Person: "p1", Team: "core", From: hour(-100)},
	}}
	tell(t, s, batch)
	run(t, s)
	got := deeds(t, s)
	for id, want := range map[string]string{
		"other": "independent", "own": "self", "other account": "self", "prompter": "self", "behind": "independent", "machine": "ai_only", "ticket": "not_collected",
	} {
		if g := got[id]; g.Review != want || (g.Approvals == 1) != (want == "independent") {
			t.Errorf("%s: %s with %d approvals, want %s", id, g.Review, g.Approvals, want)
		}
	}
}

// Who opened a session is behind what it did, with what was agreed on for it, in whatever order and account that is learnt; not
// before it was opened, nor after it ended, nor where two persons had one of that name.
func TestSessionsHavePersons(t *testing.T) {
	ada, bob := git("ada@example.org"), git("bob@example.org")
	agreed := opens("o1", 1, ada)
	agreed.Approval, agreed.ApprovedBy = "session_tag:approver=bob@example.org", bob
	actions := record.Batch{Actions: []record.Action{
		does("before", 0.5, nil), does("within", 2, nil), does("end", 12.5, nil), does("after", 13.5, nil), does("both", 31, nil), does("one again", 44.5, nil),
		does("own", 3, func(a *record.Action) { a.ApprovedBy, a.Approval = ada, "tag:approver=ada@example.org" }),
	}}
	openings := record.Batch{Actions: []record.Action{agreed, opens("o2", 30, ada), opens("o3", 30.5, bob), opens("o4", 44, bob)}}
	for name, batches := range map[string][]record.Batch{"opening first": {openings, actions}, "opening last": {actions, openings}} {
		s := storetest.Open(t)
		for _, b := range batches {
			tell(t, s, b)
			run(t, s)
		}
		got := deeds(t, s)
		a, b := got["within"].Author, got["one again"].Author
		if a == 0 || b == 0 || a == b || got["end"].Author != a {
			t.Errorf("%s: %d, %d and %d within", name, a, got["end"].Author, b)
		}
		for _, id := range []string{"before", "after", "both"} {
			if got[id].Author != 0 {
				t.Errorf("%s: %s has an author", name, id)
			}
		}
		if got["within"].Review != "independent" || got["own"].Review != "self" || got["before"].Review != "not_collected" {
			t.Errorf("%s: %s, %s and %s", name, got["within"].Review, got["own"].Review, got["before"].Review)
		}
	}
}

// An incident may be the work of an action, by its id, and a person has the last word on it too.
func TestIncidentsOfActions(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: prod}
	h.incident("gone", "", 10)
	h.incident("said", "", 10)
	h.incident("mine", "", 10)
	h.cause("gone", "action", "Del1", "declared", 0.9)
	h.cause("said", "action", "Upd2", "text", 0.4)
	batch := h.told
	batch.Actions = []record.Action{
		does("Del1", 1, func(a *record.Action) { a.Destructive = true }), does("Upd2", 2, nil), does("upd3", 3, nil), does("last", 24*40, nil),
	}
	batch.Confirmations = []record.Confirmation{
		{Source: "pager", Incident: "said", Change: prod + "@Upd2", Confirmed: false, At: time.Now()},
		{Source: "pager", Incident: "mine", Change: prod + "@upd3", Confirmed: true, At: time.Now()},
	}
	tell(t, s, batch)
	run(t, s)
	got := deeds(t, s)
	for id, want := range map[string]string{"Del1": "pager:gone", "Upd2": "", "upd3": "pager:mine", "last": ""} {
		if got[id].Incident != want {
			t.Errorf("%s is charged with %q, want %q", id, got[id].Incident, want)
		}
	}
}

// More than the usual right: the level that a person did most with in the 90 days before.
func TestUsualLevelOfActions(t *testing.T) {
	s := storetest.Open(t)
	ada := git("ada@example.org")
	var all []record.Action
	for i, level := range []record.Level{record.LevelWrite, record.LevelWrite, record.LevelAdmin, record.LevelOperator} {
		all = append(all, does(string(rune('a'+i)), 24*float64(i), func(a *record.Action) { a.Actor, a.Level = ada, level }))
	}
	all = append(all, does("late", 24*200, func(a *record.Action) { a.Actor = ada }))
	tell(t, s, record.Batch{Actions: all})
	run(t, s)
	got := deeds(t, s)
	for id, want := range map[string]string{"a": "unknown", "b": "write", "d": "write", "late": "unknown"} {
		if got[id].Usual != want {
			t.Errorf("%s: usually %s, want %s", id, got[id].Usual, want)
		}
	}
	if got["d"].Permission != "operator" {
		t.Errorf("d: %+v", got["d"])
	}
}
