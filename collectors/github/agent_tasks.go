package github

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

//go:embed query/task_pulls.graphql
var taskPullsQuery string

// agentTasks reads who gave which work to GitHub's agent. An agent's work ends in a push, so a repository without one since it
// was asked is asked once a day. The tokens of an App's installation are refused here.
func (s *Source) agentTasks() collectors.Task {
	return s.stream("agent_tasks", 30*time.Minute, func(ctx context.Context, p *pass, since record.Cursor) error {
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		w := newSweep[descent](p, since)
		r := &taskReader{source: s, logins: map[int64]record.Account{}}
		return w.over(ctx, repos, func(ctx context.Context, pt *part[descent]) error {
			if !pt.State.due(pt.Repo.PushedAt, s.now()) {
				return nil
			}
			return r.read(ctx, pt)
		})
	})
}

// taskReader reads tasks, one repository after the other, and remembers whom it asked for.
type taskReader struct {
	source *Source
	logins map[int64]record.Account
}

func (r *taskReader) read(ctx context.Context, pt *part[descent]) error {
	pt.State.begin(r.source.now())
	since := pt.State.Until.Format(time.RFC3339)
	asked := collectors.Window{Filter: "since=" + since, From: pt.State.Until}
	for _, archived := range []string{"false", "true"} {
		q := url.Values{"per_page": {"100"}, "sort": {"updated_at"}, "direction": {"asc"}, "is_archived": {archived}}
		if !pt.State.Until.IsZero() {
			q.Set("since", since)
		}
		err := r.source.eachPage(ctx, fmt.Sprintf("agents/repos/%s/tasks?%s", pt.Repo.Name, q.Encode()), func(body []byte, _ string) (bool, error) {
			tasks, err := parseAgentTasks(body)
			if err != nil {
				return false, err
			}
			tasks = slices.DeleteFunc(tasks, func(t agentTask) bool { return !asked.Holds(t.UpdatedAt) })
			pt.heed(&asked)
			if err := r.add(ctx, pt, tasks); err != nil {
				return false, err
			}
			return true, pt.keep()
		})
		if err != nil {
			return err
		}
	}
	pt.State.end(overlap)
	return nil
}

func (r *taskReader) add(ctx context.Context, pt *part[descent], tasks []agentTask) error {
	numbers, err := r.numbers(ctx, pt.Repo.Name, tasks)
	if err != nil {
		return err
	}
	for i := range tasks {
		t := &tasks[i]
		fact := t.record(pt.Repo.Name)
		if t.Creator != nil && t.Maker != "organization" {
			if fact.Creator, err = r.login(ctx, t.Creator.ID); err != nil {
				return err
			}
		}
		node, id := t.pull()
		if fact.Number = numbers[node]; fact.Number == 0 {
			fact.Number = numbers[fmt.Sprint(id)]
		}
		if fact.Number == 0 && (node != "" || id != 0) {
			pt.warn(record.Warning{
				Code: "agent_task_pull_request", Subject: pt.Repo.Name + " " + t.ID,
				Detail: "the task has a pull request whose number GitHub did not tell: its prompter is not known there", Loss: true,
			})
		}
		pt.span(fact.UpdatedAt)
		pt.batch.AgentTasks = append(pt.batch.AgentTasks, fact)
		pt.batch.Payloads = append(pt.batch.Payloads, t.payload(pt.Repo.Name))
	}
	return nil
}

// login asks who has a number. Somebody who is gone has no login any more.
func (r *taskReader) login(ctx context.Context, id int64) (record.Account, error) {
	if who, known := r.logins[id]; known {
		return who, nil
	}
	var user restUser
	_, err := r.source.get(ctx, fmt.Sprintf("user/%d", id), &user)
	if err != nil && !errors.As(r.source.absent(err), new(collectors.Absent)) {
		return record.Account{}, err
	}
	r.logins[id] = user.account()
	return r.logins[id], nil
}

// numbers finds the numbers of the tasks' pull requests: by their node ids, and where there are none among the repository's newest
// pull requests.
func (r *taskReader) numbers(ctx context.Context, repo string, tasks []agentTask) (map[string]uint32, error) {
	numbers := map[string]uint32{}
	var ids []string
	others := false
	for i := range tasks {
		if node, id := tasks[i].pull(); node != "" {
			ids = append(ids, node)
		} else if id != 0 {
			others = true
		}
	}
	if len(ids) > 0 {
		found, err := askNodes[struct{ Number uint32 }](ctx, r.source, taskPullsQuery, nil, ids)
		if err != nil && !errors.Is(err, errNoGraphQL) {
			return nil, err
		}
		others = others || err != nil
		for id, n := range found {
			if n.Value != nil {
				numbers[id] = n.Value.Number
			}
		}
	}
	if !others {
		return numbers, nil
	}
	return numbers, r.newest(ctx, repo, numbers)
}

// newest adds the numbers of the newest hundred pull requests, by both of GitHub's ids.
func (r *taskReader) newest(ctx context.Context, repo string, numbers map[string]uint32) error {
	var pulls []struct {
		ID     int64
		Node   string `json:"node_id"`
		Number uint32
	}
	if _, err := r.source.get(ctx, fmt.Sprintf("repos/%s/pulls?state=all&sort=created&direction=desc&per_page=100", repo), &pulls); err != nil {
		return err
	}
	for _, p := range pulls {
		numbers[p.Node], numbers[fmt.Sprint(p.ID)] = p.Number, p.Number
	}
	return nil
}
