package api_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/store/storetest"
)

// Titles are anybody's text: none runs as a formula, none breaks the table, and none is changed beyond the guard.
func hostileTitlesInExport(t *testing.T, c *client) {
	_, table := export(c, "")
	list := pages(c, "", 500)
	seen := map[string]bool{}
	for i, row := range table {
		for name, field := range row {
			if field != "" && strings.ContainsAny(field[:1], "=+-@\t\r\n") || strings.HasPrefix(field, "＝") {
				t.Errorf("line %d: %s begins like a formula: %q", i, name, field)
			}
		}
		title := list.items[i].Title
		if row["title"] != title && row["title"] != "'"+title {
			t.Errorf("line %d: title %q became %q", i, title, row["title"])
		}
		seen[title] = true
	}
	for i, title := range hostile {
		if i%5 == 0 {
			continue // these go on with a number
		}
		if !seen[title] {
			t.Errorf("no change is called %q: the test tests nothing", title)
		}
	}
}

// What is not known is an empty field, and the file says what it is.
func exportSaysWhatItIs(t *testing.T, c *client) {
	response, body := c.do(httptest.NewRequest(http.MethodGet, "/api/v1/changes.csv?class=ai_assisted,ai_agent&to=2026-01-01", nil))
	if kind := response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/csv; charset=utf-8") {
		t.Errorf("type %q", kind)
	}
	if name := response.Header.Get("Content-Disposition"); name != `attachment; filename="baserate-changes.csv"` {
		t.Errorf("disposition %q", name)
	}
	lines := strings.Split(string(body), "\n")
	for i, want := range []string{
		"changes · AI-assisted or AI agent · until 31 Dec 2025", "query: /changes?class=ai_assisted%2Cai_agent&to=2026-01-01",
		"rows: ", "data to: 2026-", fmt.Sprintf("definitions: %d, rules ", derive.Definitions),
	} {
		if !strings.HasPrefix(lines[i], "# ") || !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %q, want %q in it", i, lines[i], want)
		}
	}
	_, table := export(c, "")
	unknown := slices.IndexFunc(table, func(row map[string]string) bool { return row["size_lines"] == "" })
	if unknown < 0 || table[unknown]["files"] != "" || table[unknown]["pr_number"] == "0" {
		t.Errorf("no row without a size among %d, or it has a number in its place", len(table))
	}
}

// A filter is anybody's text too, and goes into the metadata.
func filterCannotForgeLines(t *testing.T, c *client) {
	_, body := c.do(httptest.NewRequest(http.MethodGet, "/api/v1/changes.csv?repo=x%0A%3D1%2B1%0D%0Afake,1", nil))
	lines, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
	if err == nil {
		t.Errorf("the metadata were taken for rows: %q", lines)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(body)), "\n") {
		if i < 5 && !strings.HasPrefix(line, "# ") || i == 5 && !strings.HasPrefix(line, "change_id,") || i > 5 {
			t.Errorf("line %d is %q", i, line)
		}
	}
}

// An empty export has its metadata and its header all the same.
func TestEmptyExport(t *testing.T) {
	c := newClient(t, on(t, storetest.Open(t)))
	metadata, table := export(c, "")
	if len(table) != 0 || !slices.Contains(metadata, "# 0 changes") || !slices.Contains(metadata, "# data to: nothing collected yet") {
		t.Errorf("%d rows under %q", len(table), metadata)
	}
}

// A client that goes away in the middle ends the query, and harms nobody else.
func exportToAClientThatLeaves(t *testing.T, c *client) {
	web := httptest.NewServer(c.server)
	defer web.Close()
	for range 5 {
		ctx, cancel := context.WithCancel(t.Context())
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, web.URL+"/api/v1/changes.csv", nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		one := make([]byte, 1)
		if _, err := response.Body.Read(one); err != nil {
			t.Fatal(err)
		}
		cancel()
		response.Body.Close()
	}
	begin := time.Now()
	if list := get[api.ChangeList](c, "/api/v1/changes"); list.Total == 0 || time.Since(begin) > 5*time.Second {
		t.Errorf("after five clients left: %d changes in %s", list.Total, time.Since(begin))
	}
}
