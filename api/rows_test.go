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

	"github.com/baserate/baserate/api"
)

// rows is what a filter lists as pages and as CSV.
type rows struct {
	total int64
	ids   []string
	items []api.Change
}

// pages walks a list to its end.
func pages(c *client, query string, limit int) rows {
	c.t.Helper()
	var all rows
	address := fmt.Sprintf("/api/v1/changes?limit=%d&%s", limit, query)
	for next := ""; ; {
		list := get[api.ChangeList](c, address+next)
		all.total = list.Total
		for _, item := range list.Items {
			all.ids = append(all.ids, item.ChangeID)
		}
		all.items = append(all.items, list.Items...)
		if list.Truncated != (list.Next != nil) || list.Limit != limit || len(list.Items) > limit {
			c.t.Fatalf("%s: %d items of limit %d, truncated %t, next %v", query, len(list.Items), list.Limit, list.Truncated, list.Next)
		}
		if list.Next == nil {
			return all
		}
		next = "&cursor=" + url.QueryEscape(*list.Next)
	}
}

// export reads the CSV: its metadata and its rows by column.
func export(c *client, query string) (metadata []string, table []map[string]string) {
	c.t.Helper()
	response, body := c.do(httptest.NewRequest(http.MethodGet, "/api/v1/changes.csv?"+query, nil))
	if response.StatusCode != http.StatusOK {
		c.t.Fatalf("CSV of %q: %d %s", query, response.StatusCode, body)
	}
	for bytes.HasPrefix(body, []byte("# ")) {
		line, rest, _ := bytes.Cut(body, []byte("\n"))
		metadata, body = append(metadata, string(line)), rest
	}
	reader := csv.NewReader(bytes.NewReader(body))
	lines, err := reader.ReadAll()
	if err != nil {
		c.t.Fatalf("CSV of %q: %v", query, err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		table = append(table, row)
	}
	return metadata, table
}

// filters and what they mean, said a second time over the fields of a row.
var filters = map[string]func(api.Change) bool{
	"":                                   func(api.Change) bool { return true },
	"class=ai_assisted":                  func(c api.Change) bool { return c.AuthorClass == "ai_assisted" },
	"class=ai_agent":                     func(c api.Change) bool { return c.AuthorClass == "ai_agent" },
	"class=unknown,automation":           func(c api.Change) bool { return c.AuthorClass == "unknown" || c.AuthorClass == "automation" },
	"class=unknown%2Cautomation":         func(c api.Change) bool { return c.AuthorClass == "unknown" || c.AuthorClass == "automation" },
	"repo=acme%2Fshop":                   func(c api.Change) bool { return c.Repo == "acme/shop" },
	"repo=acme/Lager-%C3%BC,nobody/none": func(c api.Change) bool { return c.Repo == "acme/Lager-ü" },
	"repo=nobody/none":                   func(api.Change) bool { return false },
	"repo=%27)%20OR%201%3D1%20--":        func(api.Change) bool { return false },
	"tool=claude-code":                   func(c api.Change) bool { return c.Tool == "claude-code" },
	"kind=pull_request":                  func(c api.Change) bool { return c.Kind == "pull_request" },
	"kind=action":                        func(api.Change) bool { return false },
	"review=independent":                 func(c api.Change) bool { return c.ReviewState == "independent" },
	"mature=false":                       func(c api.Change) bool { return !c.Mature },
	"outcome=reverted":                   func(c api.Change) bool { return c.Reverted },
	"outcome=mistake":                    func(c api.Change) bool { return c.Mistake && c.Mature },
	"outcome=hotfixed_72h":               func(c api.Change) bool { return c.Hotfixed && c.Mature },
	"from=2026-01-01":                    func(c api.Change) bool { return c.LandedAt.Year() >= 2026 },
	"to=2026-01-01":                      func(c api.Change) bool { return c.LandedAt.Year() < 2026 },
	"from=2025-12-01&to=2026-01-01":      func(c api.Change) bool { return c.LandedAt.Year() == 2025 && c.LandedAt.Month() == 12 },
	"from=1900-01-01&to=2299-12-31":      func(api.Change) bool { return true },
	"class=ai_assisted&outcome=reverted&repo=acme%2Fshop&from=2025-10-01&mature=true": func(c api.Change) bool {
		return c.AuthorClass == "ai_assisted" && c.Reverted && c.Repo == "acme/shop" && c.Mature
	},
}

// The total, the rows of all pages, the lines of the CSV and the rows that the filter means are the same rows.
func listPagesAndExportAgree(t *testing.T, c *client) {
	everything := pages(c, "", 500)
	if len(everything.items) < 150 {
		t.Fatalf("only %d changes", len(everything.items))
	}
	empty := 0
	for query, means := range filters {
		var want []string
		for _, item := range everything.items {
			if means(item) {
				want = append(want, item.ChangeID)
			}
		}
		if len(want) == 0 {
			empty++
		}
		if got := pages(c, query, 70); !slices.Equal(got.ids, want) || got.total != int64(len(want)) {
			t.Errorf("%q: %d rows, total %d, want %d", query, len(got.ids), got.total, len(want))
		}
		metadata, table := export(c, query)
		if len(table) != len(want) || !slices.Contains(metadata, "# rows: "+strconv.Itoa(len(want))) {
			t.Errorf("%q: %d lines of CSV under %q, want %d", query, len(table), metadata, len(want))
		}
		for i, row := range table[:min(len(table), len(want))] {
			if row["change_id"] != want[i] {
				t.Errorf("%q: line %d of the CSV is %s, want %s", query, i, row["change_id"], want[i])
			}
		}
	}
	if empty > 6 {
		t.Errorf("%d of %d filters match nothing: they test nothing", empty, len(filters))
	}
}

func numbersOfClaimsAreTheirRows(t *testing.T, c *client) { everyNumberIsItsRows(t, c, 2, 20) }

// Every number of an answer is the length of the list that it links to: those of so many claims, so many of them at least.
func everyNumberIsItsRows(t *testing.T, c *client, claims, numbers int) {
	counted, events := 0, int64(0)
	seen := map[string]int64{} // several numbers may link to one list
	count := func(what, query string, want int64) {
		t.Helper()
		counted++
		if _, asked := seen[query]; !asked {
			seen[query] = get[api.ChangeList](c, "/api/v1/changes?limit=1&"+query).Total
			if len(seen)%8 == 1 { // that the CSV has the same rows is another test's business
				if _, table := export(c, query); int64(len(table)) != seen[query] {
					t.Errorf("%s: the list %q has %d, the CSV %d", what, query, seen[query], len(table))
				}
			}
		}
		if got := seen[query]; got != want {
			t.Errorf("%s says %d, its list %q has %d", what, want, query, got)
		}
	}
	list := get[api.ClaimList](c, "/api/v1/claims").Claims
	for _, claim := range list {
		for _, comparison := range claim.Answer.Comparisons {
			for name, arm := range map[string]api.Arm{"exposed": comparison.Exposed, "reference": comparison.Reference} {
				what := fmt.Sprintf("%s %s %s %s", claim.ID, comparison.Exposure, comparison.Outcome, name)
				count(what+" changes", arm.Rows, arm.Changes)
				count(what+" events", arm.Rows+"&outcome="+string(comparison.Outcome), arm.Events)
				events += arm.Events
			}
		}
		for _, share := range claim.Answer.Shares {
			count(claim.ID+" "+string(share.Class), share.Rows, share.Changes)
		}
		for _, table := range claim.Answer.Tables {
			for _, m := range table.Measures {
				what := fmt.Sprintf("%s, table %s, measure %s (%s)", claim.ID, table.ID, m.ID, m.Label)
				switch {
				case m.Rows == nil:
				case m.Part != nil:
					count(what, *m.Rows, *m.Part)
				case m.Unit == api.MeasureUnitCount && m.Value != nil:
					count(what, *m.Rows, int64(*m.Value))
				default:
					t.Errorf("%s has rows %q and no count", what, *m.Rows)
				}
			}
		}
		for _, gate := range claim.Answer.Gates {
			if gate.Rows != nil {
				get[api.ChangeList](c, "/api/v1/changes?"+*gate.Rows)
			}
		}
	}
	if len(list) < claims || counted < numbers || events < 50 {
		t.Errorf("%d numbers of %d claims with %d events: too few to test anything", counted, len(list), events)
	}
}

// The months and the coverage count the same changes as the list.
func mixAndCoverageCountTheList(t *testing.T, c *client) {
	mix, coverage := get[api.Mix](c, "/api/v1/mix"), get[api.Coverage](c, "/api/v1/coverage")
	var all int64
	for i, m := range mix.Items {
		sum := m.AiAgent + m.AiAssisted + m.Human + m.Automation + m.Unknown
		all += sum
		query := fmt.Sprintf("from=%s&to=%s", m.Month, m.Month.AddDate(0, 1, 0).Format("2006-01-02"))
		if list := get[api.ChangeList](c, "/api/v1/changes?limit=1&"+query); list.Total != sum {
			t.Errorf("month %s counts %d, its list %d", m.Month, sum, list.Total)
		}
		if m.Complete != (i < len(mix.Items)-1) {
			t.Errorf("month %s is complete: %t", m.Month, m.Complete)
		}
	}
	total := get[api.ChangeList](c, "/api/v1/changes?limit=1").Total
	unknown := get[api.ChangeList](c, "/api/v1/changes?limit=1&class=unknown").Total
	if all != total || coverage.Changes != total || coverage.Commits != total || coverage.Repositories != 2 {
		t.Errorf("months %d, coverage %d changes of %d commits in %d repositories, list %d", all, coverage.Changes, coverage.Commits, coverage.Repositories, total)
	}
	if want := float64(total-unknown) / float64(total); coverage.Classified == nil || *coverage.Classified != want {
		t.Errorf("classified = %v, want %g", coverage.Classified, want)
	}
	if newest := pages(c, "", 500).items[0].LandedAt; coverage.DataTo == nil || !coverage.DataTo.Equal(newest) {
		t.Errorf("data to %v, newest change %v", coverage.DataTo, newest)
	}
	if s := coverage.Sources[0]; s.Status != "failed" || s.Error == nil || s.LastSuccessAt != nil {
		t.Errorf("the failed source comes first and says why: %+v", s)
	}
	partial := coverage.Sources[slices.IndexFunc(coverage.Sources, func(s api.Source) bool { return s.Status == "partial" })]
	if partial.Warnings != 130 || len(partial.WarningDetails) != 100 || partial.WarningDetails[0].Code != "missing_blob" {
		t.Errorf("%d warnings, %d shown", partial.Warnings, len(partial.WarningDetails))
	}
}

// A change that was reverted and the change that reverted it name each other, with the evidence for their classes.
func oneChange(t *testing.T, c *client) {
	reverted := get[api.ChangeList](c, "/api/v1/changes?outcome=reverted&class=ai_assisted,ai_agent&limit=1").Items[0]
	detail := get[api.ChangeDetail](c, "/api/v1/changes/"+url.PathEscape(reverted.ChangeID))
	if detail.Change.ChangeID != reverted.ChangeID || detail.Change.RevertedAt == nil || len(detail.Links) != 1 || len(detail.Attributions) == 0 {
		t.Fatalf("detail = %+v", detail)
	}
	if a := detail.Attributions[0]; a.Subject != reverted.Sha || !strings.Contains(a.Evidence, "noreply@anthropic.com") || a.Confidence <= 0.5 {
		t.Errorf("evidence = %+v", a)
	}
	link := detail.Links[0]
	if link.Relation != "reverted_by" || link.Method != "sha" || !link.Effective || !link.At.Equal(*detail.Change.RevertedAt) {
		t.Errorf("link = %+v", link)
	}
	back := get[api.ChangeDetail](c, "/api/v1/changes/"+url.PathEscape(link.ChangeID))
	if len(back.Links) == 0 || back.Links[0].Relation != "reverts" || back.Links[0].ChangeID != reverted.ChangeID {
		t.Errorf("the change that reverts it links to %+v", back.Links)
	}
}
