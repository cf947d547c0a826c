package git

import (
	"bytes"
	"hash/maphash"
)

// lineClasses numbers distinct lines and counts how often each occurs.
type lineClasses struct {
	list  []lineClass
	table []int32 // open addressing: index into list plus one; 0 is free
	seed  maphash.Seed
}

// lineClass is a distinct line.
type lineClass struct {
	hash   uint64
	text   []byte
	inside [2]int32 // how often in the old and in the new lines that are compared
	shared int32    // how often in what both contents begin and end with
}

// in is how often the line occurs in the whole old (0) or new (1) content.
func (c *lineClass) in(side int) int { return int(c.inside[side] + c.shared) }

func (l *lineClasses) reset() {
	if l.table == nil {
		l.table = make([]int32, 256)
		l.seed = maphash.MakeSeed()
	}
	if len(l.list) > len(l.table)/16 {
		clear(l.table)
	} else {
		for i := range l.list {
			l.clear(l.list[i].hash)
		}
	}
	l.list = l.list[:0]
}

// clear frees the places where a line with that hash may be.
func (l *lineClasses) clear(hash uint64) {
	mask := uint64(len(l.table) - 1)
	for i := hash & mask; l.table[i] != 0; i = (i + 1) & mask {
		l.table[i] = 0
	}
}

// find is the place of a line in the table: the line's, or a free one.
func (l *lineClasses) find(hash uint64, line []byte) *int32 {
	mask := uint64(len(l.table) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		place := &l.table[i]
		if *place == 0 {
			return place
		}
		if c := &l.list[*place-1]; c.hash == hash && bytes.Equal(c.text, line) {
			return place
		}
	}
}

// addAll appends the classes of the lines in content, which are of the old (0) or new (1) side.
func (l *lineClasses) addAll(dst []int32, content []byte, side int) []int32 {
	for len(content) > 0 {
		line := firstLine(content)
		content = content[len(line):]
		hash := maphash.Bytes(l.seed, line)
		place := l.find(hash, line)
		if *place == 0 {
			l.list = append(l.list, lineClass{hash: hash, text: line})
			*place = int32(len(l.list))
		}
		class := *place - 1
		l.list[class].inside[side]++
		dst = append(dst, class)
		if 2*len(l.list) > len(l.table) {
			l.grow()
		}
	}
	return dst
}

// firstLine is the first line with its line feed. Content must not be empty.
func firstLine(content []byte) []byte {
	if end := bytes.IndexByte(content, '\n'); end >= 0 {
		return content[:end+1]
	}
	return content
}

func (l *lineClasses) grow() {
	l.table = make([]int32, 4*len(l.table))
	mask := uint64(len(l.table) - 1)
	for n := range l.list {
		i := l.list[n].hash & mask
		for l.table[i] != 0 {
			i = (i + 1) & mask
		}
		l.table[i] = int32(n + 1)
	}
}

// overlap reports whether any line occurs on both sides.
func (l *lineClasses) overlap() bool {
	for i := range l.list {
		if l.list[i].inside[0] > 0 && l.list[i].inside[1] > 0 {
			return true
		}
	}
	return false
}

// countShared counts known lines in a part that both contents have, and returns how many lines it has.
func (l *lineClasses) countShared(content []byte) int {
	n := 0
	for ; len(content) > 0; n++ {
		line := firstLine(content)
		content = content[len(line):]
		if place := l.find(maphash.Bytes(l.seed, line), line); *place != 0 {
			l.list[*place-1].shared++
		}
	}
	return n
}
