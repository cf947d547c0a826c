package analysis

import (
	"regexp"
	"strings"
	"testing"
)

// Of how many use AI, the number of seats that are bought today says nothing: no past day is divided by it.
func TestTrap08SeatsOfTodayDividePastDays(t *testing.T) {
	changes := `INSERT INTO changes (change_id, repo, sha, landed_at, author_class, tools, author, mature)
		SELECT toString(number), 'o/r', toString(number), toDateTime64('2024-01-02 12:00:00', 0, 'UTC') + INTERVAL intDiv(number, 10) WEEK + INTERVAL number % 10 SECOND,
			if(number % 10 < 4, 'ai_assisted', 'unknown'), if(number % 10 < 4, ['claude'], []), 1 + number % 10, true
		FROM numbers(50)`
	seats := `INSERT INTO seats (source, account, tool, plan, seen_at) SELECT 'github', concat('dev', toString(number)), 'copilot', 'business', now() FROM numbers(500)`
	without := answerOn(t, facts(t, changes), "adoption")
	with := answerOn(t, facts(t, changes, seats), "adoption")
	a, b := measureOf(t, without, "breadth", "breadth"), measureOf(t, with, "breadth", "breadth")
	if with.Code != without.Code || with.Sentence != without.Sentence || a.Value != b.Value || *a.Part != *b.Part || *a.Of != *b.Of {
		t.Errorf("with 500 seats of today: %s (%+v), without: %s (%+v)", with.Sentence, b, without.Sentence, a)
	}
}

// leading are words that tell a reader which answer is wanted.
var leading = regexp.MustCompile(`(?i)\b(expect(ed|s)? (to|an?|the|that|value|sign)|(is|are|as) expected|should (be|go|rise|fall|show)|ideally|hopefully|good news|bad news|(higher|lower|positive|negative|more|less)( values?)? (is|are) (good|bad|better|worse|expected)|desired|unfortunately|fortunately|proves?)\b`)

func TestTrap15TextTellsWhichSignIsExpected(t *testing.T) {
	defs, err := Definitions()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, d := range defs {
		texts[d.ID] = strings.Join(append([]string{d.Question, d.Method, d.Flips}, d.Caveats...), "\n")
	}
	for code, word := range words {
		texts["word of "+string(code)] = word
	}
	for of, text := range texts {
		if found := leading.FindString(text); found != "" {
			t.Errorf("%s says %q: %s", of, found, text)
		}
	}
	for _, wrong := range []string{"r < 0 is expected", "0.7 to 1 (unexpected); negative values are good", "The ratio should be below 1"} {
		if !leading.MatchString(wrong) {
			t.Errorf("%q is not found to lead", wrong)
		}
	}
}
