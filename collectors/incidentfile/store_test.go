package incidentfile_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/incidentfile"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// stored are the incidents as the store has them, in words.
func stored(t *testing.T, s *store.Store) []string {
	t.Helper()
	type row struct {
		Text string `ch:"text"`
	}
	rows, err := store.Select[row](context.Background(), s,
		"SELECT concat(source, ' ', id, ' ', title, ' ', toString(severity), ' ', toString(updated_at)) AS text FROM incidents FINAL ORDER BY text", nil)
	if err != nil {
		t.Fatal(err)
	}
	return store.Column(rows, func(r *row) string { return r.Text })
}

// The newest version of an incident wins, whatever the order of the files and however often each is imported.
func TestImportInAnyOrder(t *testing.T) {
	line := func(source, id, title string, day int) string {
		return fmt.Sprintf(`{"incident_id":%q,"source":%q,"title":%q,"severity":"sev2","declared_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-%02dT00:00:00Z"}`+"\n", id, source, title, day)
	}
	s := storetest.Open(t)
	var want []string
	for n, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 0, 2, 1}} {
		name := fmt.Sprint("s", n)
		files := []string{
			write(t, "old.jsonl", line(name, "1", "at first", 1)+line(name, "2", "only here", 1)+"{broken\n"),
			write(t, "new.jsonl", line(name, "1", "later", 3)+line(name, "1", "in between", 2)),
			write(t, "other.csv", "incident_id,source,title,declared_at,updated_at\n1,t"+name+",another source,2026-03-01T12:00:00Z,2026-03-01T12:00:00Z\n"),
		}
		for _, f := range order {
			source, err := incidentfile.New(incidentfile.Options{Path: files[f], Again: true})
			if err != nil {
				t.Fatal(err)
			}
			ledger := (&collectors.Runner{Sink: s}).Run(context.Background(), source.Tasks())[0]
			if partial := f == 0; (ledger.Status == record.StatusPartial) != partial || ledger.Error != "" {
				t.Errorf("%s: %+v", files[f], ledger)
			}
		}
		want = append(want, name+" 1 later 2 2026-03-03 00:00:00", name+" 2 only here 2 2026-03-01 00:00:00", "t"+name+" 1 another source 0 2026-03-01 12:00:00")
	}
	slices.Sort(want)
	if got := stored(t, s); !slices.Equal(got, want) {
		t.Errorf("in any order:\n%s", strings.Join(got, "\n"))
	}
}
