package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/simulate"
	"github.com/baserate/baserate/store/storetest"
)

// derivedFleet is a small fleet with all that follows from it.
func derivedFleet(t *testing.T) *opened {
	t.Helper()
	db := &opened{Store: storetest.Open(t)}
	scenario, _ := simulate.Named("demo")
	scenario.Repositories = 12
	fleet := simulate.New(scenario, simulate.Options{Changes: 2500, Seed: 3, End: time.Now().UTC().Truncate(24 * time.Hour)})
	if err := saveFleet(t.Context(), db, fleet, factsPath, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := newFleet(db, nil).derive(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

// The command prints the same outages in every form, and what was expected of them is what the claim says.
func TestOutages(t *testing.T) {
	db := derivedFleet(t)
	printed := func(format string, filter ...string) string {
		var w bytes.Buffer
		if err := (&outages{Format: format, Limit: 1000, Filter: filter}).print(t.Context(), db, &w); err != nil {
			t.Fatal(err)
		}
		return w.String()
	}
	var all, severe api.Figure
	if err := json.Unmarshal([]byte(printed("json")), &all); err != nil || all.Total < 10 {
		t.Fatal(all.Total, err)
	}
	if err := json.Unmarshal([]byte(printed("json", "severity=1,2")), &severe); err != nil || severe.Total == 0 || severe.Total == all.Total {
		t.Fatal(severe.Total, err)
	}
	text := printed("text")
	reader := csv.NewReader(strings.NewReader(printed("csv")))
	reader.Comment = '#'
	lines, err := reader.ReadAll()
	if err != nil || len(lines) != all.Total+1 {
		t.Fatalf("%d lines of CSV for %d outages: %v", len(lines), all.Total, err)
	}
	for i, item := range all.Items {
		id := item.Values["id"].(string)
		if !strings.Contains(text, id) || lines[i+1][0] != id {
			t.Errorf("%s is not in the text, or not line %d of the CSV", id, i+1)
		}
	}
	expectedIsTheClaims(t, db)
}

func expectedIsTheClaims(t *testing.T, db *opened) {
	t.Helper()
	ledger, _, err := ledgerOf(t.Context(), db.Store)
	if err != nil {
		t.Fatal(err)
	}
	claim, _, err := ledger.Claim(t.Context(), "coincidence")
	if err != nil {
		t.Fatal(err)
	}
	d, _ := figures.Find("outages_expected")
	a, err := (&figures.Reader{Store: db.Store}).Read(t.Context(), d, figures.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range claim.Answer.Tables {
		seen, expected := table.Measures[0], table.Measures[1]
		for _, row := range a.Rows {
			if row[0] != table.ID || row[1] != "ai" {
				continue
			}
			if row[3] != *seen.Part || row[4] != *seen.Of || *seen.Of == 0 {
				t.Errorf("%s: %v of %v with AI, the claim has %d of %d", table.ID, row[3], row[4], *seen.Part, *seen.Of)
			}
			if x, ok := row[5].(float64); !ok || x-expected.Value.F > 0.0051 || expected.Value.F-x > 0.0051 {
				t.Errorf("%s: %v expected, the claim has %v", table.ID, row[5], expected.Value)
			}
		}
	}
}
