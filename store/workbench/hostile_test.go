package workbench_test

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/storetest"
	"github.com/baserate/baserate/store/workbench"
)

//go:embed testdata/hostile.sql
var hostileText string

// attack is a line of testdata/hostile.sql.
type attack struct {
	group, sql string
	harmless   bool // may be answered
}

func attacks(t *testing.T, file, dir string) []attack {
	t.Helper()
	var all []attack
	group := ""
	for line := range strings.Lines(hostileText) {
		line = strings.TrimSuffix(line, "\n")
		if name, is := strings.CutPrefix(line, "-- group: "); is {
			group = name
		}
		if line == "" || strings.HasPrefix(line, "-- ") && !strings.Contains(line, `\n`) {
			continue
		}
		sql, harmless := strings.CutPrefix(line, "= ")
		sql = strings.NewReplacer(`\n`, "\n", "OUTFILE", "OUTFILE", "INFILE", "INFILE", "DUMPFILE", "DUMPFILE", "FILE", file, "DIR", dir).Replace(sql)
		all = append(all, attack{group, sql, harmless})
	}
	if len(all) < 200 {
		t.Fatalf("%d hostile statements, want 200", len(all))
	}
	return all
}

// canary is in the tables below the views, in a file of the server's user and nowhere else.
const canary = "canary-7f3a"

// besieged is an engine with small limits and secrets in it.
func besieged(t *testing.T) (*embedded.Engine, *store.Store, *workbench.Desk, string) {
	t.Helper()
	engine, err := embedded.Start(t.Context(), embedded.Options{
		Dir: t.TempDir(), AnalystDatabase: store.Views, MemoryLimit: 4 << 30,
		Analyst: embedded.AnalystLimits{Time: 2 * time.Second, Memory: 256 << 20},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	if err := store.Migrate(t.Context(), storetest.Options(engine)); err != nil {
		t.Fatal(err)
	}
	app, err := store.Open(t.Context(), storetest.Options(engine))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { app.Close() })
	secret := record.Commit{
		Repo: "acme/shop", SHA: strings.Repeat("a", 40), CommittedAt: time.Now(), AuthoredAt: time.Now(), Message: "m\n\n" + canary,
		Author: record.Person{Name: canary, Email: canary + "@example.org"}, Committer: record.Person{Name: canary, Email: canary + "@example.org"},
	}
	batch := record.Batch{Repository: &record.Repository{Name: "acme/shop"}, Commits: []record.Commit{secret}}
	if err := app.Save(t.Context(), batch, record.Collection{Source: "git", Scope: "acme/shop", Stream: "history", Status: record.StatusOK}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(file, []byte(canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	desk := workbench.New(app, storetest.OpenAnalyst(t, engine))
	t.Cleanup(desk.Close)
	return engine, app, desk, file
}

// state is what no statement of an analyst's may change.
func state(t *testing.T, app *store.Store) string {
	t.Helper()
	rows, err := store.Select[struct {
		What  string `ch:"what"`
		Count uint64 `ch:"n"`
	}](t.Context(), app, `
		SELECT 'tables' AS what, sum(cityHash64(database, name, create_table_query)) AS n FROM system.tables WHERE database IN ('baserate', 'baserate_store', 'default')
		UNION ALL SELECT 'databases', count() FROM system.databases
		UNION ALL SELECT 'users', sum(cityHash64(name)) FROM system.users
		UNION ALL SELECT 'grants', count() FROM system.grants
		UNION ALL SELECT 'functions', count() FROM system.functions WHERE origin != 'System'
		UNION ALL SELECT 'commits', sum(cityHash64(*)) FROM baserate_store.commits
		UNION ALL SELECT 'repositories', sum(cityHash64(*)) FROM baserate_store.repositories`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, r := range rows {
		parts = append(parts, fmt.Sprint(r.What, " ", r.Count))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// uptime is for how long the engine has been running.
func uptime(t *testing.T, app *store.Store) time.Duration {
	t.Helper()
	rows, err := store.Select[struct {
		Up uint32 `ch:"up"`
	}](t.Context(), app, "SELECT uptime() AS up", nil)
	if err != nil {
		t.Fatal(err)
	}
	return time.Duration(rows[0].Up) * time.Second
}

// TestHostile runs every statement of testdata/hostile.sql and says of each what became of it.
func TestHostile(t *testing.T) {
	engine, app, desk, file := besieged(t)
	dir := t.TempDir()
	before, begin := state(t, app), time.Now()
	var mu sync.Mutex
	counts := map[string]int{}
	var all sync.WaitGroup
	slots := make(chan struct{}, 4) // as many as a machine of two cores can be asked at once
	for _, a := range attacks(t, file, dir) {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			verdict, said := assault(t, desk, a)
			mu.Lock()
			defer mu.Unlock()
			counts[verdict]++
			t.Logf("%-12s %-24s %.100s", verdict, a.group, strings.ReplaceAll(a.sql, "\n", " "))
			if verdict == "answered" && !a.harmless {
				t.Errorf("answered: %s\n%.300s", a.sql, said)
			}
			if strings.Contains(said, canary) || strings.Contains(said, engine.Endpoint().App.Password) {
				t.Errorf("tells a secret: %s\n%.300s", a.sql, said)
			}
		})
	}
	all.Wait()
	for _, verdict := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%d %s", counts[verdict], verdict)
	}
	if after := state(t, app); after != before {
		t.Errorf("something was changed:\n%s\nbefore\n%s", after, before)
	}
	if up := uptime(t, app); up < time.Since(begin)-2*time.Second {
		t.Errorf("the engine was started anew %v ago", up)
	}
	if written, err := os.ReadDir(dir); err != nil || len(written) > 0 {
		t.Errorf("files were written: %v, %v", written, err)
	}
	if rows, o := run(t, desk, "SELECT repo FROM repositories", nil); o.Status != workbench.Done || !strings.Contains(rows, "acme/shop") {
		t.Errorf("the analysts' own views after it all: %s, %+v", rows, o)
	}
	wantIdle(t, app)
}

// assault runs a statement and returns what became of it, with all that it was told.
func assault(t *testing.T, desk *workbench.Desk, a attack) (verdict, said string) {
	begin := time.Now()
	r, err := desk.Start(workbench.Question{SQL: a.sql, Params: map[string]string{"t": "baserate_store"}})
	var refusal *workbench.Refusal
	if errors.As(err, &refusal) {
		return "guard", refusal.Error()
	}
	if err != nil {
		t.Errorf("%s: %v", a.sql, err)
		return "error", ""
	}
	var text strings.Builder
	for _, e := range wait(t, r) {
		text.Write(e.Body)
	}
	if took := time.Since(begin); took > 12*time.Second {
		t.Errorf("took %v: %s", took.Round(time.Millisecond), a.sql)
	}
	o := r.Outcome()
	if o.Truncated {
		return "cut", text.String()
	}
	if o.Status == workbench.Done {
		return "answered", text.String()
	}
	switch o.Error.Code {
	case "time_limit", "memory_limit", "row_limit", "disk_limit":
		return "limit", text.String()
	case "refused":
		return "refused", text.String()
	}
	return "error", text.String()
}

// A statement that lifts its own limits, sent to the database past the guard, is ended all the same.
func TestLiftedLimits(t *testing.T) {
	engine, app, _, _ := besieged(t)
	analyst := storetest.OpenAnalyst(t, engine)
	for _, sql := range []string{
		endless + " SETTINGS max_execution_time = DEFAULT",
		"SELECT uniqExact(number) FROM numbers(3000000000) SETTINGS max_memory_usage = DEFAULT, max_memory_usage_for_user = DEFAULT, max_execution_time = DEFAULT",
	} {
		begin := time.Now()
		rows, err := analyst.Rows(t.Context(), sql, nil)
		if err == nil {
			for rows.Next() {
			}
			err = rows.Err()
		}
		if took := time.Since(begin); err == nil || took > 8*time.Second {
			t.Errorf("after %v: %v: %s", took.Round(time.Millisecond), err, sql)
		}
	}
	wantIdle(t, app)
}
