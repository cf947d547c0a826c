package attribution

import "slices"

// literal is what an automaton literal stands for; one literal may stand for several things.
type literal struct {
	tool   *Tool
	weak   bool
	prefix bool    // a version may follow: "gpt-5" also names "gpt-5.3-codex"
	rules  []*rule // line and subject rules to try on the line
	anchor bool    // the line is worth reading as a trailer
	mark   byte    // '`' a fence, '<' a comment begins, '>' a comment ends
}

// programWords are the tools' names, the bots' names, and the words that programs call themselves.
func (c *Classifier) programWords(rules Rules) []string {
	all := []string{"agent", "assistant", "coder", "developer", "[bot]", "robot", "-bot", "automation", "bot@"}
	for _, tool := range rules.Tools {
		all = slices.Concat(all, tool.Names, tool.Prefixes, tool.Weak)
	}
	for _, bot := range rules.Bots {
		all = append(all, bot.Contains...)
	}
	for _, byField := range c.names {
		for _, r := range byField {
			all = append(all, r.Values...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// literalTable gathers the automaton's literals, each once.
type literalTable struct {
	index map[string]int
	text  []string
	list  []literal
}

func (t *literalTable) at(text string) *literal {
	folded := make([]byte, len(text))
	for i := range len(text) {
		folded[i] = foldByte(text[i])
	}
	i, ok := t.index[string(folded)]
	if !ok {
		i = len(t.list)
		t.index[string(folded)] = i
		t.text = append(t.text, text)
		t.list = append(t.list, literal{})
	}
	return &t.list[i]
}

func (c *Classifier) addTool(lits *literalTable, tool *Tool) {
	if c.toolRank[tool.ID] == nil {
		c.toolRank[tool.ID] = tool
	}
	name := func(names []string, weak, prefix bool) {
		for _, n := range names {
			if l := lits.at(n); l.tool == nil {
				l.tool, l.weak, l.prefix = tool, weak, prefix
			}
		}
	}
	name(tool.Names, false, false)
	name(tool.Prefixes, false, true)
	name(tool.Weak, true, false)
}
