package attribution

// automaton finds every occurrence of many literals in one pass over a text (Aho and Corasick, 1975: a trie
// whose failure links are folded into a full transition table). Letters match in either case; blanks, line
// ends, hyphens and underscores all match each other, so that "Claude Code", "claude-code" and a name broken
// over two lines are one literal.
//
// An automaton of words starts a literal at a word's beginning only: the rest of a word that is no literal's
// beginning is passed over in a state of its own, without a look at the table.
//
// States are numbered so that those with output come last: the loop over the text then has one comparison
// besides the table look-up.
type automaton struct {
	class    [256]uint8
	stride   int
	next     []uint32   // state + class → state; a state is its row's offset
	firstOut uint32     // states from here on have output
	outputs  [][]uint16 // state-firstOut → literals that end there, the longest first
	lengths  []int      // of each literal
	whole    []edges    // where each literal must stand alone
	inWord   uint32     // the state inside a word that began no literal; 0 when words do not matter
}

// edges says at which ends a literal must not touch a letter or digit.
type edges struct{ left, right bool }

// found is one occurrence: the literal's number and the bytes it covers.
type found struct {
	literal    uint16
	start, end int
}

func foldByte(b byte) byte {
	switch {
	case b >= 'A' && b <= 'Z':
		return b + 'a' - 'A'
	case b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '_':
		return '-'
	}
	return b
}

// newAutomaton builds the table. The sum of the literals' lengths must stay below 65,535.
func newAutomaton(literals []string) *automaton { return buildAutomaton(literals, false) }

// newWordAutomaton finds only literals that begin with a word or outside of words.
func newWordAutomaton(literals []string) *automaton { return buildAutomaton(literals, true) }

func buildAutomaton(literals []string, words bool) *automaton {
	t := &trie{fold: byteClasses(literals), words: words, byPath: map[string]int{"": 0}, nodes: []node{{}}}
	a := &automaton{class: t.fold.of, stride: t.fold.n}
	for i, literal := range literals {
		t.insert(literal, uint16(i))
		a.lengths = append(a.lengths, len(literal))
		a.whole = append(a.whole, edges{})
	}
	t.link()
	t.flatten(a)
	return a
}

// find appends every occurrence in text to into, in order of their ends.
func (a *automaton) find(text string, into []found) []found {
	class, next, firstOut := &a.class, a.next, a.firstOut
	state := uint32(0)
	for i := range len(text) {
		state = next[state+uint32(class[text[i]])]
		if state < firstOut {
			continue
		}
		for _, literal := range a.outputs[int(state-firstOut)/a.stride] {
			start, whole := i+1-a.lengths[literal], a.whole[literal]
			if whole.left && start > 0 && alphanumeric(text[start-1]) || whole.right && i+1 < len(text) && alphanumeric(text[i+1]) {
				continue
			}
			into = append(into, found{literal, start, i + 1})
		}
	}
	return into
}
