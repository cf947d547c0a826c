package github

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

func entry(id, action string, at time.Time, more string) string {
	return fmt.Sprintf(`{"_document_id":%q,"action":%q,"@timestamp":%d,"actor":"Ada","org":"acme"%s}`, id, action, at.UnixMilli(), more)
}

func TestAuditLog(t *testing.T) {
	o := newOcto(t, "acme/shop")
	o.paged("/orgs/acme/audit-log",
		"["+entry("1", "repo.destroy", ago(3*time.Hour), `,"repo":"acme/old","user_agent":"curl","programmatic_access_type":"Fine-grained personal access token"`)+","+
			entry("2", "git.clone", ago(2*time.Hour), `,"repo":"acme/shop"`)+","+
			entry("3", "protected_branch.policy_override", ago(time.Hour), `,"repo":"acme/shop","actor_is_bot":true,"reasons":[{"code":"review_policy_not_satisfied"}]`)+"]",
		"["+entry("4", "team.add_member", ago(time.Minute), `,"team":"acme/platform","user":"bea","weird":{"x":[1]}`)+","+
			entry("5", "repo.download_zip", ago(time.Minute), `,"repo":"acme/shop"`)+","+
			entry("6", "org.remove_member", today.Add(time.Hour), `,"user":7`)+"]")
	first := must(t, o.source().audit(), nil)
	wantSuites := []record.RuleSuite{{
		Source: "github_audit", Repo: "acme/shop", ID: "3", Actor: record.Account{Source: "github", Login: "ada", Kind: record.KindBot}, At: ago(time.Hour),
		Result: "bypass", Rules: []string{"review_policy_not_satisfied"},
	}}
	if diff := cmp.Diff(wantSuites, first.RuleSuites); diff != "" {
		t.Error(diff)
	}
	a := record.Action{Source: "github_audit", System: "github:acme", Actor: human("ada"), Level: record.LevelUnknown}
	b, c := a, a
	a.ID, a.At, a.Verb, a.Resource, a.Destructive = "1", ago(3*time.Hour), "repo.destroy", "acme/old", true
	a.UserAgent, a.Principal = "curl", "Fine-grained personal access token"
	b.ID, b.At, b.Verb, b.Resource = "4", ago(time.Minute), "team.add_member", "acme/platform"
	c.ID, c.At, c.Verb, c.Destructive = "6", today.Add(time.Hour), "org.remove_member", true
	if diff := cmp.Diff([]record.Action{a, b, c}, first.Actions); diff != "" {
		t.Error(diff)
	}
	if codes(first.Warnings) != "audit_log_too_old" || first.Requests != 2 {
		t.Errorf("warnings %+v, %d requests", first.Warnings, first.Requests)
	}
	o.requests("")
	o.now = today.Add(time.Hour)
	second := must(t, o.source().audit(), first.Cursor)
	asked, _ := url.QueryUnescape(o.requests("audit-log")[0])
	if !strings.Contains(asked, "phrase=created:>="+ago(time.Minute+overlap).Format("2006-01-02T15:04:05")+"+00:00") || !strings.Contains(asked, "order=asc") {
		t.Errorf("an event from the future moves the cursor, or the order is another: %s", asked)
	}
	if codes(second.Warnings) != "filter_ignored" { // this server gives all it has
		t.Errorf("%+v", second.Warnings)
	}
}

func TestAuditLogIsAbsent(t *testing.T) {
	for _, code := range []int{http.StatusForbidden, http.StatusNotFound} {
		o := newOcto(t)
		o.refuses("/orgs/acme/audit-log", code, "Enterprise only")
		_, err := run(t, o.source().audit(), nil)
		wantAbsent(t, err)
	}
	_, err := run(t, newOcto(t).source(func(o *Options) { o.Org, o.Repos = "", []string{"acme/shop"} }).audit(), nil)
	wantAbsent(t, err)
}

func TestAuditSample(t *testing.T) {
	events, err := parseAudit(sample(t, "permissions/github-org-audit-log.json"))
	if err != nil || len(events) != 3 {
		t.Fatalf("%v, %+v", err, events)
	}
	a := events[2].action("octo-corp")
	if a.Verb != "repo.destroy" || !a.Destructive || a.Resource != "mona-org/mona-test-repo" || a.At.Year() != 2020 || events[0].action("x").Destructive {
		t.Errorf("%+v", a)
	}
	for action, want := range map[string]bool{
		"repo.create": true, "pull_request.merge": false, "git.push": false, "org.audit_log_export": false, "repo.access": false,
		"org.update_member": true, "protected_branch.destroy": true, "nonsense": false,
	} {
		if e := (&auditEvent{Action: action}); e.changes() != want {
			t.Errorf("%s changes %t", action, !want)
		}
	}
}
