package attribution

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzClassify: any bytes give a verdict whose evidence is short valid UTF-8, whose confidence is a probability,
// and whose parts agree with one another.
func FuzzClassify(f *testing.F) {
	for _, m := range readCases(f) {
		f.Add(m.Author, m.Message)
	}
	f.Add("a\x00b", "Co-authored-by: \x00<\xff\xfe>\n\n\\n\\n```\n<!-- -->")
	f.Add("<<>>", "co-authored-by: <<<>>>@>\nCo-authored-by:\n\n\n:::\nAI:\nai disclosure:")
	c := Default()
	f.Fuzz(func(t *testing.T, author, message string) {
		name, email, _ := nextPerson(author)
		commit := Commit{AuthorName: name, AuthorEmail: email, Message: message, Notes: []Note{{"refs/notes/ai", message}}}
		checkVerdict(t, c.Classify(commit))
	})
}

func checkVerdict(t *testing.T, v Verdict) {
	t.Helper()
	if v.Class.AI() != (v.Autonomy != AutonomyNone) || v.Class.AI() != (len(v.Tools) > 0) {
		t.Fatalf("class %s with autonomy %s and tools %v", v.Class, v.Autonomy, v.Tools)
	}
	if (v.Class == AIAgent) != (v.Autonomy == AutonomyAgent) {
		t.Fatalf("class %s with autonomy %s", v.Class, v.Autonomy)
	}
	if v.Confidence < 0 || v.Confidence > 1 || (v.Class == Unknown) != (v.Confidence == 0) {
		t.Fatalf("class %s with confidence %v", v.Class, v.Confidence)
	}
	if v.Tool == "" || v.Class.AI() && v.Tool == NoTool {
		t.Fatalf("class %s with tool %q", v.Class, v.Tool)
	}
	for _, e := range v.All {
		if len(e.Quote) > quoteLimit || !utf8.ValidString(e.Quote) || strings.ContainsRune(e.Quote, 0) {
			t.Fatalf("quote %q", e.Quote)
		}
	}
}

// TestHostileMessages: ten megabytes of what costs the most take no more than seconds.
func TestHostileMessages(t *testing.T) {
	const size = 10 << 20
	for _, unit := range []string{
		"claude ", "```", "<!--", "-->", "co-authored-by: ", "Co-authored-by: Claude <noreply@anthropic.com>\n", "<", "AI disclosure:\n", "AI usage: ",
		"Model: claude\n", "claude helped with\n", "\n", " ", "\\n", "\x00", "\xff", "written by claude ", "a\n\nCo-authored-by: x\n", ":", "copilot suggested\n",
		"Apply suggestion from @copilot ", "ai\n", "    Co-authored-by: Claude\n", "generated with [claude code", "[x] ai used ", "<@>",
	} {
		message := strings.Repeat(unit, size/len(unit))
		start := time.Now()
		checkVerdict(t, Default().Classify(Commit{Message: message}))
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%q took %v", unit, d)
		} else {
			t.Logf("%q took %v", unit, d)
		}
	}
	last := strings.Repeat("some words of a long log\n", size/25) + "\nCo-authored-by: Claude <noreply@anthropic.com>"
	if v := Default().Classify(Commit{Message: last}); v.Tool != "claude-code" {
		t.Errorf("a trailer at the end of %d bytes: %s", len(last), summary(v))
	}
}
