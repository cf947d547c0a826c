package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// Which repositories a batch was about is kept once each, and from which moment on it bears on them.
func TestBatchesTouchRepositories(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	permission := func(repo string, hours int) record.Permission {
		return record.Permission{Repo: repo, Account: record.Account{Source: "github", Login: "ada"}, Level: record.LevelWrite, SeenAt: noon.Add(time.Duration(hours) * time.Hour)}
	}
	for _, b := range []record.Batch{
		{Commits: []record.Commit{{Repo: "o/c", SHA: "a"}, {Repo: "o/c", SHA: "b"}}, Permissions: []record.Permission{permission("o/c", 1), permission("o/p", 2), permission("o/p", 1), permission("", 3)}},
		{Activities: []record.Activity{{Repo: "o/a", ID: "1"}}, Actions: []record.Action{{System: "aws:1", ID: "1"}}},
		{Members: []record.Member{{Account: record.Account{Source: "git", Login: "x"}, Person: "p"}}, Profiles: []record.Profile{{Repo: "o/x"}}, Hosted: []record.HostedRepository{{ID: "1", Name: "o/x"}}},
	} {
		if err := s.Save(ctx, b, ledger()); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := store.Select[struct {
		Row string `ch:"row"`
	}](ctx, s, "SELECT concat(repo, ' ', toString(since)) AS row FROM touched ORDER BY row", nil)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, r := range rows {
		got = append(got, r.Row)
	}
	if diff := cmp.Diff([]string{" 2026-03-01 15:00:00", "aws:1 1900-01-01 00:00:00", "o/a 1900-01-01 00:00:00", "o/c 1900-01-01 00:00:00", "o/p 2026-03-01 13:00:00"}, got); diff != "" {
		t.Error(diff)
	}
	// A row is younger than every fact of its batch: whoever sees it sees them.
	younger, err := store.Select[struct {
		OK bool `ch:"ok"`
	}](ctx, s, "SELECT (SELECT min(version) FROM touched WHERE repo = 'o/c') > (SELECT max(version) FROM commits) AS ok", nil)
	if err != nil || !younger[0].OK {
		t.Errorf("touched before the facts: %v, %v", younger, err)
	}
}
