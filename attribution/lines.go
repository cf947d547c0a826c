package attribution

import "strings"

// readLine reads one line that holds literals r.found[from:to].
func (c *Classifier) readLine(r *reading, ln line, from, to int) {
	if ln.quoted || strings.HasPrefix(unbulleted(ln.text), "[ ]") || strings.HasPrefix(ln.text, "Revert ") && ln.subject {
		return
	}
	if !ln.block && c.lineRules(r, ln, from, to) {
		return
	}
	// A message given to git commit -m may hold the two characters \n for a line end.
	for text := range strings.SplitSeq(ln.text, `\n`) {
		ln.text = text
		c.readText(r, ln)
	}
}

// readText reads a line, or a piece of one, as the first of these that it is: a ticked box, a trailer, a
// footer, a sentence.
func (c *Classifier) readText(r *reading, ln line) {
	ln.text = strings.TrimSpace(ln.text)
	text := unbulleted(ln.text)
	if ticked, ok := strings.CutPrefix(strings.ToLower(text[:min(len(text), 3)]), "[x]"); ok && ticked == "" {
		c.readBox(r, ln, text[3:])
		return
	}
	if c.readTrailer(r, ln, text) || ln.comment {
		return
	}
	if !ln.block && (c.readInlineTrailer(r, ln) || c.readSignature(r, ln, text) || c.readFooter(r, ln, text)) {
		return
	}
	c.readProse(r, ln)
}

// unbulleted takes list bullets off the front of a line.
func unbulleted(text string) string {
	for _, bullet := range []string{"* ", "- ", "+ ", "• "} {
		if rest, ok := strings.CutPrefix(text, bullet); ok {
			return strings.TrimSpace(rest)
		}
	}
	return text
}

// lineRules tries the rules of the line's literals. A rule of rules.yaml that matches ends the reading of the
// line: what it says is settled.
func (c *Classifier) lineRules(r *reading, ln line, from, to int) bool {
	settled := false
	var tried *rule // a line with a literal many times over tries its rule once
	for _, f := range r.found[from:to] {
		for _, rule := range c.literals[f.literal].rules {
			if rule.Fields[0] == fieldSubject && !ln.subject {
				continue
			}
			if rule == tried {
				continue
			}
			tried = rule
			text := unbulleted(ln.text)
			if rule.pattern != nil && !rule.pattern.MatchString(text) || rule.Match == "contains" && !proper(r.c.Message, f, rule) {
				continue
			}
			mode := ModeFooter
			if rule.Fields[0] == fieldSubject {
				mode = ModeSubject
			}
			if c.add(r, rule, rule.Tool, mode, ln.text) {
				settled = true
			}
		}
	}
	return settled
}

// proper reports whether a literal was met as written and not in quotation marks. The automaton takes blanks
// and hyphens for one another; a rule's literal does not.
func proper(msg string, f found, rule *rule) bool {
	if f.start > 0 && (msg[f.start-1] == '`' || msg[f.start-1] == '"' || msg[f.start-1] == '\'') {
		return false
	}
	for _, value := range rule.Values {
		if len(value) == f.end-f.start && strings.EqualFold(strings.ReplaceAll(msg[f.start:f.end], "\n", " "), value) {
			return true
		}
	}
	return false
}
