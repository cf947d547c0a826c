package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// engines lists the engines that are children of this process.
func engines(t *testing.T) []int {
	t.Helper()
	var pids []int
	folders, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		text, err := os.ReadFile(f)
		if err != nil {
			continue // it ended meanwhile
		}
		rest := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if len(rest) > 1 && rest[1] == strconv.Itoa(os.Getpid()) && rest[0] != "Z" {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(f)))
			pids = append(pids, pid)
		}
	}
	return pids
}

// The engine is killed in the middle of a load, twice; every row is there after, once, and whole.
func TestKilledEngineLosesNothing(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	first := engines(t)
	const batches, size = 60, 500
	kill := map[int]bool{15: true, 40: true}
	for b := range batches {
		commits := make([]record.Commit, size)
		for i := range commits {
			at := time.Unix(int64(1_700_000_000+b*size+i), 0).UTC()
			commits[i] = record.Commit{
				Repo: "o/r", SHA: fmt.Sprintf("%040d", b*size+i), AuthoredAt: at, CommittedAt: at, Message: strings.Repeat("m", i),
				Files: []record.FileChange{{Path: "f", Additions: uint32(b)}},
			}
		}
		if kill[b] {
			time.AfterFunc(2*time.Millisecond, func() {
				for _, pid := range engines(t) {
					_ = syscall.Kill(pid, syscall.SIGKILL)
				}
			})
		}
		if err := s.Save(ctx, record.Batch{Commits: commits, Cursor: record.Cursor(strconv.Itoa(b))}, ledger()); err != nil {
			t.Fatalf("batch %d: %v", b, err)
		}
	}
	if last := engines(t); len(first) != 1 || len(last) != 1 || first[0] == last[0] {
		t.Errorf("engines %v before and %v after: none was killed", first, last)
	}
	rows, err := store.Select[struct {
		N        uint64 `ch:"n"`
		Distinct uint64 `ch:"distinct"`
		Messages uint64 `ch:"messages"`
		Lines    uint64 `ch:"lines"`
	}](ctx, s, "SELECT count() AS n, uniqExact(sha) AS distinct, sum(length(message)) AS messages, sum(path_additions[1]) AS lines FROM commits FINAL", nil)
	if err != nil {
		t.Fatal(err)
	}
	const messages, lines = batches * size * (size - 1) / 2, size * batches * (batches - 1) / 2
	if got := rows[0]; got.N != batches*size || got.Distinct != got.N || got.Messages != messages || got.Lines != lines {
		t.Errorf("after the load: %+v, want %d rows, %d bytes of message, %d lines", got, batches*size, messages, lines)
	}
	if c, err := s.Cursor(ctx, "git", "o/r", "history"); err != nil || string(c) != strconv.Itoa(batches-1) {
		t.Errorf("cursor = %s, %v", c, err)
	}
}
