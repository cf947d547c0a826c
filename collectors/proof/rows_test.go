package proof

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/store"
)

// passing are the columns that say when something was read or derived rather than what.
var passing = []string{"version", "facts_version", "pull_version", "derivation", "fetched_at", "seen_at"}

// unequal are the tables that no two collections have alike: the key of the pseudonyms is drawn, the ledger, its cursors and what
// waits to be derived tell of runs, and what was fetched whole is kept for a while only.
var unequal = []string{"pseudonym_key", "collections", "cursors", "touched", "payloads"}

// facts are all the facts of a store: of each table that has any, its rows as JSON, in order. A snapshot that was taken twice of
// the same is the same.
func facts(t testing.TB, s *store.Store) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for table, columns := range factTables(t, s) {
		if rows := lines(t, s, "SELECT DISTINCT formatRowNoNewline('JSONEachRow', "+columns+") AS line FROM "+table+" FINAL ORDER BY line"); len(rows) > 0 {
			all[table] = rows
		}
	}
	return all
}

// factTables are the tables that facts are saved in, each with the columns that say what was read.
func factTables(t testing.TB, s *store.Store) map[string]string {
	t.Helper()
	tables := map[string]string{}
	for _, line := range lines(t, s, `
		SELECT concat(c.table, ' ', arrayStringConcat(groupArray(if(c.type LIKE 'Map%', format('mapSort({0}) AS {0}', c.name), c.name)), ',')) AS line
		FROM (SELECT * FROM system.columns WHERE database = 'baserate_store' ORDER BY position) AS c
		INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
		WHERE t.engine LIKE '%ReplacingMergeTree'
		GROUP BY c.table ORDER BY c.table`) {
		table, names, _ := strings.Cut(line, " ")
		columns := strings.Split(names, ",")
		if !slices.Contains(unequal, table) && !strings.HasPrefix(table, "goose") {
			tables[table] = strings.Join(slices.DeleteFunc(columns, func(c string) bool { return slices.Contains(passing, c) }), ", ")
		}
	}
	return tables
}

func lines(t testing.TB, s *store.Store, query string) []string {
	t.Helper()
	type row struct {
		Line string `ch:"line"`
	}
	rows, err := store.Select[row](context.Background(), s, query, nil)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return store.Column(rows, func(r *row) string { return r.Line })
}

// same fails the test with each row that one has and the other has not.
func same(t testing.TB, what string, want, got map[string][]string) {
	t.Helper()
	for table := range union(want, got) {
		if diff := cmp.Diff(want[table], got[table]); diff != "" {
			t.Errorf("%s: %s: %d rows, want %d (-want +got):\n%s", what, table, len(got[table]), len(want[table]), cut(diff))
		}
	}
}

func union(a, b map[string][]string) map[string]bool {
	all := map[string]bool{}
	for table := range a {
		all[table] = true
	}
	for table := range b {
		all[table] = true
	}
	return all
}

func cut(text string) string {
	if len(text) > 4000 {
		return text[:4000] + "…"
	}
	return text
}

func count(rows map[string][]string) string {
	var parts []string
	for table, lines := range rows {
		parts = append(parts, fmt.Sprintf("%s %d", table, len(lines)))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// pick reads columns of a table as JSON arrays: a line for each row, in order.
func pick(t testing.TB, s *store.Store, table, columns string) []string {
	t.Helper()
	rows := lines(t, s, "SELECT formatRowNoNewline('JSONCompactEachRow', "+columns+") AS line FROM "+table+" FINAL")
	for i, row := range rows {
		var values []any
		if err := json.Unmarshal([]byte(row), &values); err != nil {
			t.Fatalf("%s: %v in %s", table, err, row)
		}
		rows[i] = line(t, values...)
	}
	slices.Sort(rows)
	return rows
}

// line is a row as pick has it.
func line(t testing.TB, values ...any) string {
	t.Helper()
	text, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
