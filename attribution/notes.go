package attribution

import (
	"encoding/json"
	"slices"
	"strings"
)

// readNotes reads the notes that tools attach to commits. Notes are found by their ref; every other ref
// (commits, review, semantic-release) says nothing about AI.
func (c *Classifier) readNotes(r *reading) {
	for _, note := range r.c.Notes {
		switch strings.TrimPrefix(note.Ref, "refs/notes/") {
		case "ai":
			for _, a := range c.parseGitAI(note.Text) {
				c.addNote(r, "notes.git-ai", a)
			}
		case "agent-trace", "whogitit":
			if a, ok := parseAgentTrace(note.Text); ok {
				c.addNote(r, "notes.agent-trace", a)
			}
		}
	}
}

// attested is a tool that a note says wrote lines.
type attested struct {
	tool  string
	quote string
}

func (c *Classifier) addNote(r *reading, ruleID string, a attested) {
	c.add(r, c.grammar[ruleID], c.noteTool(r, a.tool), ModeNote, a.quote)
}

// noteTool turns a note's name of a tool into ours. Notes write "claude" for Claude Code.
func (c *Classifier) noteTool(r *reading, name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "":
		return "unspecified"
	case "claude":
		return "claude-code"
	case "droid":
		return "factory-droid"
	case "gemini":
		return "gemini-cli"
	}
	if c.toolRank[name] != nil {
		return name
	}
	for _, m := range c.mentionsIn(r, name) {
		return m.tool.ID
	}
	return name
}

// gitAIMeta is the part after "---" of a git-ai note, schema authorship/3.0.0; older schemas leave sessions out.
type gitAIMeta struct {
	Prompts  map[string]gitAIAgent `json:"prompts"`
	Sessions map[string]gitAIAgent `json:"sessions"`
}

type gitAIAgent struct {
	Agent struct {
		Tool  string `json:"tool"`
		Model string `json:"model"`
	} `json:"agent_id"`
}

// parseGitAI returns the tools that a note in the format of git-ai attests lines to. The attestations stand
// first, a path in column 0 and under it, indented, a key and line ranges; then "---" and JSON. A key h_… is a
// known person, s_…::t_… a session, any other a prompt. A note without AI keys attests no AI lines, and
// denies none. A note whose JSON is broken still attests; its tool is then unknown.
func (c *Classifier) parseGitAI(text string) []attested {
	head, tail, _ := strings.Cut(text, "\n---")
	if strings.HasPrefix(text, "---") {
		head, tail = "", text[3:]
	}
	var meta gitAIMeta
	readable := json.Unmarshal([]byte(strings.TrimSpace(tail)), &meta) == nil
	var all []attested
	for raw := range strings.Lines(head) {
		key := attestationKey(raw)
		if key == "" || strings.HasPrefix(key, "h_") {
			continue
		}
		session, _, _ := strings.Cut(key, "::")
		agent, known := meta.Sessions[session]
		if !known {
			agent, known = meta.Prompts[key]
		}
		if slices.Contains(c.deny.NoteTools, agent.Agent.Tool) || readable && !known && !strings.HasPrefix(key, "s_") {
			continue
		}
		a := attested{agent.Agent.Tool, strings.TrimSpace(raw)}
		if !slices.ContainsFunc(all, func(b attested) bool { return b.tool == a.tool }) {
			all = append(all, a)
		}
	}
	return all
}

// attestationKey returns the key of an attestation line, "" for any other line.
func attestationKey(line string) string {
	if !strings.HasPrefix(line, "  ") {
		return ""
	}
	key, ranges, ok := strings.Cut(strings.TrimSpace(line), " ")
	if !ok || strings.TrimLeft(ranges, "0123456789-, ") != "" {
		return ""
	}
	for i := range len(key) {
		if !alphanumeric(key[i]) && key[i] != '_' && key[i] != ':' {
			return ""
		}
	}
	if len(key) < 7 {
		return ""
	}
	return key
}

// parseAgentTrace reads an agent-trace record, version 0.1.0: a contributor of type ai or mixed attests.
func parseAgentTrace(text string) (attested, bool) {
	var record struct {
		Tool  struct{ Name string }
		Files []struct {
			Conversations []struct {
				Contributor struct {
					Type  string
					Model string `json:"model_id"`
				}
			}
		}
	}
	if json.Unmarshal([]byte(text), &record) != nil {
		return attested{}, false
	}
	for _, file := range record.Files {
		for _, conversation := range file.Conversations {
			if t := conversation.Contributor.Type; t == "ai" || t == "mixed" {
				return attested{record.Tool.Name, "contributor " + t + " " + conversation.Contributor.Model}, true
			}
		}
	}
	return attested{}, false
}
