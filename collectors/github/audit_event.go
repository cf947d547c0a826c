package github

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// auditEvent is an entry of an organisation's audit log.
type auditEvent struct {
	ID          string `json:"_document_id"`
	Action      string // "repo.destroy"
	At          int64  `json:"@timestamp"` // milliseconds
	CreatedAt   int64  `json:"created_at"`
	Actor       string
	ActorIsBot  bool `json:"actor_is_bot"`
	Repo        string
	Team        string
	User        string
	Name        string
	Branch      string
	Before      string
	After       string
	UserAgent   string `json:"user_agent"`
	AccessType  string `json:"programmatic_access_type"`
	Application string `json:"oauth_application_name"`
	Reasons     []struct{ Code string }

	raw json.RawMessage
}

// parseAudit reads a page of the audit log. The fields that are read here keep their types; an event of which one has another
// type is kept by what can be read of it.
func parseAudit(body []byte) ([]auditEvent, error) {
	var raws []json.RawMessage
	if err := json.Unmarshal(body, &raws); err != nil {
		return nil, err
	}
	events := make([]auditEvent, 0, len(raws))
	for _, raw := range raws {
		e := auditEvent{raw: raw}
		err := json.Unmarshal(raw, &e)
		if _, ofType := err.(*json.UnmarshalTypeError); err != nil && !ofType {
			return nil, err
		}
		if e.ID != "" && e.Action != "" {
			events = append(events, e)
		}
	}
	return events, nil
}

func (e *auditEvent) at() time.Time { return time.UnixMilli(cmp.Or(e.At, e.CreatedAt)).UTC() }

func (e *auditEvent) actor() record.Account {
	a := account(e.Actor, "")
	if e.ActorIsBot && a.Login != "" {
		a.Kind = record.KindBot
	}
	return a
}

// judgements are the events that say how a push fared against the protection of a branch.
var judgements = map[string]string{
	"protected_branch.policy_override":     "bypass",
	"protected_branch.rejected_ref_update": "fail",
}

// suite makes a judgement of the event, if it is one. It names neither the commit nor, mostly, the branch: what it belongs to is
// found by repository, actor and time.
func (e *auditEvent) suite() (record.RuleSuite, bool) {
	result, is := judgements[e.Action]
	if !is || e.Repo == "" {
		return record.RuleSuite{}, false
	}
	s := record.RuleSuite{
		Source: auditSource, Repo: e.Repo, ID: e.ID, Actor: e.actor(), Ref: e.Branch, Before: hash(e.Before), After: hash(e.After),
		At: e.at(), Result: result,
	}
	for _, r := range e.Reasons {
		s.Rules = append(s.Rules, r.Code)
	}
	return s, true
}

// auditSource is the source of facts that the audit log states.
const auditSource = "github_audit"

// unchanging are kinds of events that change nothing, or what other streams tell better: pull requests, pushes, runs of workflows.
var (
	unchanging = []string{
		"api", "audit_log", "checks", "codespaces", "git", "issue", "issue_comment", "issues", "project", "project_card", "pull_request",
		"pull_request_review", "pull_request_review_comment", "sponsors", "staff", "user", "workflows",
	}
	reading = []string{"access", "clone", "download", "export", "fetch", "list", "read", "search", "show", "view"}
	taking  = []string{"delete", "destroy", "remove"}
)

// changes reports whether the event changed something of the organisation.
func (e *auditEvent) changes() bool {
	category, verb, ok := strings.Cut(e.Action, ".")
	if !ok || slices.Contains(unchanging, category) {
		return false
	}
	return !begins(verb, reading) && !slices.ContainsFunc(reading, func(w string) bool { return strings.HasSuffix(verb, "_"+w) })
}

func begins(verb string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(verb, w) })
}

// action makes a fact of an event that changed something.
func (e *auditEvent) action(org string) record.Action {
	_, verb, _ := strings.Cut(e.Action, ".")
	return record.Action{
		Source: auditSource, ID: e.ID, At: e.at(), System: "github:" + strings.ToLower(org), Actor: e.actor(),
		Principal: strings.TrimSpace(e.AccessType + " " + e.Application), UserAgent: e.UserAgent, Verb: e.Action,
		Resource: cmp.Or(e.Repo, e.Team, e.Name, e.User), Destructive: begins(verb, taking), Level: record.LevelUnknown,
	}
}
