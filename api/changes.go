package api

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/store"
)

// page is one page of the list of changes.
type page struct {
	filter store.ChangeFilter
	limit  int
}

const pageRows = 50 // the contract's default

func readPage(p ListChangesParams) (page, error) {
	filter, err := readFilter(ExportChangesParams{
		Repo: p.Repo, Class: p.Class, Tool: p.Tool, Kind: p.Kind, Review: p.Review, Team: p.Team, Permissions: p.Permissions,
		AboveUsual: p.AboveUsual, Instant: p.Instant, MinLines: p.MinLines, MaxLines: p.MaxLines, Tier: p.Tier, OneChange: p.OneChange, Outcome: p.Outcome, Mature: p.Mature, Followed: p.Followed, From: p.From, To: p.To,
	})
	if err != nil {
		return page{}, err
	}
	if p.Cursor != nil {
		if filter.After, err = readCursor(*p.Cursor); err != nil {
			return page{}, err
		}
	}
	return page{filter, cmp.Or(given(p.Limit), pageRows)}, nil
}

// list reads one row more than the page holds: that row says that there is another page.
func (h *handlers) list(ctx context.Context, p page) (ChangeList, error) {
	filter := p.filter
	filter.Limit = p.limit + 1
	rows, err := h.options.Store.Changes(ctx, filter)
	if err != nil {
		return ChangeList{}, err
	}
	total, err := h.total(ctx, filter, rows)
	if err != nil {
		return ChangeList{}, err
	}
	l := ChangeList{Limit: p.limit, Total: int64(total), Truncated: len(rows) > p.limit, Sentence: sentence(total, filter)}
	if l.Truncated {
		rows = rows[:p.limit]
		last := rows[p.limit-1]
		l.Next = optional(writeCursor(store.ChangeKey{LandedAt: last.LandedAt, ChangeID: last.ChangeID}))
	}
	l.Items = all(rows, encodeChange)
	return l, nil
}

// total is on every row; only past the last page it has to be asked for.
func (h *handlers) total(ctx context.Context, f store.ChangeFilter, rows []store.Change) (uint64, error) {
	if len(rows) > 0 {
		return rows[0].Total, nil
	}
	if f.After == (store.ChangeKey{}) {
		return 0, nil
	}
	f.After, f.Limit = store.ChangeKey{}, 1
	first, err := h.options.Store.Changes(ctx, f)
	if err != nil || len(first) == 0 {
		return 0, err
	}
	return first[0].Total, nil
}

// The cursor is the last row's place in the order. Nobody else reads it, so it is in no form that invites to.
func writeCursor(k store.ChangeKey) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(k.LandedAt.Unix(), 10) + " " + k.ChangeID))
}

func readCursor(text string) (store.ChangeKey, error) {
	bad := &problem{code: badCursor, field: "cursor"}
	plain, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		bad.cause = err
		return store.ChangeKey{}, bad
	}
	seconds, id, _ := strings.Cut(string(plain), " ")
	unix, err := strconv.ParseInt(seconds, 10, 64)
	if at := time.Unix(unix, 0).UTC(); err == nil && id != "" && inRange(at) {
		return store.ChangeKey{LandedAt: at, ChangeID: id}, nil
	}
	bad.cause = fmt.Errorf("cursor %q", plain)
	return store.ChangeKey{}, bad
}

// inRange reports whether the database can tell a time from others: it keeps 1900 to 2299.
func inRange(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2299 }
