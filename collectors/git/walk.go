package git

import (
	"context"
	"maps"
	"slices"
)

// history is the graph with what is in it for which reason.
type history struct {
	*graph
	now      nodeSet // what the refs reach
	finished nodeSet // what they reached in the last finished collection
	frontier []node  // how far a later collection came
	done     nodeSet // what that one yielded
	strays   nodeSet // what others yielded
	tip      node    // of the default branch
	oldTip   node    // in the last finished collection
}

// readHistory reads the graph from where the refs point and pointed. Tips that a force push and a clean-up have
// removed from the clone are left out, with a warning.
func (s *session) readHistory(ctx context.Context) error {
	parts := [][]string{s.refs.history.tips(), s.before.Refs.tips(), s.after.Frontier, s.after.Strays}
	names := slices.Concat(parts...)
	commits, err := s.scratch.resolve(ctx, names)
	if err != nil {
		return err
	}
	tips := slices.Sorted(maps.Values(commits))
	g, err := s.readGraph(ctx, slices.Compact(tips))
	if err != nil {
		return err
	}
	var nodes [4][]node
	for i, part := range parts {
		for _, name := range part {
			if n := g.find(commits[name]); n != noNode {
				nodes[i] = append(nodes[i], n)
			} else {
				s.warnings.add(warnOldTipGone, name, "the clone no longer has this commit, collected before and since pushed "+
					"away; what only it reached keeps its last placement")
			}
		}
	}
	s.history = history{
		graph: g, now: g.ancestors(nodes[0]), finished: g.ancestors(nodes[1]),
		frontier: nodes[2], done: g.ancestors(nodes[2]), strays: g.ancestors(nodes[3]),
		tip: g.find(commits[s.tip()]), oldTip: g.find(commits[s.before.Tip]),
	}
	s.commitOf = commits
	return nil
}

// find is the commit with a name in hexadecimal; noNode when it is not in the graph.
func (g *graph) find(name string) node {
	id, err := parseOID([]byte(name))
	n, found := g.index[id]
	if err != nil || !found {
		return noNode
	}
	return n
}

// unread lists the commits that no cursor covers, then those that must be read again because the mailmap calls
// their people differently now.
func (s *session) unread(ctx context.Context) (fresh, again []node, err error) {
	h := &s.history
	if !only(s.after.Shallows, s.shallow) { // commits at the cut-off have other files now
		return slices.Collect(h.now.without(h.done)), nil, nil
	}
	fresh = slices.Collect(h.now.without(h.finished, h.done))
	again, err = s.renamed(ctx)
	return fresh, again, err
}

// frontier is the youngest commits of a walk that visits parents before children.
type frontier map[node]bool

func (f frontier) add(g *graph, n node) {
	for _, parent := range g.parentsOf(n) {
		delete(f, parent)
	}
	f[n] = true
}

// names are the commits in hexadecimal, sorted.
func (f frontier) names(g *graph, in format) []string {
	names := make([]string, 0, len(f))
	for n := range f {
		names = append(names, in.hex(g.order[n]))
	}
	slices.Sort(names)
	return names
}
