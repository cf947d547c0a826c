package attribution

import (
	"strings"
	"testing"
)

const gitAINote = `src/main.rs
  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10,15-20
  h_31dce776f88375 35-40
"a path with blanks.go"
  601fa7cb531db267 53-57,635
---
{"schema_version":"authorship/3.0.0",
 "prompts":{"601fa7cb531db267":{"agent_id":{"tool":"cursor","model":"gpt-5"},"overriden_lines":0}},
 "sessions":{"s_c9883b05a2487d":{"agent_id":{"tool":"claude","model":"claude-sonnet-4-6"}}},
 "humans":{"h_31dce776f88375":{"author":"A <a@b.org>"}}}`

func TestGitAINotes(t *testing.T) {
	for name, test := range map[string]struct{ ref, text, want, tools string }{
		"two tools":          {"refs/notes/ai", gitAINote, "ai_assisted claude-code unknown", "claude-code cursor"},
		"short ref":          {"ai", gitAINote, "ai_assisted claude-code unknown", "claude-code cursor"},
		"another ref":        {"refs/notes/commits", gitAINote, "unknown", ""},
		"a person only":      {"refs/notes/ai", "a.go\n  h_31dce776f88375 1-9\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "unknown", ""},
		"a test double":      {"refs/notes/ai", "a.go\n  601fa7c 1-9\n---\n{\"prompts\":{\"601fa7c\":{\"agent_id\":{\"tool\":\"mock_ai\"}}}}", "unknown", ""},
		"seven digits":       {"refs/notes/ai", "a.go\n  601fa7c 1-9\n---\n{\"prompts\":{\"601fa7c\":{\"agent_id\":{\"tool\":\"codex\"}}}}", "ai_assisted codex unknown", "codex"},
		"broken JSON":        {"refs/notes/ai", "a.go\n  601fa7cb531db267 1-9\n---\n{\"prompts\":", "ai_assisted unspecified unknown", "unspecified"},
		"no JSON":            {"refs/notes/ai", "a.go\n  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10", "ai_assisted unspecified unknown", "unspecified"},
		"nothing attested":   {"refs/notes/ai", "---\n{\"prompts\":{\"601fa7cb531db267\":{\"agent_id\":{\"tool\":\"codex\"}}}}", "unknown", ""},
		"empty":              {"refs/notes/ai", "", "unknown", ""},
		"agent-trace":        {"refs/notes/agent-trace", `{"version":"0.1.0","tool":{"name":"cursor"},"files":[{"conversations":[{"contributor":{"type":"ai","model_id":"x"}}]}]}`, "ai_assisted cursor unknown", "cursor"},
		"agent-trace, human": {"refs/notes/agent-trace", `{"tool":{"name":"cursor"},"files":[{"conversations":[{"contributor":{"type":"human"}}]}]}`, "unknown", ""},
	} {
		v := Default().Classify(Commit{Message: "x", Notes: []Note{{test.ref, test.text}}})
		if got := summary(v); got != test.want || strings.Join(v.Tools, " ") != test.tools {
			t.Errorf("%s: %s %v, want %s [%s]", name, got, v.Tools, test.want, test.tools)
		}
	}
}
