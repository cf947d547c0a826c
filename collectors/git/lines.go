package git

import "bytes"

// Counting lines as git does, without git.
//
// What git diff reports for two contents is how many lines are outside a longest common subsequence, found by Myers'
// algorithm (An O(ND) Difference Algorithm and Its Variations, Algorithmica 1, 1986). All shortest edit scripts
// have the same length, so any exact method gives the same numbers. Git leaves that path in two places: before it
// searches it sets aside lines that it takes to be noise (see noise.go), and when contents differ in many hundreds of
// lines it stops searching and guesses. The first is repeated here; for the second git is asked.

const (
	// binaryProbe is how much of a content git searches for a NUL byte to tell binary from text.
	binaryProbe = 8000
	// maxEdits keeps below the point where git begins to guess: 256 steps from either end.
	maxEdits = 500
)

func isBinary(content []byte) bool {
	return bytes.IndexByte(content[:min(len(content), binaryProbe)], 0) >= 0
}

// lineCount counts lines; what follows the last line feed is a line too.
func lineCount(content []byte) int {
	n := bytes.Count(content, newline)
	if len(content) > 0 && content[len(content)-1] != '\n' {
		n++
	}
	return n
}

var newline = []byte("\n")

// lineDiffer compares contents. Its memory is used again from one comparison to the next.
type lineDiffer struct {
	classes  lineClasses
	old, new lineSide
	search   editSearch
}

// lineSide is the lines of one content between what both begin and what both end with.
type lineSide struct {
	total  int     // lines in the whole content
	lines  []int32 // their classes
	search []int32 // those that git searches and that may match
	alone  int     // how many more git searches, in vain: the other content has them elsewhere
}

// compare counts the lines that lead from old to new. It is false when only git can tell.
func (d *lineDiffer) compare(old, new []byte) (counts, bool) {
	if isBinary(old) || isBinary(new) {
		return counts{state: binary}, true
	}
	start, end := common(old, new)
	a, b := old[start:len(old)-end], new[start:len(new)-end]
	if len(a) == 0 || len(b) == 0 {
		return lineCounts(lineCount(a), lineCount(b)), true
	}
	d.classes.reset()
	d.old.lines = d.classes.addAll(d.old.lines[:0], a, 0)
	d.new.lines = d.classes.addAll(d.new.lines[:0], b, 1)
	if !d.classes.overlap() {
		return lineCounts(len(d.old.lines), len(d.new.lines)), true
	}
	if d.mayIgnore() {
		shared := d.classes.countShared(old[:start]) + d.classes.countShared(old[len(old)-end:])
		d.old.total, d.new.total = shared+len(d.old.lines), shared+len(d.new.lines)
		d.old.setAside(d.classes.list, 1)
		d.new.setAside(d.classes.list, 0)
	} else {
		d.old.keepMatched(d.classes.list, 1)
		d.new.keepMatched(d.classes.list, 0)
	}
	edits, ok := d.search.distance(d.old.search, d.new.search)
	same := (len(d.old.search) + len(d.new.search) - edits) / 2
	if !ok || edits+d.old.alone+d.new.alone > maxEdits {
		return counts{}, false
	}
	return lineCounts(len(d.old.lines)-same, len(d.new.lines)-same), true
}

// mayIgnore reports whether it matters how often lines occur in the whole of both contents: some might be set aside,
// or there are so many that git might guess if it searched them all.
func (d *lineDiffer) mayIgnore() bool {
	return d.old.betweenOwn(d.classes.list, 1) || d.new.betweenOwn(d.classes.list, 0) ||
		len(d.old.lines)+len(d.new.lines) > maxEdits
}

func lineCounts(deletions, additions int) counts {
	return counts{additions: uint32(additions), deletions: uint32(deletions), state: counted}
}

// common is how many bytes both contents begin and end with, in whole lines and without overlap.
func common(a, b []byte) (start, end int) {
	start = commonPrefix(a, b)
	if start < len(a) || start < len(b) {
		start = bytes.LastIndexByte(a[:start], '\n') + 1
	}
	a, b = a[start:], b[start:]
	end = commonSuffix(a, b)
	if midLine(a, end) || midLine(b, end) {
		next := bytes.IndexByte(a[len(a)-end:], '\n')
		if next < 0 {
			return start, 0
		}
		end -= next + 1
	}
	return start, end
}

// midLine reports whether the last end bytes of content begin in the middle of a line.
func midLine(content []byte, end int) bool {
	return end < len(content) && content[len(content)-end-1] != '\n'
}

const stride = 256

func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for i+stride <= n && bytes.Equal(a[i:i+stride], b[i:i+stride]) {
		i += stride
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

func commonSuffix(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for i+stride <= n && bytes.Equal(a[len(a)-i-stride:len(a)-i], b[len(b)-i-stride:len(b)-i]) {
		i += stride
	}
	for i < n && a[len(a)-i-1] == b[len(b)-i-1] {
		i++
	}
	return i
}
