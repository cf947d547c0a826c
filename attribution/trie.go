package attribution

import "slices"

// classes maps bytes to the few classes that the literals distinguish. Classes 0 and 1 are every other byte,
// outside of words and in them.
type classes struct {
	of   [256]uint8
	n    int
	word []bool // by class: letters and digits
}

func byteClasses(literals []string) classes {
	c := classes{n: 2, word: []bool{false, true}}
	for _, literal := range literals {
		for i := range len(literal) {
			if b := foldByte(literal[i]); c.of[b] == 0 {
				c.of[b] = uint8(c.n)
				c.word = append(c.word, alphanumeric(b))
				c.n++
			}
		}
	}
	for b := range 256 {
		c.of[b] = c.of[foldByte(byte(b))]
		if c.of[b] == 0 && alphanumeric(byte(b)) {
			c.of[b] = 1
		}
	}
	return c
}

// node is a state: the literals' beginnings, each once.
type node struct {
	path  []uint8 // the classes that lead here
	child map[uint8]int
	fail  int // the longest other beginning that the path ends in
	out   []uint16
}

type trie struct {
	fold   classes
	words  bool
	nodes  []node
	byPath map[string]int
	order  []int // breadth first
}

func (t *trie) insert(literal string, id uint16) {
	at := 0
	for i := range len(literal) {
		class := t.fold.of[literal[i]]
		to, ok := t.nodes[at].child[class]
		if !ok {
			to = len(t.nodes)
			path := append(slices.Clone(t.nodes[at].path), class)
			t.nodes = append(t.nodes, node{path: path})
			t.byPath[string(path)] = to
			if t.nodes[at].child == nil {
				t.nodes[at].child = map[uint8]int{}
			}
			t.nodes[at].child[class] = to
		}
		at = to
	}
	t.nodes[at].out = append(t.nodes[at].out, id)
}

// link sets the failure links breadth first and hands outputs down along them.
func (t *trie) link() {
	t.order = []int{0}
	for i := 0; i < len(t.order); i++ {
		at := t.order[i]
		for class := range uint8(t.fold.n) {
			to, ok := t.nodes[at].child[class]
			if !ok {
				continue
			}
			t.nodes[to].fail = t.longestSuffix(t.nodes[to].path)
			t.nodes[to].out = append(t.nodes[to].out, t.nodes[t.nodes[to].fail].out...)
			t.order = append(t.order, to)
		}
	}
}

func (t *trie) longestSuffix(path []uint8) int {
	for start := 1; start < len(path); start++ {
		if t.words && t.fold.word[path[start]] && t.fold.word[path[start-1]] {
			continue // in the middle of a word
		}
		if to, ok := t.byPath[string(path[start:])]; ok {
			return to
		}
	}
	return 0
}

// step returns the state after a byte of the class, and whether it is the one inside of words.
func (t *trie) step(from int, class uint8) (to int, inWord bool) {
	for at := from; ; at = t.nodes[at].fail {
		to, ok := t.nodes[at].child[class]
		path := t.nodes[from].path
		midWord := t.words && t.fold.word[class] && len(path) > 0 && t.fold.word[path[len(path)-1]]
		switch {
		case ok && !(at == 0 && midWord):
			return to, false
		case at == 0:
			return 0, t.words && t.fold.word[class]
		}
	}
}

// flatten numbers the states, those with output last, and fills the transition table.
func (t *trie) flatten(a *automaton) {
	number := make([]uint32, len(t.nodes))
	rows := uint32(0)
	place := func(loud bool) {
		for _, at := range t.order {
			if (len(t.nodes[at].out) > 0) == loud {
				number[at] = rows * uint32(a.stride)
				rows++
				if loud {
					a.outputs = append(a.outputs, t.nodes[at].out)
				}
			}
		}
	}
	place(false)
	if t.words {
		a.inWord = rows * uint32(a.stride)
		rows++
	}
	a.firstOut = rows * uint32(a.stride)
	place(true)
	a.next = make([]uint32, int(rows)*a.stride)
	for _, at := range t.order {
		t.fillRow(a, number, at)
	}
	if t.words { // out of the word, as from the start; within it, on
		copy(a.next[a.inWord:], a.next[:a.stride])
		for class, word := range t.fold.word {
			if word {
				a.next[int(a.inWord)+class] = a.inWord
			}
		}
	}
}

func (t *trie) fillRow(a *automaton, number []uint32, at int) {
	for class := range a.stride {
		to, inWord := t.step(at, uint8(class))
		state := number[to]
		if inWord {
			state = a.inWord
		}
		a.next[int(number[at])+class] = state
	}
}
