package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Change is a row of the view baserate.changes. Nil stands for what is not known.
type Change struct {
	ChangeID        string     `ch:"change_id"`
	Kind            string     `ch:"kind"`
	Method          string     `ch:"method"`
	Repo            string     `ch:"repo"`
	SHA             string     `ch:"sha"`
	PRNumber        *uint32    `ch:"pr_number"`
	Title           string     `ch:"title"`
	LandedAt        time.Time  `ch:"landed_at"`
	AuthorClass     string     `ch:"author_class"`
	Tool            string     `ch:"tool"`
	Autonomy        string     `ch:"autonomy"`
	ReviewState     string     `ch:"review_state"`
	Approvals       uint8      `ch:"approvals"`
	Permission      string     `ch:"permission"`       // "unknown" where no snapshot covers the landing
	UsualPermission string     `ch:"usual_permission"` // likewise
	Team            string     `ch:"team"`             // "" when not known
	Tier            uint8      `ch:"tier"`             // 1 most critical to 3; 0 when not known
	Commits         uint32     `ch:"commits"`
	SizeLines       *uint64    `ch:"size_lines"`
	Files           *uint32    `ch:"files"`
	OpenedAt        *time.Time `ch:"opened_at"` // nil without a pull request; then the four below say nothing
	FirstReviewAt   *time.Time `ch:"first_review_at"`
	ReviewRounds    uint16     `ch:"review_rounds"`
	ReviewComments  uint32     `ch:"review_comments"`
	Reverted        bool       `ch:"reverted"`
	RevertedAt      *time.Time `ch:"reverted_at"`
	Hotfixed        bool       `ch:"hotfixed"`
	HotfixedAt      *time.Time `ch:"hotfixed_at"`
	ReworkedAt      *time.Time `ch:"reworked_at"`
	FailedAt        *time.Time `ch:"failed_at"`
	Incident        string     `ch:"incident_id"` // source:id, "" when it caused none; then the five below say nothing
	IncidentAt      *time.Time `ch:"incident_at"`
	IncidentMethod  string     `ch:"incident_method"`
	IncidentScore   float32    `ch:"incident_score"`
	Severity        *uint8     `ch:"severity"`
	OutageMinutes   float64    `ch:"outage_minutes"`
	Mistake         bool       `ch:"mistake"`
	ControlAt       *time.Time `ch:"control_at"`
	FollowedDays    uint16     `ch:"followed_days"`
	Mature          bool       `ch:"mature"`
	Total           uint64     `ch:"total"` // rows behind the same filter on all pages
}

// ChangeFilter selects changes. The zero value selects all; within a list any value matches, between lists all must.
type ChangeFilter struct {
	Repos, Classes, Tools, Kinds, Reviews, Teams, Permissions []string

	Outcome  string    // "", "reverted", or one of those that strata are kept of, see changes.sql
	Raised   *bool     // landed with a permission above the usual one, or not; nil: both, and what is not known
	Instant  *bool     // landed within a minute of being opened, or not; nil likewise
	MinLines int       // added and deleted, at least
	MaxLines *int      // likewise, at most
	Tiers    []int     // of the repository; any when empty
	ChangeID string    // only this change
	Mature   *bool     // nil: both
	Followed int       // whole days that the data go on after the landing, at least
	From, To time.Time // landed at or after From and before To
	Limit    int       // 0: all
	After    ChangeKey // the last change of the page before
}

// ChangeKey is the place of a change in the list.
type ChangeKey struct {
	LandedAt time.Time
	ChangeID string
}

func (f ChangeFilter) params() Params {
	p := Params{
		"repos": f.Repos, "classes": f.Classes, "tools": f.Tools, "kinds": f.Kinds, "reviews": f.Reviews, "teams": f.Teams,
		"permissions": f.Permissions, "outcome": f.Outcome, "raised": either(f.Raised), "instant": either(f.Instant), "min_lines": f.MinLines, "max_lines": -1,
		"tiers": numbers(f.Tiers), "change": f.ChangeID, "mature": either(f.Mature), "followed": f.Followed,
		"from": f.From, "to": f.To, "limit": uint64(f.Limit), "after_at": f.After.LandedAt, "after_id": f.After.ChangeID,
	}
	if f.MaxLines != nil {
		p["max_lines"] = *f.MaxLines
	}
	first, end := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2299, 12, 31, 0, 0, 0, 0, time.UTC)
	for name, unset := range map[string]time.Time{"from": first, "to": end, "after_at": end} {
		if p[name].(time.Time).IsZero() {
			p[name] = unset
		}
	}
	if f.Limit == 0 {
		p["limit"] = uint64(1) << 62
	}
	return p
}

func numbers(list []int) []uint64 {
	out := make([]uint64, len(list))
	for i, n := range list {
		out[i] = uint64(n)
	}
	return out
}

// either writes what may be true, false or left open as 1, 0 or -1.
func either(b *bool) int {
	switch {
	case b == nil:
		return -1
	case *b:
		return 1
	}
	return 0
}

// Statement returns the query that lists the changes that match, as the analysts' account may run it too.
func (f ChangeFilter) Statement() (sql string, p Params) { return query("changes"), f.params() }

// Changes returns the changes that match, newest first.
func (s *Store) Changes(ctx context.Context, f ChangeFilter) ([]Change, error) {
	rows, err := Select[Change](ctx, s, query("changes"), f.params())
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	return rows, nil
}

// EachChange calls do for every change that matches, newest first, without holding them in memory.
func (s *Store) EachChange(ctx context.Context, f ChangeFilter, do func(*Change) error) error {
	rows, err := s.Rows(ctx, query("changes"), f.params())
	if err != nil {
		return fmt.Errorf("changes: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Change
		if err := rows.ScanStruct(&c); err != nil {
			return fmt.Errorf("changes: %w", err)
		}
		if err := do(&c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Attribution is a piece of evidence about a commit of a change.
type Attribution struct {
	Subject    string  `ch:"subject"`
	Rule       string  `ch:"rule"`
	Tool       string  `ch:"tool"`
	Mode       string  `ch:"mode"`
	Evidence   string  `ch:"evidence"`
	Confidence float32 `ch:"confidence"`
}

// Link is another change that undid or repaired a change, or was undone or repaired by it.
type Link struct {
	Relation  string    `ch:"relation"` // "reverted_by", "fixed_by", "reverts" or "fixes"
	ChangeID  string    `ch:"change_id"`
	Method    string    `ch:"method"`
	Effective bool      `ch:"effective"`
	At        time.Time `ch:"at"`
}

// ChangeDetail is a change with what its class and outcomes rest on.
type ChangeDetail struct {
	Change
	Attributions []Attribution
	Links        []Link
}

// Change returns one change by its change_id, and whether there is one.
func (s *Store) Change(ctx context.Context, id string) (ChangeDetail, bool, error) {
	repo, sha, _ := cutLast(id, "@")
	p := Params{"repo": repo, "sha": sha}
	found, err := Select[Change](ctx, s, query("change"), p)
	if err != nil || len(found) == 0 {
		return ChangeDetail{}, false, wrap("change", err)
	}
	d := ChangeDetail{Change: found[0]}
	if d.Attributions, err = Select[Attribution](ctx, s, query("change_attributions"), p); err != nil {
		return d, true, wrap("change_attributions", err)
	}
	d.Links, err = Select[Link](ctx, s, query("change_links"), p)
	return d, true, wrap("change_links", err)
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func wrap(operation string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", operation, err)
}
