package attribution

import "strings"

// coauthorAnchors begin the keys under which people name those who worked with them, misspellings included.
var coauthorAnchors = []string{"co-auth", "coauth", "co-aut", "co-dev", "co-creat", "co-writ", "pair-programmed-with", "paired-with"}

// readTrailer reads "Key: value" anywhere in the message, and reports whether the line was one. Squash merges
// leave trailers in the middle, so the place says nothing.
func (c *Classifier) readTrailer(r *reading, ln line, text string) bool {
	key, value, ok := splitTrailer(text)
	if title, found := strings.CutPrefix(text, "#"); !ok && found {
		key, _, ok = splitTrailer(title + ":")
		value = ""
	}
	if !ok {
		return false
	}
	if ln.block {
		return keyKindOf(key) == keyAI && c.readAIKey(r, ln, key, value)
	}
	value = unfold(r.c.Message, ln, key, value)
	for _, rule := range c.keys[key] {
		if rule.pattern == nil || rule.pattern.MatchString(value) {
			c.add(r, rule, rule.Tool, ModeTrailer, ln.text)
			return true
		}
	}
	if isCoauthorKey(key) {
		c.readCoauthors(r, ln, key, value)
		return true
	}
	return c.readVerbKey(r, ln, key, value)
}

// splitTrailer splits a line at its first colon when what stands before can be a key: up to five words of
// letters. The key comes back in lower case with hyphens, without markup. A co-author line may lack its colon.
func splitTrailer(text string) (key, value string, ok bool) {
	text = strings.TrimLeft(text, "*_#🤖 ")
	colon := strings.IndexByte(text, ':')
	if colon < 0 || colon > 48 {
		if len(text) > 15 && strings.EqualFold(text[:15], "co-authored-by ") {
			return "co-authored-by", strings.TrimSpace(text[15:]), true
		}
		return "", "", false
	}
	var buf [48]byte
	folded, words := buf[:0], 1
	for i := range colon {
		switch b := text[i]; {
		case alphanumeric(b):
			folded = appendLower(folded, text[i:i+1])
		case b == ' ' || b == '-' || b == '_':
			if n := len(folded); n > 0 && folded[n-1] != '-' {
				folded = append(folded, '-')
				words++
			}
		case b == '*' || b == '/' || b == '(' || b == ')' || b == '\'':
		default:
			return "", "", false
		}
	}
	if words > 5 || len(folded) == 0 {
		return "", "", false
	}
	return keyString(folded), strings.Trim(text[colon+1:], " \t*\r"), true
}

// keyString makes a string of a folded key; the commonest ones without allocation.
func keyString(folded []byte) string {
	for len(folded) > 0 && folded[len(folded)-1] == '-' {
		folded = folded[:len(folded)-1]
	}
	switch string(folded) {
	case "co-authored-by":
		return "co-authored-by"
	case "signed-off-by":
		return "signed-off-by"
	case "reviewed-by":
		return "reviewed-by"
	}
	return string(folded)
}

// unfold joins a value that goes on in the next line: indented, as git folds; or broken at 72 columns, as
// GitHub wraps squash messages, where the value or the address starts the next line.
func unfold(msg string, ln line, key, value string) string {
	rest := msg[ln.end:]
	if !strings.HasPrefix(rest, "\n") || !strings.HasSuffix(strings.TrimSpace(msg[ln.start:ln.end]), ln.text) {
		return value
	}
	next := rest[1:]
	if end := strings.IndexByte(next, '\n'); end >= 0 {
		next = next[:end]
	}
	folded := indentOf(next) > 0 && indentOf(next) < 4
	next = strings.TrimSpace(next)
	broken := value == "" || isCoauthorKey(key) && !strings.Contains(value, "@")
	begins := strings.HasPrefix(next, "<") || value == "" && (strings.HasPrefix(next, "http") || !strings.Contains(next, ":"))
	if next != "" && (broken && begins || folded && !strings.Contains(next, ": ")) {
		return strings.TrimSpace(value + " " + next)
	}
	return value
}

// isCoauthorKey reports whether a key names a co-author, however spelt.
func isCoauthorKey(key string) bool {
	if key == "co-authored-by" {
		return true
	}
	if !strings.HasPrefix(key, "co") && !strings.HasPrefix(key, "pair") {
		return false
	}
	squashed := strings.ReplaceAll(key, "-", "")
	for _, begin := range []string{"coauth", "coaut", "codevelop", "cocreated", "cowritten", "copilotedby", "pairprogrammedwith", "pairedwith"} {
		if strings.HasPrefix(squashed, begin) {
			return true
		}
	}
	return false
}

// readCoauthors reads the people of a co-author trailer; several may share a line.
func (c *Classifier) readCoauthors(r *reading, ln line, key, value string) {
	if c.template(value) {
		return
	}
	for value != "" {
		name, email, rest := nextPerson(value)
		c.readCoauthor(r, ln, key, name, email)
		if rest == value {
			return
		}
		value = rest
	}
}

func (c *Classifier) readCoauthor(r *reading, ln line, key, name, email string) {
	if c.denied(email) {
		return
	}
	mode := ModeCoauthor
	if rule := c.identity(r, fieldCoauthorEmail, email, name); rule != nil {
		c.addCoauthor(r, rule, rule.Tool, mode, name, ln.text)
		return
	}
	if !c.programLike(r, name, email) || c.bots.find(name, email) != "" {
		return
	}
	if id, tool := c.persona(r, name, email, false); tool != "" {
		rule := c.grammar[id]
		if strings.HasPrefix(key, "co-dev") {
			rule = c.grammar["trailer.assisted"]
		}
		if !strings.HasPrefix(key, "co-dev") {
			tool = trailerTool(tool)
		}
		c.add(r, rule, tool, mode, ln.text)
	}
}

// addCoauthor records a co-author by address. Anthropic's address under another name than Claude's is AI all
// the same, but which tool is less sure.
func (c *Classifier) addCoauthor(r *reading, rule *rule, tool string, mode Mode, name, quote string) {
	n := len(r.evidence)
	if c.add(r, rule, tool, mode, quote) && len(r.evidence) > n && rule.ID == "claude.noreply" && !containsFold(name, "claude") {
		r.evidence[n].Confidence -= 0.1
	}
}

// trailerTool is the tool that writes co-author trailers in a model's name: people who thank a chat use other
// words.
func trailerTool(tool string) string {
	switch tool {
	case "claude":
		return "claude-code"
	case "gemini":
		return "gemini-cli"
	}
	return tool
}

// nextPerson takes the first "name <address>" off a value. It takes the broken forms too: no brackets at all,
// doubled ones, and a Markdown link in place of the address.
func nextPerson(value string) (name, email, rest string) {
	open := strings.IndexByte(value, '<')
	if open < 0 {
		name, email = looseAddress(value)
		return name, email, ""
	}
	end := strings.IndexByte(value[open:], '>')
	if end < 0 {
		return strings.TrimSpace(value[:open]), strings.Trim(value[open:], "< "), ""
	}
	email = strings.Trim(value[open:open+end], "<> ")
	email = strings.TrimPrefix(email, "mailto:")
	rest = strings.TrimLeft(value[open+end:], ">&,; ")
	rest = strings.TrimPrefix(rest, "and ")
	if !strings.Contains(email, "@") { // a placeholder such as <<EMAIL>>
		email = ""
	}
	return strings.TrimSpace(value[:open]), email, rest
}

// looseAddress finds an address without angle brackets: "OpenHands openhands@all-hands.dev",
// "Oz [oz-agent@warp.dev](mailto:oz-agent@warp.dev)".
func looseAddress(value string) (name, email string) {
	at := strings.IndexByte(value, '@')
	if at <= 0 || value[at-1] == ' ' {
		return strings.TrimSpace(value), ""
	}
	begin := strings.LastIndexAny(value[:at], " [(") + 1
	end := strings.IndexAny(value[at:], " ])")
	if end < 0 {
		end = len(value) - at
	}
	return strings.Trim(value[:begin], " [("), value[begin : at+end]
}

// template reports whether a value is a form to fill in.
func (c *Classifier) template(value string) bool {
	var scratch [4]found
	return len(c.forms.find(value, scratch[:0])) > 0
}

// readInlineTrailer reads a whole co-author trailer that lost its line break: "fix: x Co-authored-by: Claude <…>".
// In quotation marks it is talk about trailers.
func (c *Classifier) readInlineTrailer(r *reading, ln line) bool {
	if at := indexFold(ln.text, ": assisted-by: "); at > 0 && at < 40 { // "Unit tests: Assisted-by: …"
		return c.readVerbKey(r, ln, "assisted-by", ln.text[at+len(": assisted-by: "):])
	}
	at := indexFold(ln.text, "co-authored-by: ")
	if at <= 0 || strings.ContainsRune("`\"'", rune(ln.text[at-1])) {
		return false
	}
	value := ln.text[at+len("co-authored-by: "):]
	if !strings.HasSuffix(value, ">") {
		return false
	}
	before := len(r.evidence)
	c.readCoauthors(r, ln, "co-authored-by", value)
	return len(r.evidence) > before
}
