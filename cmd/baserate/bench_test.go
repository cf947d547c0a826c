package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/store/embedded"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// BenchmarkCollect collects, attributes, derives and stores each clone of BASERATE_BENCH_REPOS (paths, separated by
// blanks; a generated history when it is not set) from nothing, and times plain git over the same commits beside it.
// The limit is a ratio of 0.6. rss is the most memory this process held, the engine's not counted.
func BenchmarkCollect(b *testing.B) {
	repos := strings.Fields(os.Getenv("BASERATE_BENCH_REPOS"))
	if len(repos) == 0 {
		repos = []string{generated(b, 3000)}
	}
	for _, repo := range repos {
		b.Run(strings.ReplaceAll(filepath.ToSlash(repo), "/", "_"), func(b *testing.B) {
			for b.Loop() {
				theirs, ours := plainGit(b, repo), collected(b, repo)
				b.ReportMetric(theirs.Seconds(), "git-s")
				b.ReportMetric(ours.Seconds(), "baserate-s")
				b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
				b.ReportMetric(peakMemory(b), "rss-MiB")
			}
		})
	}
}

// plainGit is the rival: every commit of every ref with its line counts.
func plainGit(b *testing.B, repo string) time.Duration {
	b.Helper()
	start := time.Now()
	log := exec.Command("git", "-C", repo, "log", "--all", "--numstat", "--no-renames")
	log.Stdout = io.Discard
	var said strings.Builder
	log.Stderr = &said
	if err := log.Run(); err != nil {
		b.Fatalf("git log on %s: %v: %s", repo, err, said.String())
	}
	return time.Since(start)
}

func collected(b *testing.B, repo string) time.Duration {
	b.Helper()
	ctx := context.Background()
	start := time.Now()
	db, err := (&database{Data: b.TempDir()}).open(ctx)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	fleet := newFleet(db, []string{repo})
	ledgers, _, err := fleet.collect(ctx, fleet.tasks(ctx))
	if err != nil || ledgers[0].Rows == 0 {
		b.Fatalf("collect %s: %v, %+v", repo, err, ledgers[0])
	}
	return time.Since(start)
}

// peakMemory is the high-water mark of this process's resident memory, in MiB.
func peakMemory(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0 // not Linux
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kib float64
	fmt.Sscan(rest, &kib)
	return kib / 1024
}

// generated makes a history of n commits, each changing a few lines of one of forty files.
func generated(b *testing.B, n int) string {
	b.Helper()
	repo := b.TempDir()
	run := func(stdin io.Reader, args ...string) {
		git := exec.Command("git", append([]string{"-C", repo}, args...)...)
		git.Stdin = stdin
		if out, err := git.CombinedOutput(); err != nil {
			b.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	run(nil, "init", "-q", "--bare", "-b", "main")
	var stream strings.Builder
	for i := range n {
		body := strings.Repeat(fmt.Sprintf("line of version %d\n", i/40), 50+i%7) + strings.Repeat("the same line\n", 400)
		message := fmt.Sprintf("change %d\n\nwhy it was made\n", i)
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata %d\n%s", 1_700_000_000+i*600, len(message), message)
		fmt.Fprintf(&stream, "M 100644 inline dir/file%d.txt\ndata %d\n%s\n", i%40, len(body), body)
	}
	run(strings.NewReader(stream.String()), "fast-import", "--quiet")
	return repo
}
