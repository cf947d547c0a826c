package github

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// move is a push, merge or other move of a ref. GitHub's description of the answer and its example have different names for
// the last three; either is read.
type move struct {
	ID        int64
	Before    string
	After     string
	Ref       string
	Timestamp time.Time
	Kind      string `json:"activity_type"`
	Actor     *restUser

	PushedAt time.Time `json:"pushed_at"`
	PushType string    `json:"push_type"`
	Pusher   *restUser
}

// parseActivity reads a page of a repository's activity.
func parseActivity(body []byte, repo string) ([]record.Activity, error) {
	var page []move
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, err
	}
	all := make([]record.Activity, len(page))
	for i := range page {
		m := &page[i]
		if m.Timestamp.IsZero() {
			m.Timestamp = m.PushedAt
		}
		if m.Actor == nil {
			m.Actor = m.Pusher
		}
		if m.PushType == "normal" {
			m.PushType = "push"
		}
		all[i] = record.Activity{
			Source: kind, Repo: repo, ID: strconv.FormatInt(m.ID, 10), Kind: cmp.Or(m.Kind, m.PushType), Actor: m.Actor.account(), Ref: m.Ref,
			Before: hash(m.Before), After: hash(m.After), At: m.Timestamp,
		}
	}
	return all, nil
}

// hash is a commit's name; all zeroes stand for none.
func hash(sha string) string {
	if strings.Trim(sha, "0") == "" {
		return ""
	}
	return strings.ToLower(sha)
}

// activity reads who moved which ref: it tells pushes from merges, and force pushes from others. A repository without a push
// since it was asked is asked once a day.
func (s *Source) activity() collectors.Task {
	return s.stream("activity", 30*time.Minute, func(ctx context.Context, p *pass, since record.Cursor) error {
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		w := newSweep[descent](p, since)
		return w.over(ctx, repos, func(ctx context.Context, pt *part[descent]) error {
			if !pt.State.due(pt.Repo.PushedAt, s.now()) {
				return nil
			}
			return s.repositoryActivity(ctx, pt)
		})
	})
}

func (s *Source) repositoryActivity(ctx context.Context, pt *part[descent]) error {
	resumed := pt.State.begin(s.now())
	path := resumed
	if path == "" {
		path = fmt.Sprintf("repos/%s/activity?per_page=100&direction=desc", pt.Repo.Name)
	}
	err := s.eachPage(ctx, path, func(body []byte, next string) (bool, error) {
		page, err := parseActivity(body, pt.Repo.Name)
		if err != nil {
			return false, err
		}
		for _, a := range page {
			if a.At.Before(pt.State.Until) {
				return false, nil
			}
			pt.span(a.At)
			pt.batch.Activities = append(pt.batch.Activities, a)
		}
		pt.State.Page = next
		return true, pt.keep()
	})
	if err != nil {
		return forgetPage(pt, resumed, err)
	}
	pt.State.end(overlap)
	return nil
}
