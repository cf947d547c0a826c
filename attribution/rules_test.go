package attribution

import (
	"strings"
	"testing"
	"time"
)

func TestParseRulesReportsEveryError(t *testing.T) {
	_, err := ParseRules([]byte(`
tools:
  - {id: acme, names: [Acme]}
rules:
  - {id: acme.author, tool: acme, fields: [author_email], match: key, values: [a@acme.org], autonomy: agent, confidence: 0.9}
  - {id: acme.line, tool: acme, fields: [line], match: regex, values: [made by acme], pattern: '(', autonomy: robot, confidence: 1.5}
  - {tool: acme, fields: [lines], match: contains, values: [], autonomy: agent, confidence: 0.5}
`))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`tool 1 ("acme"): since: missing`, `tool 1 ("acme"): names: "Acme" must be`,
		`rule 1 ("acme.author"): match: "key" does not work on author_email; take one of exact, github_id, login, regex`,
		`rule 2 ("acme.line"): confidence: 1.5`, `rule 2 ("acme.line"): autonomy: "robot"`, `rule 2 ("acme.line"): pattern: `,
		`rule 3 (""): id: missing`, `rule 3 (""): fields: "lines" is no field`, `rule 3 (""): values: missing`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
}

func TestParseRulesRefusesUnknownKeysAndDates(t *testing.T) {
	for file, want := range map[string]string{
		"rules:\n  - {id: x, colour: red}":   `line 2: field colour not found`,
		"tools:\n  - {id: x, since: May}":    `line 2: "May" is not a date such as 2026-01-31`,
		"rules: 3":                           `cannot unmarshal`,
		"rules:\n  - {id: x, confidence: a}": `line 2`,
	} {
		if _, err := ParseRules([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", file, err, want)
		}
	}
}

const acmeRules = `
tools:
  - {id: acme-agent, family: acme, since: 2026-01-01, names: [acme agent]}
rules:
  - {id: acme.author, tool: acme-agent, fields: [author_email, coauthor_email], match: exact, values: [patcher@acme.org], autonomy: agent, confidence: 0.9}
bots:
  - {id: acme-release, emails: [release@acme.org]}
`

func TestNewExtends(t *testing.T) {
	extra, err := ParseRules([]byte(acmeRules))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(extra)
	if err != nil {
		t.Fatal(err)
	}
	if c.RulesVersion() == Default().RulesVersion() {
		t.Error("the version does not tell the extended rules from the built-in ones")
	}
	day := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		commit Commit
		want   string
	}{
		{Commit{AuthorEmail: "patcher@acme.org", CommittedAt: day}, "ai_agent acme-agent agent"},
		{Commit{AuthorEmail: "patcher@acme.org", CommittedAt: day.AddDate(-1, 0, 0)}, "unknown"},
		{Commit{AuthorEmail: "release@acme.org", CommittedAt: day}, "automation acme-release none"},
		{Commit{Message: "x\n\nAssisted-by: Acme Agent", CommittedAt: day}, "ai_assisted acme-agent assist"},
	} {
		if got := summary(c.Classify(test.commit)); got != test.want {
			t.Errorf("%+v: %s, want %s", test.commit, got, test.want)
		}
	}
	if _, err := New(extra, extra); err == nil || !strings.Contains(err.Error(), `rule "acme.author": id: used twice`) {
		t.Errorf("the same rules twice: %v", err)
	}
}

// TestLaunchDates is the control that no rule fires on a commit made before its tool existed: every case of
// testdata/messages.yaml, dated before any tool, gives no AI verdict.
func TestLaunchDates(t *testing.T) {
	old := time.Date(2020, 12, 31, 0, 0, 0, 0, time.UTC)
	n := 0
	for _, m := range readCases(t) {
		commit := m.commit()
		commit.AuthoredAt, commit.CommittedAt = old, old
		if v := Default().Classify(commit); v.Class.AI() {
			t.Errorf("%q of 2020: %s by %s", m.Message, v.Class, v.Rule)
		}
		n++
	}
	if n < 150 {
		t.Errorf("only %d cases", n)
	}
}

func TestRulesHaveDates(t *testing.T) {
	first := time.Date(2021, 6, 29, 0, 0, 0, 0, time.UTC).Unix()
	for id, r := range Default().byID {
		if r.Class == "" && r.Tool != "" && r.from < first {
			t.Errorf("rule %s fires from %s on, before any tool", id, time.Unix(r.from, 0).UTC().Format(time.DateOnly))
		}
	}
}

func TestCommitterDateDecides(t *testing.T) {
	message := "x\n\nAssisted-by: Claude Opus 4.6"
	authored := time.Date(2019, 6, 24, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		commit Commit
		want   string
	}{
		"rebased later":             {Commit{Message: message, AuthoredAt: authored, CommittedAt: authored.AddDate(7, 0, 0)}, "ai_assisted claude assist"},
		"committed then":            {Commit{Message: message, AuthoredAt: authored, CommittedAt: authored}, "human"},
		"no committer date":         {Commit{Message: message, AuthoredAt: authored}, "ai_assisted claude assist"},
		"weak, no committer date":   {Commit{Message: "x\n\nWritten by Claude.", AuthoredAt: authored}, "unknown"},
		"weak, no date at all":      {Commit{Message: "x\n\nWritten by Claude."}, "ai_assisted claude assist"},
		"plain, old":                {Commit{Message: "x", CommittedAt: authored}, "human"},
		"plain, old by author only": {Commit{Message: "x", AuthoredAt: authored}, "unknown"},
	} {
		if got := summary(Default().Classify(test.commit)); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestVSCodeWindow(t *testing.T) {
	message := "x\n\nCo-authored-by: Copilot <copilot@github.com>"
	for day, want := range map[string]float64{"2026-04-01": 0.75, "2026-05-01": 0.3, "2026-08-01": 0.75} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if v := Default().Classify(Commit{Message: message, CommittedAt: at}); v.Confidence != want {
			t.Errorf("%s: confidence %v by %s, want %v", day, v.Confidence, v.Rule, want)
		}
	}
}
