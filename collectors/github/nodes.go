package github

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// node is what GraphQL says of one thing that it was asked for by its node id: a value, or why there is none.
type node[V any] struct {
	Value *V
	Err   error
}

// askNodes asks a query that has $ids for many things at once. A server that fails is asked for half as many.
func askNodes[V any](ctx context.Context, s *Source, query string, vars map[string]any, ids []string) (map[string]node[V], error) {
	all := maps.Clone(vars)
	if all == nil {
		all = map[string]any{}
	}
	all["ids"] = ids
	var answer struct{ Nodes []*V }
	asking := ctx
	if len(ids) > 1 {
		asking = web.Impatient(ctx)
	}
	err := s.graphql(asking, query, all, &answer)
	flaws, partial := flawsOf(err, len(answer.Nodes), len(ids))
	switch {
	case err == nil && len(answer.Nodes) == len(ids), partial:
		return nodes(ids, answer.Nodes, flaws), nil
	case err == nil:
		return nil, errors.New("GraphQL: the answer has another number of things than were asked for")
	case len(ids) == 1 || ctx.Err() != nil || errors.Is(err, errNoGraphQL) || status(err)/100 == 4:
		return nil, err
	}
	half := len(ids) / 2
	first, err := askNodes[V](ctx, s, query, vars, ids[:half])
	if err != nil {
		return nil, err
	}
	rest, err := askNodes[V](ctx, s, query, vars, ids[half:])
	maps.Copy(first, rest)
	return first, err
}

// flawsOf sorts the errors of an answer by the number of the thing that each is about. An error about no thing, or one that
// another attempt may mend, spoils the whole answer.
func flawsOf(err error, got, asked int) (map[int]error, bool) {
	var all queryError
	if !errors.As(err, &all) || got != asked {
		return nil, false
	}
	flaws := map[int]error{}
	for i, one := range all {
		if len(one.Path) < 2 || !slices.Contains(refusals, one.Type) {
			return nil, false
		}
		n, ok := one.Path[1].(float64)
		if !ok {
			return nil, false
		}
		flaws[int(n)] = collectors.Absent{Why: "this account may not read it: " + all[i:i+1].Error()}
	}
	return flaws, true
}

// refusals are the types of GraphQL's errors that asking again would not change.
var refusals = []string{"FORBIDDEN", "NOT_FOUND", "INSUFFICIENT_SCOPES", "UNAUTHORIZED"}

func nodes[V any](ids []string, values []*V, flaws map[int]error) map[string]node[V] {
	found := make(map[string]node[V], len(ids))
	for i, id := range ids {
		n := node[V]{values[i], flaws[i]}
		if n.Value == nil && n.Err == nil {
			n.Err = collectors.Absent{Why: "GitHub does not have it any more"}
		}
		found[id] = n
	}
	return found
}

// ahead asks for repositories some at a time, when the first of them is wanted.
type ahead[V any] struct {
	source *Source
	query  string
	vars   map[string]any
	size   int // at most at once
	now    int // at once for the time being; 0 is size
	repos  []record.HostedRepository
	loaded map[string]node[V]
}

// of returns what GraphQL says of a repository; errNoGraphQL means that REST is to be asked.
func (a *ahead[V]) of(ctx context.Context, repo record.HostedRepository) (*V, error) {
	n, known := a.loaded[repo.Node]
	if known {
		return n.Value, n.Err
	}
	at := slices.IndexFunc(a.repos, func(r record.HostedRepository) bool { return r.ID == repo.ID })
	if repo.Node == "" || at < 0 {
		return nil, errNoGraphQL
	}
	err := a.load(ctx, at)
	if err != nil {
		return nil, err
	}
	n = a.loaded[repo.Node]
	return n.Value, n.Err
}

// load asks for a repository and those after it. When that fails, one of them may be to blame: then it is asked for alone, and
// after it for half as many.
func (a *ahead[V]) load(ctx context.Context, at int) error {
	if a.now == 0 {
		a.now = a.size
	}
	var ids []string
	for _, r := range a.repos[at:min(at+a.now, len(a.repos))] {
		if r.Node != "" {
			ids = append(ids, r.Node)
		}
	}
	loaded, err := askNodes[V](ctx, a.source, a.query, a.vars, ids)
	switch {
	case err == nil:
		a.now = min(2*a.now, a.size)
	case len(ids) > 1 && ctx.Err() == nil && !errors.Is(err, errNoGraphQL) && status(err)/100 != 4:
		a.now = max(1, a.now/2)
		loaded, err = askNodes[V](ctx, a.source, a.query, a.vars, ids[:1])
	}
	a.loaded = loaded
	return err
}
