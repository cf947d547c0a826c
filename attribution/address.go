package attribution

import "strings"

// nobody reports whether no person reads mail at the address: none at all, no-reply, placeholder domains.
func nobody(local, domain string) bool {
	switch domain {
	case "":
		return local == ""
	case "localhost", "local", "example.com", "example.org", "example.net", "noreply.local", "localhost.localdomain", "users.noreply", "ai.local", "email":
		return true
	case "users.noreply.github.com":
		return false
	}
	for _, top := range []string{".local", ".invalid", ".test", ".example", ".localhost", ".internal"} {
		if strings.HasSuffix(domain, top) {
			return nobodyLocal(local) || !strings.Contains(local, ".")
		}
	}
	return nobodyLocal(local)
}

func nobodyLocal(local string) bool {
	if i := strings.IndexByte(local, '+'); i >= 0 {
		local = local[:i]
	}
	switch local {
	case "noreply", "no-reply", "donotreply", "agent", "ai", "bot", "assistant", "none", "ai-agent", "ai-assistant", "automated", "robot", "agents":
		return true
	}
	return strings.HasSuffix(local, "-agent") || strings.HasSuffix(local, "-bot") || strings.HasSuffix(local, "[bot]") || strings.HasPrefix(local, "svc-")
}

// plusTool reads a tool's name from a plus address, "kiril+openclaw@…", or from the address of an
// organisation's own agent, "svc-devxp-claude@…". Contributors to a tool use such aliases too, under their full
// name: "Eric Wheeler <eric+roo-code@…>" is Eric Wheeler.
func (c *Classifier) plusTool(r *reading, name, local string) string {
	base, tag, plus := strings.Cut(local, "+")
	if isNumber(base) { // a GitHub login
		return ""
	}
	service := strings.HasPrefix(local, "svc-") || strings.HasSuffix(local, "-bot") || strings.HasSuffix(local, "-agent")
	text := tag
	if !plus {
		if !service {
			return ""
		}
		text = local
	}
	for _, m := range c.mentionsIn(r, text) {
		if m.tool.Kind == "generic" || m.weak && m.tool.ID != "devin" && m.tool.ID != "jules" {
			continue
		}
		if service || m.start == 0 && (!fullName(name) || m.tool.ID == "claude-code" || m.tool.ID == "copilot") {
			return m.tool.ID
		}
	}
	return ""
}

// fullName reports whether a display name is two or three capitalised words and none of them says AI.
func fullName(name string) bool {
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 3 {
		return false
	}
	for _, w := range words {
		if w[0] < 'A' || w[0] > 'Z' && w[0] < 0x80 || strings.ToUpper(w) == w && len(w) > 1 {
			return false
		}
		switch strings.ToLower(w) {
		case "agent", "bot", "assistant", "code", "devin", "jules":
			return false
		}
	}
	return true
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
