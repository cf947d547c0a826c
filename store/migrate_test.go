package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/storetest"
)

// Making the tables is cut off at several moments, each time on a server of its own that is new; the next try makes them whole.
// Once they are, another try leaves what is in them.
func TestTablesThatWereNotMadeWhole(t *testing.T) {
	e, err := embedded.Start(t.Context(), embedded.Options{Dir: t.TempDir(), AnalystDatabase: store.Views})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	cut := 0
	for _, after := range []time.Duration{50, 200, 500, 900} {
		empty(t, e)
		short, cancel := context.WithTimeout(t.Context(), after*time.Millisecond)
		if store.Migrate(short, storetest.Options(e)) != nil {
			cut++
		}
		cancel()
		if err := store.Migrate(t.Context(), storetest.Options(e)); err != nil {
			t.Fatalf("after it was cut off at %d ms: %v", after, err)
		}
	}
	if cut == 0 {
		t.Error("nothing was cut off: the test shows nothing")
	}
	s, err := store.Open(t.Context(), storetest.Options(e))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	commit := record.Commit{Repo: "o/r", SHA: "1", CommittedAt: time.Unix(1_700_000_000, 0).UTC()}
	if err := s.Save(t.Context(), record.Batch{Commits: []record.Commit{commit}}, ledger()); err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context(), storetest.Options(e)); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Table(t.Context(), "SELECT sha FROM commits FINAL", nil)
	if err != nil || len(rows.Rows) != 1 {
		t.Errorf("commits after another start: %v, %v; want the one that was there", rows.Rows, err)
	}
}

// empty takes away all that there is.
func empty(t *testing.T, e *embedded.Engine) {
	o := storetest.Options(e)
	o.Database = "default"
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, database := range []string{"baserate", "baserate_store"} {
		if err := s.Exec(t.Context(), "DROP DATABASE IF EXISTS "+database+" SYNC", nil); err != nil {
			t.Fatal(err)
		}
	}
}
