package derive_test

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/storetest"
)

// benchSize is how many changes the fleet has, and how many repositories. As many as BASERATE_BENCH_ROWS says, a whole
// number of thousands; two thousand changes a repository from a hundred thousand on.
func benchSize(b *testing.B) (rows, per int) {
	text := cmp.Or(os.Getenv("BASERATE_BENCH_ROWS"), "20000")
	rows, err := strconv.Atoi(text)
	if err != nil || rows < 1000 || rows%1000 != 0 {
		b.Fatalf("BASERATE_BENCH_ROWS is %q: want a multiple of 1000", text)
	}
	if rows >= 100_000 && rows%2000 == 0 {
		return rows, 2000
	}
	return rows, 100
}

// benchStore is a store in BASERATE_BENCH_DIR, where the fleet is kept for the next time, or in a folder that goes with the test.
func benchStore(b *testing.B) *store.Store {
	ctx := context.Background()
	e, err := embedded.Start(ctx, embedded.Options{Dir: cmp.Or(os.Getenv("BASERATE_BENCH_DIR"), b.TempDir()), AnalystDatabase: store.Views, MemoryLimit: 8 << 30})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := e.Close(); err != nil {
			b.Error(err)
		}
	})
	if err := store.Migrate(ctx, storetest.Options(e)); err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(ctx, storetest.Options(e))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

// tellFleet fills a store that is empty with facts of every kind, written where they are kept: collecting is not what is measured.
func tellFleet(b *testing.B, s *store.Store, rows, per int) {
	run := func(name string, p store.Params) {
		text, err := os.ReadFile("testdata/fleet/" + name + ".sql")
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Exec(context.Background(), string(text), p); err != nil {
			b.Fatalf("%s: %v", name, err)
		}
	}
	if number(b, s, "SELECT count() AS n FROM placements") > 0 {
		return
	}
	start := time.Now()
	run("landings", nil)
	run("members", nil)
	files, err := filepath.Glob("testdata/fleet/*.sql")
	if err != nil {
		b.Fatal(err)
	}
	for first := 0; first < rows; first += 500 * per {
		p := store.Params{"first": first, "rows": min(500*per, rows-first), "per": per}
		for _, file := range files {
			if name := strings.TrimSuffix(filepath.Base(file), ".sql"); name != "landings" && name != "members" {
				run(name, p)
			}
		}
	}
	b.Logf("told %d changes in %.1f s", rows, time.Since(start).Seconds())
}

func number(b *testing.B, s *store.Store, sql string) int {
	rows, err := store.Select[struct {
		N uint64 `ch:"n"`
	}](context.Background(), s, sql, nil)
	if err != nil {
		b.Fatal(err)
	}
	return int(rows[0].N)
}

// BenchmarkDerive derives a fleet from scratch, when nothing is new, and when a collection brought one change of one repository.
func BenchmarkDerive(b *testing.B) {
	if os.Getenv("BASERATE_BENCH_STEPS") != "" {
		slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug})))
	}
	rows, per := benchSize(b)
	s := benchStore(b)
	tellFleet(b, s, rows, per)
	once := func(b *testing.B, want int) {
		d := derive.Deriver{Store: s, Classifier: attribution.Default()}
		sum, err := d.Run(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		if sum.Repositories != want {
			b.Fatalf("%d repositories derived, want %d", sum.Repositories, want)
		}
		b.ReportMetric(sum.Took.Seconds(), "s")
		b.ReportMetric(float64(rows), "changes")
	}
	b.Run("scratch", func(b *testing.B) {
		if number(b, s, "SELECT count() AS n FROM derivations") > 0 {
			b.Log("BASERATE_BENCH_DIR holds a fleet that is derived already")
			return
		}
		for range b.N {
			once(b, rows/per)
		}
		if made := number(b, s, "SELECT count() AS n FROM changes FINAL"); made != rows {
			b.Errorf("%d changes, want %d", made, rows)
		}
	})
	b.Run("nothing", func(b *testing.B) {
		for range b.N {
			once(b, 0)
		}
	})
	b.Run("news", func(b *testing.B) {
		for i := range b.N {
			b.StopTimer()
			news(b, s, number(b, s, "SELECT toUInt64(max(position)) AS n FROM placements WHERE repo = 'org/00007'")+i+1)
			b.StartTimer()
			once(b, 1)
		}
	})
}

// news tells of one more change of a repository, with its pull request and a review.
func news(b *testing.B, s *store.Store, position int) {
	h := &history{repo: "org/00007", position: uint32(position - 1)}
	name := "n" + strconv.Itoa(position)
	h.land(name, 24*30+float64(position)/100, "Something new", "new.go").Author.Email = "person-00463@example.com"
	h.pull(uint32(position), "person-00463", name, 24*30+float64(position)/100-2)
	h.review(uint32(position), "person-00464", record.ReviewApproved, "head", 24*30)
	ledger := record.Collection{Source: "github", Scope: "org", Stream: "pull_requests", StartedAt: time.Now(), Status: record.StatusOK}
	if err := s.Save(context.Background(), h.batch(), ledger); err != nil {
		b.Fatal(err)
	}
}
