package github

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// listFor is how long a list of repositories is shared between the streams.
const listFor = 5 * time.Minute

// listing is what the source's repositories are, and which of those asked for by name could not be had.
type listing struct {
	at      time.Time
	repos   []record.HostedRepository
	missing []record.Covered
}

// repositories lists what the source reads, oldest first. The list is shared for some minutes.
func (s *Source) repositories(ctx context.Context) ([]record.HostedRepository, error) {
	l, err := s.list(ctx)
	return l.repos, err
}

func (s *Source) list(ctx context.Context) (listing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.opts.Now(); !s.listed.at.IsZero() && now.Sub(s.listed.at) < listFor && !now.Before(s.listed.at) {
		return s.listed, nil
	}
	l := listing{at: s.opts.Now()}
	if s.opts.Org != "" {
		owned, err := s.owned(ctx)
		if err != nil {
			return listing{}, fmt.Errorf("list the repositories of %s: %w", s.opts.Org, err)
		}
		l.repos = owned
	}
	if err := s.byName(ctx, &l); err != nil {
		return listing{}, fmt.Errorf("list the repositories: %w", err)
	}
	slices.SortStableFunc(l.repos, func(a, b record.HostedRepository) int { return strings.Compare(number(a.ID), number(b.ID)) })
	l.repos = slices.CompactFunc(l.repos, func(a, b record.HostedRepository) bool { return a.ID == b.ID })
	s.listed = l
	return l, nil
}

// number makes numbers sort as text.
func number(id string) string { return fmt.Sprintf("%20s", id) }

// hosted is a repository as REST has it.
type hosted struct {
	ID            int64     `json:"id"`
	NodeID        string    `json:"node_id"`
	FullName      string    `json:"full_name"`
	DefaultBranch string    `json:"default_branch"`
	Archived      bool      `json:"archived"`
	Fork          bool      `json:"fork"`
	Private       bool      `json:"private"`
	CreatedAt     time.Time `json:"created_at"`
	PushedAt      time.Time `json:"pushed_at"`
}

func (h *hosted) fact() record.HostedRepository {
	return record.HostedRepository{
		Source: kind, ID: strconv.FormatInt(h.ID, 10), Node: h.NodeID, Name: h.FullName, DefaultBranch: h.DefaultBranch, Archived: h.Archived,
		Fork: h.Fork, Private: h.Private, CreatedAt: h.CreatedAt, PushedAt: h.PushedAt,
	}
}

// owned lists the repositories of the organisation, or of the user of that name. They come as they were created, so that one
// more does not move others from page to page.
func (s *Source) owned(ctx context.Context) ([]record.HostedRepository, error) {
	const asMade = "&per_page=100&sort=created&direction=asc"
	found, err := all[hosted](ctx, s, "orgs/"+url.PathEscape(s.opts.Org)+"/repos?type=all"+asMade)
	if status(err) == http.StatusNotFound {
		found, err = all[hosted](ctx, s, "users/"+url.PathEscape(s.opts.Org)+"/repos?type=owner"+asMade)
	}
	if err != nil {
		return nil, err
	}
	repos := make([]record.HostedRepository, len(found))
	for i := range found {
		repos[i] = found[i].fact()
	}
	return repos, nil
}

// byName adds the repositories that the options name. One that cannot be had stops no other.
func (s *Source) byName(ctx context.Context, l *listing) error {
	for names := range slices.Chunk(s.opts.Repos, namesAtOnce) {
		found, err := s.named(ctx, names)
		if err != nil {
			return err
		}
		for i, name := range names {
			if found[i].ID == "" {
				if err := s.one(ctx, name, l); err != nil {
					return err
				}
				continue
			}
			l.repos = append(l.repos, found[i])
		}
	}
	return nil
}

// one asks REST for a repository by name.
func (s *Source) one(ctx context.Context, name string, l *listing) error {
	var h hosted
	_, err := s.get(ctx, "repos/"+name, &h)
	switch {
	case err == nil && h.ID != 0:
		l.repos = append(l.repos, h.fact())
		return nil
	case status(err) == 0:
		return err
	}
	row := record.Covered{Scope: name, Error: err.Error()}
	if a, ok := s.why(err); ok {
		row.Error, row.Absent = "", a
	}
	l.missing = append(l.missing, row)
	return nil
}
