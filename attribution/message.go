package attribution

import "strings"

// line is one line of a message that holds a literal worth reading.
type line struct {
	text       string // without surrounding blanks
	start, end int    // of the whole line in the message
	subject    bool
	quoted     bool // an example: indented or fenced
	block      bool // after ">": a note is set so as often as a quotation
	comment    bool // inside <!-- -->
}

// The bounds that keep a hostile message of many megabytes cheap: none is near what people write.
const (
	segmentSize = 1 << 16 // how much of a message is searched at once
	lineLimit   = 1 << 12 // how much of one line is read
	proseLimit  = 500     // how many lines are read as prose
)

// readMessage walks the message once, by the automaton, and reads only the lines that hold a literal: the
// name of a tool, the key of a trailer, the start of a footer.
func (c *Classifier) readMessage(r *reading) {
	msg := r.c.Message
	state := quoting{msg: msg, indent: -1, first: len(msg) - len(strings.TrimLeft(msg, " \t\r\n"))}
	for base := 0; base < len(msg); {
		end := len(msg)
		if end-base > segmentSize {
			if n := strings.IndexByte(msg[base+segmentSize:], '\n'); n >= 0 {
				end = base + segmentSize + n + 1
			}
		}
		r.found = c.auto.find(msg[base:end], r.found[:0])
		for i := range r.found {
			r.found[i].start += base
			r.found[i].end += base
		}
		c.readSegment(r, &state)
		base = end
	}
}

// readSegment reads the lines of the literals in r.found.
func (c *Classifier) readSegment(r *reading, state *quoting) {
	msg := r.c.Message
	for i := 0; i < len(r.found); {
		start, end := lineAround(msg, r.found[i].start)
		next := i + 1
		for next < len(r.found) && r.found[next].start < end {
			next++
		}
		if c.worthReading(r, start, i, next, state) {
			c.readLine(r, state.line(start, end), i, next)
		}
		i = next
	}
}

// lineAround returns the bounds of the line that holds position at, without its line end.
func lineAround(msg string, at int) (start, end int) {
	start = strings.LastIndexByte(msg[:at], '\n') + 1
	if n := strings.IndexByte(msg[at:], '\n'); n >= 0 {
		return start, at + n
	}
	return start, len(msg)
}

// worthReading applies the fences and comments among a line's literals and reports whether any other literal
// is more than a chance fragment of a word.
func (c *Classifier) worthReading(r *reading, start, from, to int, state *quoting) bool {
	worth := false
	msg := r.c.Message
	for _, f := range r.found[from:to] {
		lit := &c.literals[f.literal]
		switch {
		case lit.mark != 0:
			state.mark(lit.mark, start, f.start)
		case lit.anchor || len(lit.rules) > 0:
			worth = true
		case lit.tool != nil && !lit.weak:
			worth = true
		case lit.weak:
			worth = worth || toolPlace(msg, f.start)
		}
	}
	return worth
}

// toolPlace is a first look at a weak name: it needs a preposition, a colon, a bracket, or a line start before it.
func toolPlace(msg string, at int) bool {
	if at > 0 && (msg[at-1] == '[' || msg[at-1] == '@' || msg[at-1] == '+') {
		return true
	}
	for at > 0 && msg[at-1] == ' ' {
		at--
	}
	if at == 0 {
		return false
	}
	if last := msg[at-1]; last == ':' || last == ',' || last == '/' || last == '\n' {
		return true
	}
	if at < 3 {
		return false
	}
	switch strings.ToLower(msg[at-3 : at]) {
	case " by", "ith", "via", "ing", "rom", "sed":
		return true
	}
	return false
}

// quoting follows what is example and what is message while a walk goes down the lines.
type quoting struct {
	msg     string
	fenced  bool
	comment bool
	closing int // where the last comment ended
	first   int // where the subject begins
	indent  int // the body's common indentation; -1 until it is needed
}

// mark applies a fence or comment sign at a position of the line that begins at start.
func (q *quoting) mark(kind byte, start, at int) {
	switch kind {
	case '`':
		if at-start < 16 && strings.TrimLeft(q.msg[start:at], " \t>*-") == "" {
			q.fenced = !q.fenced
		}
	case '<':
		if q.msg[at:min(at+4, len(q.msg))] == "<!--" {
			q.comment = true
		}
	case '>':
		if q.msg[at:min(at+3, len(q.msg))] == "-->" {
			q.comment, q.closing = false, at
		}
	}
}

func (q *quoting) line(start, end int) line {
	ln := line{start: start, end: end, text: strings.TrimSpace(q.msg[start:end])}
	ln.text = ln.text[:min(len(ln.text), lineLimit)]
	ln.subject = start <= q.first
	ln.comment = q.comment || q.closing > start && q.closing < end
	ln.quoted = q.fenced || strings.HasPrefix(ln.text, "diff --git")
	if rest, ok := strings.CutPrefix(ln.text, "> "); ok {
		ln.text, ln.block = strings.TrimSpace(rest), true
	}
	if !ln.quoted && !ln.subject {
		ln.quoted = q.deeper(start)
	}
	return ln
}

// deeper reports whether the line is indented by four or more beyond the body's own indentation: a message
// written in an indented heredoc is all indented and quotes nothing.
func (q *quoting) deeper(start int) bool {
	own := indentOf(q.msg[start:])
	if own < 4 {
		return false
	}
	if q.indent < 0 {
		q.indent = commonIndent(q.msg)
	}
	return own-q.indent >= 4
}

// indentOf counts leading blanks, a tab as four.
func indentOf(s string) int {
	n := 0
	for i := range len(s) {
		switch s[i] {
		case ' ':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}

// commonIndent is the least indentation of the body's lines, 0 when it has fewer than two. The log that
// git merge --squash writes is indented as a whole under its headings, which say so.
func commonIndent(msg string) int {
	if strings.Contains(msg, "Squashed commit of the following") {
		return 4
	}
	least, lines, subject := 1<<30, 0, true
	for text := range strings.Lines(msg) {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if subject {
			subject = false
			continue
		}
		lines++
		if least = min(least, indentOf(text)); least == 0 {
			return 0
		}
	}
	if lines < 2 {
		return 0
	}
	return least
}
