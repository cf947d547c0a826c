package api

import (
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
)

// ClaimsTable is the claims with their answers as a table, the names of its columns first: a row for every comparison of a
// claim, or one for a claim that has none. The ratio is the one that decides, with the interval that holds however often one looks.
func ClaimsTable(list ClaimList) [][]string {
	table := [][]string{{
		"claim", "version", "kind", "code", "word", "answer", "exposure", "outcome", "exposed_changes", "exposed_events", "reference_changes",
		"reference_events", "ratio", "low", "high", "margin", "target", "exposed_rows",
	}}
	for _, claim := range list.Claims {
		a := claim.Answer
		first := []string{claim.ID, strconv.Itoa(claim.Version), claim.Kind, string(a.Code), a.Word, inert(a.Sentence)}
		last := []string{decimal(claim.Margin), decimal(claim.Target)}
		if len(a.Comparisons) == 0 {
			table = append(table, append(append(first, make([]string, 9)...), append(last, "")...))
		}
		for _, c := range a.Comparisons {
			row := append(first[:3:3], string(c.Code), c.Word, first[5], string(c.Exposure), string(c.Outcome), whole(&c.Exposed.Changes),
				whole(&c.Exposed.Events), whole(&c.Reference.Changes), whole(&c.Reference.Events))
			row = append(row, deciding(c)...)
			table = append(table, append(append(row, last...), "/changes?"+c.Exposed.Rows))
		}
	}
	return table
}

// deciding are the ratio that decides and its interval.
func deciding(c Comparison) []string {
	ratio := c.Direct
	for _, e := range c.Effects {
		if e.Deciding {
			ratio = e.Ratio
		}
	}
	interval := ratio.Fixed
	if ratio.AlwaysValid != nil {
		interval = *ratio.AlwaysValid
	}
	return []string{decimal(ratio.Value), decimal(interval.Low), decimal(interval.High)}
}

// ExportClaims sends the claims as a table.
func (h *handlers) ExportClaims(c echo.Context, p ExportClaimsParams) error {
	list, err := h.claims(c, p)
	if err != nil {
		return err
	}
	table := ClaimsTable(list)
	return h.sendTable(c, "claims", h.about(c, "Claims and their answers", len(table)-1, list.DataTo), table)
}

func (h *handlers) claims(c echo.Context, p ExportClaimsParams) (ClaimList, error) {
	if p.AsOf == nil {
		return h.answered(c.Request().Context())
	}
	recorded, err := h.recorded(c.Request().Context(), *p.AsOf)
	if err != nil {
		return ClaimList{}, err
	}
	return DecodeRecorded(recorded, p.AsOf.Time, Context{Definitions: h.options.Definitions})
}

// ExportMix sends the months as a table.
func (h *handlers) ExportMix(c echo.Context) error {
	months, err := h.options.Store.Mix(c.Request().Context())
	if err != nil {
		return err
	}
	dataTo, err := h.dataTo(c.Request().Context())
	if err != nil {
		return err
	}
	table := [][]string{{"month", "complete", "ai_agent", "ai_assisted", "human", "unknown", "automation"}}
	for _, m := range encodeMix(months).Items {
		table = append(table, []string{
			m.Month.Format(time.DateOnly), strconv.FormatBool(m.Complete), whole(&m.AiAgent), whole(&m.AiAssisted), whole(&m.Human), whole(&m.Unknown),
			whole(&m.Automation),
		})
	}
	return h.sendTable(c, "mix", h.about(c, "Changes by month and author class", len(table)-1, dataTo), table)
}

// ExportScopes sends all rows of the coverage ledger that match.
func (h *handlers) ExportScopes(c echo.Context, p ExportScopesParams) error {
	filter, err := scopeFilter(ListScopesParams{Source: p.Source, Stream: p.Stream, Status: p.Status, Scope: p.Scope}, allScopes)
	if err != nil {
		return err
	}
	rows, err := h.options.Store.Sources(c.Request().Context(), filter)
	if err != nil {
		return err
	}
	dataTo, err := h.dataTo(c.Request().Context())
	if err != nil {
		return err
	}
	turns := turnsOf(h.options.plan())
	table := [][]string{{"source", "stream", "scope", "status", "last_success_at", "started_at", "finished_at", "next_run_at", "data_from", "data_to", "rows", "requests", "warnings", "error"}}
	for _, row := range rows {
		s := encodeSource(row, turns)
		table = append(table, []string{
			inert(s.Source), inert(s.Stream), inert(s.Scope), string(s.Status), moment(s.LastSuccessAt), moment(&s.StartedAt), moment(s.FinishedAt),
			moment(s.NextRunAt), moment(s.DataFrom), moment(s.DataTo), whole(&s.Rows), whole(&s.Requests), whole(&s.Warnings), inert(text(s.Error)),
		})
	}
	return h.sendTable(c, "scopes", h.about(c, "What was collected", len(table)-1, dataTo), table)
}

// allScopes is more rows than a ledger has.
const allScopes = 10_000_000
