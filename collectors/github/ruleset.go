package github

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// ruleset is a set of rules as far as it is read here. The types of rules grow by the month: what is not known stays in the raw
// form, and no type is an error.
type ruleset struct {
	ID          int64
	Name        string
	Enforcement string
	Bypass      []struct {
		ID   *int64 `json:"actor_id"`
		Type string `json:"actor_type"`
		Mode string `json:"bypass_mode"`
	} `json:"bypass_actors"` // nil: not shown to this account
	Rules []struct {
		Type       string
		Parameters json.RawMessage
	}
}

// parseRuleset reads one set of rules into a fact without a time.
func parseRuleset(body []byte, scope string) (record.Rule, error) {
	var set ruleset
	if err := json.Unmarshal(body, &set); err != nil {
		return record.Rule{}, err
	}
	r := record.Rule{
		Source: kind, Scope: scope, Kind: "ruleset", ID: strconv.FormatInt(set.ID, 10), Name: set.Name, Enforcement: set.Enforcement, Raw: string(body),
	}
	for _, rule := range set.Rules {
		if rule.Type == "pull_request" {
			r.Approvals = max(r.Approvals, approvalsOf(rule.Parameters))
		}
	}
	if set.Bypass != nil {
		r.Bypass = []string{}
	}
	for _, actor := range set.Bypass {
		words := []string{actor.Type}
		if actor.ID != nil {
			words = append(words, strconv.FormatInt(*actor.ID, 10))
		}
		r.Bypass = append(r.Bypass, strings.Join(append(words, actor.Mode), " "))
	}
	return r, nil
}

func approvalsOf(parameters json.RawMessage) uint8 {
	var p struct {
		Count int `json:"required_approving_review_count"`
	}
	if json.Unmarshal(parameters, &p) != nil {
		return 0
	}
	return uint8(min(max(p.Count, 0), 255))
}

// protectionRule is the protection of the branches that a pattern names, as GraphQL has it.
type protectionRule struct {
	ID                string
	Pattern           string
	AdminEnforced     bool       `json:"isAdminEnforced"`
	RequiresApprovals bool       `json:"requiresApprovingReviews"`
	Approvals         int        `json:"requiredApprovingReviewCount"`
	PullRequest       allowances `json:"bypassPullRequestAllowances"`
	ForcePush         allowances `json:"bypassForcePushAllowances"`
}

type allowances struct {
	Nodes []struct {
		Actor struct {
			Typename string `json:"__typename"`
			Login    string
			Slug     string
		}
	}
}

func (a allowances) words(what string) []string {
	var all []string
	for _, n := range a.Nodes {
		all = append(all, fmt.Sprintf("%s %s %s", n.Actor.Typename, strings.ToLower(n.Actor.Login+n.Actor.Slug), what))
	}
	return all
}

// parseProtection reads one rule of GraphQL's into a fact without a time.
func parseProtection(body []byte, repo string) (record.Rule, error) {
	var p protectionRule
	if err := json.Unmarshal(body, &p); err != nil {
		return record.Rule{}, err
	}
	r := record.Rule{Source: kind, Scope: repo, Kind: "branch_protection", ID: p.ID, Name: p.Pattern, Enforcement: "active", Raw: string(body)}
	if p.RequiresApprovals {
		r.Approvals = uint8(min(max(p.Approvals, 0), 255))
	}
	if !p.AdminEnforced {
		r.Bypass = append(r.Bypass, "administrators")
	}
	r.Bypass = append(append(r.Bypass, p.PullRequest.words("pull_request")...), p.ForcePush.words("force_push")...)
	return r, nil
}

// parseBranchProtection reads the protection of one branch, as REST has it, into a fact without a time.
func parseBranchProtection(body []byte, repo, branch string) (record.Rule, error) {
	var p struct {
		Admins struct{ Enabled bool } `json:"enforce_admins"`
		Pulls  struct {
			Count  int `json:"required_approving_review_count"`
			Bypass struct {
				Users []struct{ Login string }
				Teams []struct{ Slug string }
				Apps  []struct{ Slug string }
			} `json:"bypass_pull_request_allowances"`
		} `json:"required_pull_request_reviews"`
	}
	if err := json.Unmarshal(body, &p); err != nil {
		return record.Rule{}, err
	}
	r := record.Rule{
		Source: kind, Scope: repo, Kind: "branch_protection", ID: branch, Name: branch, Enforcement: "active",
		Approvals: uint8(min(max(p.Pulls.Count, 0), 255)), Raw: string(body),
	}
	if !p.Admins.Enabled {
		r.Bypass = append(r.Bypass, "administrators")
	}
	for _, u := range p.Pulls.Bypass.Users {
		r.Bypass = append(r.Bypass, fmt.Sprintf("User %s pull_request", strings.ToLower(u.Login)))
	}
	for _, t := range p.Pulls.Bypass.Teams {
		r.Bypass = append(r.Bypass, fmt.Sprintf("Team %s pull_request", t.Slug))
	}
	for _, a := range p.Pulls.Bypass.Apps {
		r.Bypass = append(r.Bypass, fmt.Sprintf("App %s pull_request", a.Slug))
	}
	return r, nil
}

// gone says of a rule that was there at the last snapshot that it holds no more.
func gone(r seenRule, at time.Time) (record.Rule, record.Tombstone) {
	return record.Rule{Source: kind, Scope: r.Scope, Kind: r.Kind, ID: r.ID, Name: r.Name, Enforcement: "disabled", SeenAt: at},
		record.Tombstone{Source: kind, Kind: r.Kind, Scope: r.Scope, ID: r.ID, Reason: "deleted", SeenAt: at}
}

// seenRule is a rule as the cursor remembers it.
type seenRule struct {
	Scope string `json:"s"`
	Kind  string `json:"k"`
	ID    string `json:"i"`
	Name  string `json:"n,omitempty"`
}
