package attribution

// mention is a tool named in a text.
type mention struct {
	tool       *Tool
	start, end int
	weak       bool // a common word or a person's name
	address    bool // inside a URL, path or address
}

// mentionsIn finds the tools that a short text names, in order, the longest name where several overlap. The
// result is valid until the next call.
func (c *Classifier) mentionsIn(r *reading, text string) []mention {
	r.mentions = r.mentions[:0]
	mark := len(r.found)
	r.found = c.auto.find(text, r.found)
	for _, f := range r.found[mark:] {
		lit := &c.literals[f.literal]
		if lit.tool == nil || !bounded(text, f, lit) {
			continue
		}
		m := mention{tool: lit.tool, start: f.start, end: f.end, weak: lit.weak}
		if lit.prefix {
			m.end = versionEnd(text, m.end)
		}
		m.address = inAddress(text, m.start, m.end)
		if m.tool.Kind == "generic" && (m.address || f.start > 0 && text[f.start-1] == '-') {
			continue
		}
		r.place(m)
	}
	r.found = r.found[:mark]
	return r.mentions
}

// place adds a mention, which ends no earlier than those before it, unless a longer one covers it.
func (r *reading) place(m mention) {
	for n := len(r.mentions); n > 0; n-- {
		last := r.mentions[n-1]
		if last.start <= m.start && m.end <= last.end {
			return
		}
		if m.start > last.start || m.end < last.end {
			break
		}
		r.mentions = r.mentions[:n-1]
	}
	r.mentions = append(r.mentions, m)
}

// bounded reports whether the literal stands as a word of its own. Bytes of other scripts are boundaries:
// Chinese has no blanks around "AI".
func bounded(text string, f found, lit *literal) bool {
	if f.start > 0 && alphanumeric(text[f.start-1]) {
		return false
	}
	if f.end == len(text) || lit.prefix {
		return true
	}
	next := text[f.end]
	if lit.tool.Kind == "model" && !lit.weak && next >= '0' && next <= '9' {
		return true
	}
	return !alphanumeric(next)
}

// versionEnd extends a mention over the version after it: "gpt-5" over ".3-codex".
func versionEnd(text string, end int) int {
	for end < len(text) && (alphanumeric(text[end]) || text[end] == '.' || text[end] == '-') {
		end++
	}
	for end > 0 && (text[end-1] == '.' || text[end-1] == '-') {
		end--
	}
	return end
}

// inAddress reports whether the mention is part of a URL, a path, an address or an identifier.
func inAddress(text string, start, end int) bool {
	if start > 0 {
		switch text[start-1] {
		case '/', '.', '@', '_', '#', '$', '\\':
			return text[start-1] != '@' || start > 1 && alphanumeric(text[start-2])
		}
	}
	if end < len(text) {
		switch next := text[end]; next {
		case '@', '/', '_', '\\', '=':
			return true
		case '.':
			return end+1 < len(text) && alphanumeric(text[end+1]) && (text[end+1] < '0' || text[end+1] > '9')
		}
	}
	return false
}
