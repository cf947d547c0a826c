package api_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
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
var withoutRows = map[string]string{
	"adoption_depth.people": people, "adoption_depth.days_0": people, "adoption_depth.days_1": people, "adoption_depth.days_2": people,
	"adoption_depth.days_3": people, "adoption_depth.days_4": people, "adoption_depth.days_5": people,
	"adoption_teams.groups": "groups of people under five are merged into one row: it is the number of these groups",
	"adoption_teams.people": people, "adoption_teams.users": people, "adoption_weeks.people": people, "adoption_weeks.users": people,
	"adoption_weeks.marked": people, "teams.members": people,
	"reviews_medians.proposals": proposals, "reviews_medians.reviewed": proposals, "reviews_medians.merged_unreviewed": proposals,
	"reviews_medians.closed_unreviewed": proposals, "reviews_medians.still_waiting": proposals, "reviews_waits.at_risk": proposals,
	"scope_choices.changes":    "it orders the choices of a filter, and is not shown",
	"outages_classes.probable": marked, "outages_classes.going_on": marked, "teams_gaps.unlinked": marked,
	"permissions_classes.usual_known": "it is the sum of the changes above the usual permission and of those that are not, which each have a list",
	"teams.repos":                     "repositories, not changes; the directory shows them",
}

// notSimulated are the figures that the simulated fleet has nothing for, with the reason.
var notSimulated = map[string]string{"permissions_bypasses": "nobody in it goes past a rule; analysis/figures has histories where they do"}

const (
	people    = "people are counted and never listed"
	marked    = "a part of a number that has its list: the list marks them, and is not narrowed by it"
	proposals = "pull requests that were not merged are in it, and no change"
)

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

// walk follows the links of figures. A list is counted by reading its address over all changes, which were asked for once; of
// every so many, and of those that cannot be read so, the API is asked for the total, and for the CSV.
type walk struct {
	*client
	everything []api.Change
	totals     map[string]int64 // of the lists counted so far, by address
	asked      int              // of these, by the API
	links      int
}

// askedOf is of how many lists one is asked for from the API.
const askedOf = 250

// Every number of every figure, whatever it is narrowed by, is the length of the list that it links to, and of its CSV.
func everyFigureIsItsRows(t *testing.T, c *client) {
	w := &walk{client: c, totals: map[string]int64{}, everything: pages(c, "", 500).items}
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
		if filled == 0 && notSimulated[d.ID] == "" {
			t.Errorf("%s has no rows whatever it is narrowed by: nothing of it is tested", d.ID)
		}
		t.Logf("%s: %d rows, %d links, %s", d.ID, filled, w.links-before, time.Since(began).Round(time.Millisecond))
	}
	t.Logf("%d links of %d figures under %d scopes to %d lists, %d of them asked for as pages and as CSV", w.links, len(definitions), len(scopes), len(w.totals), w.asked)
}

// someScopes are filters that match something, each key once and some together.
func someScopes(c *client) []string {
	c.t.Helper()
	list := get[api.ChangeList](c, "/api/v1/changes?outcome=incident&limit=1")
	one := list.Items[0]
	day := func(days int) string { return one.LandedAt.AddDate(0, 0, days).Format(time.DateOnly) }
	return []string{
		"", "range=12w", "team=" + url.QueryEscape(one.Team), "tier=1,2", "class=ai_agent,ai_assisted", "severity=1,2", "cause=change,unknown",
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
		for i, row := range rows {
			if address := row.Rows[column.Name]; address != "" {
				w.follow(fmt.Sprintf("figure %s?%s, row %d, %s", id, scope, i, column.Name), address, row.Values[column.Name])
			}
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

// total is how many a list has.
func (w *walk) total(what, address string) int64 {
	w.t.Helper()
	list, query, _ := strings.Cut(address, "?")
	switch list {
	case "/changes":
		means, ok := meaning(query)
		if !ok {
			return w.ask(what, "/api/v1/changes?limit=1&"+query, "/api/v1/changes.csv?"+query)
		}
		total := int64(0)
		for i := range w.everything {
			if means(&w.everything[i]) {
				total++
			}
		}
		if len(w.totals)%askedOf == 0 {
			if asked := w.ask(what, "/api/v1/changes?limit=1&"+query, "/api/v1/changes.csv?"+query); asked != total {
				w.t.Errorf("%s: the list %s has %d, by its meaning %d", what, address, asked, total)
			}
		}
		return total
	case "/outages":
		return w.ask(what, "/api/v1/figures/outages?limit=1&"+query, "/api/v1/figures/outages/csv?"+query)
	}
	w.t.Errorf("%s links to %s, which is no list", what, address)
	return -1
}

// ask returns the total that a list says it has, if its CSV has as many lines.
func (w *walk) ask(what, list, export string) int64 {
	w.t.Helper()
	w.asked++
	total := totalOf(w.client, list)
	if lines := int64(len(w.table(export)) - 1); lines != total {
		w.t.Errorf("%s: the list %s has %d, its CSV %d lines", what, list, total, lines)
	}
	return total
}

// totalOf reads the total alone: a list has items of a kind of its own.
func totalOf(c *client, list string) int64 {
	c.t.Helper()
	response, body := c.do(httptest.NewRequest(http.MethodGet, list, nil))
	var answer struct {
		Total int64 `json:"total"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || response.StatusCode != http.StatusOK {
		c.t.Errorf("%s: %d %s %v", list, response.StatusCode, body, err)
		return -1
	}
	return answer.Total
}

// meaning is what a query of the list of changes selects, false when it has a key that cannot be told from the fields of a row.
func meaning(query string) (func(*api.Change) bool, bool) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil, false
	}
	var all []func(*api.Change) bool
	for key := range values {
		one := meaningOf(key, values.Get(key))
		if one == nil {
			return nil, false
		}
		all = append(all, one)
	}
	return func(c *api.Change) bool {
		return !slices.ContainsFunc(all, func(holds func(*api.Change) bool) bool { return !holds(c) })
	}, true
}

// meaningOf is what a key and its value select, nil when that cannot be told.
func meaningOf(key, value string) func(*api.Change) bool {
	if field := textFields[key]; field != nil {
		wanted := strings.Split(value, ",")
		return func(c *api.Change) bool { return slices.Contains(wanted, field(c)) }
	}
	if means := workFilters[key+"="+value]; means != nil && key == "outcome" {
		return func(c *api.Change) bool { return means(*c) }
	}
	number, _ := strconv.Atoi(value)
	switch key {
	case "from":
		return func(c *api.Change) bool { return c.LandedAt.Format(time.DateOnly) >= value }
	case "to":
		return func(c *api.Change) bool { return c.LandedAt.Format(time.DateOnly) < value }
	case "mature":
		return func(c *api.Change) bool { return c.Mature == (value == "true") }
	case "followed":
		return func(c *api.Change) bool { return c.FollowedDays >= number }
	case "min_lines":
		return func(c *api.Change) bool { return c.SizeLines != nil && *c.SizeLines >= int64(number) }
	case "max_lines":
		return func(c *api.Change) bool { return c.SizeLines != nil && *c.SizeLines <= int64(number) }
	case "above_usual":
		return func(c *api.Change) bool { above, known := raised(*c); return known && above == (value == "true") }
	}
	return nil
}

// textFields are the fields that a key of the filter is a list of values of.
var textFields = map[string]func(*api.Change) string{
	"repo":       func(c *api.Change) string { return c.Repo },
	"team":       func(c *api.Change) string { return c.Team },
	"class":      func(c *api.Change) string { return string(c.AuthorClass) },
	"kind":       func(c *api.Change) string { return string(c.Kind) },
	"review":     func(c *api.Change) string { return string(c.ReviewState) },
	"permission": func(c *api.Change) string { return string(c.Permission) },
	"tier": func(c *api.Change) string {
		if c.Tier == nil {
			return "0"
		}
		return strconv.Itoa(*c.Tier)
	},
}
