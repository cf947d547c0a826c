package github

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

//go:embed query/collaborators.graphql
var collaboratorsQuery string

// permissionsCursor remembers who had rights where, so that those who lost them can be told from those who never had any.
type permissionsCursor struct {
	snapshot
	Holders holders `json:"holders"`
}

// permissions takes a daily snapshot of who may do what in each repository. GitHub says only what holds now, so the snapshots
// are the history.
func (s *Source) permissions() collectors.Task {
	return s.stream("permissions", 24*time.Hour, func(ctx context.Context, p *pass, since record.Cursor) error {
		cursor := decode[permissionsCursor](since)
		if !cursor.begin(s.now()) {
			return nil
		}
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		owners, err := s.owners(ctx)
		if err != nil {
			return err
		}
		repos = cursor.rest(repos)
		reader := &rightsReader{
			source: s, cursor: &cursor, owners: owners,
			first: &ahead[repositoryCollaborators]{source: s, query: collaboratorsQuery, size: 10, repos: repos},
		}
		return snapshotOver(ctx, p, &cursor.snapshot, repos, func() (record.Cursor, error) { return encode(cursor) }, reader.read)
	})
}

// snapshotOver takes the rest of a snapshot of repositories.
func snapshotOver(ctx context.Context, p *pass, sn *snapshot, repos []record.HostedRepository, cursor func() (record.Cursor, error),
	read func(context.Context, *part[struct{}]) error,
) error {
	w := newSweep[struct{}](p, nil)
	w.cursor = func() (record.Cursor, error) {
		if w.done > 0 {
			sn.After = repos[w.done-1].ID
		}
		if w.done == int64(len(repos)) {
			sn.end()
		}
		return cursor()
	}
	return w.over(ctx, repos, func(ctx context.Context, pt *part[struct{}]) error {
		pt.whole = true
		pt.span(p.source.now())
		return read(ctx, pt)
	})
}

// owners are those who own the organisation; nobody where they cannot be told.
func (s *Source) owners(ctx context.Context) ([]record.Account, error) {
	if s.opts.Org == "" {
		return nil, nil
	}
	users, err := all[restUser](ctx, s, fmt.Sprintf("orgs/%s/members?role=admin&per_page=100", s.opts.Org))
	if err != nil && !errors.As(s.absent(err), new(collectors.Absent)) {
		return nil, err
	}
	var owners []record.Account
	for i := range users {
		owners = append(owners, users[i].account())
	}
	return owners, nil
}

// repositoryCollaborators is what GraphQL says of one repository.
type repositoryCollaborators struct {
	Collaborators *collaboratorPage
}

// rightsReader reads who may do what, one repository after the other.
type rightsReader struct {
	source *Source
	cursor *permissionsCursor
	owners []record.Account
	first  *ahead[repositoryCollaborators]
}

func (r *rightsReader) read(ctx context.Context, pt *part[struct{}]) error {
	found, err := r.collaborators(ctx, pt.Repo)
	var hidden collectors.Absent
	if err = r.source.absent(err); err != nil && !(errors.As(err, &hidden) && len(r.owners) > 0) {
		return err
	}
	found = withOwners(found, r.owners)
	at := r.source.now()
	var logins []string
	for i := range found {
		found[i].Repo, found[i].SeenAt = pt.Repo.Name, at
		logins = append(logins, found[i].Account.Login)
	}
	if err == nil {
		gone := r.cursor.Holders.set(pt.Repo.ID, logins)
		template := record.Permission{Repo: pt.Repo.Name, SeenAt: at, Account: record.Account{Source: kind}}
		found = append(found, lost(gone, template)...)
	}
	pt.batch.Permissions = append(pt.batch.Permissions, found...)
	return err
}

// withOwners adds the owners of the organisation, who may do everything in every repository of it, whoever else is listed.
func withOwners(found []record.Permission, owners []record.Account) []record.Permission {
	for _, owner := range owners {
		own := record.Permission{Account: owner, Level: record.LevelAdmin, Grant: "organisation owner"}
		at := slices.IndexFunc(found, func(p record.Permission) bool { return p.Account.Login == owner.Login })
		if at < 0 {
			found = append(found, own)
		} else {
			found[at].Level, found[at].Grant = own.Level, own.Grant
		}
	}
	return found
}

func (r *rightsReader) collaborators(ctx context.Context, repo record.HostedRepository) ([]record.Permission, error) {
	found, err := r.first.of(ctx, repo)
	if errors.Is(err, errNoGraphQL) {
		return r.byREST(ctx, repo)
	}
	var all []record.Permission
	for guard := web.NewPages(mostPages); ; {
		if err != nil {
			return nil, err
		}
		if found == nil || found.Collaborators == nil {
			return nil, collectors.Absent{Why: "GitHub does not show to this account who may do what here: it needs the right to push"}
		}
		page := found.Collaborators
		all = append(all, page.permissions()...)
		if !page.PageInfo.HasNextPage || page.PageInfo.EndCursor == "" {
			return all, nil
		}
		if err := guard.Next(page.PageInfo.EndCursor, nil); err != nil {
			return nil, err
		}
		var answer map[string]node[repositoryCollaborators]
		answer, err = askNodes[repositoryCollaborators](ctx, r.source, collaboratorsQuery, map[string]any{"after": page.PageInfo.EndCursor}, []string{repo.Node})
		found = answer[repo.Node].Value
		err = errors.Join(err, answer[repo.Node].Err)
	}
}

func (r *rightsReader) byREST(ctx context.Context, repo record.HostedRepository) ([]record.Permission, error) {
	var all []record.Permission
	path := fmt.Sprintf("repos/%s/collaborators?affiliation=all&per_page=100", repo.Name)
	err := r.source.eachPage(ctx, path, func(body []byte, _ string) (bool, error) {
		page, err := parseCollaborators(body)
		all = append(all, page...)
		return true, err
	})
	return all, err
}
