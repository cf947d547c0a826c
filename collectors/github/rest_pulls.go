package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// restPlan is what is to be done on a server without GraphQL: a job for each repository. There the list of pull requests has no
// way to ask for news, so that each costs a call, and each pull request that is read costs four.
func (w *pullWalk) restPlan(repos []record.HostedRepository) []job {
	jobs := make([]job, len(repos))
	for i, r := range repos {
		at, _ := w.placeOf(r)
		v := visit{repo: r, place: at, horizon: at.horizon(w.now, w.looked), flawed: w.position.Flawed[r.ID]}
		if at.Since == 0 {
			jobs[i] = w.restFirstLoad(v)
		} else {
			jobs[i] = w.restNews(v)
		}
	}
	return jobs
}

// restPull is a line of the list of pull requests.
type restPull struct {
	Number    uint32    `json:"number"`
	UpdatedAt time.Time `json:"updated_at"`
}

// restPage is the address of a page of that list.
func restPage(repo, sort, direction string, page int) string {
	return fmt.Sprintf("repos/%s/pulls?state=all&sort=%s&direction=%s&per_page=100&page=%d", repo, sort, direction, page)
}

// restFirstLoad reads a repository in the order in which its pull requests were made, which nothing disturbs. What is touched
// meanwhile is news of the next run.
func (w *pullWalk) restFirstLoad(v visit) job {
	return func(ctx context.Context, tell func(report) error) error {
		at := v.place
		page, err := strconv.Atoi(at.After)
		if err != nil || at.Upto == 0 {
			page, at.Upto = 1, w.now.Unix()
		}
		for guard := web.NewPages(mostPages); ; page++ {
			list, more, err := w.source.restList(ctx, guard, restPage(v.repo.Name, "created", "asc", page))
			if err != nil {
				return tell(report{repo: v.repo, err: err})
			}
			r, err := w.restReport(ctx, v.repo, list)
			if err != nil {
				return tell(report{repo: v.repo, err: err})
			}
			at.After = strconv.Itoa(page + 1)
			next := at
			if r.place = &next; !more {
				r.place, r.done = at.read(time.Unix(at.Upto, 0), w.now, true), true
			}
			if err := tell(r); err != nil || r.done {
				return err
			}
		}
	}
}

// restNews reads a repository from the newest update back to the horizon.
func (w *pullWalk) restNews(v visit) job {
	return func(ctx context.Context, tell func(report) error) error {
		var newest time.Time
		guard := web.NewPages(mostPages)
		for page := 1; ; page++ {
			list, more, err := w.source.restList(ctx, guard, restPage(v.repo.Name, "updated", "desc", page))
			if err != nil {
				return tell(report{repo: v.repo, err: err})
			}
			if len(list) > 0 && page == 1 {
				newest = list[0].UpdatedAt
			}
			if page == 1 && !w.hasNews(&v.place, newest) {
				if v.flawed {
					return tell(report{repo: v.repo, done: true})
				}
				return nil
			}
			for i, p := range list {
				if p.UpdatedAt.Before(v.horizon) {
					list, more = list[:i], false
					break
				}
			}
			r, err := w.restReport(ctx, v.repo, list)
			if err != nil {
				return tell(report{repo: v.repo, err: err})
			}
			if r.done = !more; r.done {
				r.place = v.place.read(newest, w.now, v.place.stale(w.now))
			}
			if err := tell(r); err != nil || r.done {
				return err
			}
		}
	}
}

// restList is a page of the list, and whether another follows.
func (s *Source) restList(ctx context.Context, guard *web.Pages, path string) ([]restPull, bool, error) {
	var body json.RawMessage
	next, err := s.get(ctx, path, &body)
	if err != nil {
		return nil, false, err
	}
	if err := guard.Next(path, body); err != nil {
		return nil, false, fmt.Errorf("GET %s: %w", path, err)
	}
	var list []restPull
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, false, fmt.Errorf("GET %s: read the answer: %w", path, err)
	}
	return list, next != "", nil
}

// restReport reads the pull requests of a page. One that is gone since the list was made is left to [Source.deletions].
func (w *pullWalk) restReport(ctx context.Context, repo record.HostedRepository, list []restPull) (report, error) {
	r := report{repo: repo}
	for _, line := range list {
		p, err := w.source.restPull(ctx, repo.Name, line.Number)
		if code := status(err); code == http.StatusNotFound || code == http.StatusGone {
			r.warnings = append(r.warnings, record.Warning{
				Code: "vanished_pull_request", Subject: pullName(repo.Name, line.Number), Detail: "it is in the list and cannot be read; it was passed over", Loss: true,
			})
			continue
		}
		if err != nil {
			return r, err
		}
		p.sane(w.now)
		r.facts = append(r.facts, p.facts(repo.Name))
	}
	return r, nil
}

// restPull reads one pull request with its reviews, commits and events, and brings it into GraphQL's form.
func (s *Source) restPull(ctx context.Context, repo string, number uint32) (*pull, error) {
	at := fmt.Sprintf("repos/%s/pulls/%d", repo, number)
	var raw json.RawMessage
	if _, err := s.get(ctx, at, &raw); err != nil {
		return nil, err
	}
	var detail restDetail
	if err := json.Unmarshal(raw, &detail); err != nil {
		return nil, fmt.Errorf("GET %s: read the answer: %w", at, err)
	}
	p := detail.pull()
	p.raw = raw
	reviews, err := all[restReview](ctx, s, at+"/reviews?per_page=100")
	if err != nil {
		return nil, err
	}
	for _, r := range reviews {
		p.Reviews.Nodes = append(p.Reviews.Nodes, r.review())
	}
	commits, err := all[restCommit](ctx, s, at+"/commits?per_page=100")
	if err != nil {
		return nil, err
	}
	for _, c := range commits {
		p.Commits.Nodes = append(p.Commits.Nodes, c.commit())
	}
	p.TimelineItems.Nodes, err = s.restEvents(ctx, repo, number)
	return p, err
}

// restEvents reads what happened to a pull request. Servers that are not GitHub may not have it.
func (s *Source) restEvents(ctx context.Context, repo string, number uint32) ([]*event, error) {
	if s.noTimeline.Load() {
		return nil, nil
	}
	found, err := all[restEvent](ctx, s, fmt.Sprintf("repos/%s/issues/%d/timeline?per_page=100", repo, number))
	if code := status(err); code == http.StatusNotFound || code == http.StatusGone {
		s.noTimeline.Store(true)
		return nil, nil
	}
	var events []*event
	for _, e := range found {
		events = append(events, e.event())
	}
	return events, err
}
