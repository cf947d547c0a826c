package attribution

import "testing"

func TestSplitTrailer(t *testing.T) {
	for text, want := range map[string][2]string{
		"Co-authored-by: A <a@b.org>":     {"co-authored-by", "A <a@b.org>"},
		"Co-Authored-By:A":                {"co-authored-by", "A"},
		"CO_AUTHORED_BY: A":               {"co-authored-by", "A"},
		"Co-authored-by A <a@b.org>":      {"co-authored-by", "A <a@b.org>"},
		"Assisted by: Claude":             {"assisted-by", "Claude"},
		"**AI disclosure:** none":         {"ai-disclosure", "none"},
		"**AI disclosure**: none":         {"ai-disclosure", "none"},
		"## AI usage: some":               {"ai-usage", "some"},
		"AI disclosure (short): yes":      {"ai-disclosure-short", "yes"},
		"Key:":                            {"key", ""},
		"no colon here":                   {"", ""},
		"https://example.org/a":           {"https", "//example.org/a"},
		"a, b: c":                         {"", ""},
		"one two three four five six: no": {"", ""},
		": x":                             {"", ""},
		"":                                {"", ""},
		"Key:   value  \r":                {"key", "value"},
	} {
		key, value, ok := splitTrailer(text)
		if key != want[0] || value != want[1] || ok != (want[0] != "") {
			t.Errorf("%q: %q %q %v, want %q", text, key, value, ok, want)
		}
	}
}

func TestNextPerson(t *testing.T) {
	for value, want := range map[string][3]string{
		"A B <a@b.org>":                     {"A B", "a@b.org", ""},
		"A <a@b.org> & C <c@d.org>":         {"A", "a@b.org", "C <c@d.org>"},
		"A <a@b.org>, C <c@d.org>":          {"A", "a@b.org", "C <c@d.org>"},
		"A <a@b.org> and C <c@d.org>":       {"A", "a@b.org", "C <c@d.org>"},
		"Claude <<EMAIL>>":                  {"Claude", "", ""},
		"A <<a@b.org>>":                     {"A", "a@b.org", ""},
		"A <mailto:a@b.org>":                {"A", "a@b.org", ""},
		"A <a@b.org":                        {"A", "a@b.org", ""},
		"Oz [oz@w.dev](mailto:oz@w.dev)":    {"Oz", "oz@w.dev", ""},
		"OpenHands-GPT-5 openhands@all.dev": {"OpenHands-GPT-5", "openhands@all.dev", ""},
		"Gemini":                            {"Gemini", "", ""},
		"@copilot":                          {"@copilot", "", ""},
		"<a@b.org>":                         {"", "a@b.org", ""},
		"":                                  {"", "", ""},
	} {
		name, email, rest := nextPerson(value)
		if got := [3]string{name, email, rest}; got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestUnfold(t *testing.T) {
	for message, want := range map[string]string{
		"Co-authored-by: A\n <a@b.org>":                     "A <a@b.org>",
		"Co-authored-by: A\n<a@b.org>":                      "A <a@b.org>",
		"Co-authored-by: A\nSigned-off-by: B":               "A",
		"Co-authored-by: A <a@b.org>\n<c@d.org>":            "A <a@b.org>",
		"Amp-Thread-ID:\nhttps://ampcode.com/threads/T-1":   "https://ampcode.com/threads/T-1",
		"Amp-Thread-ID: x\n\nhttps://ampcode.com/threads/T": "x",
		"Key: a\n  b c":              "a b c",
		"Key: a\n  Other: b":         "a",
		"Key: a\n     indented code": "a",
	} {
		_, end := lineAround(message, 0)
		ln := line{text: message[:end], end: end}
		key, value, _ := splitTrailer(ln.text)
		if got := unfold(message, ln, key, value); got != want {
			t.Errorf("%q: %q, want %q", message, got, want)
		}
	}
}

func TestCoauthorKeys(t *testing.T) {
	for key, want := range map[string]bool{
		"co-authored-by": true, "coauthored-by": true, "co-author": true, "co-authored-with": true, "co-autored-by": true, "co-developed-by": true,
		"co-written-by": true, "pair-programmed-with": true, "signed-off-by": false, "coverage": false, "code": false, "author": false, "": false,
	} {
		if got := isCoauthorKey(key); got != want {
			t.Errorf("%q: %v", key, got)
		}
	}
}

func TestKeyKinds(t *testing.T) {
	for key, want := range map[string]keyKind{
		"generated-by": keyMade, "made-with": keyMade, "committed-by-agent": keyMade, "vibe-coded-with": keyMade, "generated-from": keyOther,
		"assisted-by": keyHelped, "assited-by": keyHelped, "helped-by": keyHelped, "translated-using": keyHelped,
		"ai-assisted": keyAI, "ai-usage": keyAI, "ai-tools-used": keyAI, "llm-model": keyAI, "ai": keyAI, "generated-by-ai": keyAI, "ai-assisted-by": keyAI,
		"ai-provider": keyOther, "ai-review-bot": keyOther, "model": keyModel, "agent": keyModel, "coding-agent": keyModel, "tool": keyModel, "agent-loop": keyOther,
		"reviewed-by": keyReview, "reported-by": keyReview, "signed-off-by": keySignature, "author": keySignature, "signed": keySignature,
		"fix": keyOther, "made": keyOther, "": keyOther,
	} {
		if got := keyKindOf(key); got != want {
			t.Errorf("%q: %d, want %d", key, got, want)
		}
	}
}

func TestToolNamed(t *testing.T) {
	c, r := Default(), new(reading)
	for value, want := range map[string]string{
		"Claude": "claude", "Claude Code": "claude-code", "Claude Opus 5 via Claude Code": "claude-code", "OpenCode (Claude Opus 4.5)": "opencode",
		"Claude Opus 4.7 via Crush <crush@charm.land>": "crush", "Crush:qwen/qwen3.8-max": "crush", "claude-4-sonnet": "claude", "Opus 4.6": "claude",
		"GPT 5.6": "gpt", "GPT-5.3-codex": "gpt", "GitHub Copilot (Claude Sonnet 4)": "copilot", "Cursor": "cursor", "Cursor (Opus 4.5)": "cursor",
		"Google Antigravity with Gemini": "antigravity", "Gemini 3.1 Pro via Google Antigravity": "antigravity", "Gemini": "gemini", "ChatGPT": "chatgpt",
		"an AI assistant": "unspecified", "LLM": "unspecified", "https://example.org/me#llms": "unspecified", "GitLab Duo, OpenCode": "opencode",
		"Claude Code <noreply@anthropic.com>": "claude-code", "Qwen Code <noreply@anthropic.com>": "qwen-code",
		"Jay Satiro": "", "Claude Dupont": "", "Claude Dupont <c@d.fr>": "", "Claude <claude@dupont.fr>": "", "Jean-Claude Martin": "", "Xavier Claude": "",
		"Cody Gray": "", "Devin Hussey <d@h.org>": "", "protoc-gen-go": "", "mockgen": "", "a script": "", "": "", "Goose Gander": "", "Kai": "",
	} {
		if got := c.toolNamed(r, value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestDenies(t *testing.T) {
	for value, want := range map[string]bool{
		"no": true, "No.": true, "none": true, "N/A": true, "**No**": true, "false": true, "not used": true, "0%": true, "no AI, just a replace": true, "Never": true,
		"yes": false, "Claude": false, "notable help": false, "50%": false, "": false, "some": false, "nobody knows": false,
	} {
		if got := denies(value); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
}
