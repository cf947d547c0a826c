package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/baserate/baserate/api"
)

func number(x float64) *float64 { return &x }

// wide is a claim with the longest of everything.
func wide() api.Claim {
	arm := api.Arm{Events: 123456, Changes: 1234567}
	interval := api.Interval{Low: number(0.1234), High: number(12345.6)}
	ratio := api.Ratio{Value: number(12.345), Fixed: interval, AlwaysValid: &interval}
	reason := "3 events in one group; shown from 10"
	comparison := api.Comparison{
		Exposure: "ai_assisted", Outcome: "hotfixed_72h", Exposed: arm, Reference: arm, Word: "No meaningful difference",
		Crude: ratio, Total: ratio, Direct: ratio, UnknownBounds: api.UnknownBounds{AllHuman: ratio, AllAi: api.Ratio{}}, Reason: &reason, Primary: true, Depends: true,
		Detection:   &api.Detection{Corrected: number(1.5), Bounds: interval, Tipping: number(0.3)},
		Sensitivity: []api.Variant{{ID: "bots", Label: "with bots among the changes without AI", Ratio: ratio, Events: 123456}},
	}
	var dated api.Effect
	if err := json.Unmarshal([]byte(`{"enough_on":"2033-11-05"}`), &dated); err != nil {
		panic(err)
	}
	for _, design := range []api.EffectDesign{"developer", "repository"} {
		comparison.Effects = append(comparison.Effects, api.Effect{
			Design: design, Adjustment: "direct", Ratio: ratio, Word: "No meaningful difference", Events: 1234567, Clusters: 12345, DesignEffect: number(123.4),
			SmallestSeen: number(123.4), EventsNeeded: number(1e9), EValue: number(123.45), EValueLimit: number(999.4), EnoughOn: dated.EnoughOn, Control: &ratio,
		})
	}
	part, of, few := int64(1234567), int64(12345678), "fewer than 5 people"
	yes := true
	return api.Claim{
		ID: "mistakes", Version: 3, Sentence: strings.Repeat("A long sentence. ", 20), Source: "somebody", Flips: "Moves off 1.", Caveats: []string{strings.Repeat("bear this in mind ", 20)},
		Answer: api.Answer{
			Word: "Undecided", Connect: []string{"incidents: a file of them"},
			Tables: []api.Table{{ID: "t", Title: "Second look", Note: strings.Repeat("how to read it ", 20), Measures: []api.Measure{
				{Label: strings.Repeat("a long label ", 12), Unit: "share", Value: number(0.25), Interval: &api.Interval{Low: number(0.2), High: number(0.3)}, Part: &part, Of: &of},
				{Label: "Wait", Unit: "hours", Value: number(3.14)},
				{Label: "Outage", Unit: "minutes", Value: number(41.2)},
				{Label: "Small", Unit: "ratio", Reason: &few, Suppressed: true},
				{Label: "Chance", Unit: "probability", Value: number(0.0345)},
				{Label: "Many", Unit: "count", Value: number(1234)},
			}}},
			Sentence: "It is undecided.", Detail: strings.Repeat("detail ", 60), Comparisons: []api.Comparison{comparison},
			Gates: []api.Gate{
				{Label: "Attribution", Passes: true, Detail: strings.Repeat("read ", 50)},
				{Label: "Freshness", Detail: "old"},
				{Label: "Negative control", Note: &yes, Detail: "needs incidents"},
			},
			Shares:      []api.Share{{Class: "ai_agent", Changes: 5, Lines: 7, Share: number(0.25)}},
			ShareBounds: &api.ShareBounds{Low: number(0.25), High: number(0.9)},
		},
	}
}

func TestClaimsFitTheTerminal(t *testing.T) {
	var out bytes.Buffer
	if err := printClaims(&out, api.ClaimList{Claims: []api.Claim{wide(), wide()}}); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > textWidth {
			t.Errorf("%d characters: %s", n, line)
		}
	}
	for _, want := range []string{
		"It is undecided.", "claim mistakes, version 3", "123456/1234567 10.0 %", "12.35 [0.12–> 999] (0.12–> 999)", "12.35 … –",
		"3 events in one group", "ok    Attribution", "fails Freshness", "note  Negative control", "AI agent", "25.0 % of changes if no unknown one had AI, 90.0 %",
		"No meaningful difference", "Undecided: It is undecided.", "To connect\n  incidents: a file of them", "The two designs contradict one another",
		"Four ways to compare, assisted, hot-fixed ≤ 72 h; the first decides", "on 2033-11-05", "with bots among the changes without AI  12.35", "1.50 (0.12–> 999)",
		"25.0 %  (20.0 % to 30.0 %)  1234567 of 12345678", "3.1 h", "41.2 min", "Small (fewer than 5 people)", "0.035", "1234\n", "Moves off 1.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said in\n%s", want, text)
		}
	}
}

func TestDecimal(t *testing.T) {
	for want, n := range map[string]*float64{"–": nil, "0.00": number(0), "1.50": number(1.5), "123": number(123.4), "> 999": number(1e6)} {
		if got := decimal(n); got != want {
			t.Errorf("decimal = %s, want %s", got, want)
		}
	}
}

// Wrapping loses no word and keeps to the width wherever the words let it.
func TestWrapped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zü]{1,40}`)).Draw(t, "words")
		first := rapid.StringMatching(`( |x){0,20}`).Draw(t, "first")
		var out bytes.Buffer
		wrapped(&out, first, strings.Join(words, " "))
		for line := range strings.Lines(out.String()) {
			if utf8.RuneCountInString(line)-1 > textWidth {
				t.Fatalf("too wide: %q", line)
			}
		}
		rest, ok := strings.CutPrefix(out.String(), first)
		if !ok || strings.Join(strings.Fields(rest), " ") != strings.Join(words, " ") {
			t.Fatalf("%q became %q", words, out.String())
		}
	})
}
