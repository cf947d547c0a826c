package figures

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Link is the address of the page that lists the rows behind a number, "" where there is none.
//
// The list is narrowed by the figure's filter, as far as the figure obeys it, and by what its column says.
func (d *Definition) Link(c *Column, f Filter, row []any) string {
	place := slices.IndexFunc(d.Columns, func(x Column) bool { return x.Name == c.Name })
	if c.Rows == nil || place < 0 || row[place] == nil {
		return ""
	}
	q := d.base(f)
	for key, value := range c.Rows {
		value, optional := strings.CutSuffix(value, "?")
		text, ok := d.value(value, row)
		if !ok && optional {
			continue
		}
		if !ok {
			return ""
		}
		switch old := q.Get(key); {
		case old != "" && key == "from":
			text = max(text, old)
		case old != "" && key == "to":
			text = min(text, old)
		}
		q.Set(key, text)
	}
	page := c.List
	if page == "" {
		page = "changes"
	}
	return "/" + page + "?" + q.Encode()
}

// base is the part of a filter that a figure obeys, as a query.
func (d *Definition) base(f Filter) url.Values {
	q := url.Values{}
	set := func(key, value string) {
		if value != "" && slices.Contains(d.Obeys, key) {
			q.Set(key, value)
		}
	}
	set("from", day(f.From))
	set("to", day(f.To))
	set("repo", strings.Join(f.Repos, ","))
	set("team", strings.Join(f.Teams, ","))
	set("class", strings.Join(f.Classes, ","))
	set("tier", joined(f.Tiers))
	set("severity", joined(f.Severities))
	set("cause", strings.Join(f.Causes, ","))
	return q
}

func joined(list []int) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ",")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// value is what a column's rows say of a key, false where the row has no such value.
func (d *Definition) value(text string, row []any) (string, bool) {
	name, isColumn := strings.CutPrefix(text, "$")
	if !isColumn {
		return text, true
	}
	name, later, _ := strings.Cut(name, "+")
	cell := row[slices.IndexFunc(d.Columns, func(c Column) bool { return c.Name == name })]
	switch v := cell.(type) {
	case nil:
		return "", false
	case time.Time:
		return day(after(v, later)), true
	case []any:
		texts := make([]string, len(v))
		for i := range v {
			texts[i] = fmt.Sprint(v[i])
		}
		return strings.Join(texts, ","), len(v) > 0
	}
	return fmt.Sprint(cell), fmt.Sprint(cell) != ""
}

// after is a day so much later: 7d or 1m; itself for "".
func after(t time.Time, later string) time.Time {
	if later == "" {
		return t
	}
	n, err := strconv.Atoi(later[:len(later)-1])
	if err != nil {
		return t
	}
	if strings.HasSuffix(later, "m") {
		return t.AddDate(0, n, 0)
	}
	return t.AddDate(0, 0, n)
}
