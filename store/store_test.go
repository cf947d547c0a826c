package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func batch() record.Batch {
	files := []record.FileChange{{Path: "a b.go", Additions: 3, Deletions: 1}, {Path: "logo.png", Binary: true}}
	return record.Batch{
		Repository: &record.Repository{Name: "o/r", Path: "/x", DefaultBranch: "refs/heads/main", Root: "00"},
		Commits: []record.Commit{{
			Repo: "o/r", SHA: "aa", Parents: []string{"00"}, Author: record.Person{Name: "A'\\\n", Email: "a@x"},
			AuthoredAt: noon, CommittedAt: noon.Add(time.Hour), AuthorZone: -330, Message: "fix: \"it\"\n\nbody ✓",
			Trailers: []record.Trailer{{Key: "Reviewed-by", Value: "B <b@x>"}}, Files: files,
		}},
		Notes:      []record.Note{{Repo: "o/r", Ref: "refs/notes/ai", SHA: "aa", Text: "{}"}},
		Placements: []record.Placement{{Repo: "o/r", SHA: "aa", Reachable: true, Position: 1, LandedBy: "aa"}},
		RefUpdates: []record.RefUpdate{{Repo: "o/r", Ref: "refs/heads/x", Old: "aa", New: "bb", Forced: true, SeenAt: noon}},
		Cursor:     record.Cursor(`{"tips":{}}`),
	}
}

func ledger() record.Collection {
	return record.Collection{
		Source: "git", Scope: "o/r", Stream: "history", StartedAt: noon, Status: record.StatusPartial, Rows: 5,
		Warnings: []record.Warning{{Code: "future_date", Subject: "aa", Detail: "a commit from tomorrow"}},
	}
}

// Saving a batch twice leaves what saving it once leaves.
func TestSaveTwiceIsSaveOnce(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	contents := func() string {
		var all strings.Builder
		for _, table := range []string{"repositories", "commits", "placements", "notes", "ref_updates", "collections", "cursors"} {
			rows, err := store.Select[struct {
				Row string `ch:"row"`
			}](ctx, s, "SELECT toString(tuple(* EXCEPT version)) AS row FROM "+table+" FINAL ORDER BY row", nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) != 1 {
				t.Errorf("%s has %d rows, want 1", table, len(rows))
			}
			for _, r := range rows {
				all.WriteString(table + " " + r.Row + "\n")
			}
		}
		return all.String()
	}
	if err := s.Save(ctx, batch(), ledger()); err != nil {
		t.Fatal(err)
	}
	once := contents()
	if err := s.Save(ctx, batch(), ledger()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(once, contents()); diff != "" {
		t.Error(diff)
	}
	for _, want := range []string{`A\'\\\n`, "-330", "✓", "['a b.go','logo.png']", "[3,0]", "[false,true]", "future_date"} {
		if !strings.Contains(once, want) {
			t.Errorf("%q is not among the facts kept:\n%s", want, once)
		}
	}
}

func TestCursor(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	if c, err := s.Cursor(ctx, "git", "o/r", "history"); err != nil || c != nil {
		t.Fatalf("cursor before the first run = %q, %v; want none", c, err)
	}
	if err := s.Save(ctx, batch(), ledger()); err != nil {
		t.Fatal(err)
	}
	// A batch without a cursor keeps the one before it.
	if err := s.Save(ctx, record.Batch{}, ledger()); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Cursor(ctx, "git", "o/r", "history"); err != nil || string(c) != `{"tips":{}}` {
		t.Fatalf("cursor = %q, %v", c, err)
	}
}

// Values pass through parameters as they are, whatever is in them.
func TestParams(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	for _, hostile := range []string{"", "plain", "'", `\`, `\'`, "a\tb\nc\r", "\x00", `'] OR 1=1 --`, "{x:String}", "ü✓", `\N`, "\b\f"} {
		rows, err := store.Select[struct {
			One string   `ch:"one"`
			All []string `ch:"all"`
		}](ctx, s, "SELECT {one:String} AS one, {all:Array(String)} AS all", store.Params{"one": hostile, "all": []string{hostile, "b"}})
		if err != nil {
			t.Errorf("%q: %v", hostile, err)
			continue
		}
		if rows[0].One != hostile || !cmp.Equal(rows[0].All, []string{hostile, "b"}) {
			t.Errorf("%q came back as %q and %q", hostile, rows[0].One, rows[0].All)
		}
	}
	if err := s.Exec(ctx, "SELECT {x:String}", store.Params{"x": struct{}{}}); err == nil {
		t.Error("a value that has no encoding was taken")
	}
}

// The analysts' account sees the documented views and nothing below them.
func TestViewsAreDocumented(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	bare, err := store.Select[struct {
		Name string `ch:"name"`
	}](ctx, s, `SELECT concat(table, '.', name) AS name FROM system.columns WHERE database = 'baserate' AND comment = ''
		UNION ALL SELECT name FROM system.tables WHERE database = 'baserate' AND comment = ''`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(bare) > 0 {
		t.Errorf("without a comment: %v", bare)
	}
}

func TestAnalystReadsViewsOnly(t *testing.T) {
	ctx := context.Background()
	s, engine := storetest.OpenEngine(t)
	if err := s.Save(ctx, batch(), ledger()); err != nil {
		t.Fatal(err)
	}
	end := engine.Endpoint()
	analyst, err := store.Open(ctx, store.Options{Addr: []string{end.Addr}, User: end.Analyst.User, Password: end.Analyst.Password, Database: store.Views})
	if err != nil {
		t.Fatal(err)
	}
	defer analyst.Close()
	rows, err := store.Select[struct {
		Additions *uint64 `ch:"additions"`
	}](ctx, analyst, "SELECT additions FROM commits", nil)
	if err != nil || len(rows) != 1 || *rows[0].Additions != 3 {
		t.Fatalf("commits = %v, %v", rows, err)
	}
	views, err := store.Select[struct {
		Name string `ch:"name"`
	}](ctx, s, "SELECT name FROM system.tables WHERE database = 'baserate'", nil)
	if err != nil || len(views) < 13 {
		t.Fatalf("%d views, %v", len(views), err)
	}
	for _, v := range views {
		if err := analyst.Exec(ctx, "SELECT count() FROM "+v.Name, nil); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
	}
	for _, forbidden := range []string{
		"SELECT author_email FROM baserate_store.commits", "SELECT 1 FROM baserate_store.verdicts",
		"SELECT person FROM baserate_store.members", "SELECT person FROM baserate_store.persons", "SELECT author FROM baserate_store.changes",
		"INSERT INTO baserate_store.cursors (source) VALUES ('x')", "DROP VIEW baserate.commits",
	} {
		if err := analyst.Exec(ctx, forbidden, nil); err == nil {
			t.Errorf("the analyst was let: %s", forbidden)
		}
	}
}

// Every query file runs on an empty fleet and says what there is: nothing.
func TestEmptyFleet(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	if got, err := s.Changes(ctx, store.ChangeFilter{Limit: 10}); err != nil || len(got) != 0 {
		t.Errorf("changes = %v, %v", got, err)
	}
	if _, found, err := s.Change(ctx, "o/r@aa"); err != nil || found {
		t.Errorf("change found = %v, %v", found, err)
	}
	if got, err := s.Mix(ctx); err != nil || len(got) != 0 {
		t.Errorf("mix = %v, %v", got, err)
	}
	if got, err := s.Coverage(ctx); err != nil || got.Changes != 0 || got.DataTo != nil || len(got.Sources) != 0 {
		t.Errorf("coverage = %+v, %v", got, err)
	}
}

// What a view says of its columns is what comes out.
func TestViewsKeepTheirTypes(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	type column struct {
		View string `ch:"table"`
		Name string `ch:"name"`
		Type string `ch:"type"`
	}
	declared, err := store.Select[column](ctx, s, "SELECT table, name, type FROM system.columns WHERE database = 'baserate' ORDER BY table, position", nil)
	if err != nil || len(declared) < 60 {
		t.Fatalf("%d columns, %v", len(declared), err)
	}
	made := map[string]string{}
	for _, c := range declared {
		if _, done := made[c.View+"."+c.Name]; !done {
			rows, err := s.Rows(ctx, "SELECT * FROM baserate."+c.View+" LIMIT 0", nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range rows.ColumnTypes() {
				made[c.View+"."+m.Name()] = m.DatabaseTypeName()
			}
			rows.Close()
		}
		if got := made[c.View+"."+c.Name]; got != c.Type {
			t.Errorf("%s.%s is declared %s and made as %s", c.View, c.Name, c.Type, got)
		}
	}
}

// Every text column of every view can be set against the empty string, which the server rewrites by the column's type.
func TestTextColumnsCanBeCompared(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	columns, err := store.Select[struct {
		View string `ch:"table"`
		Name string `ch:"name"`
	}](ctx, s, "SELECT table, name FROM system.columns WHERE database = 'baserate' AND type IN ('String', 'LowCardinality(String)')", nil)
	if err != nil || len(columns) < 60 {
		t.Fatalf("%d columns, %v", len(columns), err)
	}
	for _, c := range columns {
		if err := s.Exec(ctx, "SELECT count() FROM baserate."+c.View+" WHERE "+c.Name+" != ''", nil); err != nil {
			t.Errorf("%s.%s: %v", c.View, c.Name, err)
		}
	}
}
