package git

import (
	"context"
	"path/filepath"
	"testing"
)

func TestParseTarget(t *testing.T) {
	for arg, want := range map[string][2]string{
		"/srv/git/repo.git":         {"", "/srv/git/repo.git"},
		"acme/shop=/srv/git/repo":   {"acme/shop", "/srv/git/repo"},
		"gitlab.com/a/b/c=../clone": {"gitlab.com/a/b/c", "../clone"},
		"name=path=with=signs":      {"name", "path=with=signs"},
		"./a=b":                     {"", "./a=b"},
		"/x/a=b":                    {"", "/x/a=b"},
		"name=":                     {"", "name="},
		"=path":                     {"", "=path"},
		"two words=path":            {"", "two words=path"},
	} {
		if name, path := ParseTarget(arg); name != want[0] || path != want[1] {
			t.Errorf("ParseTarget(%q) = %q, %q, want %q", arg, name, path, want)
		}
	}
}

func TestRepositoryName(t *testing.T) {
	for _, tc := range []struct{ remote, path, want string }{
		{"https://github.com/acme/shop.git", "/x", "acme/shop"},
		{"https://github.com/acme/shop/", "/x", "acme/shop"},
		{"https://user:secret@GitHub.com/acme/shop", "/x", "acme/shop"},
		{"git@github.com:acme/shop.git", "/x", "acme/shop"},
		{"github.com:acme/shop", "/x", "acme/shop"},
		{"ssh://git@ssh.github.com:443/acme/shop.git", "/x", "acme/shop"},
		{"git://github.com/acme/my.git.tools.git", "/x", "acme/my.git.tools"},
		{"https://gitlab.com/group/sub/shop.git", "/x", "gitlab.com/group/sub/shop"},
		{"ssh://git@git.example.com:2222/shop.git", "/x", "git.example.com/shop"},
		{"git@git.example.com:~ann/shop", "/x", "git.example.com/~ann/shop"},
		{"", "/x/dotnet+aspire/repo", "dotnet+aspire/repo"},
		{"", "/x/acme/shop/.git", "acme/shop"},
		{"", "/x/acme/shop.git", "acme/shop"},
		{"", "/x/acme/shop.git/", "acme/shop"},
		{"", "/shop", "shop"},
		{"/srv/git/shop.git", "/x/acme/shop", "acme/shop"},
		{"../shop.git", "/x/acme/shop", "acme/shop"},
		{"./we:ird", "/x/acme/shop", "acme/shop"},
		{"file:///srv/git/shop.git", "/x/acme/shop", "acme/shop"},
		{`C:\git\shop`, "/x/acme/shop", "acme/shop"},
		{"https://github.com/", "/x/acme/shop", "acme/shop"},
		{"https://exa mple.com/%zz", "/x/acme/shop", "acme/shop"},
	} {
		if got := repositoryName(tc.remote, tc.path); got != tc.want {
			t.Errorf("repositoryName(%q, %q) = %q, want %q", tc.remote, tc.path, got, tc.want)
		}
	}
}

// TestEveryWayToACloneIsTheSameRepository opens a clone by its folder, its .git folder, a linked worktree and a
// submodule-like .git file.
func TestEveryWayToACloneIsTheSameRepository(t *testing.T) {
	up := newRepo(t)
	up.commit(commitSpec{ref: "refs/heads/main", message: "one", files: map[string]string{"a": "1\n"}})
	up.commit(commitSpec{ref: "refs/heads/main", message: "two", files: map[string]string{"a": "2\n"}})
	folder := t.TempDir()
	work := filepath.Join(folder, "work")
	up.git("clone", "--quiet", up.dir, work)
	clone := &testRepo{t: t, dir: work}
	clone.git("remote", "set-url", "origin", "git@github.com:acme/shop.git")
	linked := filepath.Join(folder, "linked")
	clone.git("worktree", "add", "--quiet", linked, "-b", "topic")
	apart := filepath.Join(folder, "apart")
	up.git("clone", "--quiet", "--separate-git-dir="+filepath.Join(folder, "elsewhere"), up.dir, apart)
	(&testRepo{t: t, dir: apart}).git("remote", "set-url", "origin", "https://github.com/acme/shop")

	for _, path := range []string{work, filepath.Join(work, ".git"), linked, apart} {
		c := collectAll(t, path)
		if c.Repository.Name != "acme/shop" || c.Repository.DefaultBranch != "refs/remotes/origin/main" || len(c.Commits) != 2 {
			t.Errorf("%s: %+v with %d commits", path, c.Repository, len(c.Commits))
		}
	}
	named, err := Open(context.Background(), work, Options{Name: "other/name"})
	if err != nil {
		t.Fatal(err)
	}
	if task := named.Task(); task.Scope != "other/name" || task.Source != "git" {
		t.Errorf("scope %q of source %q", task.Scope, task.Source)
	}
}

func TestOddPaths(t *testing.T) {
	up := newRepo(t)
	up.commit(commitSpec{ref: "refs/heads/main", message: "one", files: map[string]string{"a": "1\n"}})
	for _, name := range []string{`a "quoted" name`, "colon:name", "new\nline", "#comment", "bäck\\slash", "[glob]*"} {
		path := filepath.Join(t.TempDir(), "owner", name)
		up.git("clone", "--quiet", "--bare", up.dir, path)
		if c := collectAll(t, path); len(c.Commits) != 1 || len(c.Warnings) != 0 {
			t.Errorf("%q: %d commits, warnings %v", path, len(c.Commits), c.Warnings)
		}
	}
}
