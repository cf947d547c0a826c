package api

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store"
)

func (h *handlers) GetCoverage(c echo.Context) error {
	ctx := c.Request().Context()
	coverage, err := h.options.Store.Coverage(ctx)
	if err != nil {
		return err
	}
	streams, err := h.options.Store.Streams(ctx)
	if err != nil {
		return err
	}
	plan := h.options.plan()
	out := encodeCoverage(coverage, plan)
	out.Streams = encodeStreams(streams, plan)
	out.Running = all(h.running(), func(r Running) Running { return r })
	out.Controls = h.options.controls()
	return respond(c, out)
}

func (h *handlers) running() []Running {
	if h.options.Progress == nil {
		return nil
	}
	return h.options.Progress()
}

// ListScopes reads one row more than the page holds: that row says that there is another page.
func (h *handlers) ListScopes(c echo.Context, params ListScopesParams) error {
	limit := cmp.Or(given(params.Limit), pageRows)
	filter, err := scopeFilter(params, limit+1)
	if err != nil {
		return err
	}
	rows, err := h.options.Store.Sources(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	list := ScopeList{Limit: limit, Truncated: len(rows) > limit}
	if len(rows) > 0 {
		list.Total = int64(rows[0].Total)
	}
	if list.Truncated {
		rows = rows[:limit]
		list.Next = optional(writeScopeCursor(rows[limit-1].Key()))
	}
	turns := turnsOf(h.options.plan())
	list.Items = all(rows, func(s store.Source) Source { return encodeSource(s, turns) })
	return respond(c, list)
}

func scopeFilter(p ListScopesParams, limit int) (store.SourceFilter, error) {
	f := store.SourceFilter{Source: given(p.Source), Stream: given(p.Stream), Statuses: texts(p.Status), Text: given(p.Scope), Limit: limit}
	if p.Cursor == nil {
		return f, nil
	}
	plain, err := base64.RawURLEncoding.DecodeString(*p.Cursor)
	if err == nil {
		err = json.Unmarshal(plain, &f.After)
	}
	if err != nil || f.After.Source == "" {
		return f, &problem{code: badCursor, field: "cursor", cause: err}
	}
	return f, nil
}

func writeScopeCursor(k store.SourceKey) string {
	plain, err := json.Marshal(k)
	if err != nil {
		panic(err) // of three strings and a bool
	}
	return base64.RawURLEncoding.EncodeToString(plain)
}

// given is what a parameter was set to, the zero value where it was not.
func given[T any](p *T) (value T) {
	if p != nil {
		value = *p
	}
	return value
}

// ListUnmatchedAccounts goes on after the kind of source that the cursor names: there is one row of each, in their order.
func (h *handlers) ListUnmatchedAccounts(c echo.Context, params ListUnmatchedAccountsParams) error {
	rows, err := h.options.Store.UnmatchedAccounts(c.Request().Context())
	if err != nil {
		return err
	}
	list := UnmatchedAccounts{Total: len(rows), Limit: cmp.Or(given(params.Limit), pageRows)}
	from := 0
	if after := given(params.Cursor); after != "" {
		from = len(rows)
		if i := slices.IndexFunc(rows, func(u store.Unmatched) bool { return u.Source > after }); i >= 0 {
			from = i
		}
	}
	to := min(from+list.Limit, len(rows))
	if list.Truncated = to < len(rows); list.Truncated {
		list.Next = optional(rows[to-1].Source)
	}
	list.Items = all(rows[from:to], encodeUnmatched)
	return respond(c, list)
}

func encodeUnmatched(u store.Unmatched) Unmatched {
	out := Unmatched{Source: u.Source, Accounts: int64(u.Accounts), Unmatched: int64(u.Unmatched), Changes: int64(u.Changes)}
	if u.Changes > 0 {
		out.Share = &u.Share
	}
	return out
}
