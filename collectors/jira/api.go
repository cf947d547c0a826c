package jira

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors/web"
)

const pageSize = 100

// issue is an issue with its fields as they came.
type issue struct {
	ID     string                     `json:"id"`
	Key    string                     `json:"key"`
	Fields map[string]json.RawMessage `json:"fields"`

	raw json.RawMessage
}

// link is a link between two issues, seen from one of them: it has the one at the other end.
type link struct {
	Type struct {
		Inward  string `json:"inward"`
		Outward string `json:"outward"`
	} `json:"type"`
	Inward  *issue `json:"inwardIssue"`
	Outward *issue `json:"outwardIssue"`
}

// place is where a page of a search begins.
type place struct {
	token string // of the search by marks
	start int    // of the search by offset
}

// searches are the addresses of the search, the newest first.
var searches = []string{"/rest/api/3/search/jql", "/rest/api/3/search", "/rest/api/2/search"}

func (s *Source) call(ctx context.Context, method, path string, body, into any) error {
	_, err := s.client.JSON(ctx, method, s.options.URL+path, s.header, body, into)
	if web.Status(err) == http.StatusUnauthorized {
		return fmt.Errorf("jira does not know the token: check jira.email and jira.token: %w", err)
	}
	return err
}

// gone reports whether an error says that there is no such address here.
func gone(err error) bool {
	return slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone}, web.Status(err))
}

// page is a page of what a query finds, and where the next one begins; nil at the end. The search that works is remembered in at.
func (s *Source) page(ctx context.Context, at *int, jql string, from place) ([]issue, *place, error) {
	for {
		all, next, err := s.search(ctx, searches[*at], jql, from)
		if !gone(err) || *at == len(searches)-1 {
			return all, next, err
		}
		*at++
	}
}

func (s *Source) search(ctx context.Context, path, jql string, from place) ([]issue, *place, error) {
	body := map[string]any{"jql": jql, "maxResults": pageSize, "fields": s.options.fields()}
	byMark := path == searches[0]
	switch {
	case byMark && from.token != "":
		body["nextPageToken"] = from.token
	case !byMark:
		body["startAt"] = from.start
	}
	var answer struct {
		Issues []json.RawMessage `json:"issues"`
		Next   string            `json:"nextPageToken"`
		Total  int               `json:"total"`
	}
	if err := s.call(ctx, http.MethodPost, path, body, &answer); err != nil {
		return nil, nil, err
	}
	all := make([]issue, len(answer.Issues))
	for i, raw := range answer.Issues {
		if err := json.Unmarshal(raw, &all[i]); err != nil {
			return nil, nil, fmt.Errorf("read an issue of jira: %w", err)
		}
		all[i].raw = raw
	}
	end := from.start + len(all)
	switch {
	case len(all) == 0:
	case byMark && answer.Next != "":
		return all, &place{token: answer.Next, start: end}, nil
	case !byMark && end < answer.Total:
		return all, &place{start: end}, nil
	}
	return all, nil, nil
}

// fields are the fields that are asked for.
func (o *Options) fields() []string {
	all := []string{"summary", "description", "status", "priority", "created", "updated", "resolutiondate", "components", "labels", "issuelinks", "issuetype", "environment"}
	f := &o.Fields
	for _, id := range []string{f.Severity, f.Services, f.Environment, f.Cause, f.CauseType, f.Postmortem, f.Started, f.Detected, f.Acknowledged, f.Mitigated, f.Drill} {
		if id != "" && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// exists reports whether an issue can still be read.
func (s *Source) exists(ctx context.Context, id string) (bool, error) {
	err := s.call(ctx, http.MethodGet, "/rest/api/2/issue/"+url.PathEscape(id)+"?fields=updated", nil, nil)
	if web.Status(err) == http.StatusNotFound || web.Status(err) == http.StatusForbidden {
		return false, nil
	}
	return err == nil, err
}

// remote are the addresses that an issue is linked to outside Jira.
func (s *Source) remote(ctx context.Context, id string) ([]string, error) {
	var answer []struct {
		Object struct {
			URL string `json:"url"`
		} `json:"object"`
	}
	err := s.call(ctx, http.MethodGet, "/rest/api/2/issue/"+url.PathEscape(id)+"/remotelink", nil, &answer)
	if web.Status(err) == http.StatusNotFound || web.Status(err) == http.StatusForbidden { // an issue that this account may not see
		return nil, nil
	}
	all := make([]string, len(answer))
	for i := range answer {
		all[i] = answer[i].Object.URL
	}
	return all, err
}

// date reads Jira's form of a time, in which the zone has no colon, and that of RFC 3339.
func date(text string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04:05.999-0700", time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
