package store_test

import (
	"testing"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// Changes that came in several parts are one part afterwards, and the same changes.
func TestSettle(t *testing.T) {
	s := storetest.Open(t)
	parts := func() (n, rows uint64) {
		t.Helper()
		found, err := store.Select[struct {
			Parts uint64 `ch:"parts"`
			Rows  uint64 `ch:"rows"`
		}](t.Context(), s, "SELECT (SELECT count() FROM system.parts WHERE database = 'baserate_store' AND table = 'changes' AND active) AS parts, "+
			"(SELECT count() FROM changes FINAL) AS rows", nil)
		if err != nil {
			t.Fatal(err)
		}
		return found[0].Parts, found[0].Rows
	}
	if err := s.Settle(t.Context()); err != nil {
		t.Fatalf("without changes: %v", err)
	}
	for version := range uint64(3) {
		err := s.Exec(t.Context(), "INSERT INTO changes (repo, sha, landed_at, version) SELECT 'a/b', toString(number), '2026-01-01 00:00:00', {version:UInt64} FROM numbers(100)",
			store.Params{"version": version + 1})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, rows := parts(); n != 1 || rows != 100 {
		t.Errorf("%d parts of %d changes, want 1 of 100", n, rows)
	}
}
