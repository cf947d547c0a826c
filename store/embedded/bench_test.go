package embedded_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/baserate/baserate/store/embedded"
)

// BenchmarkStart is from nothing to the first answer, and a clean stop apart from it.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		e, err := embedded.Start(context.Background(), embedded.Options{Dir: dir})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		b.ReportMetric(residentMiB(b, e.EnginePID()), "MiB-idle")
		closeEngine(b, e)
		b.StartTimer()
	}
}

// BenchmarkInsert sends columnar batches of 100,000 rows of three columns.
func BenchmarkInsert(b *testing.B) {
	const rows = 100_000
	e := start(b, embedded.Options{})
	app := connect(b, e.Endpoint(), e.Endpoint().App)
	run(b, app, "CREATE DATABASE load",
		"CREATE TABLE load.rows (id UInt64, text String, version UInt64) ENGINE = ReplacingMergeTree(version) ORDER BY id")
	ids, texts, versions := make([]uint64, rows), make([]string, rows), make([]uint64, rows)
	for i := range ids {
		ids[i], texts[i] = uint64(i), fmt.Sprintf("a commit message of the usual length, number %d", i)
	}
	for b.Loop() {
		batch, err := app.PrepareBatch(context.Background(), loadStatement)
		if err != nil {
			b.Fatal(err)
		}
		for n, column := range []any{ids, texts, versions} {
			if err := batch.Column(n).Append(column); err != nil {
				b.Fatal(err)
			}
		}
		if err := batch.Send(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(residentMiB(b, e.EnginePID()), "MiB-after")
}

// residentMiB is what a process has in memory, 0 where /proc does not tell.
func residentMiB(b *testing.B, pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kib / 1024
}
