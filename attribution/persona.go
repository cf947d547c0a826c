package attribution

import "strings"

// persona judges a name and address that no rule knows: "Ali (claude-sonnet-4)", "Ryan + Claude", "GPT-5",
// "Perfloop Agent <agent@perfloop.ai>", "mt+devin@example.com". It returns the grammar rule and the tool, or
// "" when the name may well be a person's.
//
// A tool's name alone is never enough where people carry it too: Claude, Jules, Devin need a model or
// version, a word such as "Agent", a plus address, or an address that nobody could receive mail at.
func (c *Classifier) persona(r *reading, name, email string, author bool) (ruleID, tool string) {
	prefix := "coauthor."
	if author {
		prefix = "author."
	}
	clean := strings.Trim(name, " \t\"'@`*")
	local, domain, _ := strings.Cut(strings.ToLower(email), "@")
	m, known := c.nameMention(r, clean)
	if known {
		switch c.nameStrength(clean, m, local, domain, author) {
		case nameSure:
			return prefix + "name", m.tool.ID
		case nameBare:
			return barePrefix(prefix), m.tool.ID
		}
	}
	if upper := strings.TrimSpace(strings.TrimPrefix(name, "🤖")); aiName(upper) && (!author || nobody(local, domain)) {
		return barePrefix(prefix), "unspecified"
	}
	if tool := c.plusTool(r, clean, local); tool != "" {
		return "author.plus", tool
	}
	if tool := customAgent(clean, local, domain); tool != "" {
		return prefix + "custom", tool
	}
	return "", ""
}

// programLike is a cheap first look, which nearly all people do not pass: a tool's name in the name or address,
// or a word that programs call themselves.
func (c *Classifier) programLike(r *reading, name, email string) bool {
	return c.programWord(r, name) || c.programWord(r, email)
}

func (c *Classifier) programWord(r *reading, s string) bool {
	mark := len(r.found)
	r.found = c.who.find(s, r.found)
	hits := r.found[mark:]
	r.found = r.found[:mark]
	for _, f := range hits { // a short name must stand alone: "ai" is in every gmail
		if f.end-f.start > 4 || !alphanumeric(s[f.start]) ||
			(f.start == 0 || !alphanumeric(s[f.start-1])) && (f.end == len(s) || !alphanumeric(s[f.end])) {
			return true
		}
	}
	return false
}

func barePrefix(prefix string) string {
	if prefix == "author." {
		return "author.custom"
	}
	return "coauthor.bare"
}

// nameMention finds the tool that a display name names: a harness before a model, or the last after "via".
func (c *Classifier) nameMention(r *reading, name string) (mention, bool) {
	var best mention
	ok := false
	for _, m := range c.mentionsIn(r, name) {
		if m.tool.Kind == "generic" {
			continue
		}
		if !ok || best.tool.Kind == "model" && m.tool.Kind != "model" {
			best, ok = m, true
		}
	}
	return best, ok
}

type nameStrength int

const (
	nameNone nameStrength = iota
	nameBare              // only the tool's name, and no address of a person
	nameSure              // no person has such a name
)

// nameStrength judges how surely the whole name is a tool's.
func (c *Classifier) nameStrength(name string, m mention, local, domain string, author bool) nameStrength {
	before, after := strings.TrimSpace(name[:m.start]), strings.TrimSpace(name[m.end:])
	unmistakable := !m.weak && !m.tool.Person
	switch {
	case joined(before) && !m.weak, unmistakable && m.tool.Kind == "" && m.end-m.start > 6 && (before+after != "" || !chat(m.tool)):
		return nameSure
	case strings.Trim(before, "🤖 (") != "":
		return nameNone
	case modelSuffix(after), agentSuffix(after) && (unmistakable || m.tool.ID == "claude" || nobody(local, domain)):
		return nameSure
	case strings.HasPrefix(after, "(") && (!m.weak || nobody(local, domain)):
		return nameSure
	case !emptyName(after):
		return nameNone
	case unmistakable && m.tool.Kind == "model":
		return nameSure
	case local != "" && nobody(local, domain), c.bareFits(m, local, author):
		return nameBare
	}
	return nameNone
}

// chat reports whether the bare name is also that of a chat, where somebody may have copied from.
func chat(t *Tool) bool { return t.ID == "copilot" || t.ID == "chatgpt" }

// bareFits says when a bare tool name may stand beside no address, or beside any as an author. People named
// Devin or Jules sign without an address too; nobody is called Copilot or Codex.
func (c *Classifier) bareFits(m mention, local string, author bool) bool {
	if !m.weak && !m.tool.Person {
		return true
	}
	if author || local != "" {
		return false
	}
	switch m.tool.ID {
	case "claude", "gemini", "cursor", "gpt", "grok", "kiro", "cline", "windsurf":
		return true
	}
	return false
}

// joined reports whether the words before a tool's name tie it to a person: "Ryan +", "Ali (", "Sam via".
func joined(before string) bool {
	if before == "" {
		return false
	}
	last := before[len(before)-1]
	if last == '+' || last == '(' || last == '/' {
		return len(before) > 1
	}
	fields := strings.Fields(strings.ToLower(before))
	switch fields[len(fields)-1] {
	case "via", "with", "w/", "using", "&+":
		return len(fields) > 1
	}
	return false
}

// modelSuffix reports whether what follows a tool's name is a version or model: " Opus 4.6", "-sonnet-4", " 3".
func modelSuffix(after string) bool {
	word := strings.ToLower(strings.TrimLeft(after, " -_:/("))
	if word == "" {
		return false
	}
	if word[0] >= '0' && word[0] <= '9' {
		return true
	}
	for _, model := range []string{"opus", "sonnet", "haiku", "fable", "instant", "pro", "flash", "ultra", "mini", "nano", "coder", "v2", "v3", "v4", "r1"} {
		if strings.HasPrefix(word, model) && (len(word) == len(model) || !alphanumeric(word[len(model)]) || word[len(model)] <= '9') {
			return true
		}
	}
	return false
}

// agentSuffix reports whether a word after the name says that this is a program.
func agentSuffix(after string) bool {
	word := strings.ToLower(strings.Trim(after, " -_:[](),."))
	for _, w := range []string{"agent", "ai", "bot", "cli", "assistant", "ide", "code", "developer", "worker", "automation", "dev agent", "coding agent", "ai agent", "ai assistant", "code assistant", "llm", "ide agent", "agi"} {
		if word == w {
			return true
		}
	}
	return false
}

func emptyName(s string) bool { return strings.Trim(s, " ).,[]🤖*`") == "" }

// customAgent recognises somebody's own agent: the name says AI or agent, and the address is a program's.
func customAgent(name, local, domain string) string {
	if strings.HasPrefix(name, "Ai ") || strings.HasSuffix(name, " Ai") {
		return "" // a given name
	}
	lower := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(name), "[bot]"))
	words := strings.FieldsFunc(lower, func(r rune) bool { return strings.ContainsRune(" -_/()", r) })
	if len(words) == 0 || len(words) > 5 {
		return ""
	}
	isBot := strings.HasSuffix(name, "[bot]") || strings.HasSuffix(local, "[bot]")
	program := isBot || nobody(local, domain)
	ai, agent := false, false
	for i, w := range words {
		ai = ai || w == "ai" || w == "llm" || w == "gpt" || w == "genai"
		agent = agent || (w == "agent" || w == "assistant" || w == "coder" || w == "developer") && i == len(words)-1
	}
	coding := agent && len(words) > 1 && (strings.HasSuffix(lower, "coding agent") || strings.HasSuffix(lower, "swe agent") ||
		strings.HasSuffix(lower, "swe-agent") || strings.HasSuffix(lower, "code-agent") || strings.HasSuffix(lower, "coding-agent"))
	switch {
	case ai && agent && len(words) == 2, coding && len(words) == 2 && words[0] == "coding":
		return "unspecified"
	case ai && (program || agent), coding, agent && program && !isBot && len(words) == 2:
		return slug(words)
	}
	return ""
}

// aiName reports whether the whole display name is a word for AI. In capitals: Ai is a given name.
func aiName(name string) bool {
	switch name {
	case "AI", "AI Assistant", "AI Agent", "AI assistant", "AI agent", "LLM", "Coding Agent", "AI Coding Agent", "AI Bot", "AI Coding Assistant", "ai-assistant", "ai-agent":
		return true
	}
	return false
}

// slug makes a tool name of a custom agent's display name: "Perfloop Agent" is perfloop.
func slug(words []string) string {
	if n := len(words); n > 1 && (words[n-1] == "agent" || words[n-1] == "assistant" || words[n-1] == "bot") {
		words = words[:n-1]
	}
	return strings.Join(words, "-")
}
