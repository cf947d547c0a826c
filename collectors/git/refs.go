package git

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// refSet is where refs point: full name to object name in hexadecimal.
type refSet map[string]string

// tips are the distinct objects that the refs point to, sorted.
func (r refSet) tips() []string {
	return slices.Compact(slices.Sorted(maps.Values(r)))
}

// clonedRefs is what a clone's refs say at one moment.
type clonedRefs struct {
	history refSet // everything a person or tool could have pushed
	notes   refSet // notes that hold attribution
	branch  string // the default branch's full ref name; "" when there is none
}

// readRefs lists the clone's refs in one go. A symbolic ref is left out: what it names is listed itself.
func (c *clone) readRefs(ctx context.Context) (clonedRefs, error) {
	refs := clonedRefs{history: refSet{}, notes: refSet{}}
	out, err := c.output(ctx, nil, "for-each-ref", "--format=%(objectname) %(refname) %(symref)")
	if err != nil {
		return refs, fmt.Errorf("%s: listing its refs: %w", c.path, err)
	}
	remoteHead := ""
	for line := range bytes.Lines(out) {
		fields := strings.Fields(string(line))
		if len(fields) < 2 {
			continue
		}
		name := fields[1]
		switch {
		case len(fields) > 2 && name == "refs/remotes/origin/HEAD":
			remoteHead = fields[2]
		case len(fields) > 2:
		case slices.Contains(notesRefs, name):
			refs.notes[name] = fields[0]
		case !synthetic(name):
			refs.history[name] = fields[0]
		}
	}
	refs.branch = c.defaultBranch(ctx, refs.history, remoteHead)
	return refs, nil
}

// defaultBranch decides by what the hosting side said: a bare clone's HEAD, another clone's origin/HEAD (its own
// HEAD is merely what is checked out). Failing that it goes by custom.
func (c *clone) defaultBranch(ctx context.Context, refs refSet, remoteHead string) string {
	head, err := c.line(ctx, "symbolic-ref", "--quiet", "HEAD")
	if err != nil {
		head = "" // detached
	}
	candidates := []string{
		remoteHead, "refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master", head,
	}
	if c.bare {
		candidates = append([]string{head}, candidates...)
	}
	for _, name := range candidates {
		if _, found := refs[name]; found {
			return name
		}
	}
	return ""
}

// notesRefs hold what an agent wrote about a commit. Other notes (reviews, release tools) are not attribution,
// and refs/notes/ai-remote is a copy that git-ai keeps.
var notesRefs = []string{"refs/notes/ai", "refs/notes/agent-trace", "refs/notes/whogitit"}

// syntheticRefs point at commits that no one wrote, or that only this clone knows: trial merges (recorded as
// if the author of the pull request had made them), notes, stashes, merge queues, servers' own book-keeping.
var syntheticRefs = []string{
	"refs/pull/*/merge", "refs/pull-requests/*/merge",
	"refs/merge-requests/*/merge", "refs/merge-requests/*/train",
	"refs/heads/gh-readonly-queue", "refs/remotes/*/gh-readonly-queue",
	"refs/heads/entire/checkpoints", "refs/remotes/*/entire/checkpoints", "refs/entire",
	"refs/notes", "refs/ai", "refs/stash", "refs/replace", "refs/original", "refs/bisect", "refs/rewritten",
	"refs/worktree", "refs/prefetch", "refs/keep-around", "refs/environments", "refs/pipelines",
	"refs/changes/*/*/meta", "refs/changes/*/*/robot-comments", "refs/cache-automerge", "refs/meta", "refs/users",
	"refs/groups", "refs/sequences", "refs/starred-changes", "refs/draft-comments",
}

// synthetic reports whether a ref, or a folder it is in, is one of syntheticRefs.
func synthetic(name string) bool {
	for prefix := name; prefix != "refs" && prefix != "."; prefix = path.Dir(prefix) {
		for _, pattern := range syntheticRefs {
			if matched, _ := path.Match(pattern, prefix); matched {
				return true
			}
		}
	}
	return false
}
