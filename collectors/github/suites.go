package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// listedSuites is how long GitHub lists suites: its longest period.
const listedSuites = 30 * 24 * time.Hour

// suites reads how GitHub judged pushes by the rules, with those that bypassed them: for an organisation in one list, else for
// each repository. The list reaches back a month at most, so it must be read more often than that.
func (s *Source) suites() collectors.Task {
	return s.stream("rule_suites", time.Hour, func(ctx context.Context, p *pass, since record.Cursor) error {
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		w := newSweep[descent](p, since)
		if s.opts.Org != "" {
			err := s.organisationSuites(ctx, w, repos)
			if err == nil || status(err) != http.StatusNotFound { // a user's account has no such list; its repositories have
				return s.absent(err)
			}
		}
		return w.over(ctx, repos, func(ctx context.Context, pt *part[descent]) error {
			if !pt.State.due(pt.Repo.PushedAt, s.now()) {
				return nil
			}
			return s.repositorySuites(ctx, pt)
		})
	})
}

// wholeList is the place in the cursor of the list of the organisation.
const wholeList = ""

func (s *Source) organisationSuites(ctx context.Context, w *sweep[descent], repos []record.HostedRepository) error {
	byID := map[string]string{}
	for _, r := range repos {
		byID[r.ID] = r.Name
	}
	pt := &part[descent]{sweep: w, State: w.Parts[wholeList], Repo: record.HostedRepository{ID: wholeList, Name: s.opts.Name}}
	err := s.walkSuites(ctx, pt, "orgs/"+s.opts.Org, func(one *suite) (string, bool) {
		name, known := byID[strconv.FormatInt(one.RepositoryID, 10)]
		return name, known // others are not asked for
	})
	if err != nil {
		return err
	}
	w.Parts[wholeList] = pt.State
	w.batch.Covered = append(w.batch.Covered, record.Covered{Scope: s.opts.Name, Rows: uint64(max(0, w.batch.Rows()-pt.rows)), From: pt.from, To: s.now()})
	return w.flush()
}

func (s *Source) repositorySuites(ctx context.Context, pt *part[descent]) error {
	return s.walkSuites(ctx, pt, "repos/"+pt.Repo.Name, func(*suite) (string, bool) { return pt.Repo.Name, true })
}

// walkSuites reads the suites of a period that reaches back to what is known. The order of the list is not promised, so all
// pages of the period are read.
func (s *Source) walkSuites(ctx context.Context, pt *part[descent], scope string, repoOf func(*suite) (string, bool)) error {
	now := s.now()
	pt.State.begin(now)
	from := now.Add(-listedSuites)
	tooOld := pt.State.Until.Before(from)
	if !tooOld {
		from = pt.State.Until
	}
	pt.span(from)
	name, length := period(now.Sub(from))
	asked := collectors.Window{Filter: "time_period=" + name, From: now.Add(-length), Slack: overlap}
	path := fmt.Sprintf("%s/rulesets/rule-suites?rule_suite_result=all&per_page=100&time_period=%s", scope, name)
	err := s.eachPage(ctx, path, func(body []byte, _ string) (bool, error) {
		page, err := parseSuites(body)
		if err != nil {
			return false, err
		}
		for i := range page {
			repo, wanted := repoOf(&page[i])
			if !asked.Holds(page[i].PushedAt) || !wanted || page[i].PushedAt.Before(from) {
				continue
			}
			if err := s.addSuite(ctx, pt, scope, repo, page[i]); err != nil {
				return false, err
			}
		}
		pt.heed(&asked)
		return true, pt.keep()
	})
	if err != nil {
		return err
	}
	if tooOld {
		pt.warnOnce(record.Warning{
			Code: "rule_suites_too_old", Subject: pt.Repo.Name, Detail: "rule suites older than a month cannot be listed: bypasses before that are not known", Loss: true,
		})
	}
	pt.State.end(overlap)
	return nil
}

// addSuite keeps a suite. Of one that failed or was bypassed it asks which rules were not met.
func (s *Source) addSuite(ctx context.Context, pt *part[descent], scope, repo string, one suite) error {
	if one.Result != "pass" && one.Evaluations == nil {
		var body json.RawMessage
		_, err := s.get(ctx, fmt.Sprintf("%s/rulesets/rule-suites/%d", scope, one.ID), &body)
		var absent collectors.Absent
		switch {
		case errors.As(s.absent(err), &absent): // that it was bypassed is known; which rules is not
		case err != nil:
			return err
		default:
			whole, err := parseSuite(body)
			if err != nil {
				return fmt.Errorf("rule suite %d: %w", one.ID, err)
			}
			one.Evaluations = whole.Evaluations
			pt.batch.Payloads = append(pt.batch.Payloads, record.Payload{
				Source: kind, Kind: "rule_suite", Scope: repo, ID: strconv.FormatInt(one.ID, 10), Body: string(body),
			})
		}
	}
	pt.batch.RuleSuites = append(pt.batch.RuleSuites, one.record(repo))
	return nil
}

// period is the shortest of GitHub's periods that holds a time, with room for clocks that differ, and how long it is at most.
func period(d time.Duration) (name string, length time.Duration) {
	switch d += overlap; {
	case d <= time.Hour:
		return "hour", time.Hour
	case d <= 24*time.Hour:
		return "day", 24 * time.Hour
	case d <= 7*24*time.Hour:
		return "week", 7 * 24 * time.Hour
	}
	return "month", 31 * 24 * time.Hour
}
