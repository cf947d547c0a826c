package proof

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/github"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
)

// gather runs the streams of a source once, one after the other, all when none is named, and returns the ledger by stream.
func gather(t testing.TB, s *store.Store, o github.Options, streams ...string) map[string]record.Collection {
	t.Helper()
	source, err := github.New(o)
	if err != nil {
		t.Fatal(err)
	}
	tasks := slices.DeleteFunc(source.Tasks(), func(task collectors.Task) bool { return len(streams) > 0 && !slices.Contains(streams, task.Stream) })
	runner := collectors.Runner{Sink: s, Log: slog.New(slog.DiscardHandler)}
	ledger := map[string]record.Collection{}
	for _, row := range runner.Run(context.Background(), tasks) {
		ledger[row.Stream] = row
	}
	return ledger
}

// gatherAll is gather for a source that is to have or lack things, but not to fail.
func gatherAll(t testing.TB, s *store.Store, o github.Options) map[string]record.Collection {
	t.Helper()
	ledger := gather(t, s, o)
	for stream, row := range ledger {
		if row.Status != record.StatusOK && row.Status != record.StatusAbsent {
			t.Errorf("%s: %s: %s %v", stream, row.Status, row.Error, row.Warnings)
		}
	}
	return ledger
}

// broken are the streams of a ledger that have to be run again, with why.
func broken(ledger map[string]record.Collection) string {
	var all []string
	for stream, row := range ledger {
		if row.Status == record.StatusFailed || row.Status == record.StatusPartial {
			all = append(all, stream+": "+row.Error)
		}
	}
	return strings.Join(all, "; ")
}
