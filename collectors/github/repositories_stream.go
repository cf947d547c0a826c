package github

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// hostedRepositories is the stream of repositories themselves: which there are, and which are gone or have another name.
func (s *Source) hostedRepositories() collectors.Task {
	return s.stream("repositories", time.Hour, s.readRepositories)
}

// roll is the cursor: the names of the repositories that were there, by the forge's number.
type roll struct {
	Names map[string]string `json:"names"`
}

func (s *Source) readRepositories(ctx context.Context, p *pass, since record.Cursor) error {
	before := decode[roll](since)
	l, err := s.list(ctx)
	if err != nil {
		return err
	}
	if len(l.repos) == 0 && len(before.Names) > 0 {
		return fmt.Errorf("the list is empty and %d repositories were known: look at what this account may read", len(before.Names))
	}
	now := roll{Names: map[string]string{}}
	b := record.Batch{Hosted: l.repos, Covered: l.missing, Progress: record.Progress{Done: int64(len(l.repos)), Total: int64(len(l.repos)), Unit: "repositories"}}
	for _, r := range l.repos {
		now.Names[r.ID] = r.Name
		if old := before.Names[r.ID]; old != "" && old != r.Name {
			b.Tombstones = append(b.Tombstones, s.tombstone(r.ID, old, r.Name))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before.Names)) {
		if now.Names[id] == "" {
			if err := s.missed(ctx, id, before.Names[id], &now, &b); err != nil {
				return err
			}
		}
	}
	if b.Cursor, err = encode(now); err != nil {
		return fmt.Errorf("write the cursor: %w", err)
	}
	return p.send(b)
}

// missed looks for a repository that is not in the list any more, by its number, and says what became of it. One that cannot be
// asked for stays on the roll.
func (s *Source) missed(ctx context.Context, id, name string, now *roll, b *record.Batch) error {
	var h hosted
	_, err := s.get(ctx, "repositories/"+id, &h)
	switch code := status(err); {
	case err == nil && h.FullName == name: // it is there: not one of those asked for any more, or the list lags
		return nil
	case err == nil:
		b.Tombstones = append(b.Tombstones, s.tombstone(id, name, h.FullName))
	case code == http.StatusNotFound, code == http.StatusGone:
		b.Tombstones = append(b.Tombstones, s.tombstone(id, name, ""))
	case code == http.StatusForbidden, code == http.StatusUnavailableForLegalReasons:
		t := s.tombstone(id, name, "")
		t.Reason = "hidden"
		b.Tombstones = append(b.Tombstones, t)
	case code == 0:
		return err
	default:
		now.Names[id] = name
		b.Warnings = append(b.Warnings, record.Warning{
			Code: "unknown_fate", Subject: name, Detail: err.Error() + "; it is asked for again in the next run", Loss: true,
		})
	}
	return nil
}

// tombstone says what became of a repository that had a name: it has another one, another owner, or is gone.
func (s *Source) tombstone(id, name, now string) record.Tombstone {
	t := record.Tombstone{Source: kind, Kind: "repository", Scope: name, ID: id, Now: now, SeenAt: s.opts.Now().UTC(), Reason: "transferred"}
	owner, _, _ := strings.Cut(name, "/")
	switch {
	case now == "":
		t.Reason = "deleted"
	case strings.HasPrefix(strings.ToLower(now), strings.ToLower(owner)+"/"):
		t.Reason = "renamed"
	}
	return t
}
