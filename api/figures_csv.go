package api

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/analysis/figures"
)

// ExportFigure writes all rows of a figure, with the address of the list behind each number in a column of its own.
func (h *handlers) ExportFigure(c echo.Context, id string, p ExportFigureParams) error {
	a, dataTo, err := h.figure(c, id, GetFigureParams{
		Repo: p.Repo, Team: p.Team, Tier: p.Tier, Class: p.Class, Severity: p.Severity, Cause: p.Cause, Range: p.Range, From: p.From, To: p.To,
	})
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, "text/csv; charset=utf-8; header=present")
	header.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="baserate-%s.csv"`, a.ID))
	header.Set(echo.HeaderCacheControl, "no-store")
	c.Response().WriteHeader(http.StatusOK)
	asked := c.Request().URL.RawQuery
	if _, err := c.Response().Write([]byte(figureHead(a, h.options, asked, dataTo))); err != nil {
		return err
	}
	rows := csv.NewWriter(c.Response())
	if err := rows.WriteAll(figureTable(a)); err != nil {
		return err
	}
	return rows.Error()
}

func figureHead(a *figures.Answer, o Options, asked string, dataTo *time.Time) string {
	ends := "nothing collected yet"
	if dataTo != nil {
		ends = dataTo.UTC().Format(time.RFC3339)
	}
	ignored := ""
	if len(a.Ignored) > 0 {
		ignored = "# not narrowed by: " + strings.Join(a.Ignored, ", ") + "\n"
	}
	return fmt.Sprintf("# %s\n# %s\n# query: /api/v1/figures/%s?%s\n%s# rows: %d\n# data to: %s\n# definition: %s %d, changes by definitions %d, baserate %s\n",
		a.Title, a.Meaning, a.ID, strings.Map(printable, asked), ignored, len(a.Rows), ends, a.ID, a.Definition.Version, o.Definitions, o.Version)
}

// figureTable is a figure as text, the names of the columns first.
func figureTable(a *figures.Answer) [][]string {
	names := []string{}
	for _, c := range a.Columns {
		if names = append(names, c.Name); c.Rows != nil {
			names = append(names, c.Name+"_rows")
		}
	}
	table := [][]string{names}
	for _, row := range a.Rows {
		line := []string{}
		for i := range a.Columns {
			c := &a.Columns[i]
			if line = append(line, csvCell(row[i], c.Unit)); c.Rows != nil {
				line = append(line, a.Link(c, a.Filter, row))
			}
		}
		table = append(table, line)
	}
	return table
}

func csvCell(cell any, unit figures.Unit) string {
	switch v := encodeCell(cell, unit).(type) {
	case nil:
		return ""
	case string:
		return inert(v)
	case []any:
		return inert(strings.Join(all(v, func(x any) string { return fmt.Sprint(x) }), " "))
	case float64:
		return decimal(&v)
	default:
		return fmt.Sprint(v)
	}
}
