package github

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

var (
	//go:embed query/incident_issues.graphql
	incidentIssuesQuery string
	//go:embed query/issue_fixes.graphql
	issueFixesQuery string
)

// issuePages is how many pages of issues are read before the list is asked for anew, from the last time on: GitHub refuses deep
// pages.
const issuePages = 50

// issueState is how far the issues of a repository were read: by label, since all labels of a question must be on an issue.
type issueState struct {
	Since map[string]time.Time `json:"s,omitempty"`
}

// oldest is the time since which every label is to be asked for.
func (st issueState) oldest(labels []string) time.Time {
	var oldest time.Time
	for i, label := range labels {
		if since := st.Since[label]; i == 0 || since.Before(oldest) {
			oldest = since
		}
	}
	return oldest
}

// issues reads the issues that have a label of an incident, from old to new by when they were touched. Where there is GraphQL, it
// says first which repositories have any news: a hundred of them a request.
func (s *Source) issues() collectors.Task {
	return s.stream("incidents", 15*time.Minute, func(ctx context.Context, p *pass, since record.Cursor) error {
		if len(s.opts.IncidentLabels) == 0 {
			return collectors.Absent{Why: "no label of issues that are incidents is named"}
		}
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		w := newSweep[issueState](p, since)
		r := &issueReader{source: s, news: &ahead[issueNews]{source: s, query: incidentIssuesQuery, size: 100, repos: repos}}
		r.news.vars = map[string]any{"labels": s.opts.IncidentLabels}
		if oldest := r.oldest(w, repos); !oldest.IsZero() {
			r.news.vars["since"] = oldest.Format(time.RFC3339)
		}
		return w.over(ctx, repos, r.read)
	})
}

// issueNews is what GraphQL says of one repository.
type issueNews struct {
	Issues *struct{ TotalCount int }
}

// issueReader reads issues, one repository after the other.
type issueReader struct {
	source *Source
	news   *ahead[issueNews]
}

// oldest is since when any of the repositories is to be asked for; zero when one was never.
func (r *issueReader) oldest(w *sweep[issueState], repos []record.HostedRepository) time.Time {
	var oldest time.Time
	for i, repo := range repos {
		if since := w.Parts[repo.ID].oldest(r.source.opts.IncidentLabels); i == 0 || since.Before(oldest) {
			oldest = since
		}
	}
	return oldest
}

func (r *issueReader) read(ctx context.Context, pt *part[issueState]) error {
	asked := r.source.now()
	pt.State.Since = maps.Clone(pt.State.Since)
	if pt.State.Since == nil {
		pt.State.Since = map[string]time.Time{}
	}
	news, err := r.news.of(ctx, pt.Repo)
	if err != nil && !errors.Is(err, errNoGraphQL) {
		return err
	}
	quiet := news != nil && news.Issues != nil && news.Issues.TotalCount == 0
	for _, label := range r.source.opts.IncidentLabels {
		if !quiet {
			if err := r.label(ctx, pt, label); err != nil {
				return err
			}
		}
		if settled := asked.Add(-overlap); settled.After(pt.State.Since[label]) {
			pt.State.Since[label] = settled
		}
	}
	return nil
}

// label reads the issues with one label, in stretches of pages.
func (r *issueReader) label(ctx context.Context, pt *part[issueState], label string) error {
	for {
		from := pt.State.Since[label]
		asked := collectors.Window{Filter: "since=" + from.Format(time.RFC3339), From: from, Slack: time.Second}
		more, err := r.stretch(ctx, pt, label, &asked)
		if err != nil || !more {
			return err
		}
		if !pt.State.Since[label].After(from) {
			if asked.Ignored() {
				return fmt.Errorf("the server does not heed %s, and has more issues of label %q than it lists at once", asked.Filter, label)
			}
			return fmt.Errorf("more than %d issues of label %q were touched in the same second: they cannot be told apart", issuePages*100, label)
		}
	}
}

// stretch reads some pages, and reports whether there are more.
func (r *issueReader) stretch(ctx context.Context, pt *part[issueState], label string, asked *collectors.Window) (more bool, err error) {
	q := url.Values{"labels": {label}, "state": {"all"}, "sort": {"updated"}, "direction": {"asc"}, "per_page": {"100"}}
	since := pt.State.Since[label]
	if !since.IsZero() {
		q.Set("since", since.Format(time.RFC3339))
	}
	n := 0
	err = r.source.eachPage(ctx, fmt.Sprintf("repos/%s/issues?%s", pt.Repo.Name, q.Encode()), func(body []byte, next string) (bool, error) {
		issues, last, err := parseIssues(body)
		if err != nil {
			return false, err
		}
		issues = slices.DeleteFunc(issues, func(one issue) bool { return !asked.Holds(one.UpdatedAt) })
		pt.heed(asked)
		if err := r.add(ctx, pt, issues); err != nil {
			return false, err
		}
		if now := r.source.now(); last.After(now) {
			last = now
		}
		if last.After(pt.State.Since[label]) {
			pt.State.Since[label] = last
		}
		n++
		more = next != "" && n == issuePages
		return !more, pt.keep()
	})
	if n > 0 && status(err) == http.StatusUnprocessableEntity { // it was too deep for this GitHub
		return true, nil
	}
	if status(err) == http.StatusGone { // the repository has no issues: none, and known
		return false, nil
	}
	return more, err
}

func (r *issueReader) add(ctx context.Context, pt *part[issueState], issues []issue) error {
	fixes, err := r.fixes(ctx, issues)
	if err != nil {
		return err
	}
	for i := range issues {
		one := &issues[i]
		causes := append(one.causes(pt.Repo.Name), fixes[one.NodeID]...)
		pt.span(one.UpdatedAt)
		pt.batch.Incidents = append(pt.batch.Incidents, one.incident(pt.Repo.Name, causes))
		pt.batch.Causes = append(pt.batch.Causes, causes...)
		pt.batch.Payloads = append(pt.batch.Payloads, record.Payload{Source: kind, Kind: "incident", Scope: pt.Repo.Name, ID: one.id(), Body: string(one.raw)})
	}
	return nil
}

// issueFixes are the pull requests that close an issue.
type issueFixes struct {
	Closing *struct {
		Nodes []struct {
			Number     int
			MergedAt   *time.Time
			URL        string
			Repository struct{ NameWithOwner string }
		}
	} `json:"closedByPullRequestsReferences"`
}

// fixes asks which merged pull requests close the issues: they mended what the issues are about, and caused none of it. Where
// there is no GraphQL, that is not known.
func (r *issueReader) fixes(ctx context.Context, issues []issue) (map[string][]record.Cause, error) {
	byNode := map[string]*issue{}
	var ids []string
	for i := range issues {
		if issues[i].NodeID != "" {
			byNode[issues[i].NodeID] = &issues[i]
			ids = append(ids, issues[i].NodeID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := askNodes[issueFixes](ctx, r.source, issueFixesQuery, nil, ids)
	if err != nil {
		if errors.Is(err, errNoGraphQL) {
			err = nil
		}
		return nil, err
	}
	all := map[string][]record.Cause{}
	for id, n := range found {
		if n.Value == nil || n.Value.Closing == nil {
			continue
		}
		for _, pull := range n.Value.Closing.Nodes {
			if pull.MergedAt == nil {
				continue
			}
			all[id] = append(all[id], record.Cause{
				Source: kind, Incident: byNode[id].id(), Role: record.RoleFix, Kind: "pull_request", Repo: pull.Repository.NameWithOwner,
				Ref: strconv.Itoa(pull.Number), Method: "issue_link", Score: 1, StatedAt: *pull.MergedAt, URL: pull.URL,
			})
		}
	}
	return all, nil
}
