package github

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// firstLoad reads a repository from the oldest update on, going on after the page where an earlier run was cut off. What is
// touched meanwhile comes once more at the end.
func (w *pullWalk) firstLoad(v visit) job {
	return func(ctx context.Context, tell func(report) error) error {
		at := v.place
		pages := w.source.pullPages(v.repo, oldestFirst, at.After)
		for {
			list, trouble := pages.several(ctx)
			if len(list) == 0 && at.After != "" && outdated(trouble) { // of another server, or too old: from the beginning
				at.After, pages = "", w.source.pullPages(v.repo, oldestFirst, "")
				continue
			}
			r, err := w.report(ctx, v.repo, list)
			if err != nil {
				return tell(report{repo: v.repo, err: err})
			}
			r.warnings = append(r.warnings, pages.take()...)
			at.advance(list, pages.after)
			next := at
			if r.place, r.err = &next, trouble; trouble == nil && !pages.more {
				r.place, r.done = at.read(time.Unix(at.Upto, 0), w.now, true), true
			}
			if err := tell(r); err != nil || r.done || trouble != nil {
				return err
			}
		}
	}
}

// outdated reports whether an error is about the cursor of a page.
func outdated(err error) bool {
	var flaws queryError
	return errors.As(err, &flaws) && strings.Contains(strings.ToLower(flaws.Error()), "cursor")
}

// newestPulls is the first page of a repository in a query for several.
type newestPulls struct{ PullRequests connection[*pull] }

// readNews reads what is new in some repositories at once. Those with more than a little are read on, one after the other.
func (w *pullWalk) readNews(due []visit) job {
	return func(ctx context.Context, tell func(report) error) error {
		ids := make([]string, len(due))
		for i, v := range due {
			ids[i] = v.repo.Node
		}
		vars := map[string]any{"size": newsEach, "order": newestFirst}
		found, err := askNodes[newestPulls](web.Impatient(ctx), w.source, newestPullsQuery, vars, ids)
		if err := hopelessError(err); err != nil {
			return err
		}
		if err := w.source.completeNews(ctx, due, found); err != nil {
			return err
		}
		for _, v := range due {
			pages := w.source.pullPages(v.repo, newestFirst, "")
			n := found[v.repo.Node] // none at all when the query failed: the repository is then read by itself
			if n.Err != nil {
				if err := tell(report{repo: v.repo, err: n.Err}); err != nil {
					return err
				}
				continue
			}
			if n.Value != nil {
				pages.first(n.Value.PullRequests)
			}
			if err := w.descend(ctx, v, pages, tell); err != nil {
				return err
			}
		}
		return nil
	}
}

// descend reads a repository from the newest update back to the horizon. Only then is it known to be read up to the newest.
func (w *pullWalk) descend(ctx context.Context, v visit, pages *pullPages, tell func(report) error) error {
	var newest time.Time
	refreshed := v.place.stale(w.now)
	for {
		page, err := pages.next(ctx)
		if err != nil {
			return tell(report{repo: v.repo, err: err})
		}
		reached := !pages.more
		for i, p := range page {
			if p.UpdatedAt.After(newest) {
				newest = p.UpdatedAt
			}
			if p.UpdatedAt.Before(v.horizon) {
				page, reached = page[:i], true
				break
			}
		}
		r, err := w.report(ctx, v.repo, page)
		if err != nil {
			return tell(report{repo: v.repo, err: err})
		}
		r.warnings = append(r.warnings, pages.take()...)
		if r.done = reached; reached {
			r.place = v.place.read(newest, w.now, refreshed)
		}
		if err := tell(r); err != nil || reached {
			return err
		}
	}
}

// report makes facts of a page, after what did not fit on it was read.
func (w *pullWalk) report(ctx context.Context, repo record.HostedRepository, page []*pull) (report, error) {
	r := report{repo: repo}
	lost, err := w.source.complete(ctx, repo.Name, page)
	if err != nil {
		return r, err
	}
	r.warnings = lost
	for _, p := range page {
		if claimed := p.UpdatedAt; !p.sane(w.now) {
			r.warnings = append(r.warnings, record.Warning{
				Code: "future_date", Subject: pullName(repo.Name, p.Number), Detail: "touched at " + claimed.UTC().Format(time.RFC3339) + ", taken for now",
			})
		}
		r.facts = append(r.facts, p.facts(repo.Name))
	}
	return r, nil
}
