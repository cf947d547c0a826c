package github

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// suite is GitHub's judgement of one push by the rules.
type suite struct {
	ID           int64
	ActorName    string    `json:"actor_name"`
	Before       string    `json:"before_sha"`
	After        string    `json:"after_sha"`
	Ref          string    `json:"ref"`
	RepositoryID int64     `json:"repository_id"`
	Repository   string    `json:"repository_name"` // without the owner
	PushedAt     time.Time `json:"pushed_at"`
	Result       string    // by the rules that are in force
	Evaluations  []struct {
		Enforcement string
		Result      string
		Type        string `json:"rule_type"`
	} `json:"rule_evaluations"` // in the answer about one suite alone
}

// parseSuite reads the answer about one suite, with the rules that it did not meet.
func parseSuite(body []byte) (suite, error) {
	var s suite
	err := json.Unmarshal(body, &s)
	return s, err
}

// parseSuites reads a page of the list, which does not say which rules.
func parseSuites(body []byte) ([]suite, error) {
	var page []suite
	err := json.Unmarshal(body, &page)
	return page, err
}

// record makes a fact of it. Rules that are only tried out, with enforcement "evaluate", are not counted as unmet.
func (s *suite) record(repo string) record.RuleSuite {
	r := record.RuleSuite{
		Source: kind, Repo: repo, ID: strconv.FormatInt(s.ID, 10), Actor: account(s.ActorName, ""), Ref: s.Ref,
		Before: strings.ToLower(s.Before), After: strings.ToLower(s.After), At: s.PushedAt, Result: strings.ToLower(s.Result),
	}
	for _, e := range s.Evaluations {
		if e.Result == "fail" && e.Enforcement == "active" {
			r.Rules = append(r.Rules, e.Type)
		}
	}
	slices.Sort(r.Rules)
	r.Rules = slices.Compact(r.Rules)
	return r
}
