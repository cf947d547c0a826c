package git

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// BenchmarkCollect times plain git log --all --numstat against a collection, in the same run, and reports the ratio.
// BASERATE_BENCH_REPOS names clones to read; without it a history is made up.
//
//	BASERATE_BENCH_REPOS="/path/one /path/two" go test -run - -bench Collect -benchtime 3x ./collectors/git
func BenchmarkCollect(b *testing.B) {
	paths := strings.Fields(os.Getenv("BASERATE_BENCH_REPOS"))
	if len(paths) == 0 {
		paths = []string{benchRepo(b)}
	}
	for _, path := range paths {
		collector, err := Open(context.Background(), path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(strings.ReplaceAll(collector.Task().Scope, "/", "+"), func(b *testing.B) {
			var plain, ours time.Duration
			commits, known := 0, ""
			if collector.clone.partial {
				known = knownCommits(b, collector)
			}
			for b.Loop() {
				start := time.Now()
				plainLog(b, collector.clone.dir, known)
				plain += time.Since(start)
				start = time.Now()
				commits = 0
				for batch, err := range collector.Collect(context.Background(), nil) {
					if err != nil {
						b.Fatal(err)
					}
					commits += len(batch.Commits)
				}
				ours += time.Since(start)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(plain.Seconds()/float64(b.N), "git-s")
			b.ReportMetric(ours.Seconds()/float64(b.N), "ours-s")
			b.ReportMetric(ours.Seconds()/plain.Seconds(), "ratio")
			b.ReportMetric(float64(commits), "commits")
		})
	}
}

// plainLog is the rival. Commits whose contents are missing end git log, so in a partial clone it is given only those
// whose files are known.
func plainLog(b *testing.B, dir, known string) {
	args := []string{"--git-dir=" + dir, "log", "--numstat", "--no-renames", "--all"}
	if known != "" {
		args = append(args[:len(args)-1], "--no-walk=unsorted", "--stdin")
	}
	cmd := exec.Command("git", args...)
	cmd.Stdin = strings.NewReader(known)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
}

func knownCommits(b testing.TB, c *Collector) string {
	var list strings.Builder
	for batch, err := range c.Collect(context.Background(), nil) {
		if err != nil {
			b.Fatal(err)
		}
		for _, commit := range batch.Commits {
			if !commit.FilesUnknown {
				list.WriteString(commit.SHA + "\n")
			}
		}
	}
	return list.String()
}

// benchRepo makes a history of a few thousand commits over some hundred files, every third of them made again on
// another branch, as a rebase does.
func benchRepo(b *testing.B) string {
	r := newRepo(b)
	rnd := rand.New(rand.NewPCG(1, 1))
	contents := map[string][]string{}
	var list []commitSpec
	for i := range 2000 {
		path := fmt.Sprintf("dir%d/file%d.go", rnd.IntN(10), rnd.IntN(20))
		if contents[path] == nil {
			contents[path] = randomContent(rnd, 400)
		}
		contents[path] = mutate(rnd, contents[path])
		files := map[string]string{path: strings.Join(contents[path], "")}
		list = append(list, commitSpec{ref: "refs/heads/main", message: fmt.Sprintf("change %d\n\nReviewed-by: R\n", i), files: files})
		if i%3 == 0 && i > 0 {
			list = append(list, commitSpec{
				ref: fmt.Sprintf("refs/pull/%d/head", i), parents: []string{fmt.Sprintf("@%d", len(list)-1)}, message: "before the rebase", files: files,
			})
		}
	}
	r.commits(list...)
	r.git("repack", "-adq")
	return r.dir
}
