package github

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// rounds is in how many days every repository is looked at once for what was deleted.
const rounds = 30

// deletions is the stream of pull requests that are gone. Nothing in GitHub's lists says so: each day a thirtieth of the
// repositories has its numbers listed again and compared with those that are kept.
func (s *Source) deletions() collectors.Task {
	return s.stream("deleted_pull_requests", 24*time.Hour, s.readDeletions)
}

// roundCursor is the day up to which repositories were looked at, in days since 1970.
type roundCursor struct {
	Day int64 `json:"day"`
}

func (s *Source) readDeletions(ctx context.Context, p *pass, since record.Cursor) error {
	if s.opts.Known == nil {
		return collectors.Absent{Why: "what is kept cannot be compared: no store was given"}
	}
	l, err := s.list(ctx)
	if err != nil {
		return err
	}
	today := s.opts.Now().Unix() / (24 * 60 * 60)
	last := decode[roundCursor](since).Day
	if last == 0 {
		last = today - 1
	}
	b := record.Batch{}
	for _, r := range l.repos {
		if !due(r.ID, last, today) {
			continue
		}
		if err := s.compare(ctx, r, &b); err != nil {
			if hopelessError(err) != nil {
				return err
			}
			b.Covered = append(b.Covered, s.failedRow(r.Name, err))
		}
	}
	if b.Cursor, err = encode(roundCursor{today}); err != nil {
		return fmt.Errorf("write the cursor: %w", err)
	}
	return p.send(b)
}

// due reports whether a repository's day is one after the last and up to today.
func due(id string, last, today int64) bool {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return false
	}
	for day := max(last+1, today-rounds+1); day <= today; day++ {
		if day%rounds == n%rounds {
			return true
		}
	}
	return false
}

func (s *Source) failedRow(repo string, err error) record.Covered {
	if why, ok := s.why(err); ok {
		return record.Covered{Scope: repo, Absent: why}
	}
	return record.Covered{Scope: repo, Error: err.Error()}
}

// compare looks for the pull requests of a repository that are kept and not listed, and asks for each: what is gone is marked.
func (s *Source) compare(ctx context.Context, r record.HostedRepository, b *record.Batch) error {
	kept, err := s.opts.Known.PullNumbers(ctx, kind, r.Name)
	if err != nil || len(kept) == 0 {
		return err
	}
	listed, err := s.numbers(ctx, r)
	if err != nil {
		return err
	}
	var gone []uint32
	for _, n := range kept {
		if listed[n] {
			continue
		}
		_, err := s.get(ctx, fmt.Sprintf("repos/%s/pulls/%d", r.Name, n), nil)
		if code := status(err); code == http.StatusNotFound || code == http.StatusGone {
			gone = append(gone, n)
		} else if err != nil {
			return err
		}
	}
	b.Covered = append(b.Covered, record.Covered{Scope: r.Name, Rows: uint64(len(gone))})
	if len(gone) == 0 {
		return nil
	}
	if _, err := s.get(ctx, "repos/"+r.Name, nil); err != nil { // all gone at once: it is the repository
		return err
	}
	return s.bury(ctx, r.Name, gone, b)
}

// bury marks pull requests as deleted. All else that is known of them stays.
func (s *Source) bury(ctx context.Context, repo string, gone []uint32, b *record.Batch) error {
	slices.Sort(gone)
	pulls, err := s.opts.Known.PullRequests(ctx, kind, repo, gone)
	if err != nil {
		return err
	}
	now := s.opts.Now().UTC()
	for _, p := range pulls {
		if p.Deleted = true; now.After(p.UpdatedAt) {
			p.UpdatedAt = now
		}
		b.PullRequests = append(b.PullRequests, p)
		b.Tombstones = append(b.Tombstones, record.Tombstone{Source: kind, Kind: "pull_request", Scope: repo, ID: p.ID, Reason: "deleted", SeenAt: now})
	}
	return nil
}

// numbers lists the pull requests of a repository that there are.
func (s *Source) numbers(ctx context.Context, r record.HostedRepository) (map[uint32]bool, error) {
	found := map[uint32]bool{}
	after, guard := "", web.NewPages(mostPulls)
	for {
		var answer struct {
			Node *struct{ PullRequests connection[*restPull] }
		}
		vars := map[string]any{"id": r.Node, "size": 100, "order": asCreated}
		if after != "" {
			vars["after"] = after
		}
		err := s.graphql(ctx, pullNumbersQuery, vars, &answer)
		if hopelessError(err) != nil {
			return nil, err
		}
		if err != nil || answer.Node == nil {
			return s.restNumbers(ctx, r.Name)
		}
		page := answer.Node.PullRequests
		for _, n := range page.Nodes {
			if n != nil {
				found[n.Number] = true
			}
		}
		if after = page.PageInfo.EndCursor; !page.more() {
			return found, nil
		}
		if err := guard.Next(after, nil); err != nil {
			return nil, fmt.Errorf("numbers of %s: %w", r.Name, err)
		}
	}
}

// restNumbers lists them by REST.
func (s *Source) restNumbers(ctx context.Context, repo string) (map[uint32]bool, error) {
	found := map[uint32]bool{}
	err := list(ctx, s, restPage(repo, "created", "asc", 1), func(page []restPull, _ string) (bool, error) {
		for _, p := range page {
			found[p.Number] = true
		}
		return true, nil
	})
	return found, err
}
