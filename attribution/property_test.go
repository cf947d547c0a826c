package attribution

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var plainWords = strings.Fields("the parser reads a table of contexts and writes it again cursor continue amp goose devin jules sweep crush warp used help with by from written generated test session model tool when fails maintain email container claude's-road main")

// TestPlainWordsDiscloseNothing: paragraphs of ordinary words, tools' common names among them, never make an AI
// verdict, alone or after another message's end.
func TestPlainWordsDiscloseNothing(t *testing.T) {
	cases := readCases(t)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(plainWords[:len(plainWords)-2]), 1, 40).Draw(t, "words")
		paragraph := strings.Join(words, " ")
		commit := Commit{Message: "change a thing\n\n" + paragraph}
		if v := Default().Classify(commit); v.Class.AI() {
			t.Fatalf("%q: %s by %s", paragraph, v.Class, v.Rule)
		}
		m := rapid.SampledFrom(cases).Draw(t, "case")
		longer := m.commit()
		before := Default().Classify(longer)
		longer.Message += "\n\n" + paragraph
		if after := Default().Classify(longer); after.Class.AI() && !before.Class.AI() {
			t.Fatalf("%q: %s before, %s by %s after %q", m.Message, before.Class, after.Class, after.Rule, paragraph)
		}
	})
}

var coauthorLines = []string{
	"Co-authored-by: Claude <noreply@anthropic.com>", "Co-authored-by: Amp <amp@ampcode.com>", "Co-authored-by: Ada <ada@b.org>",
	"Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>", "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>",
	"Co-authored-by: Letta Code <noreply@letta.com>", "Co-authored-by: coderabbitai[bot] <136622811+coderabbitai[bot]@users.noreply.github.com>",
	"Co-authored-by: GPT-5 <x@b.org>", "Assisted-by: Codex", "Signed-off-by: Ada <ada@b.org>", "Copilot-Session: 9b663367-2ceb-4a1d-b634-28f22ef0a653",
}

// TestTrailerOrder: the order of trailers changes neither class, tools, autonomy nor confidence.
func TestTrailerOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfNDistinct(rapid.SampledFrom(coauthorLines), 1, len(coauthorLines), rapid.ID[string]).Draw(t, "lines")
		shuffled := rapid.Permutation(lines).Draw(t, "shuffled")
		a := Default().Classify(Commit{Message: "x\n\n" + strings.Join(lines, "\n")})
		b := Default().Classify(Commit{Message: "x\n\n" + strings.Join(shuffled, "\n")})
		if diff := cmp.Diff(a, b); diff != "" {
			t.Fatalf("%q and %q differ:\n%s", lines, shuffled, diff)
		}
	})
}

// TestTrailersAnywhere: a vendor's trailer is found in whichever paragraph it stands, in either case and with
// either line end.
func TestTrailersAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SliceOfN(rapid.SampledFrom(plainWords), 0, 30).Draw(t, "before")
		after := rapid.SliceOfN(rapid.SampledFrom(plainWords), 0, 30).Draw(t, "after")
		key := rapid.SampledFrom([]string{"Co-authored-by", "co-authored-by", "Co-Authored-By", "CO-AUTHORED-BY"}).Draw(t, "key")
		message := "x\n\n" + strings.Join(before, " ") + "\n\n" + key + ": Claude Opus 4.6 <noreply@anthropic.com>\n\n" + strings.Join(after, " ")
		if rapid.Bool().Draw(t, "crlf") {
			message = strings.ReplaceAll(message, "\n", "\r\n")
		}
		if v := Default().Classify(Commit{Message: message}); v.Tool != "claude-code" {
			t.Fatalf("%q: %s", message, summary(v))
		}
	})
}

// TestAutomatonFindsWhatStringsFinds compares the automaton with a search for each literal by itself.
func TestAutomatonFindsWhatStringsFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		literals := rapid.SliceOfNDistinct(rapid.StringMatching(`[ab]{1,3}[a-c ]{0,2}`), 1, 8, func(s string) string { return strings.ReplaceAll(s, " ", "-") }).Draw(t, "literals")
		text := rapid.StringMatching(`[abcAB -]{0,40}`).Draw(t, "text")
		fold := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }
		var want []found
		for end := 1; end <= len(text); end++ {
			for i, l := range literals {
				if start := end - len(l); start >= 0 && fold(text[start:end]) == fold(l) {
					want = append(want, found{uint16(i), start, end})
				}
			}
		}
		got := newAutomaton(literals).find(text, nil)
		words := newWordAutomaton(literals).find(text, nil)
		wantWords := slices.DeleteFunc(slices.Clone(want), func(f found) bool {
			return f.start > 0 && alphanumeric(text[f.start]) && alphanumeric(text[f.start-1])
		})
		order := func(a, b found) int { return (a.end-b.end)*1000 + int(a.literal) - int(b.literal) }
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		slices.SortFunc(words, order)
		slices.SortFunc(wantWords, order)
		if !slices.Equal(words, wantWords) {
			t.Fatalf("at words' beginnings, %q in %q: %v, want %v", literals, text, words, wantWords)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %v, want %v", literals, text, got, want)
		}
	})
}

// TestConcurrentUse runs one classifier from many goroutines; the race detector watches.
func TestConcurrentUse(t *testing.T) {
	cases := readCases(t)
	done := make(chan bool)
	for range 8 {
		go func() {
			defer func() { done <- true }()
			for _, m := range cases {
				if got := summary(Default().Classify(m.commit())); got != m.Want {
					t.Errorf("%q: %s, want %s", m.Message, got, m.Want)
				}
			}
		}()
	}
	for range 8 {
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Fatal("no end")
		}
	}
}
