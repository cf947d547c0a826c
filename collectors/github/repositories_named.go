package github

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

//go:embed query/repository.graphql
var repositoryFragment string

// namesAtOnce is how many repositories one query asks for by name.
const namesAtOnce = 50

// graphRepository is a repository as GraphQL has it.
type graphRepository struct {
	ID                            string
	DatabaseID                    int64
	NameWithOwner                 string
	DefaultBranchRef              *struct{ Name string }
	IsArchived, IsFork, IsPrivate bool
	CreatedAt, PushedAt           time.Time
}

func (g *graphRepository) fact() record.HostedRepository {
	if g == nil {
		return record.HostedRepository{}
	}
	h := record.HostedRepository{
		Source: kind, ID: strconv.FormatInt(g.DatabaseID, 10), Node: g.ID, Name: g.NameWithOwner, Archived: g.IsArchived, Fork: g.IsFork,
		Private: g.IsPrivate, CreatedAt: g.CreatedAt, PushedAt: g.PushedAt,
	}
	if g.DefaultBranchRef != nil {
		h.DefaultBranch = g.DefaultBranchRef.Name
	}
	return h
}

// named asks GraphQL for repositories by their names, all at once. Those that it does not give, all of them where there is no
// GraphQL, have no ID.
func (s *Source) named(ctx context.Context, names []string) ([]record.HostedRepository, error) {
	found := make([]record.HostedRepository, len(names))
	var answer map[string]*graphRepository
	query, vars := namedQuery(names)
	var flaws queryError
	err := s.graphql(ctx, query, vars, &answer)
	if err != nil && !errors.As(err, &flaws) && !errors.Is(err, errNoGraphQL) {
		return nil, err
	}
	for i := range names {
		found[i] = answer["r"+strconv.Itoa(i)].fact()
	}
	return found, nil
}

// namedQuery is the query for some repositories. GraphQL has no list of names, so each is a field of its own; the names
// themselves are variables.
func namedQuery(names []string) (string, map[string]any) {
	vars := map[string]any{}
	var params, fields strings.Builder
	for i, name := range names {
		owner, repo, _ := strings.Cut(name, "/")
		fmt.Fprintf(&params, "$o%d: String!, $n%d: String!, ", i, i)
		fmt.Fprintf(&fields, "  r%d: repository(owner: $o%d, name: $n%d) { ...Repo }\n", i, i, i)
		vars[fmt.Sprintf("o%d", i)], vars[fmt.Sprintf("n%d", i)] = owner, repo
	}
	return "query Named(" + strings.TrimSuffix(params.String(), ", ") + ") {\n" + fields.String() + "  rateLimit { cost remaining resetAt }\n}\n" + repositoryFragment, vars
}

// why says why something is absent, if that is what an error means.
func (s *Source) why(err error) (string, bool) {
	var absent collectors.Absent
	if errors.As(s.absent(err), &absent) {
		return absent.Why, true
	}
	return "", false
}
