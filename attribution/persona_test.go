package attribution

import "testing"

func TestPersona(t *testing.T) {
	c, r := Default(), new(reading)
	for person, want := range map[string]string{
		"GPT-5 <x@b.org>": "coauthor.name gpt", "Claude Opus 4.6 <x@b.org>": "coauthor.name claude", "claude-sonnet-4 <x@b.org>": "coauthor.name claude",
		"Claude Agent <x@b.org>": "coauthor.name claude", "Claude (MiniMax) <x@b.org>": "coauthor.name claude", "Sonnet 4.5 <x@b.org>": "coauthor.name claude",
		"Gemini 2.5 Pro <x@b.org>": "coauthor.name gemini", "DeepSeek <x@b.org>": "coauthor.name deepseek", "OpenHands <x@b.org>": "coauthor.name openhands",
		"Cursor Agent <x@b.org>": "coauthor.name cursor", "Rami OpenClaw <x@b.org>": "coauthor.name openclaw", "Codex (GPT-5.5) <x@b.org>": "coauthor.name codex",
		"Copilot": "coauthor.bare copilot", "Claude": "coauthor.bare claude", "Cursor": "coauthor.bare cursor", "Claude <claude@localhost>": "coauthor.bare claude",
		"Junie <noreply@b.org>": "coauthor.bare junie", "Jules <jules@example.com>": "coauthor.bare jules", "AI Assistant <ai@b.org>": "coauthor.bare unspecified",
		"Robo <mt+devin@b.org>": "author.plus devin", "X <svc-devxp-claude@b.org>": "author.plus claude", "Ada Byron <ada+claude-code@b.org>": "author.plus claude-code",
		"Perfloop Agent <agent@perfloop.ai>": "coauthor.custom perfloop", "Orbis AI <noreply@orbis.ai>": "coauthor.custom orbis-ai",
		"acme-coding-agent[bot] <1+acme-coding-agent[bot]@users.noreply.github.com>": "coauthor.custom acme-coding",
		"Claude <claude.dupont@b.org>": " ", "Claude Dupont <c@b.org>": " ", "Jules Verne <j@b.org>": " ", "Jules": " ", "Devin": " ", "Devin <devin@b.org>": " ",
		"Amp <amp@b.org>": " ", "Ada Byron <ada+roo-code@b.org>": " ", "triepod-ai <199543909+triepod-ai@users.noreply.github.com>": " ",
		"Real Estate Agent <joe@b.org>": " ", "Ai Weiwei <ai@weiwei.cn>": " ", "Cody <cody@b.org>": " ", "Annie-Claude Morin <a@b.org>": " ",
		"datadog-agent[bot] <1+datadog-agent[bot]@users.noreply.github.com>": " ", "Continue <x@b.org>": " ", "Goose <goose@b.org>": " ", "": " ",
	} {
		name, email, _ := nextPerson(person)
		id, tool := c.persona(r, name, email, false)
		if got := id + " " + tool; got != want {
			t.Errorf("%q: %q, want %q", person, got, want)
		}
	}
}

func TestGithubAccount(t *testing.T) {
	for email, want := range map[string][2]string{
		"198982749+copilot@users.noreply.github.com": {"198982749", "copilot"}, "ada@users.noreply.github.com": {"", "ada"},
		"1+a+b@users.noreply.github.com": {"1", "a+b"}, "+a@users.noreply.github.com": {"", "+a"},
	} {
		id, login, ok := githubAccount([]byte(email))
		if string(id) != want[0] || string(login) != want[1] || !ok {
			t.Errorf("%q: %q %q %v", email, id, login, ok)
		}
	}
	for _, email := range []string{"", "a@b.org", "@users.noreply.github.com", "1+a@users.noreply.gitlab.com"} {
		if _, _, ok := githubAccount([]byte(email)); ok {
			t.Errorf("%q is an account", email)
		}
	}
}

func TestIdentityIsByAddressFirst(t *testing.T) {
	c, r := Default(), new(reading)
	for person, want := range map[string]string{
		"Linus Torvalds <agent-c2adbf5c-8419-4211-8cd8-3740db164974@letta.com>": "letta.vendor", "Anyone <NoReply@Anthropic.com>": "claude.noreply",
		"x <999+copilot@users.noreply.github.com>": "", "renamed <158243242+new-login[bot]@users.noreply.github.com>": "devin.bot",
		"x <jane@anthropic.com>": "", "x <claude-opus@anthropic.com>": "claude.self-named", "GitHub <noreply@github.com>": "", "Copilot <noreply@github.com>": "copilot.noreply",
		"x <opencode-agent[bot]@users.noreply.github.com>": "opencode.vendor", "x <5+cline-bot@users.noreply.github.com>": "cline.bot", " <>": "",
		"Copilot Autofix powered by AI <175728472+Copilot@users.noreply.github.com>": "copilot.autofix-name", "Copilot <175728472+Copilot@users.noreply.github.com>": "copilot.review",
	} {
		name, email, _ := nextPerson(person)
		got := ""
		if rule := c.identity(r, fieldCoauthorEmail, email, name); rule != nil {
			got = rule.ID
		}
		if got != want {
			t.Errorf("%q: %q, want %q", person, got, want)
		}
	}
}
