package analysis

import (
	"math"
	"strings"
	"testing"

	"github.com/baserate/baserate/analysis/stats"
)

func TestLedgerIsSound(t *testing.T) {
	defs, err := Definitions()
	if err != nil {
		t.Fatal(err)
	}
	if len(defs) != 14 || defs[0].ID != "mistakes" {
		t.Errorf("%d claims, the first of them %s", len(defs), defs[0].ID)
	}
}

// A ledger with mistakes says all of them at once, by claim and field.
func TestBadLedger(t *testing.T) {
	_, err := parse([]byte(`
- id: a
  outcome: guessed
  margin: 0.5
- id: a
  version: 1
  sentence: s
  question: q
  source: x
  method: m
  caveats: [c]
`))
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"version", "sentence, question and source", "margin", "margin_set", "alpha", "outcome guessed", `id "a" is taken`, "method and caveats", "kind "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in:\n%v", want, err)
		}
	}
	if _, err := parse([]byte("- id: a\n  marginn: 2\n")); err == nil || !strings.Contains(err.Error(), "marginn") {
		t.Errorf("an unknown key: %v", err)
	}
}

func TestNumbersInWords(t *testing.T) {
	for got, want := range map[string]string{
		Count(0): "0", Count(999): "999", Count(1000): "1\u202f000", Count(12345678): "12\u202f345\u202f678",
		percent(0): "0.0\u202f%", percent(0.5): "50.0\u202f%", percent(0.0012): "0.12\u202f%", percent(1): "100.0\u202f%",
		times(stats.Num(1.234)): "1.23", times(stats.Num(math.Inf(1))): "–", times(stats.Undefined(stats.NoChanges)): "–",
		plural(1, "event"): "1 event", plural(0, "event"): "0 events", plural(1200, "event"): "1\u202f200 events",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestRuledOut(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0.9, 1.4, "; a rate 40\u202f% higher cannot be ruled out"},
		{0.9, 1.1, "; all of that lies below the margin of 1.25"},
		{0.9, math.Inf(1), "; no rate, however high, can be ruled out"},
	} {
		if got := ruledOut(stats.Interval{Low: stats.Num(c.low), High: stats.Num(c.high)}, 1.25); got != c.want {
			t.Errorf("[%v, %v]: %q, want %q", c.low, c.high, got, c.want)
		}
	}
}
