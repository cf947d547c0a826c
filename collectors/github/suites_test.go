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

func judged(id, repo int, result string, at time.Time) string {
	return fmt.Sprintf(`{"id":%d,"actor_name":"Ada","before_sha":"AA","after_sha":"%02d","ref":"refs/heads/main","repository_id":%d,"repository_name":"shop","pushed_at":%q,"result":%q,"evaluation_result":"fail"}`,
		id, id, repo, at.Format(time.RFC3339), result)
}

const unmet = `{"id":2,"result":"bypass","rule_evaluations":[{"enforcement":"active","result":"fail","rule_type":"pull_request"},
	{"enforcement":"active","result":"pass","rule_type":"creation"},{"enforcement":"evaluate","result":"fail","rule_type":"commit_message_pattern"},
	{"enforcement":"active","result":"fail","rule_type":"merge_queue"},{"enforcement":"active","result":"fail","rule_type":"pull_request"}]}`

func TestSuitesOfAnOrganisation(t *testing.T) {
	o := newOcto(t, "acme/shop")
	list := "/orgs/acme/rulesets/rule-suites"
	o.paged(list,
		"["+judged(1, 1, "pass", ago(time.Hour))+","+judged(2, 1, "bypass", ago(2*time.Hour))+"]",
		"["+judged(3, 1, "fail", ago(days(3)))+","+judged(4, 99, "bypass", ago(days(3)))+"]")
	o.always(list+"/2", unmet)
	first := must(t, o.source().suites(), nil)
	s := record.RuleSuite{Source: "github", Repo: "acme/shop", Actor: human("ada"), Ref: "refs/heads/main", Before: "aa"}
	a, b, c := s, s, s
	a.ID, a.After, a.At, a.Result = "1", "01", ago(time.Hour), "pass"
	b.ID, b.After, b.At, b.Result, b.Rules = "2", "02", ago(2*time.Hour), "bypass", []string{"merge_queue", "pull_request"}
	c.ID, c.After, c.At, c.Result = "3", "03", ago(days(3)), "fail" // the answer about it is 404: which rules is not known
	if diff := cmp.Diff([]record.RuleSuite{a, b, c}, first.RuleSuites); diff != "" {
		t.Error(diff)
	}
	if codes(first.Warnings) != "rule_suites_too_old" || !first.Warnings[0].Loss || len(first.Payloads) != 1 {
		t.Errorf("nothing is known of the time before a month: %+v", first.Warnings)
	}
	if asked := o.requests(list + "?"); !strings.Contains(asked[0], "time_period=month") {
		t.Errorf("asked %q", asked)
	}
	for _, tc := range []struct {
		later time.Duration
		want  string
		codes string
	}{
		{20 * time.Minute, "hour", "filter_ignored"}, // this server gives all it has
		{time.Hour, "day", "filter_ignored"},
		{days(1), "week", ""},
		{days(6), "week", "filter_ignored"},
		{days(20), "month", ""},
		{days(40), "month", "filter_ignored rule_suites_too_old"},
	} {
		o.now = today.Add(tc.later)
		g := must(t, o.source().suites(), first.Cursor)
		if asked := o.requests(list + "?"); !strings.Contains(asked[0], "time_period="+tc.want) || codes(g.Warnings) != tc.codes {
			t.Errorf("after %v: asked %q, warnings %q", tc.later, asked, codes(g.Warnings))
		}
		if tc.later == days(1) && len(g.RuleSuites) != 0 {
			t.Errorf("what is known is read again: %+v", g.RuleSuites)
		}
	}
}

// Without an organisation, or where it has no such list, each repository is asked, and one that has had no push is not.
func TestSuitesByRepository(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/vault")
	o.always("/repos/acme/shop/rulesets/rule-suites", "["+judged(2, 1, "bypass", ago(time.Hour))+"]")
	o.always("/repos/acme/shop/rulesets/rule-suites/2", unmet)
	o.always("/repos/acme/vault/rulesets/rule-suites", "[]")
	first := must(t, o.source().suites(), nil)
	if len(first.RuleSuites) != 1 || first.RuleSuites[0].Repo != "acme/shop" || len(first.RuleSuites[0].Rules) != 2 {
		t.Errorf("%+v", first.RuleSuites)
	}
	o.now = today.Add(time.Hour)
	o.repos[0].PushedAt = o.now
	o.requests("")
	must(t, o.source().suites(), first.Cursor)
	if asked := o.requests("/repos/acme/"); len(asked) != 1 || !strings.Contains(asked[0], "shop") {
		t.Errorf("asked %q", asked)
	}
	o = newOcto(t, "acme/shop")
	o.refuses("/orgs/acme/rulesets/rule-suites", http.StatusForbidden, "no")
	_, err := run(t, o.source().suites(), nil)
	wantAbsent(t, err)
}

func TestSuiteSamples(t *testing.T) {
	one, err := parseSuite(sample(t, "permissions/github-rule-suite.json"))
	if r := one.record("o/r"); err != nil || r.Result != "bypass" || r.Actor.Login != "octocat" || cmp.Diff([]string{"pull_request"}, r.Rules) != "" {
		t.Errorf("%v, %+v", err, r)
	}
	page, err := parseSuites(sample(t, "permissions/github-rule-suites-list.json"))
	if err != nil || len(page) != 2 || page[1].Result != "pass" || page[0].PushedAt.IsZero() {
		t.Errorf("%v, %+v", err, page)
	}
}
