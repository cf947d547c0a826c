package workbench_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
	"github.com/baserate/baserate/store/workbench"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// open returns a desk on an engine with one repository in it, and the privileged connection.
func open(t *testing.T) (*workbench.Desk, *store.Store) {
	t.Helper()
	s, engine := storetest.OpenEngine(t)
	saved := record.Batch{Repository: &record.Repository{Name: "acme/shop", DefaultBranch: "refs/heads/main"}}
	if err := s.Save(t.Context(), saved, record.Collection{Source: "git", Scope: "acme/shop", Stream: "history", Status: record.StatusOK}); err != nil {
		t.Fatal(err)
	}
	desk := workbench.New(s, storetest.OpenAnalyst(t, engine))
	t.Cleanup(desk.Close)
	return desk, s
}

func start(t *testing.T, d *workbench.Desk, q workbench.Question) *workbench.Run {
	t.Helper()
	r, err := d.Start(q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wait returns all events of a run when it is over.
func wait(t *testing.T, r *workbench.Run) []workbench.Event {
	t.Helper()
	deadline := time.After(50 * time.Second)
	for {
		events, more, last := r.After(0)
		if last {
			return events
		}
		select {
		case <-more:
		case <-deadline:
			t.Fatalf("%s is still running", r.Question.SQL)
		}
	}
}

// run runs a statement to its end and returns its rows as JSON and how it ended.
func run(t *testing.T, d *workbench.Desk, sql string, params map[string]string) (string, workbench.Outcome) {
	t.Helper()
	r := start(t, d, workbench.Question{SQL: sql, Params: params})
	var rows strings.Builder
	for _, e := range wait(t, r) {
		if e.Kind == "rows" {
			rows.Write(e.Body)
		}
	}
	return rows.String(), r.Outcome()
}

func TestRun(t *testing.T) {
	d, _ := open(t)
	for _, test := range []struct {
		sql, want string
		params    map[string]string
	}{
		{sql: "SELECT repo FROM repositories;", want: `{"rows":[["acme/shop"]]}`},
		{
			sql:  "SELECT toUInt64(18446744073709551615), toInt8(-3), NULL, '', 0/0, -1/0, toDecimal64('1.50', 2), [1, 2], toDate('2026-03-01'), true",
			want: `{"rows":[["18446744073709551615",-3,null,"","nan","-inf","1.5","[1,2]","2026-03-01",true]]}`,
		},
		{
			sql: "SELECT {day:Date} + 1, {name:String}, {list:Array(UInt8)}", want: `{"rows":[["2026-03-01","it's \\ a\ttab","[1,2]"]]}`,
			params: map[string]string{"day": "2026-02-28", "name": "it's \\ a\ttab", "list": "[1,2]"},
		},
		{sql: "SELECT 1 WHERE 0", want: ""},
		{sql: "SHOW TABLES LIKE 'repos%'", want: `{"rows":[["repositories"]]}`},
	} {
		got, o := run(t, d, test.sql, test.params)
		if got != test.want || o.Status != workbench.Done || o.Truncated {
			t.Errorf("%s\n = %s %+v,\nwant %s", test.sql, got, o, test.want)
		}
	}
}

// A run begins with its columns and ends with one event; whoever comes back gets what is after the last that they saw.
func TestEvents(t *testing.T) {
	d, _ := open(t)
	r := start(t, d, workbench.Question{SQL: "SELECT number AS n, toString(number) AS s FROM numbers(1200)"})
	events := wait(t, r)
	var kinds []string
	for i, e := range events {
		if e.ID != i+1 {
			t.Errorf("event %d has id %d", i+1, e.ID)
		}
		if e.Kind != "progress" {
			kinds = append(kinds, e.Kind)
		}
	}
	if diff := cmp.Diff([]string{"meta", "rows", "rows", "rows", "done"}, kinds); diff != "" {
		t.Error(diff)
	}
	want := fmt.Sprintf(`{"columns":[{"name":"n","type":"UInt64"},{"name":"s","type":"String"}],"id":%q}`, r.ID)
	if got := string(events[0].Body); got != want {
		t.Errorf("meta = %s, want %s", got, want)
	}
	rest, _, last := r.After(events[len(events)-2].ID)
	if !last || len(rest) != 1 || rest[0].Kind != "done" {
		t.Errorf("after the last but one: %v, %t", rest, last)
	}
	if found, ok := d.Find(r.ID); !ok || found != r {
		t.Error("the run is not found by its id")
	}
}

// More rows than are shown are cut, said, and not read on in the database.
func TestTruncation(t *testing.T) {
	d, app := open(t)
	for sql, truncated := range map[string]bool{
		"SELECT number FROM numbers(10000)":                          false,
		"SELECT number FROM numbers(10001)":                          true,
		"SELECT number FROM numbers(900000)":                         true,
		"SELECT repeat('x', 100000) FROM numbers(1000)":              true, // by bytes
		"SELECT number, sleepEachRow(0.00001) FROM numbers(1000000)": true,
	} {
		_, o := run(t, d, sql, nil)
		if o.Status != workbench.Done || o.Truncated != truncated || o.Rows > workbench.ShownRows || o.Rows == 0 {
			t.Errorf("%s: %+v", sql, o)
		}
	}
	wantIdle(t, app)
}

// wantIdle fails unless no statement of the analysts' runs, at the latest a second from now.
func wantIdle(t *testing.T, app *store.Store) {
	t.Helper()
	var n int
	for range 20 {
		if n = running(t, app); n == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%d statements still run in the database", n)
}

func running(t *testing.T, app *store.Store) int {
	t.Helper()
	rows, err := store.Select[struct {
		N uint64 `ch:"n"`
	}](t.Context(), app, "SELECT count() AS n FROM system.processes WHERE user = 'analyst'", nil)
	if err != nil {
		t.Fatal(err)
	}
	return int(rows[0].N)
}

const endless = "SELECT count() FROM numbers(1e9) AS a, numbers(1e9) AS b WHERE a.number * b.number = 7"

func TestCancel(t *testing.T) {
	d, app := open(t)
	r := start(t, d, workbench.Question{SQL: endless})
	waitProgress(t, r)
	if n := running(t, app); n != 1 {
		t.Fatalf("%d statements run, want 1", n)
	}
	begin := time.Now()
	if _, found, err := d.Cancel(t.Context(), r.ID); !found || err != nil {
		t.Fatalf("cancel: %t, %v", found, err)
	}
	t.Logf("gone from the database after %v", time.Since(begin).Round(time.Millisecond))
	if n := running(t, app); n != 0 {
		t.Errorf("%d statements run after the cancel", n)
	}
	if o := r.Outcome(); o.Status != workbench.Cancelled || o.Error.Code != "cancelled" || o.Progress.ReadRows == 0 {
		t.Errorf("%+v", o)
	}
	if _, found, _ := d.Cancel(t.Context(), "unknown"); found {
		t.Error("an unknown run was cancelled")
	}
}

func waitProgress(t *testing.T, r *workbench.Run) {
	t.Helper()
	for range 200 {
		if r.Outcome().Progress.ReadRows > 0 {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("no progress in 5 s")
}

// A tab has one statement at a time; another tab is left alone, and what is cancelled at once never begins or ends soon.
func TestOneRunATab(t *testing.T) {
	d, app := open(t)
	first := start(t, d, workbench.Question{SQL: endless, Tab: "a"})
	other := start(t, d, workbench.Question{SQL: endless, Tab: "b"})
	waitProgress(t, first)
	second := start(t, d, workbench.Question{SQL: "SELECT 1", Tab: "a"})
	wait(t, first)
	wait(t, second)
	if first.Outcome().Status != workbench.Cancelled || second.Outcome().Status != workbench.Done || other.Outcome().Status != workbench.Running {
		t.Errorf("%s, %s, %s", first.Outcome().Status, second.Outcome().Status, other.Outcome().Status)
	}
	if _, _, err := d.Cancel(t.Context(), other.ID); err != nil {
		t.Error(err)
	}
	at := start(t, d, workbench.Question{SQL: endless})
	if _, _, err := d.Cancel(t.Context(), at.ID); err != nil {
		t.Error(err)
	}
	wantIdle(t, app)
}

func TestFailures(t *testing.T) {
	d, _ := open(t)
	for _, test := range []struct {
		sql, code string
		line, col int
	}{
		{"SELECT 1,\n  FORM x y z", "syntax", 2, 10},
		{"SELECT nothing FROM changes", "unknown_name", 0, 0},
		{"SELECT 1 FROM nowhere", "unknown_name", 0, 0},
		{"SELECT noSuchFunction(1)", "unknown_name", 0, 0},
		{"SELECT {from:Date}", "parameter", 0, 0},
		{"SELECT * FROM baserate_store.changes", "refused", 0, 0},
		{"DROP VIEW changes", "refused", 0, 0},
		{"SELECT 1 SETTINGS max_threads = 1000", "refused", 0, 0},
		{"SELECT groupArray(number) FROM numbers(1000000000)", "memory_limit", 0, 0},
		{"SELECT throwIf(number = 3) FROM numbers(10)", "failed", 0, 0},
	} {
		_, o := run(t, d, test.sql, nil)
		if o.Status != workbench.Failed || o.Error.Code != test.code || o.Error.Line != test.line || o.Error.Col != test.col || o.Error.Message == "" {
			t.Errorf("%s: %+v %+v, want %s", test.sql, o, o.Error, test.code)
		}
	}
}

func TestHistoryAndSaved(t *testing.T) {
	d, _ := open(t)
	ctx := t.Context()
	params := map[string]string{"n": "3"}
	r := start(t, d, workbench.Question{SQL: "SELECT {n:UInt8};", Params: params})
	<-events(r)
	run(t, d, "SELECT nope", nil)
	var past []workbench.Past
	for range 100 {
		var err error
		if past, err = d.History(ctx, 10); err != nil {
			t.Fatal(err)
		}
		if len(past) == 2 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if len(past) != 2 || past[0].Status != "failed" || past[0].Error == "" || past[1].SQL != "SELECT {n:UInt8}" || past[1].Rows != 1 || past[1].ID != r.ID {
		t.Fatalf("%+v", past)
	}
	if diff := cmp.Diff(params, past[1].Params); diff != "" {
		t.Error(diff)
	}
	q, found, err := d.Asked(ctx, past[0].ID)
	if err != nil || !found || q.SQL != "SELECT nope" {
		t.Errorf("%+v, %t, %v", q, found, err)
	}

	first, err := d.Save(ctx, workbench.Saved{Slug: "weekly", Name: "Weekly", SQL: "SELECT 1", Params: params})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Save(ctx, workbench.Saved{Slug: "weekly", Name: "Weekly, better", SQL: "SELECT 2"}); err != nil {
		t.Fatal(err)
	}
	all, err := d.AllSaved(ctx)
	if err != nil || len(all) != 1 || all[0].Name != "Weekly, better" || all[0].SavedAt.Before(first.SavedAt) {
		t.Errorf("%+v, %v", all, err)
	}
	if gone, err := d.Unsave(ctx, "weekly"); !gone || err != nil {
		t.Errorf("%t, %v", gone, err)
	}
	if gone, err := d.Unsave(ctx, "weekly"); gone || err != nil {
		t.Errorf("again: %t, %v", gone, err)
	}
}

// events is closed when the run is over.
func events(r *workbench.Run) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			_, more, last := r.After(0)
			if last {
				return
			}
			<-more
		}
	}()
	return done
}

func TestSchemaAndVocabulary(t *testing.T) {
	d, _ := open(t)
	tables, err := d.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if table.Comment == "" || len(table.Columns) == 0 {
			t.Errorf("view %s says nothing of itself: %q, %d columns", table.Name, table.Comment, len(table.Columns))
		}
		for _, c := range table.Columns {
			if c.Comment == "" {
				t.Errorf("column %s.%s says nothing of itself", table.Name, c.Name)
			}
		}
	}
	v, err := d.Vocabulary(t.Context())
	if err != nil || len(v.Functions) < 1000 || len(v.Keywords) < 200 || len(v.Types) < 50 {
		t.Fatalf("%d functions, %d keywords, %d types, %v", len(v.Functions), len(v.Keywords), len(v.Types), err)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"quantileTDigest"`, `"toStartOfWeek"`, `"PREWHERE"`, `"LowCardinality"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is not in the vocabulary", want)
		}
	}
	if strings.Contains(strings.Join(v.Keywords, " ")+" ", " WEEK ") {
		t.Error("WEEK is a keyword")
	}
}

func TestPlan(t *testing.T) {
	d, _ := open(t)
	p, err := d.Plan(t.Context(), workbench.Question{SQL: "SELECT count() FROM repositories WHERE repo != {r:String}", Params: map[string]string{"r": "x"}})
	if err != nil || p.Failure != nil || len(p.Parts) != 1 || p.Parts[0].Rows != 1 {
		t.Errorf("%+v, %+v, %v", p, p.Failure, err)
	}
	if p.Limits.Seconds != 30 || p.Limits.MemoryBytes != 2<<30 || p.Limits.ResultRows != 1_000_000 {
		t.Errorf("%+v", p.Limits)
	}
	for _, sql := range []string{"SELECT nope", "SHOW TABLES", "SELECT * FROM baserate_store.changes"} {
		if p, err := d.Plan(t.Context(), workbench.Question{SQL: sql}); err != nil || p.Failure == nil || p.Limits.Seconds == 0 {
			t.Errorf("%s: %+v, %v", sql, p, err)
		}
	}
}

func TestExport(t *testing.T) {
	d, app := open(t)
	for _, test := range []struct {
		sql        string
		most, rows int
		code       string
	}{
		{"SELECT number FROM numbers(25000)", 0, 25000, ""},
		{"SELECT number FROM numbers(900000)", 100, 100, ""},
		{"SELECT number FROM numbers(10)", 100, 10, ""},
		{"SELECT nope", 0, 0, "unknown_name"},
		{"SELECT number FROM numbers(1100000)", 0, -1, "row_limit"},
		{"SELECT throwIf(number = 200000) FROM numbers(300000) SETTINGS max_block_size = 1000", 0, -1, "failed"},
	} {
		n, columns := 0, 0
		err := d.Export(t.Context(), workbench.Question{SQL: test.sql}, test.most,
			func(c []workbench.Column) error { columns = len(c); return nil }, func([]any) error { n++; return nil })
		code := ""
		if err != nil {
			code, _, _ = strings.Cut(err.Error(), ":")
		}
		if code != test.code || test.rows >= 0 && n != test.rows || columns != 1 && test.rows != 0 {
			t.Errorf("%s: %d rows, %v", test.sql, n, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // more than the account may ask for
	defer cancel()
	err := d.Export(ctx, workbench.Question{SQL: "SELECT number, sleepEachRow(0.00001) FROM numbers(900000)"}, 0,
		func([]workbench.Column) error { return nil }, func([]any) error { cancel(); return ctx.Err() })
	if err == nil {
		t.Error("a reader who went away got an end")
	}
	wantIdle(t, app)
}
