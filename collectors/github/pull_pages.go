package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

const (
	pagesTogether = 8
	growAfter     = 8 // pages that go well at a smaller size until a larger one is tried again; twice as many after each time
	mostGrown     = 64
	lastTries     = 4       // of a page of one pull request
	mostPulls     = 400_000 // pages of one repository
	firstPullGap  = time.Second
)

// pullPages walks over the pull requests of a repository. A server that cannot answer in time is asked for half as many from the
// same place on.
type pullPages struct {
	source *Source
	repo   record.HostedRepository
	order  order
	size   int
	well   int // pages since the size was changed
	grown  int // pages that must go well until it grows
	guard  *web.Pages
	given  *connection[*pull] // a first page that is there already

	after    string
	more     bool
	warnings []record.Warning
}

func (s *Source) pullPages(repo record.HostedRepository, by order, after string) *pullPages {
	return &pullPages{source: s, repo: repo, order: by, size: s.opts.PageSize, grown: growAfter, guard: web.NewPages(mostPulls), after: after, more: true}
}

// first gives the walk a first page that was read with others.
func (p *pullPages) first(page connection[*pull]) { p.given = &page }

// take empties the list of warnings.
func (p *pullPages) take() []record.Warning {
	list := p.warnings
	p.warnings = nil
	return list
}

// next is the next page. After it, more says whether there is another, and after where that begins.
func (p *pullPages) next(ctx context.Context) ([]*pull, error) {
	page, err := p.read(ctx)
	if err != nil {
		return nil, err
	}
	if p.more = page.more(); p.more {
		if page.PageInfo.EndCursor == p.after {
			return nil, fmt.Errorf("pull requests of %s: the list does not go on after %q", p.repo.Name, p.after)
		}
		if err := p.guard.Next(page.PageInfo.EndCursor, nil); err != nil {
			return nil, fmt.Errorf("pull requests of %s: %w", p.repo.Name, err)
		}
	}
	p.after = page.PageInfo.EndCursor
	return present(page.Nodes), nil
}

// several is the next few pages together, so that their long lists can be read together. What was read before an error comes
// with it, and the walk stands after it.
func (p *pullPages) several(ctx context.Context) ([]*pull, error) {
	var list []*pull
	for long, n := 0, 0; n < pagesTogether && long < completeAtOnce && (n == 0 || p.more); n++ {
		page, err := p.next(ctx)
		if err != nil {
			return list, err
		}
		for _, one := range page {
			if one.long() {
				long++
			}
		}
		list = append(list, page...)
	}
	return list, nil
}

// present are the pull requests of a page that GitHub shows.
func present(nodes []*pull) []*pull {
	var all []*pull
	for _, n := range nodes {
		if n != nil {
			all = append(all, n)
		}
	}
	return all
}

func (p *pullPages) read(ctx context.Context) (connection[*pull], error) {
	if p.given != nil {
		page := *p.given
		p.given = nil
		return page, nil
	}
	for try := 1; ; try++ {
		page, err := p.ask(web.Impatient(ctx))
		switch {
		case err == nil:
			p.grow()
			return page, nil
		case !tooMuch(err):
			return page, err
		case p.well > 0 && try == 1: // this size has worked: it may have been chance
		case p.size > 1:
			p.halve()
			try = 0
		case try >= lastTries:
			return p.skip(ctx, err)
		}
		if err := p.source.rest(ctx, firstPullGap<<max(0, try-1)); err != nil {
			return page, err
		}
	}
}

// ask asks for the page once.
func (p *pullPages) ask(ctx context.Context) (connection[*pull], error) {
	var answer struct{ Node *newestPulls }
	err := p.source.graphql(ctx, pullsQuery, p.vars(p.size), &answer)
	switch {
	case err != nil && answer.Node != nil && hidden(err):
		p.warnings = append(p.warnings, record.Warning{
			Code: "hidden_parts", Subject: p.repo.Name, Detail: err.Error() + "; the rest of the page was taken", Loss: true,
		})
	case err != nil:
		return connection[*pull]{}, err
	case answer.Node == nil:
		return connection[*pull]{}, fmt.Errorf("pull requests of %s: GitHub gives no repository for its id", p.repo.Name)
	}
	return answer.Node.PullRequests, nil
}

func (p *pullPages) vars(size int) map[string]any {
	v := map[string]any{"id": p.repo.Node, "size": size, "order": p.order}
	if p.after != "" {
		v["after"] = p.after
	}
	return v
}

// halve makes pages smaller. A size that never worked is not tried again soon.
func (p *pullPages) halve() {
	if p.size /= 2; p.well == 0 {
		p.grown = min(2*p.grown, mostGrown)
	}
	p.well = 0
}

func (p *pullPages) grow() {
	if p.well++; p.well >= p.grown && p.size < p.source.opts.PageSize {
		p.size, p.well = min(2*p.size, p.source.opts.PageSize), 0
	}
}

// skip passes over a pull request that the server cannot give even by itself, so that the others are read.
func (p *pullPages) skip(ctx context.Context, why error) (connection[*pull], error) {
	var answer struct {
		Node *struct {
			PullRequests connection[*struct{ Number uint32 }]
		}
	}
	if err := p.source.graphql(ctx, pullNumbersQuery, p.vars(1), &answer); err != nil || answer.Node == nil || len(answer.Node.PullRequests.Nodes) != 1 {
		return connection[*pull]{}, why // it is the server, not the pull request
	}
	found := answer.Node.PullRequests
	p.warnings = append(p.warnings, record.Warning{
		Code: "unreadable_pull_request", Subject: pullName(p.repo.Name, found.Nodes[0].Number), Detail: why.Error() + "; it was passed over", Loss: true,
	})
	return connection[*pull]{PageInfo: found.PageInfo}, nil
}

// rest waits before a call is made again that may well fail once more.
func (s *Source) rest(ctx context.Context, d time.Duration) error {
	if s.opts.Sleep != nil {
		return s.opts.Sleep(ctx, d)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// tooMuch reports whether an error is one that a smaller page may not meet: the server failed, or took too long.
func tooMuch(err error) bool {
	var flaws queryError
	switch code := status(err); {
	case hopelessError(err) != nil || errors.Is(err, errNoGraphQL):
		return false
	case code != 0:
		return code >= http.StatusInternalServerError || code == http.StatusRequestTimeout
	case errors.As(err, &flaws):
		return flaws.heavy()
	}
	return true
}

// heavy reports whether GraphQL says that the query was too much for it.
func (e queryError) heavy() bool {
	for _, one := range e {
		text := strings.ToLower(one.Message)
		for _, words := range []string{"timeout", "timed out", "in time", "something went wrong", "resource limits"} {
			if strings.Contains(text, words) {
				return true
			}
		}
		if strings.Contains(one.Type, "LIMIT") || one.Type == "INTERNAL" || one.Type == "SERVICE_UNAVAILABLE" {
			return true
		}
	}
	return false
}

// hidden reports whether errors are about parts of an answer that this account may not see, so that the others stand.
func hidden(err error) bool {
	var flaws queryError
	return errors.As(err, &flaws) && len(flaws) > 0 && !flaws.heavy() && flaws[0].Path != nil && len(flaws[0].Path) > 2
}

// pullName is how a warning names a pull request.
func pullName(repo string, number uint32) string { return fmt.Sprintf("%s#%d", repo, number) }
