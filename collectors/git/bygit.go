package git

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
)

// counts are the lines that a change adds and deletes.
type counts struct {
	additions, deletions uint32
	state                countState
}

type countState uint8

const (
	uncounted countState = iota
	counted
	binary
	unreadable // contents are missing or corrupt
)

// pair is two contents to compare; many changes share one. A zero name is no content.
type pair struct {
	old, new oid
	links    links
	path     string // of a change that has it: pairs of one path share most of their contents
	counts   counts
}

// gitCounter counts pairs with git itself: it writes them as the entries of two made-up trees and has git compare
// those, a whole list in one process. Names in the trees are made up as well, so no attributes apply.
type gitCounter struct {
	dir    gitDir
	format format
}

// count fills in the counts of pairs. When git cannot read a content, it is found by halving the list.
func (g gitCounter) count(ctx context.Context, pairs []*pair) error {
	if len(pairs) == 0 {
		return nil
	}
	err := g.compare(ctx, pairs)
	if err == nil || ctx.Err() != nil {
		return err
	}
	if len(pairs) == 1 {
		pairs[0].counts = counts{state: unreadable}
		return nil
	}
	half := len(pairs) / 2
	if err := g.count(ctx, pairs[:half]); err != nil {
		return err
	}
	return g.count(ctx, pairs[half:])
}

func (g gitCounter) compare(ctx context.Context, pairs []*pair) error {
	before, err := g.writeTree(ctx, pairs, func(p *pair) (oid, bool) { return p.old, p.links&oldLink != 0 }, "100644")
	if err != nil {
		return err
	}
	// Another mode makes a pair of equal contents a difference too.
	after, err := g.writeTree(ctx, pairs, func(p *pair) (oid, bool) { return p.new, p.links&newLink != 0 }, "100755")
	if err != nil {
		return err
	}
	out, err := g.dir.output(ctx, nil, "diff-tree", "-z", "-r", "--numstat", "--no-renames", before, after)
	if err != nil {
		return err
	}
	for entry := range bytes.SplitSeq(bytes.TrimSuffix(out, []byte{0}), []byte{0}) {
		if err := fillIn(pairs, entry); err != nil {
			return err
		}
	}
	return nil
}

func (g gitCounter) writeTree(ctx context.Context, pairs []*pair, side func(*pair) (oid, bool), mode string) (string, error) {
	var entries bytes.Buffer
	for i, p := range pairs {
		id, link := side(p)
		if id.isZero() {
			continue
		}
		kind, mode := "blob", mode
		if link {
			kind, mode = "commit", "160000"
		}
		fmt.Fprintf(&entries, "%s %s %s\t%08x\x00", mode, kind, g.format.hex(id), i)
	}
	tree, err := g.dir.output(ctx, &entries, "mktree", "-z", "--missing")
	return string(bytes.TrimSpace(tree)), err
}

// fillIn reads "additions TAB deletions TAB index"; dashes mean binary.
func fillIn(pairs []*pair, entry []byte) error {
	fields := bytes.Split(entry, []byte("\t"))
	if len(fields) != 3 {
		return fmt.Errorf("git diff-tree: unexpected answer %q", entry)
	}
	index, err := strconv.ParseUint(string(fields[2]), 16, 32)
	if err != nil || index >= uint64(len(pairs)) {
		return fmt.Errorf("git diff-tree: unexpected entry %q", entry)
	}
	if string(fields[0]) == "-" {
		pairs[index].counts = counts{state: binary}
		return nil
	}
	additions, addErr := strconv.ParseUint(string(fields[0]), 10, 32)
	deletions, delErr := strconv.ParseUint(string(fields[1]), 10, 32)
	if addErr != nil || delErr != nil {
		return fmt.Errorf("git diff-tree: unexpected numbers %q", entry)
	}
	pairs[index].counts = counts{additions: uint32(additions), deletions: uint32(deletions), state: counted}
	return nil
}
