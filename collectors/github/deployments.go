package github

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

var (
	//go:embed query/deployments.graphql
	deploymentsQuery string
	//go:embed query/more_deployments.graphql
	moreDeploymentsQuery string
)

// deployments reads what was put into which environment, and how that ended. Nothing touches a repository when a deployment
// changes, so all of the last week, and what is still under way, are read in each run: 25 repositories a request.
func (s *Source) deployments() collectors.Task {
	return s.stream("deployments", 15*time.Minute, func(ctx context.Context, p *pass, since record.Cursor) error {
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		w := newSweep[descent](p, since)
		first := &ahead[repositoryDeployments]{source: s, query: deploymentsQuery, size: 25, repos: repos}
		return w.over(ctx, repos, func(ctx context.Context, pt *part[descent]) error {
			resumed := pt.State.Page
			return forgetPage(pt, resumed, (&deploymentWalk{part: pt, source: s, first: first}).read(ctx))
		})
	})
}

// repositoryDeployments is what GraphQL says of one repository.
type repositoryDeployments struct {
	Deployments *deploymentPage
}

// deploymentWalk goes down the deployments of one repository until all before are known and over.
type deploymentWalk struct {
	*part[descent]
	source *Source
	first  *ahead[repositoryDeployments]
	number map[string]string // of node ids, where GraphQL does not tell
}

func (w *deploymentWalk) read(ctx context.Context) error {
	cursor := w.State.begin(w.source.now())
	if strings.HasPrefix(cursor, "http") { // a walk over REST was cut short
		return w.readREST(ctx)
	}
	page, err := w.page(ctx, cursor)
	if errors.Is(err, errNoGraphQL) {
		return w.readREST(ctx)
	}
	for {
		if err != nil {
			return err
		}
		var more bool
		if more, err = w.take(ctx, page); err != nil {
			return err
		}
		if !more || !page.PageInfo.HasNextPage || page.PageInfo.EndCursor == cursor {
			break
		}
		cursor = page.PageInfo.EndCursor
		w.State.Page = cursor
		if err := w.keep(); err != nil {
			return err
		}
		page, err = w.page(ctx, cursor)
	}
	w.State.end(settledAfter)
	return nil
}

func (w *deploymentWalk) page(ctx context.Context, cursor string) (*deploymentPage, error) {
	var found *repositoryDeployments
	var err error
	if cursor == "" {
		found, err = w.first.of(ctx, w.Repo)
	} else {
		found, err = w.further(ctx, cursor)
	}
	switch {
	case err != nil:
		return nil, err
	case found == nil || found.Deployments == nil:
		return nil, collectors.Absent{Why: "GitHub does not show the deployments to this account"}
	}
	return found.Deployments, nil
}

// further asks for a page below the first, for a smaller one when the server fails.
func (w *deploymentWalk) further(ctx context.Context, cursor string) (found *repositoryDeployments, err error) {
	for n := 50; n > 5; n /= 2 {
		vars := map[string]any{"after": cursor, "n": n}
		var answer map[string]node[repositoryDeployments]
		answer, err = askNodes[repositoryDeployments](web.Impatient(ctx), w.source, moreDeploymentsQuery, vars, []string{w.Repo.Node})
		if err == nil {
			return answer[w.Repo.Node].Value, answer[w.Repo.Node].Err
		}
		if ctx.Err() != nil || errors.Is(err, errNoGraphQL) || status(err)/100 == 4 {
			break
		}
	}
	return nil, err
}

// take keeps a page and says whether what is below it is wanted.
func (w *deploymentWalk) take(ctx context.Context, page *deploymentPage) (more bool, err error) {
	more = true
	for i := range page.Nodes {
		d := page.Nodes[i].deployment(w.Repo.Name)
		if d.CreatedAt.Before(w.State.Until) {
			return false, nil
		}
		if d.ID == "" {
			if d.ID, err = w.numberOf(ctx, d); err != nil {
				return false, err
			}
		}
		w.add(d)
	}
	return more, nil
}

func (w *deploymentWalk) add(d seenDeployment) {
	w.span(d.CreatedAt)
	if !d.Settled {
		w.State.open(d.CreatedAt)
	}
	w.batch.Deployments = append(w.batch.Deployments, d.Deployment)
}

// numberOf asks REST for the number of a deployment, and remembers those of the others on its page.
func (w *deploymentWalk) numberOf(ctx context.Context, d seenDeployment) (string, error) {
	if id, known := w.number[d.Node]; known {
		return id, nil
	}
	w.number = map[string]string{}
	path := fmt.Sprintf("repos/%s/deployments?per_page=100&environment=%s&sha=%s", w.Repo.Name, escape(d.Environment), d.SHA)
	err := w.source.eachPage(ctx, path, func(body []byte, _ string) (bool, error) {
		page, err := parseDeployments(body, w.Repo.Name)
		for _, other := range page {
			w.number[other.Node] = other.ID
		}
		return true, err
	})
	if err != nil {
		return "", err
	}
	if w.number[d.Node] == "" {
		return "", fmt.Errorf("deployment %s: GitHub gives no number for it", d.Node)
	}
	return w.number[d.Node], nil
}

// readREST does the same where there is no GraphQL, with a request for the statuses of each deployment.
func (w *deploymentWalk) readREST(ctx context.Context) error {
	path := w.State.Page
	if !strings.HasPrefix(path, "http") {
		path = fmt.Sprintf("repos/%s/deployments?per_page=100", w.Repo.Name)
	}
	err := w.source.eachPage(ctx, path, func(body []byte, next string) (bool, error) {
		page, err := parseDeployments(body, w.Repo.Name)
		if err != nil {
			return false, err
		}
		for _, d := range page {
			if d.CreatedAt.Before(w.State.Until) {
				return false, nil
			}
			if err := w.askStatuses(ctx, &d); err != nil {
				return false, err
			}
			w.add(d)
		}
		w.State.Page = next
		return true, w.keep()
	})
	if err != nil {
		return err
	}
	w.State.end(settledAfter)
	return nil
}

func (w *deploymentWalk) askStatuses(ctx context.Context, d *seenDeployment) error {
	var statuses []deploymentStatus
	if _, err := w.source.get(ctx, fmt.Sprintf("repos/%s/deployments/%s/statuses?per_page=100", w.Repo.Name, d.ID), &statuses); err != nil {
		return err
	}
	d.finish(statuses)
	return nil
}
