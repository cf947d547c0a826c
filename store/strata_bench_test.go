package store_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/storetest"
)

// insertFleet makes the changes of 1/25 of a fleet: 5,000 repositories of 300 teams, 156 weeks, 20,000 authors who each
// work in about four repositories of their team and now and then in another team's. About 2.5 % of changes are mistakes.
// Nothing is random: each property is taken from a hash of the change's number.
const insertFleet = `
INSERT INTO changes (repo, sha, landed_at, author_class, permission, review_state, team, tier, author, additions, size_known, mature, severity,
    incident_at, incident_score, reverted_at, hotfixed_at, hotfix_score, failed_at, reworked_at, control_at, followed_days, version)
WITH
    (salt, n) -> cityHash64(salt, n) % 1000000 / 1000000 AS chance,
    (salt, n, share, days, at) -> if(chance(salt, n) < share, at + toIntervalSecond(toUInt32(chance(salt + 100, n) * days * 86400)), NULL) AS later,
    {rows:UInt64} / 5000 AS per_repo
SELECT
    concat('org/', leftPad(toString(r), 5, '0')), lower(hex(n)), at,
    multiIf(chance(1, n) < 0.05 + 0.4 * along, 'ai_agent', chance(1, n) < 0.15 + 0.4 * along, 'ai_assisted',
        chance(2, n) < 0.5, 'human', chance(2, n) < 0.92, 'unknown', 'automation'),
    multiIf(chance(3, n) < 0.8, 'write', chance(3, n) < 0.95, 'maintain', 'admin'),
    multiIf(chance(4, n) < 0.6, 'independent', chance(4, n) < 0.75, 'self', chance(4, n) < 0.9, 'none', chance(4, n) < 0.95, 'ai_only', 'stale'),
    concat('team ', toString(t)), 1 + r % 3, cityHash64('author', t, (intDiv(r, 300) * 4 + cityHash64(5, n) % 16) % 66),
    [5, 30, 100, 500, 2000][1 + least(4, toUInt8(chance(6, n) * chance(7, n) * 8))], true, along < 0.987, 1 + cityHash64(8, n) % 4,
    later(9, n, 0.003, 14, at), 0.5 + chance(10, n) / 2, later(11, n, 0.01, 20, at), later(12, n, 0.008, 3, at), 0.5 + chance(13, n) / 2,
    later(14, n, 0.004, 10, at), later(15, n, 0.03, 21, at), later(16, n, 0.002, 14, at), least(1000, toUInt16((1 - along) * 1092)), 1
FROM
(
    SELECT number AS n, toUInt32(intDiv(number, per_repo)) AS r, (number - r * per_repo) / per_repo AS along,
        toDateTime64('2023-01-01 00:00:00', 0, 'UTC') + toIntervalSecond(toUInt32(along * 156 * 7 * 86400)) AS at,
        (r + if(chance(17, n) < 0.05, 1 + cityHash64(18, n) % 3, 0)) % 300 AS t
    FROM numbers_mt({piece:UInt64} * {rows:UInt64} / 25, {rows:UInt64} / 25)
)`

// benchRows is BASERATE_BENCH_ROWS, a million when not set.
func benchRows(b *testing.B) int {
	text := cmp.Or(os.Getenv("BASERATE_BENCH_ROWS"), "1000000")
	rows, err := strconv.Atoi(text)
	if err != nil || rows < 5000 || rows%5000 != 0 {
		b.Fatalf("BASERATE_BENCH_ROWS is %q: want a multiple of 5000", text)
	}
	return rows
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

// makeFleet fills a store that does not hold the fleet yet, and counts its strata piece by piece, as derive does.
func makeFleet(b *testing.B, s *store.Store, rows int) {
	run := func(sql string, p store.Params) {
		if err := s.Exec(context.Background(), sql, p); err != nil {
			b.Fatal(err)
		}
	}
	step := func(name string, p store.Params) time.Duration {
		text, err := os.ReadFile("../derive/step/" + name + ".sql")
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		run(string(text), p)
		return time.Since(start)
	}
	if made := number(b, s, "SELECT count() AS n FROM changes"); made != rows {
		if made > 0 {
			b.Fatalf("BASERATE_BENCH_DIR holds %d changes, not %d", made, rows)
		}
		start := time.Now()
		for piece := range 25 {
			run(insertFleet, store.Params{"rows": rows, "piece": piece})
		}
		b.Logf("made %d changes in %.1f s", rows, time.Since(start).Seconds())
	}
	if number(b, s, "SELECT count() AS n FROM strata WHERE outcome != '' AND design = 'developer'") > 0 {
		return
	}
	var spent time.Duration
	for piece := range 25 {
		repos := make([]string, 200)
		for i := range repos {
			repos[i] = fmt.Sprintf("org/%05d", 200*piece+i)
		}
		p := store.Params{"repos": repos, "version": s.Version()}
		spent += step("strata", p) + step("live_strata", p) + step("retire_strata", p)
	}
	b.Logf("counted strata in %.1f s: 25 pieces of 200 repositories", spent.Seconds())
	b.Logf("summed up the strata of developers in %.1f s", step("developer_strata", store.Params{"version": s.Version()}).Seconds())
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

// median is that of the milliseconds which runs of ask take, after one to warm up.
func median(b *testing.B, runs int, ask func() error) float64 {
	took := make([]float64, runs+1)
	for i := range took {
		start := time.Now()
		if err := ask(); err != nil {
			b.Fatal(err)
		}
		took[i] = float64(time.Since(start).Microseconds()) / 1000
	}
	slices.Sort(took[1:])
	return took[1+runs/2]
}

// BenchmarkSums is the question of the headline, of all changes, from the strata kept and from raw rows. The floor is what
// a query costs that reads nothing.
func BenchmarkSums(b *testing.B) {
	s, rows := benchStore(b), benchRows(b)
	makeFleet(b, s, rows)
	floor := median(b, 9, func() error { return s.Exec(context.Background(), "SELECT 1", nil) })
	for _, q := range []store.SumsQuery{
		{Outcome: "mistake", Design: "repository", Adjustment: "total", Exposure: "ai", Side: "reference"},
		{Outcome: "mistake", Design: "repository", Adjustment: "direct", Exposure: "ai", Side: "reference"},
		{Outcome: "mistake", Design: "developer", Adjustment: "total", Exposure: "ai", Side: "reference"},
		{Outcome: "mistake", Design: "developer", Adjustment: "direct", Exposure: "ai", Side: "reference"},
		{Outcome: "incident", Design: "repository", Adjustment: "direct", Exposure: "ai_agent", Side: "bots"},
	} {
		b.Run(fmt.Sprintf("%s-%s-%s", q.Outcome, q.Design, q.Adjustment), func(b *testing.B) { benchmarkSums(b, s, q, rows, floor) })
	}
}

func benchmarkSums(b *testing.B, s *store.Store, q store.SumsQuery, rows int, floor float64) {
	var kept, raw store.StrataSums
	ask := func(of func(context.Context, store.SumsQuery) (store.StrataSums, string, store.Params, error), to *store.StrataSums) func() error {
		return func() (err error) {
			*to, _, _, err = of(context.Background(), q)
			return err
		}
	}
	rawly := median(b, 1, ask(s.RawSums, &raw))
	quick := median(b, 9, ask(s.Sums, &kept))
	for b.Loop() {
		if err := ask(s.Sums, &kept)(); err != nil {
			b.Fatal(err)
		}
	}
	if diff := gocmp.Diff(raw, kept); diff != "" {
		b.Errorf("-raw +kept: %s", diff)
	}
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(quick, "ms-sums")
	b.ReportMetric(rawly, "ms-raw")
	b.ReportMetric(rawly/quick, "raw/sums")
	b.ReportMetric(floor, "ms-floor")
	b.ReportMetric(float64(kept.Strata), "strata")
}
