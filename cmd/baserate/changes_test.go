package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/frontend"
	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/store/storetest"
)

// What the commands print is what the server answers, in every form.
func TestTwins(t *testing.T) {
	s := storetest.Open(t)
	db := &opened{Store: s}
	scenario, _ := simulate.Named("demo")
	scenario.Repositories = 20
	fleet := simulate.New(scenario, simulate.Options{Changes: 1500, Seed: 5, End: time.Now().UTC().Truncate(24 * time.Hour)})
	if err := saveFleet(t.Context(), db, fleet, factsPath, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := newFleet(db, nil).derive(t.Context()); err != nil {
		t.Fatal(err)
	}
	ledger, _, err := ledgerOf(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Store: s, Ledger: ledger, Assets: frontend.Assets()})
	if err != nil {
		t.Fatal(err)
	}
	get := func(address string) []byte {
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		return w.Body.Bytes()
	}
	const filter = "class=ai_agent&mature=true"
	var list api.ChangeList
	if err := json.Unmarshal(get("/api/v1/changes?limit=20&"+filter), &list); err != nil || list.Total < 30 {
		t.Fatalf("%d changes, %v", list.Total, err)
	}
	printed := func(format string) string {
		t.Helper()
		var out bytes.Buffer
		c := changes{Format: format, Limit: 20, Filter: []string{"class=ai_agent", "mature=true"}}
		if err := c.print(t.Context(), db, &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	var twin api.ChangeList
	if err := json.Unmarshal([]byte(printed("json")), &twin); err != nil || twin.Total != list.Total || len(twin.Items) != 20 || twin.Items[19].ChangeID != list.Items[19].ChangeID {
		t.Errorf("json: %d of %d, %v", len(twin.Items), twin.Total, err)
	}
	if got := rowsOf(t, printed("csv")); got != int(list.Total) {
		t.Errorf("csv has %d rows of %d", got, list.Total)
	}
	if text := printed("text"); !strings.HasPrefix(text, list.Sentence+"\n") || strings.Count(text, "\n") < 22 || !strings.Contains(text, "20 of ") {
		t.Errorf("text:\n%s", text)
	}
	bad := changes{Format: "text", Limit: 20, Filter: []string{"class=robot"}}
	if err := bad.print(t.Context(), db, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "class") {
		t.Errorf("an unknown class: %v", err)
	}

	c := claims{Format: "csv"}
	answers, err := c.answers(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := c.print(&out, answers); err != nil {
		t.Fatal(err)
	}
	served := string(get("/api/v1/claims.csv"))
	if _, table, _ := strings.Cut(served, "\nclaim,"); "claim,"+table != out.String() {
		t.Errorf("claims as csv:\n%s\nserved:\n%s", out.String(), served)
	}
}

// rowsOf counts the rows of a CSV, without its metadata and header.
func rowsOf(t *testing.T, text string) int {
	t.Helper()
	for strings.HasPrefix(text, "#") {
		_, text, _ = strings.Cut(text, "\n")
	}
	table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return len(table) - 1
}

func TestFilterOfChanges(t *testing.T) {
	c := changes{Filter: []string{"?class=ai_agent&from=2026-01-01", "repo=a/b c", "tool=x%2Fy"}}
	if got, want := c.query(), "class=ai_agent&from=2026-01-01&repo=a%2Fb+c&tool=x%2Fy"; got != want {
		t.Errorf("query = %s, want %s", got, want)
	}
	if err := (&changes{Filter: []string{"robot"}}).Validate(); err == nil {
		t.Error("a part without a value passes")
	}
}
