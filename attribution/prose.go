package attribution

import "strings"

// readProse reads the sentence around each mention of a tool in a line, over the line's ends within its
// paragraph.
func (c *Classifier) readProse(r *reading, ln line) {
	if r.prose++; r.prose > proseLimit {
		return
	}
	var at [8]int
	n := 0
	for _, m := range c.mentionsIn(r, ln.text) {
		if n < len(at) && !m.address && !c.reviewer(m.tool.ID) {
			at[n] = m.start
			n++
		}
	}
	if n == 0 {
		return
	}
	text, offset := paragraph(r.c.Message, ln)
	done := 0
	for _, position := range at[:n] {
		if position += offset; position < done {
			continue
		}
		start, end := sentenceAround(text, position)
		if c.readSentence(r, ln, text[start:end]) {
			return
		}
		done = end
	}
}

// paragraph returns up to three lines on either side of a line, as far as its paragraph goes, and where the
// line begins in it. The subject is a paragraph of its own.
func paragraph(msg string, ln line) (text string, offset int) {
	start, end := ln.start, ln.end
	if ln.subject || !strings.Contains(msg[start:end], ln.text) {
		return ln.text, 0
	}
	for range 3 {
		if start < 2 || msg[start-2] == '\n' {
			break
		}
		previous := strings.LastIndexByte(msg[:start-1], '\n') + 1
		if previous == 0 || opensItem(msg[start:]) || start-previous > 400 || heading(msg[previous:start-1]) {
			break
		}
		start = previous
	}
	for range 3 {
		if end+1 >= len(msg) || msg[end+1] == '\n' || opensItem(msg[end+1:]) {
			break
		}
		next := strings.IndexByte(msg[end+1:], '\n')
		if next < 0 {
			next = len(msg) - end - 1
		}
		if next > 400 {
			break
		}
		end += 1 + next
	}
	return msg[start:end], ln.start - start + strings.Index(msg[ln.start:ln.end], ln.text)
}

// heading reports whether a line announces what comes under it.
func heading(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "#") || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "**")
}

// opensItem reports whether a line begins something of its own: a list item, a heading, a trailer.
func opensItem(rest string) bool {
	text := strings.TrimLeft(rest, " \t")
	if text == "" || strings.IndexByte("*-+#>`|", text[0]) >= 0 {
		return true
	}
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		text = text[:end]
	}
	key, _, ok := splitTrailer(text)
	return ok && strings.Contains(key, "-") && !strings.Contains(text[:strings.IndexByte(text, ':')+1], " ")
}

// sentenceAround returns the bounds of the sentence at a position. A full stop inside a version or an address
// ends none.
func sentenceAround(text string, at int) (start, end int) {
	start, end = at, at
	for start > 0 && at-start < 300 && !sentenceEnds(text, start-1) {
		start--
	}
	for end < len(text) && end-at < 300 && !sentenceEnds(text, end) {
		end++
	}
	return start, end
}

func sentenceEnds(text string, i int) bool {
	switch text[i] {
	case '.', '!', '?':
		return i+1 == len(text) || strings.IndexByte(" \n\r)*_\"", text[i+1]) >= 0
	case ';':
		return true
	case '\n':
		return i+1 < len(text) && (text[i+1] == '\n' || text[i+1] == '\r')
	}
	return false
}

// readSentence tries the grammar on each tool of a sentence, and reports whether it was a disclosure or a
// denial of one.
func (c *Classifier) readSentence(r *reading, ln line, text string) bool {
	s := c.parse(r, text, ln.subject)
	for i := range s.words {
		w := &s.words[i]
		if w.tool == nil || c.reviewer(w.tool.ID) {
			continue
		}
		if s.denied(i) {
			r.deny(c, ln.text)
			return true
		}
		id, first := s.disclosure(i)
		if w.bareTool && !s.named(i) && !s.suggested(i) {
			continue
		}
		if id == "" || s.negated(first) || s.conditional(first, i) {
			continue
		}
		tool := s.particular(i)
		return c.add(r, c.grammar[id], tool, ModeFreeText, ln.text)
	}
	return false
}

// particular returns the tool named at or beside word i: "AI (Claude Code)", "OpenAI Codex". A tool that only
// runs in a sentence beside "AI" is the one meant.
func (s *sentence) particular(i int) string {
	best := s.words[i].tool
	for j := range s.words {
		if t := s.words[j].tool; t != nil && (!s.words[j].bareTool || s.named(j)) && rankOf(t) > rankOf(best) {
			best = t
		}
	}
	return best.ID
}

// named reports whether a common word is written as a name, and not as part of a longer one.
func (s *sentence) named(i int) bool {
	if !s.capital(i) || i == 0 && !s.at(1, isHelped) {
		return false
	}
	next := s.right(i)
	return next >= len(s.words) || s.words[next].pause || s.words[next].class != 0
}

func (s *sentence) capital(i int) bool {
	b := s.text[s.words[i].start]
	return b >= 'A' && b <= 'Z'
}
