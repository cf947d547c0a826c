package git

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSynthetic(t *testing.T) {
	for name, want := range map[string]bool{
		"refs/heads/main": false, "refs/remotes/origin/main": false, "refs/tags/v1": false,
		"refs/pull/1/head": false, "refs/pull/1/merge": true, "refs/heads/pull/1/merge": false,
		"refs/merge-requests/7/head": false, "refs/merge-requests/7/merge": true, "refs/merge-requests/7/train": true,
		"refs/pull-requests/3/from": false, "refs/pull-requests/3/merge": true,
		"refs/reviewable/pr1/r1": false, "refs/changes/01/1/1": false, "refs/changes/01/1/meta": true,
		"refs/heads/gh-readonly-queue/main/pr-1-abc": true, "refs/remotes/origin/gh-readonly-queue/main/pr-1": true,
		"refs/notes/ai": true, "refs/notes/commits": true, "refs/stash": true, "refs/stashes/mine": false,
		"refs/replace/1234": true, "refs/heads/replace/x": false, "refs/bisect/bad": true,
		"refs/entire/checkpoints/v1": true, "refs/heads/entire/checkpoints/v1": true, "refs/heads/entire/other": false,
	} {
		if got := synthetic(name); got != want {
			t.Errorf("synthetic(%q) = %t", name, got)
		}
	}
}

func TestOnlyWhatWasPushedIsCollected(t *testing.T) {
	r := newRepo(t)
	root := r.commit(commitSpec{ref: "refs/heads/main", message: "root"})
	want := []string{root}
	for _, ref := range []string{"refs/heads/topic", "refs/remotes/origin/x", "refs/pull/2/head", "refs/tags/light", "refs/heads/tagged"} {
		want = append(want, r.commit(commitSpec{ref: ref, parents: []string{root}, message: ref}))
	}
	r.git("tag", "-a", "-m", "annotated", "v1", "refs/heads/tagged")
	r.git("tag", "-a", "-m", "a tag of a tag", "v1-signed", "v1")
	r.git("update-ref", "-d", "refs/heads/tagged")
	for _, ref := range []string{"refs/pull/2/merge", "refs/stash", "refs/notes/commits", "refs/heads/gh-readonly-queue/main/pr-2"} {
		r.commit(commitSpec{ref: ref, parents: []string{root}, message: ref})
	}
	c := collectAll(t, r.dir)
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(c.Commits))); diff != "" {
		t.Errorf("commits (-want +got):\n%s", diff)
	}
}

func TestDefaultBranch(t *testing.T) {
	for _, tc := range []struct {
		name   string
		bare   bool
		refs   []string
		head   string
		remote string // of origin/HEAD
		want   string
	}{
		{"bare clone's HEAD", true, []string{"refs/heads/main", "refs/heads/develop"}, "refs/heads/develop", "", "refs/heads/develop"},
		{"bare clone whose HEAD is nowhere", true, []string{"refs/heads/master", "refs/heads/x"}, "refs/heads/gone", "", "refs/heads/master"},
		{"worktree's origin/HEAD", false, []string{"refs/heads/x", "refs/remotes/origin/develop"}, "refs/heads/x", "refs/remotes/origin/develop", "refs/remotes/origin/develop"},
		{"worktree without origin/HEAD", false, []string{"refs/heads/x", "refs/remotes/origin/main"}, "refs/heads/x", "", "refs/remotes/origin/main"},
		{"no remote, another branch checked out", false, []string{"refs/heads/x", "refs/heads/main"}, "refs/heads/x", "", "refs/heads/main"},
		{"no remote, a name of its own", false, []string{"refs/heads/x"}, "refs/heads/x", "", "refs/heads/x"},
		{"nothing to go by", true, []string{"refs/heads/x", "refs/heads/y"}, "refs/heads/gone", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := newRepo(t)
			for _, ref := range tc.refs {
				r.commit(commitSpec{ref: ref, root: true, message: ref})
			}
			r.git("symbolic-ref", "HEAD", tc.head)
			if tc.remote != "" {
				r.git("symbolic-ref", "refs/remotes/origin/HEAD", tc.remote)
			}
			if !tc.bare {
				r.git("config", "core.bare", "false")
			}
			c := collectAll(t, r.dir)
			if c.Repository.DefaultBranch != tc.want {
				t.Errorf("default branch %q, want %q", c.Repository.DefaultBranch, tc.want)
			}
			if _, warned := c.Warnings[warnNoBranch]; warned != (tc.want == "") {
				t.Errorf("warnings %v", c.Warnings)
			}
		})
	}
}
