package github

import (
	"context"
	"fmt"

	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

const (
	completeAtOnce = 10  // pull requests whose long lists are read in one query
	mostParts      = 100 // pages of one list
)

// pullRest is what PullRest answers for one pull request: lists that were not asked for are empty.
type pullRest struct{ pullLists }

// complete reads the lists that did not fit on a page. One that cannot be read leaves its pull request incomplete, and a warning.
func (s *Source) complete(ctx context.Context, repo string, page []*pull) ([]record.Warning, error) {
	if err := s.completeMost(ctx, page); err != nil {
		return nil, err
	}
	var lost []record.Warning
	for _, p := range page {
		err := s.completeOne(ctx, p)
		if hopelessError(err) != nil {
			return nil, err
		}
		if err != nil {
			p.incomplete = true
			lost = append(lost, record.Warning{
				Code: "incomplete_pull_request", Subject: pullName(repo, p.Number), Detail: err.Error() + "; what was read of it is kept", Loss: true,
			})
		}
	}
	return lost, nil
}

// completeNews reads on the long lists of several repositories' news together, as far as they will be taken.
func (s *Source) completeNews(ctx context.Context, due []visit, found map[string]node[newestPulls]) error {
	var news []*pull
	for _, v := range due {
		n := found[v.repo.Node].Value
		if n == nil {
			continue
		}
		for _, p := range present(n.PullRequests.Nodes) {
			if !p.UpdatedAt.Before(v.horizon) {
				news = append(news, p)
			}
		}
	}
	return s.completeMost(ctx, news)
}

// completeMost reads the long lists of a page, some pull requests at a time.
func (s *Source) completeMost(ctx context.Context, page []*pull) error {
	var long []*pull
	for _, p := range page {
		if p.long() && !p.started {
			long = append(long, p)
		}
	}
	for start := 0; start < len(long); start += completeAtOnce {
		if err := s.completeSome(ctx, long[start:min(start+completeAtOnce, len(long))]); err != nil {
			return err
		}
	}
	return nil
}

// completeSome reads the first hundred of every list of several pull requests at once, which is all of most. If it fails they
// are read by themselves.
func (s *Source) completeSome(ctx context.Context, some []*pull) error {
	ids := make([]string, len(some))
	for i, p := range some {
		ids[i] = p.ID
	}
	vars := map[string]any{"reviews": true, "commits": true, "events": true}
	found, err := askNodes[pullRest](web.Impatient(ctx), s, pullRestQuery, vars, ids)
	if err != nil {
		return hopelessError(err)
	}
	for _, p := range some {
		if n := found[p.ID].Value; n != nil {
			p.started = true
			p.Reviews.follow(n.Reviews, true)
			p.Commits.follow(n.Commits, true)
			p.TimelineItems.follow(n.TimelineItems, true)
		}
	}
	return nil
}

// completeOne follows the lists of one pull request to their ends, side by side.
func (s *Source) completeOne(ctx context.Context, p *pull) error {
	for pages := 0; p.long(); pages++ {
		if pages == mostParts {
			return fmt.Errorf("a list of it has more than %d pages", mostParts)
		}
		vars := map[string]any{"reviews": p.Reviews.more(), "commits": p.Commits.more(), "events": p.TimelineItems.more()}
		for name, after := range map[string]string{
			"reviewsAfter": p.Reviews.PageInfo.EndCursor, "commitsAfter": p.Commits.PageInfo.EndCursor, "eventsAfter": p.TimelineItems.PageInfo.EndCursor,
		} {
			if after != "" {
				vars[name] = after
			}
		}
		n, err := s.restOf(ctx, p.ID, vars)
		if err != nil {
			return err
		}
		p.Reviews.follow(n.Reviews, false)
		p.Commits.follow(n.Commits, false)
		p.TimelineItems.follow(n.TimelineItems, false)
	}
	return nil
}

// restOf asks for one page of the lists of a pull request, a few times if need be.
func (s *Source) restOf(ctx context.Context, id string, vars map[string]any) (*pullRest, error) {
	for try := 1; ; try++ {
		found, err := askNodes[pullRest](ctx, s, pullRestQuery, vars, []string{id})
		if err == nil {
			return found[id].Value, found[id].Err
		}
		if !tooMuch(err) || try == lastTries {
			return nil, err
		}
		if err := s.rest(ctx, firstPullGap<<(try-1)); err != nil {
			return nil, err
		}
	}
}
