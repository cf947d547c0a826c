package github

import (
	"context"
	"errors"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// pulls is the stream of pull requests, with their reviews, commits and events.
func (s *Source) pulls() collectors.Task {
	return s.stream("pull_requests", 10*time.Minute, s.readPulls)
}

func (s *Source) readPulls(ctx context.Context, p *pass, since record.Cursor) error {
	pos, err := readPosition(since)
	if err != nil {
		return err
	}
	l, err := s.list(ctx)
	if err != nil {
		return err
	}
	w := newPullWalk(s, p, pos)
	w.batch.Covered = append(w.batch.Covered, l.missing...)
	jobs, err := w.plan(ctx, l.repos)
	if errors.Is(err, errNoGraphQL) {
		jobs, err = w.restPlan(l.repos), nil
	}
	if err != nil {
		return err
	}
	return w.run(ctx, jobs)
}

// pullNews is what is asked of every repository in every run: whether there is anything to read.
type pullNews struct {
	PullRequests connection[struct{ UpdatedAt time.Time }]
}

// askAtOnce is how many repositories one query asks for news, readAtOnce how many it reads those of.
const (
	askAtOnce  = 100
	readAtOnce = 10
	newsEach   = 10 // pull requests of each of those; who has more is read on by itself
)

// plan asks which repositories have news and says what is to be done: one job for each that was never read to its end, and one
// for every few of those with news.
func (w *pullWalk) plan(ctx context.Context, repos []record.HostedRepository) ([]job, error) {
	ids := make([]string, len(repos))
	for i, r := range repos {
		if ids[i] = r.Node; r.Node == "" {
			return nil, errNoGraphQL
		}
	}
	news := map[string]node[pullNews]{}
	for start := 0; start < len(ids); start += askAtOnce {
		some := ids[start:min(start+askAtOnce, len(ids))]
		found, err := askNodes[pullNews](ctx, w.source, pullNewsQuery, nil, some)
		if err != nil {
			return nil, err
		}
		for id, n := range found {
			news[id] = n
		}
	}
	var jobs []job
	var due []visit
	for _, r := range repos {
		v, ok := w.visit(r, news[r.Node])
		switch {
		case !ok:
		case v.place.Since == 0:
			jobs = append(jobs, w.firstLoad(v))
		default:
			due = append(due, v)
		}
	}
	for start := 0; start < len(due); start += readAtOnce {
		jobs = append(jobs, w.readNews(due[start:min(start+readAtOnce, len(due))]))
	}
	return jobs, nil
}

// visit is a repository that has something to read.
type visit struct {
	repo    record.HostedRepository
	place   place
	horizon time.Time // how far back
	flawed  bool      // it could not be read the last time: that it can is worth a line even without news
}

// visit says what is to be read of a repository, if anything.
func (w *pullWalk) visit(r record.HostedRepository, n node[pullNews]) (visit, bool) {
	if n.Err != nil {
		w.close(report{repo: r, err: n.Err})
		return visit{}, false
	}
	at, known := w.placeOf(r)
	v := visit{repo: r, place: at, horizon: at.horizon(w.now, w.looked), flawed: w.position.Flawed[r.ID]}
	if n.Value == nil {
		return v, true
	}
	pulls := n.Value.PullRequests
	if len(pulls.Nodes) == 0 { // nothing to read, which is worth a line once
		if !known || at.Since == 0 || v.flawed {
			w.close(report{repo: r, place: at.read(time.Time{}, w.now, true), done: true})
		}
		return v, false
	}
	if at.Since == 0 {
		w.total += int64(pulls.TotalCount)
		return v, true
	}
	news := w.hasNews(&at, pulls.Nodes[0].UpdatedAt)
	if !news && v.flawed {
		w.close(report{repo: r, done: true})
	}
	return v, news
}

// placeOf is how far a repository was read. Under a new name it is read anew: facts go by names.
func (w *pullWalk) placeOf(r record.HostedRepository) (place, bool) {
	at, known := w.position.Repos[r.ID]
	if !known || at.Name != r.Name {
		return place{Name: r.Name}, false
	}
	return *at, true
}

// hasNews reports whether a repository is to be read: it was touched since, or so shortly before the last run that something
// may have come late, or recently enough to be refreshed.
func (w *pullWalk) hasNews(at *place, newest time.Time) bool {
	fresh := at.Since > w.looked-int64(lag.Seconds())
	return newest.Unix() > at.Since || fresh || at.stale(w.now) && newest.After(w.now.Add(-refreshFor))
}
