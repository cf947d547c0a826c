package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/runtime/types"

	"github.com/baserate/baserate/analysis/figures"
)

func (h *handlers) ListFigures(c echo.Context) error {
	definitions, err := figures.Definitions()
	if err != nil {
		return err
	}
	return respond(c, FigureList{Items: all(definitions, encodeDefinition)})
}

func encodeDefinition(d figures.Definition) FigureDefinition {
	return FigureDefinition{
		ID: d.ID, Version: d.Version, Changed: d.Changed, Page: d.Page, Title: d.Title, Meaning: d.Meaning, Formula: d.Formula,
		Excludes: append([]string{}, d.Excludes...), Obeys: append([]string{}, d.Obeys...), Columns: all(d.Columns, encodeColumn), SQL: d.SQL(),
	}
}

func encodeColumn(c figures.Column) FigureColumn {
	return FigureColumn{Name: c.Name, Label: c.Label, Unit: FigureColumnUnit(c.Unit), About: c.About}
}

func (h *handlers) GetFigure(c echo.Context, id string, p GetFigureParams) error {
	a, dataTo, err := h.figure(c, id, p)
	if err != nil {
		return err
	}
	limit := cmp.Or(given(p.Limit), 1000)
	from, err := place(p.Cursor, a)
	if err != nil {
		return err
	}
	to := min(from+limit, len(a.Rows))
	f := Figure{
		ID: a.ID, Version: a.Definition.Version, Title: a.Title, Columns: all(a.Columns, encodeColumn), Ignored: a.Ignored, DataTo: dataTo,
		From: date(a.Filter.From), To: date(a.Filter.To), Total: len(a.Rows), Limit: limit, Truncated: to < len(a.Rows),
		Items: all(a.Rows[from:to], func(row []any) FigureRow { return encodeRow(a, row) }),
	}
	if f.Truncated {
		f.Next = optional(strconv.Itoa(to) + "@" + a.Version)
	}
	return respond(c, f)
}

// place reads a cursor: how many rows came before, and of which data. Other data have other rows.
func place(cursor *string, a *figures.Answer) (int, error) {
	if cursor == nil {
		return 0, nil
	}
	text, version, _ := strings.Cut(*cursor, "@")
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > len(a.Rows) {
		return 0, &problem{code: invalidParameter, field: "cursor", detail: "It is none of this figure's."}
	}
	if version != a.Version {
		return 0, &problem{code: invalidParameter, field: "cursor", detail: "The data have changed since the page before. Begin again without a cursor."}
	}
	return n, nil
}

func encodeRow(a *figures.Answer, row []any) FigureRow {
	r := FigureRow{Values: make(map[string]any, len(row)), Rows: map[string]string{}}
	for i := range a.Columns {
		c := &a.Columns[i]
		r.Values[c.Name] = encodeCell(row[i], c.Unit)
		if link := a.Link(c, a.Filter, row); link != "" {
			r.Rows[c.Name] = link
		}
	}
	return r
}

func encodeCell(cell any, unit figures.Unit) any {
	at, ok := cell.(time.Time)
	if !ok {
		return cell
	}
	if unit == figures.Day {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.RFC3339)
}

// figure reads the figure that a request asks for, and when the data end.
func (h *handlers) figure(c echo.Context, id string, p GetFigureParams) (*figures.Answer, *time.Time, error) {
	d, found := figures.Find(id)
	if !found {
		return nil, nil, &problem{code: noSuchFigure, field: "id", detail: fmt.Sprintf("There is no figure %q.", id)}
	}
	dataTo, err := h.dataTo(c.Request().Context())
	if err != nil {
		return nil, nil, err
	}
	f, err := figureFilter(p, dataTo)
	if err != nil {
		return nil, nil, err
	}
	a, err := h.figures.Read(c.Request().Context(), d, f)
	return a, dataTo, err
}

func figureFilter(p GetFigureParams, dataTo *time.Time) (f figures.Filter, err error) {
	f = figures.Filter{Repos: sorted(p.Repo), Teams: sorted(p.Team), Classes: sorted(p.Class)}
	f.Causes = sorted(p.Cause)
	f.Tiers, f.Severities = sortedNumbers(p.Tier), sortedNumbers(p.Severity)
	if f.From, err = day("from", p.From); err != nil {
		return f, err
	}
	if f.To, err = day("to", p.To); err != nil {
		return f, err
	}
	if !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		return f, &problem{code: invalidParameter, field: "to", detail: "The day in to must be after the day in from."}
	}
	if p.Range == nil {
		return f, nil
	}
	if p.From != nil || p.To != nil {
		return f, &problem{code: invalidParameter, field: "range", detail: "It stands for a from and to, and cannot be given together with one of them."}
	}
	weeks, err := strconv.Atoi(strings.TrimSuffix(*p.Range, "w"))
	if err == nil && dataTo != nil {
		f.From = monday(*dataTo).AddDate(0, 0, -7*(weeks-1))
	}
	return f, err
}

// monday begins the ISO week of a moment.
func monday(t time.Time) time.Time {
	t = t.UTC().Truncate(24 * time.Hour)
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

// sorted makes equal filters look equal.
func sorted[T ~string](values *[]T) []string {
	list := texts(values)
	slices.Sort(list)
	return slices.Compact(list)
}

func sortedNumbers[T cmp.Ordered](values *[]T) []T {
	if values == nil {
		return nil
	}
	set := map[T]bool{}
	for _, v := range *values {
		set[v] = true
	}
	return slices.Sorted(maps.Keys(set))
}

func date(t time.Time) *types.Date {
	if t.IsZero() {
		return nil
	}
	return &types.Date{Time: t}
}
