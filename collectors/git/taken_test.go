package git

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two repositories of one name are two histories: the second is refused, unless it is named by hand. A clone that only
// moved is the same.
func TestNameTaken(t *testing.T) {
	first, second := newRepo(t), newRepo(t)
	first.commit(commitSpec{ref: "refs/heads/main", message: "one", root: true})
	second.commit(commitSpec{ref: "refs/heads/main", message: "another", root: true})
	c := collectAll(t, first.dir)
	err := c.collect(t, second.dir, testOptions(t), 0)
	if !errors.Is(err, ErrNameTaken) || !strings.Contains(err.Error(), "owner/repo="+second.dir) || len(c.Commits) != 1 {
		t.Errorf("another history under the same name: %d commits, %v", len(c.Commits), err)
	}
	named := testOptions(t)
	named.Name = "owner/repo"
	if err := c.collect(t, second.dir, named, 0); err != nil || len(c.Commits) != 2 {
		t.Errorf("named by hand: %d commits, %v", len(c.Commits), err)
	}
	moved := filepath.Join(t.TempDir(), "owner", "repo")
	if err := os.MkdirAll(filepath.Dir(moved), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(first.dir, moved); err != nil {
		t.Fatal(err)
	}
	c = collectAll(t, moved)
	c.Repository.Path = first.dir
	if err := c.collect(t, moved, testOptions(t), 0); err != nil {
		t.Errorf("the clone that moved: %v", err)
	}
}
