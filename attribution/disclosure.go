package attribution

import "strings"

// readVerbKey reads trailers whose key says that something was made or helped, and those whose key says AI:
// any verb with any tool's name, so that a spelling nobody has seen yet is still read.
func (c *Classifier) readVerbKey(r *reading, ln line, key, value string) bool {
	if ln.subject && !strings.Contains(key, "-by") {
		return false
	}
	kind := keyKindOf(key)
	switch kind {
	case keyOther:
		return false
	case keyReview:
		return true
	case keySignature:
		name, email, _ := nextPerson(value)
		if rule := c.identity(r, fieldAuthorEmail, email, name); rule != nil {
			c.add(r, rule, rule.Tool, ModeTrailer, ln.text)
		}
		return true
	case keyAI:
		return c.readAIKey(r, ln, key, value)
	}
	tool := c.toolNamed(r, value)
	switch {
	case tool == "" || c.template(value) || denies(value):
		return kind != keyModel
	case kind == keyMade:
		c.add(r, c.grammar["trailer.generated"], tool, ModeTrailer, ln.text)
	case kind == keyModel && !c.inTrailerBlock(r, ln, value):
		return false
	default:
		c.add(r, c.grammar["trailer.assisted"], tool, ModeTrailer, ln.text)
	}
	return true
}

// readAIKey reads a disclosure under a key that says AI. What the value says decides: a denial, a form not
// filled in, a yes, a tool.
func (c *Classifier) readAIKey(r *reading, ln line, key, value string) bool {
	if r.prose++; ln.subject || c.template(value) || r.prose > proseLimit {
		return false
	}
	quote := ln.text
	if !oneWordKey(key) || value == "" {
		value = strings.TrimSpace(value + " " + restOfParagraph(r.c.Message[ln.end:], value == ""))
	}
	if denies(value) || c.saysNo(r, value) {
		if excepted(value) {
			return true
		}
		r.deny(c, quote)
		return true
	}
	tool := c.toolNamed(r, value)
	if key == "ai" || key == "llm" { // may be a part of the product
		if tool == "" || !c.tellsOfUse(r, value) && !c.inTrailerBlock(r, ln, value) {
			return false
		}
	}
	if tool == "" && !affirms(value) && !c.tellsOfUse(r, value) && !oneWordKey(key) && !worksOn(value) {
		return false
	}
	if tool == "" {
		tool = "unspecified"
	}
	rule := c.grammar["trailer.ai"]
	mode := ModeTrailer
	if !oneWordKey(key) {
		rule, mode = c.grammar["text.disclosure"], ModeFreeText
	}
	return value != "" && c.add(r, rule, tool, mode, quote)
}

// affirms reports whether a value is a plain yes, or a share.
func affirms(value string) bool {
	lower := strings.ToLower(strings.Trim(value, " *_`\"'.,;:-([{✅"))
	for _, yes := range []string{"yes", "true", "full", "partial", "some", "mostly", "assisted", "generated", "heavy", "light", "moderate", "minimal", "y ", "x", "on"} {
		if strings.HasPrefix(lower, yes) {
			return true
		}
	}
	return lower == "y" || strings.Contains(lower, "%") && !strings.HasPrefix(lower, "0")
}

// tellsOfUse reports whether a text says that somebody used something to make something.
func (c *Classifier) tellsOfUse(r *reading, value string) bool {
	s := c.parse(r, value, false)
	for i := range s.words {
		if w := &s.words[i]; w.class&(isMade|isDid|isHelp|isUsed|isHelped) != 0 && !s.negated(i) {
			return true
		}
	}
	return false
}

// toolNamed returns the tool that a trailer's value names, "" when it may name a person or a generator. A
// harness goes before the model it runs: "Claude Opus 5 via Claude Code" is Claude Code.
func (c *Classifier) toolNamed(r *reading, value string) string {
	name, email, _ := nextPerson(value)
	if rule := c.identity(r, fieldCoauthorEmail, email, name); rule != nil {
		if rule.Tool == "claude-code" {
			email = ""
			if t := c.toolNamed(r, name); t != "" && t != "claude" {
				return t
			}
		}
		return rule.Tool
	}
	if containsFold(value, "#llm") || containsFold(value, "#ai") { // a link to one's own rules for it
		return "unspecified"
	}
	best, found := mention{}, false
	for _, m := range c.mentionsIn(r, value) {
		told := !m.weak && m.tool.ID == "claude" && strings.Count(value, " ") > 5 // a sentence, in which nobody thanks a person
		if surnamed(value, m) || (m.weak || m.tool.Person) && !told && !toolPosition(value, m, email) {
			continue
		}
		if !found || rankOf(m.tool) > rankOf(best.tool) {
			best, found = m, true
		}
	}
	if !found {
		return ""
	}
	return best.tool.ID
}

func rankOf(t *Tool) int {
	switch t.Kind {
	case "generic":
		return 0
	case "model":
		return 1
	}
	return 2
}

// toolPosition reports whether a name that is also a word or a person's stands where a tool would, in the
// form a tool would have: first or after "via", followed by nothing, a version or a model, and without the
// address of a person.
func toolPosition(value string, m mention, email string) bool {
	before := strings.TrimRight(value[:m.start], " ")
	after := strings.TrimSpace(value[m.end:])
	if email != "" {
		if i := strings.IndexByte(value, '<'); i > m.end {
			after = strings.TrimSpace(value[m.end:i])
		}
		local, domain, _ := strings.Cut(strings.ToLower(email), "@")
		if !nobody(local, domain) && !modelSuffix(after) && !agentSuffix(after) {
			return false
		}
	}
	starts := strings.Trim(before, "🤖[@*_`\"' ") == ""
	if !starts && strings.IndexByte("(,/:+&[|", before[len(before)-1]) < 0 {
		fields := strings.Fields(before)
		last := fields[len(fields)-1]
		if classOf(last)&(isPrep|isJoin|isVendor|isDet|isUsed) == 0 {
			return false
		}
	}
	if after == "" || strings.IndexByte("(,.:;/+&[])|@<`-*", after[0]) >= 0 || after[0] >= '0' && after[0] <= '9' || after[0] >= 0x80 {
		return true
	}
	next := strings.Fields(after)[0]
	return modelSuffix(after) || toolWord(strings.Trim(next, ".,:;()")) || classOf(next)&(isJoin|isPrep|isPurpose) != 0 ||
		next[0] >= 'a' && next[0] <= 'z' && classOf(next) != 0
}

// inTrailerBlock reports whether a line stands in a last paragraph that holds nothing but trailers, and its
// value is a name and no sentence: "Model: claude-opus-4.6" is a disclosure there and a topic elsewhere.
func (c *Classifier) inTrailerBlock(r *reading, ln line, value string) bool {
	msg := r.c.Message
	if len(msg)-ln.start > 2000 || len(strings.Fields(value)) > 6 {
		return false
	}
	msg = strings.TrimRight(msg, " \r\n\t")
	begin := strings.LastIndex(msg[max(0, len(msg)-2000):], "\n\n")
	if begin < 0 {
		return false
	}
	begin += max(0, len(msg)-2000) + 2
	if ln.start < begin {
		return false
	}
	for text := range strings.Lines(msg[begin:]) {
		key, rest, ok := strings.Cut(text, ":")
		if !ok || strings.ContainsAny(key, " \t") || strings.TrimSpace(rest) == "" {
			return false
		}
	}
	m := c.mentionsIn(r, value)
	if len(m) == 0 || !vendorOnly(value[:m[0].start]) {
		return false
	}
	tail := strings.TrimSpace(value[m[len(m)-1].end:])
	return emptyName(tail) || !alphanumeric(tail[0]) || modelSuffix(tail)
}

// worksOn reports whether a value under "AI usage:" lists the work: "Test writing, validation against the spec".
func worksOn(value string) bool {
	for _, work := range []string{"test", "writing", "review", "research", "investigat", "validat", "proofread", "debug", "translat", "refactor", "brainstorm", "autocomplet", "documentation", "exploration", "comments"} {
		if containsFold(value[:min(len(value), 120)], work) {
			return true
		}
	}
	return false
}

// restOfParagraph returns what follows a line in its paragraph or, under a heading, the next paragraph.
func restOfParagraph(rest string, under bool) string {
	rest = rest[:min(len(rest), 1000)]
	if under {
		rest = strings.TrimLeft(rest, " \t\r\n")
	}
	if i := strings.Index(rest, "\n\n"); i >= 0 {
		rest = rest[:i]
	}
	return rest[:min(len(rest), 400)]
}
