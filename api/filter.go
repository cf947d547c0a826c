package api

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"github.com/baserate/baserate/store"
)

// readFilter turns the parameters into a filter of the store.
func readFilter(p ExportChangesParams) (store.ChangeFilter, error) {
	f := store.ChangeFilter{
		Repos: texts(p.Repo), Classes: texts(p.Class), Tools: texts(p.Tool), Kinds: texts(p.Kind), Reviews: texts(p.Review),
		Teams: texts(p.Team), Permissions: texts(p.Permissions), Raised: p.AboveUsual, Instant: p.Instant, Mature: p.Mature,
	}
	if p.Followed != nil {
		f.Followed = *p.Followed
	}
	if p.MinLines != nil {
		f.MinLines = *p.MinLines
	}
	f.MaxLines = p.MaxLines
	if p.Tier != nil {
		f.Tiers = *p.Tier
	}
	if p.OneChange != nil {
		f.ChangeID = *p.OneChange
	}
	if p.Outcome != nil {
		f.Outcome = string(*p.Outcome)
	}
	var err error
	if f.From, err = day("from", p.From); err != nil {
		return f, err
	}
	if f.To, err = day("to", p.To); err != nil {
		return f, err
	}
	if !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		return f, &problem{code: invalidParameter, field: "to", detail: "The day in to must be after the day in from; it is not part of the list itself."}
	}
	return f, nil
}

func day(field string, d *types.Date) (time.Time, error) {
	if d == nil {
		return time.Time{}, nil
	}
	if !inRange(d.Time) {
		return time.Time{}, &problem{code: invalidParameter, field: field, detail: fmt.Sprintf("%s lies outside 1900 to 2299.", d)}
	}
	return d.Time, nil
}

// texts turns a list of one of the contract's string types into strings.
func texts[T ~string](values *[]T) []string {
	if values == nil {
		return nil
	}
	return all(*values, func(v T) string { return string(v) })
}

// query writes a filter as the query string that selects it.
func query(f store.ChangeFilter) string {
	q := url.Values{}
	for key, values := range map[string][]string{
		"repo": f.Repos, "class": f.Classes, "tool": f.Tools, "kind": f.Kinds, "review": f.Reviews,
		"team": f.Teams, "permission": f.Permissions,
	} {
		if len(values) > 0 {
			q.Set(key, strings.Join(values, ","))
		}
	}
	if f.Outcome != "" {
		q.Set("outcome", f.Outcome)
	}
	for key, value := range map[string]*bool{"above_usual": f.Raised, "instant": f.Instant, "mature": f.Mature} {
		if value != nil {
			q.Set(key, strconv.FormatBool(*value))
		}
	}
	for key, n := range map[string]int{"followed": f.Followed, "min_lines": f.MinLines} {
		if n > 0 {
			q.Set(key, strconv.Itoa(n))
		}
	}
	if f.MaxLines != nil {
		q.Set("max_lines", strconv.Itoa(*f.MaxLines))
	}
	if len(f.Tiers) > 0 {
		q.Set("tier", strings.Join(all(f.Tiers, strconv.Itoa), ","))
	}
	if f.ChangeID != "" {
		q.Set("change", f.ChangeID)
	}
	for key, t := range map[string]time.Time{"from": f.From, "to": f.To} {
		if !t.IsZero() {
			q.Set(key, t.Format(time.DateOnly))
		}
	}
	return q.Encode()
}
