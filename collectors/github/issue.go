package github

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// issue is an issue of GitHub as far as it is read here.
type issue struct {
	ID          int64
	NodeID      string `json:"node_id"`
	Number      int
	Title       string
	Body        string
	State       string
	StateReason string `json:"state_reason"`
	URL         string `json:"html_url"`
	User        *restUser
	Labels      []issueLabel
	PullRequest *struct{}  `json:"pull_request"` // GitHub lists pull requests among the issues
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`
	ClosedAt    *time.Time `json:"closed_at"`

	raw json.RawMessage
}

// issueLabel is a label: an object, or in old answers its name alone.
type issueLabel string

// UnmarshalJSON reads either form.
func (l *issueLabel) UnmarshalJSON(text []byte) error {
	var whole struct{ Name string }
	if len(text) > 0 && text[0] == '"' {
		return json.Unmarshal(text, (*string)(l))
	}
	err := json.Unmarshal(text, &whole)
	*l = issueLabel(whole.Name)
	return err
}

// parseIssues reads a page of the list, without the pull requests that are in it. It says when the last thing of the page, of
// either sort, was touched.
func parseIssues(body []byte) (issues []issue, last time.Time, err error) {
	var raws []json.RawMessage
	if err := json.Unmarshal(body, &raws); err != nil {
		return nil, last, err
	}
	for _, raw := range raws {
		one := issue{raw: raw}
		if err := json.Unmarshal(raw, &one); err != nil {
			return nil, last, err
		}
		if one.UpdatedAt.After(last) {
			last = one.UpdatedAt
		}
		if one.PullRequest == nil {
			issues = append(issues, one)
		}
	}
	return issues, last, nil
}

func (i *issue) id() string { return strconv.FormatInt(i.ID, 10) }

func (i *issue) labels() []string {
	names := make([]string, len(i.Labels))
	for n, l := range i.Labels {
		names[n] = string(l)
	}
	return names
}

// incident makes a fact of the issue. What it says of cause and remedy is in causes.
func (i *issue) incident(repo string, causes []record.Cause) record.Incident {
	labels := i.labels()
	in := record.Incident{
		Source: kind, ID: i.id(), Title: i.Title, Severity: severityOf(labels), DeclaredAt: i.CreatedAt, UpdatedAt: i.UpdatedAt,
		Services: named(labels, serviceLabel), Repos: named(labels, repoLabel), URL: i.URL, CauseType: causeTypeOf(labels), Status: i.State,
		Summary: i.Body, Extra: map[string]string{"repository": repo, "number": strconv.Itoa(i.Number), "labels": strings.Join(labels, ", ")},
	}
	if len(in.Repos) == 0 {
		in.Repos = []string{repo}
	}
	if i.ClosedAt != nil {
		in.ResolvedAt = *i.ClosedAt
	}
	if i.StateReason != "" {
		in.Extra["state_reason"] = i.StateReason
	}
	for _, c := range causes {
		if c.Role == record.RoleCause && in.CauseType == record.CauseUnknown {
			in.CauseType = record.CauseChange
		}
	}
	return in
}

// textScore is the trust in what somebody wrote in an incident: a person named the change, in words that a pattern read.
const textScore = 0.7

// causes are the changes that the text names.
func (i *issue) causes(repo string) []record.Cause {
	var all []record.Cause
	for _, r := range parseReferences(i.Body, repo) {
		if r.Kind == "pull_request" && r.Repo == repo && r.Ref == strconv.Itoa(i.Number) { // itself
			continue
		}
		all = append(all, record.Cause{
			Source: kind, Incident: i.id(), Role: r.Role, Kind: r.Kind, Repo: r.Repo, Ref: r.Ref, Method: "text", Score: textScore,
			StatedAt: i.UpdatedAt, URL: i.URL, By: i.User.account(),
		})
	}
	return all
}
