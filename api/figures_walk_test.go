package api_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/api"
)

// withoutRows are the counts that no list of changes or outages is behind, with the reason.
var withoutRows = map[string]string{}

// Every count of a figure has the list behind it, and only counts have one: the length of a list is one.
func TestCountsOfFiguresHaveRows(t *testing.T) {
	definitions, err := figures.Definitions()
	if err != nil {
		t.Fatal(err)
	}
	unused := map[string]bool{}
	for name := range withoutRows {
		unused[name] = true
	}
	for _, d := range definitions {
		for _, c := range d.Columns {
			name := d.ID + "." + c.Name
			switch {
			case c.Rows != nil && c.Unit != figures.Count:
				t.Errorf("%s has rows and is no count but a %s", name, c.Unit)
			case c.Rows != nil && c.List != "" && c.List != "outages":
				t.Errorf("%s: there is no list %q", name, c.List)
			case c.Unit == figures.Count && c.Rows == nil && withoutRows[name] == "":
				t.Errorf("%s is a count without rows: name them, or the reason in withoutRows", name)
			case c.Unit == figures.Count && c.Rows == nil:
				delete(unused, name)
			}
		}
	}
	for name := range unused {
		t.Errorf("withoutRows names %s, which is no count without rows", name)
	}
}

// walk follows the links of figures.
type walk struct {
	*client
	totals map[string]int64 // of the lists asked for so far, by address
	lines  map[string]bool  // those whose CSV was counted too
	links  int
	left   int // out by sampling
}

// perColumn is how many rows of a column are followed under one scope: the ends and what lies evenly between them.
const perColumn = 6

// Every number of every figure, whatever it is narrowed by, is the length of the list that it links to, and of its CSV.
func everyFigureIsItsRows(t *testing.T, c *client) {
	w := &walk{client: c, totals: map[string]int64{}, lines: map[string]bool{}}
	definitions, err := figures.Definitions()
	if err != nil {
		t.Fatal(err)
	}
	scopes := someScopes(c)
	for _, d := range definitions {
		before, began := w.links, time.Now()
		filled := 0
		for _, scope := range scopes {
			filled += w.figure(d.ID, scope)
		}
		if filled == 0 {
			t.Errorf("%s has no rows whatever it is narrowed by: nothing of it is tested", d.ID)
		}
		t.Logf("%s: %d rows, %d links, %s", d.ID, filled, w.links-before, time.Since(began).Round(time.Millisecond))
	}
	t.Logf("%d links of %d figures under %d scopes to %d lists, %d of them counted as CSV; %d links left out", w.links, len(definitions), len(scopes), len(w.totals), len(w.lines), w.left)
}

// someScopes are filters that match something, each key once and some together.
func someScopes(c *client) []string {
	c.t.Helper()
	list := get[api.ChangeList](c, "/api/v1/changes?outcome=incident&limit=1")
	one := list.Items[0]
	day := func(days int) string { return one.LandedAt.AddDate(0, 0, days).Format(time.DateOnly) }
	return []string{
		"", "range=12w", "team=" + url.QueryEscape(one.Team), "tier=1,2", "class=ai_agent,ai_assisted", "severity=1,2",
		"repo=" + url.QueryEscape(one.Repo), "from=" + day(-60) + "&to=" + day(3),
		"team=" + url.QueryEscape(one.Team) + "&tier=1&from=" + day(-100),
	}
}

// figure follows the numbers of a figure under a scope and returns how many rows it has.
func (w *walk) figure(id, scope string) int {
	w.t.Helper()
	rows := w.rowsOf(id, scope)
	w.sameAsCSV(id, scope, rows)
	definition, _ := figures.Find(id)
	for _, column := range definition.Columns {
		var linked []api.FigureRow
		for _, row := range rows {
			if row.Rows[column.Name] != "" {
				linked = append(linked, row)
			}
		}
		step := max(1, (len(linked)-1)/(perColumn-1))
		for i, row := range linked {
			if scope != "" && i%step != 0 && i != len(linked)-1 {
				w.left++
				continue
			}
			w.follow(fmt.Sprintf("figure %s?%s, row %d, %s", id, scope, slices.IndexFunc(rows, func(r api.FigureRow) bool {
				return &r.Values == &row.Values
			}), column.Name), row.Rows[column.Name], row.Values[column.Name])
		}
	}
	return len(rows)
}

// rowsOf reads all pages of a figure, small ones, so that there are several.
func (w *walk) rowsOf(id, scope string) (rows []api.FigureRow) {
	w.t.Helper()
	address := "/api/v1/figures/" + id + "?limit=500&" + scope
	for next := ""; ; {
		f := get[api.Figure](w.client, address+next)
		rows = append(rows, f.Items...)
		if f.Truncated != (f.Next != nil) {
			w.t.Fatalf("%s: truncated %t, next %v", address, f.Truncated, f.Next)
		}
		if f.Next == nil {
			if f.Total != len(rows) {
				w.t.Errorf("%s: total %d, %d rows", address, f.Total, len(rows))
			}
			return rows
		}
		next = "&cursor=" + url.QueryEscape(*f.Next)
	}
}

// sameAsCSV compares the values and the links of the CSV with those of the JSON.
func (w *walk) sameAsCSV(id, scope string, rows []api.FigureRow) {
	w.t.Helper()
	table := w.table("/api/v1/figures/" + id + "/csv?" + scope)
	if len(table)-1 != len(rows) {
		w.t.Errorf("figure %s?%s has %d rows, its CSV %d", id, scope, len(rows), len(table)-1)
		return
	}
	for i, row := range rows {
		for j, name := range table[0] {
			cell := table[i+1][j]
			if column, isLink := strings.CutSuffix(name, "_rows"); isLink && row.Values[name] == nil {
				if row.Rows[column] != cell {
					w.t.Errorf("figure %s?%s, row %d, %s: links to %q, in the CSV to %q", id, scope, i, column, row.Rows[column], cell)
				}
				continue
			}
			if value, isNumber := row.Values[name].(float64); isNumber {
				if got, err := strconv.ParseFloat(cell, 64); err != nil || got < value-1e-4*max(1, value) || got > value+1e-4*max(1, value) {
					w.t.Errorf("figure %s?%s, row %d, %s: %g, in the CSV %q", id, scope, i, name, value, cell)
				}
			}
			if row.Values[name] == nil && cell != "" {
				w.t.Errorf("figure %s?%s, row %d, %s: nothing, in the CSV %q", id, scope, i, name, cell)
			}
		}
	}
}

// table reads a CSV without the lines that say what it is.
func (w *walk) table(address string) [][]string {
	w.t.Helper()
	response, body := w.do(httptest.NewRequest(http.MethodGet, address, nil))
	if response.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %d %s", address, response.StatusCode, body)
	}
	for bytes.HasPrefix(body, []byte("#")) {
		_, body, _ = bytes.Cut(body, []byte("\n"))
	}
	table, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		w.t.Fatalf("%s: %v", address, err)
	}
	return table
}

// follow compares a number with the list that it links to.
func (w *walk) follow(what, address string, value any) {
	w.t.Helper()
	w.links++
	want, isNumber := value.(float64)
	if !isNumber {
		w.t.Errorf("%s links to %s and is %v, which is no number", what, address, value)
		return
	}
	if _, asked := w.totals[address]; !asked {
		w.totals[address] = w.total(what, address)
	}
	if got := w.totals[address]; got != int64(want) {
		w.t.Errorf("%s says %g, its list %s has %d", what, want, address, got)
	}
}

// total is how many a list has. Of every tenth the lines of the CSV are counted too.
func (w *walk) total(what, address string) int64 {
	w.t.Helper()
	list, query, _ := strings.Cut(address, "?")
	var total int64
	var export string
	switch list {
	case "/changes":
		total, export = get[api.ChangeList](w.client, "/api/v1/changes?limit=1&"+query).Total, "/api/v1/changes.csv?"
	case "/outages":
		total, export = int64(get[api.Figure](w.client, "/api/v1/figures/outages?limit=1&"+query).Total), "/api/v1/figures/outages/csv?"
	default:
		w.t.Errorf("%s links to %s, which is no list", what, address)
		return -1
	}
	if len(w.totals)%10 == 0 {
		w.lines[address] = true
		if lines := int64(len(w.table(export+query)) - 1); lines != total {
			w.t.Errorf("%s: the list %s has %d, its CSV %d", what, address, total, lines)
		}
	}
	return total
}
