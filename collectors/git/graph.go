package git

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// graph is every commit that the refs reach now or reached before, parents before children. All questions of who is
// whose ancestor are answered by it: git itself answers those between two sets of commits by their dates, and gives
// wrong answers where clocks were wrong.
type graph struct {
	order   []oid
	index   map[oid]node
	first   []int32 // where a node's parents begin in parents; one more at the end
	parents []node
}

// node is a commit's place in order.
type node int32

const noNode node = -1

// readGraph walks from all tips. Where history is cut off a commit has no parents.
func (s *session) readGraph(ctx context.Context, tips []string) (*graph, error) {
	g := &graph{index: map[oid]node{}, first: []int32{0}}
	if len(tips) == 0 {
		return g, nil
	}
	input := strings.NewReader(strings.Join(tips, "\n") + "\n")
	for line, err := range s.scratch.lines(ctx, input, "rev-list", "--topo-order", "--reverse", "--parents", "--stdin") {
		if err == nil {
			err = g.add(line)
		}
		if err != nil {
			return nil, fmt.Errorf("walking the history: %w", err)
		}
	}
	return g, nil
}

// add reads "commit parent…".
func (g *graph) add(line []byte) error {
	name, rest, _ := bytes.Cut(line, []byte(" "))
	id, err := parseOID(name)
	if err != nil {
		return err
	}
	for len(rest) > 0 {
		name, rest, _ = bytes.Cut(rest, []byte(" "))
		parent, err := parseOID(name)
		if err != nil {
			return err
		}
		n, known := g.index[parent]
		if !known {
			return fmt.Errorf("commit %s comes before its parent %s", line[:len(name)], name)
		}
		g.parents = append(g.parents, n)
	}
	g.index[id] = node(len(g.order))
	g.order = append(g.order, id)
	g.first = append(g.first, int32(len(g.parents)))
	return nil
}

func (g *graph) parentsOf(n node) []node { return g.parents[g.first[n]:g.first[n+1]] }

// firstParent is noNode for a root.
func (g *graph) firstParent(n node) node {
	if parents := g.parentsOf(n); len(parents) > 0 {
		return parents[0]
	}
	return noNode
}

// named yields the names of a list of commits.
func (g *graph) named(list []node) iter.Seq[oid] {
	return func(yield func(oid) bool) {
		for _, n := range list {
			if !yield(g.order[n]) {
				return
			}
		}
	}
}

// nodeSet is a set of commits, by place in the graph's order.
type nodeSet []bool

// ancestors is the tips and all that they descend from.
func (g *graph) ancestors(tips ...[]node) nodeSet {
	set := make(nodeSet, len(g.order))
	for _, list := range tips {
		for _, tip := range list {
			set[tip] = true
		}
	}
	for n := len(set) - 1; n >= 0; n-- {
		if set[n] {
			for _, parent := range g.parentsOf(node(n)) {
				set[parent] = true
			}
		}
	}
	return set
}

// without yields the commits of the set that are in none of the others.
func (set nodeSet) without(others ...nodeSet) iter.Seq[node] {
	return func(yield func(node) bool) {
		for n, in := range set {
			if in && !slices.ContainsFunc(others, func(o nodeSet) bool { return o[n] }) && !yield(node(n)) {
				return
			}
		}
	}
}

// isAncestor reports whether one can come to old from new through parents.
func (g *graph) isAncestor(old, new node) bool {
	seen := map[node]bool{}
	for todo := []node{new}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if n == old {
			return true
		}
		if n < old || seen[n] { // ancestors come before their descendants
			continue
		}
		seen[n] = true
		todo = append(todo, g.parentsOf(n)...)
	}
	return false
}

// chain is the way along first parents from the root to a tip: the commit at index i has position i+1.
type chain []node

func (g *graph) chainTo(tip node) chain {
	var c chain
	for n := tip; n != noNode; n = g.firstParent(n) {
		c = append(c, n)
	}
	slices.Reverse(c)
	return c
}

// shared is how many commits two chains have in common, from the root on.
func (c chain) shared(other chain) int {
	n := 0
	for n < len(c) && n < len(other) && c[n] == other[n] {
		n++
	}
	return n
}
