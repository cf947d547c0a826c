package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

// ruleWords is what a snapshot says of rules: "scope kind name enforcement approvals bypass".
func ruleWords(rules []record.Rule) []string {
	var all []string
	for _, r := range rules {
		all = append(all, fmt.Sprintf("%s %s %s %s %d %s", r.Scope, r.Kind, r.Name, r.Enforcement, r.Approvals, strings.Join(r.Bypass, ", ")))
	}
	return all
}

// Types of rules that a library of yesterday does not know do not spoil the set.
func TestRulesetWithAnyRules(t *testing.T) {
	body := `{"id":7,"name":"main","enforcement":"active","bypass_actors":[
		{"actor_id":5,"actor_type":"RepositoryRole","bypass_mode":"always"},{"actor_id":null,"actor_type":"OrganizationAdmin","bypass_mode":"pull_request"},
		{"actor_id":9,"actor_type":"Integration","bypass_mode":"exempt"},{"actor_type":"EnterpriseOwner","bypass_mode":"always"}],
		"rules":[{"type":"merge_queue","parameters":{"merge_method":"SQUASH"}},{"type":"code_scanning","parameters":{"code_scanning_tools":[]}},
		{"type":"copilot_code_review","parameters":{}},{"type":"file_path_restriction","parameters":["odd"]},{"type":"a_rule_of_2031"},
		{"type":"pull_request","parameters":{"required_approving_review_count":2,"allowed_merge_methods":["squash"]}},{"type":"pull_request"}]}`
	r, err := parseRuleset([]byte(body), "acme/shop")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"acme/shop ruleset main active 2 RepositoryRole 5 always, OrganizationAdmin pull_request, Integration 9 exempt, EnterpriseOwner always"}
	if diff := cmp.Diff(want, ruleWords([]record.Rule{r})); diff != "" || r.Raw != body || r.ID != "7" {
		t.Error(diff)
	}
}

func TestRulesetSamples(t *testing.T) {
	r, err := parseRuleset(sample(t, "permissions/github-ruleset.json"), "monalisa/my-repo")
	if diff := cmp.Diff([]string{"monalisa/my-repo ruleset super cool ruleset active 0 Team 234 always"}, ruleWords([]record.Rule{r})); err != nil || diff != "" {
		t.Errorf("%v, %s", err, diff)
	}
	p, err := parseBranchProtection(sample(t, "permissions/github-branch-protection.json"), "octocat/Hello-World", "master")
	if err != nil || p.Approvals != 2 || len(p.Bypass) != 0 {
		t.Errorf("%v, %+v", err, ruleWords([]record.Rule{p}))
	}
}

func protection(pattern, more string) string {
	return fmt.Sprintf(`{"id":"BPR_%s","pattern":%q,"isAdminEnforced":false,"requiresApprovingReviews":true,"requiredApprovingReviewCount":1%s}`, pattern, pattern, more)
}

func (o *octo) protects(answers map[string]string) {
	o.nodesBy("Protection", func(id string, _ map[string]any) any { return rawJSON(answers[id]) })
}

type rawJSON string

// MarshalJSON is the text itself.
func (r rawJSON) MarshalJSON() ([]byte, error) { return []byte(r), nil }

func TestRulesByGraphQL(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/vault", "acme/dark")
	bypass := `,"bypassPullRequestAllowances":{"nodes":[{"actor":{"__typename":"Team","slug":"release"}},{"actor":{"__typename":"User","login":"Ada"}}]}`
	o.protects(map[string]string{
		"R_1": `{"viewerCanAdminister":true,"rulesets":{"totalCount":1},"branchProtectionRules":{"totalCount":1,"nodes":[` + protection("main", bypass) + `]}}`,
		"R_2": `{"viewerCanAdminister":true,"rulesets":{"totalCount":0},"branchProtectionRules":{"totalCount":0,"nodes":[]}}`,
		"R_3": `{"viewerCanAdminister":false,"rulesets":{"totalCount":0},"branchProtectionRules":{"totalCount":0,"nodes":[]}}`,
	})
	o.always("/repos/acme/shop/rulesets", `[{"id":7}]`)
	o.always("/repos/acme/shop/rulesets/7", `{"id":7,"name":"queue","enforcement":"evaluate","rules":[{"type":"merge_queue"}]}`)
	o.always("/orgs/acme/rulesets", `[{"id":8}]`)
	o.always("/orgs/acme/rulesets/8", `{"id":8,"name":"everywhere","enforcement":"active","bypass_actors":[]}`)
	first := must(t, o.source().rules(), nil)
	want := []string{
		"acme ruleset everywhere active 0 ", "acme/shop ruleset queue evaluate 0 ",
		"acme/shop branch_protection main active 1 administrators, Team release pull_request, User ada pull_request",
	}
	if diff := cmp.Diff(want, ruleWords(first.Rules)); diff != "" {
		t.Error(diff)
	}
	if codes(first.Warnings) != "bypass_hidden" || !first.Warnings[0].Loss {
		t.Errorf("who may bypass is not told, and the warnings are %+v", first.Warnings)
	}
	if len(first.Covered) != 3 || first.Covered[2].Absent == "" || first.Covered[1].Absent != "" || first.Covered[1].Rows != 0 {
		t.Errorf("an empty list is none to those who may look, and unknown to others: %+v", first.Covered)
	}
	o.requests("")
	o.now = today.Add(days(1))
	o.protects(map[string]string{
		"R_1": `{"viewerCanAdminister":true,"rulesets":{"totalCount":0},"branchProtectionRules":{"totalCount":1,"nodes":[` + protection("main", "") + `]}}`,
		"R_2": `{"viewerCanAdminister":true,"rulesets":{"totalCount":0},"branchProtectionRules":{"totalCount":0,"nodes":[]}}`,
		"R_3": `{"viewerCanAdminister":false,"rulesets":{"totalCount":0},"branchProtectionRules":{"totalCount":0,"nodes":[]}}`,
	})
	o.refuses("/orgs/acme/rulesets", http.StatusForbidden, "Upgrade")
	second := must(t, o.source().rules(), first.Cursor)
	want = []string{"acme/shop branch_protection main active 1 administrators", "acme/shop ruleset queue disabled 0 "}
	if diff := cmp.Diff(want, ruleWords(second.Rules)); diff != "" {
		t.Error(diff)
	}
	if len(second.Tombstones) != 1 || second.Tombstones[0].ID != "7" || codes(second.Warnings) != "organisation_rules" {
		t.Errorf("tombstones %+v, warnings %+v: rules that are hidden are not gone", second.Tombstones, second.Warnings)
	}
	if again := must(t, o.source().rules(), second.Cursor); again.batches != 0 {
		t.Error("it is taken twice a day")
	}
}

func TestRulesByREST(t *testing.T) {
	for name, tc := range map[string]struct {
		protection func(*octo)
		absent     bool
		rules      int
	}{
		"protected": {func(o *octo) {
			o.always("/repos/acme/shop/branches/main/protection", `{"enforce_admins":{"enabled":true}}`)
		}, false, 2},
		"by a ruleset alone": {func(o *octo) { o.refuses("/repos/acme/shop/branches/main/protection", 404, "Branch not protected") }, false, 1},
		"not shown":          {func(o *octo) { o.refuses("/repos/acme/shop/branches/main/protection", 404, "Not Found") }, true, 1},
		"not allowed":        {func(o *octo) { o.refuses("/repos/acme/shop/branches/main/protection", 403, "Resource not accessible") }, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOcto(t, "acme/shop", "acme/plain")
			o.always("/repos/acme/plain/rulesets", `[]`)
			o.always("/repos/acme/plain/branches", `[]`)
			o.always("/repos/acme/shop/rulesets", `[{"id":7}]`)
			o.always("/repos/acme/shop/rulesets/7", `{"id":7,"name":"main","enforcement":"active","bypass_actors":[]}`)
			o.always("/repos/acme/shop/branches", `[{"name":"main"}]`)
			tc.protection(o)
			g := must(t, o.source().rules(), nil)
			if len(g.Covered) != 2 || (g.Covered[0].Absent != "") != tc.absent || g.Covered[0].Error != "" || len(g.Rules) != tc.rules {
				t.Errorf("rules %v, ledger %+v", ruleWords(g.Rules), g.Covered)
			}
			for _, r := range g.Rules {
				if !r.SeenAt.Equal(today) {
					t.Errorf("%s has no time", r.Name)
				}
			}
		})
	}
}

// A failure is worse than something that is not shown, and is not taken for it.
func TestRulesThatFail(t *testing.T) {
	o := newOcto(t, "acme/shop", "acme/plain")
	o.always("/repos/acme/plain/rulesets", `[]`)
	o.always("/repos/acme/plain/branches", `[]`)
	o.refuses("/repos/acme/shop/rulesets", http.StatusNotFound, "Not Found")
	o.always("/repos/acme/shop/branches", `{"not":"a list"}`)
	g := must(t, o.source().rules(), nil)
	if len(g.Covered) != 2 || g.Covered[0].Error == "" || g.Covered[0].Absent != "" {
		t.Errorf("ledger: %+v", g.Covered)
	}
}
