package api

import (
	"encoding/csv"
	"math"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/oapi-codegen/runtime/types"
	"pgregory.net/rapid"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

func on(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestSentence(t *testing.T) {
	yes, no := true, false
	for want, tc := range map[string]struct {
		total  uint64
		filter store.ChangeFilter
	}{
		"0 changes": {0, store.ChangeFilter{}},
		"1 change":  {1, store.ChangeFilter{}},
		"118 changes · AI agent · reverted within 14 days · 13 Jul – 4 Oct 2026": {118, store.ChangeFilter{
			Classes: []string{"ai_agent"}, Outcome: "reverted_14d", From: on("2026-07-13"), To: on("2026-10-05"),
		}},
		"12\u202f345 changes · no AI recorded · 14 days over":                                    {12345, store.ChangeFilter{Classes: []string{"human", "unknown"}, Mature: &yes}},
		"1\u202f000\u202f000 changes · a, b, c or 2 others · pushes":                             {1e6, store.ChangeFilter{Repos: []string{"a", "b", "c", "d", "e"}, Kinds: []string{"push"}}},
		"2 changes · pull requests, pushes or actions · review not known · younger than 14 days": {2, store.ChangeFilter{Kinds: []string{"pull_request", "push", "action"}, Reviews: []string{"not_collected"}, Mature: &no}},
		"2 changes · payments · no permission or operator permission · permission above the usual · caused an incident · 21 days over": {2, store.ChangeFilter{
			Teams: []string{"payments"}, Permissions: []string{"none", "operator"}, Raised: &yes, Outcome: "incident", Followed: 21,
		}},
		"2 changes · not landed within a minute · 1\u202f001 lines or more": {2, store.ChangeFilter{Instant: &no, MinLines: 1001}},
		"1 change · o/r@ab":                    {1, store.ChangeFilter{ChangeID: "o/r@ab"}},
		"2 changes · since 1 Jan 2026":         {2, store.ChangeFilter{From: on("2026-01-01")}},
		"2 changes · until 31 Dec 2025":        {2, store.ChangeFilter{To: on("2026-01-01")}},
		"2 changes · 31 Dec 2025":              {2, store.ChangeFilter{From: on("2025-12-31"), To: on("2026-01-01")}},
		"2 changes · 31 Dec 2025 – 1 Jan 2026": {2, store.ChangeFilter{From: on("2025-12-31"), To: on("2026-01-02")}},
		"2 changes · line  # one · reverted":   {2, store.ChangeFilter{Repos: []string{"line\n\x1b# one"}, Outcome: "reverted"}},
	} {
		if got := sentence(tc.total, tc.filter); got != want {
			t.Errorf("sentence = %q, want %q", got, want)
		}
	}
}

// Every value that the contract lets through has a name, so that no sentence says not_collected.
func TestEveryValueHasAName(t *testing.T) {
	spec, err := GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range spec.Components.Schemas["Permission"].Value.Enum {
		if levels[value.(string)] == "" {
			t.Errorf("permission %q has no name", value)
		}
	}
	for _, schema := range []string{"AuthorClass", "ChangeKind", "ReviewState", "Outcome"} {
		for _, value := range spec.Components.Schemas[schema].Value.Enum {
			if names[value.(string)] == "" {
				t.Errorf("%s %q has no name", schema, value)
			}
		}
	}
}

func TestCursorRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := store.ChangeKey{
			LandedAt: time.Unix(rapid.Int64Range(on("1900-01-01").Unix(), on("2299-12-31").Unix()).Draw(t, "seconds"), 0).UTC(),
			ChangeID: rapid.StringN(1, 60, -1).Draw(t, "id"),
		}
		text := writeCursor(want)
		if url.QueryEscape(text) != text {
			t.Fatalf("cursor %q has to be escaped in an address", text)
		}
		got, err := readCursor(text)
		if err != nil || got != want {
			t.Fatalf("%+v became %+v, %v", want, got, err)
		}
	})
}

// Whatever comes as a cursor, it is one or it is refused.
func TestCursorOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, err := readCursor(rapid.OneOf(rapid.String(), rapid.StringMatching(`[A-Za-z0-9_-]{0,60}`)).Draw(t, "cursor"))
		if err == nil && (key.ChangeID == "" || !inRange(key.LandedAt)) {
			t.Fatalf("%+v was taken", key)
		}
	})
}

// The query string of a filter reads back as the same filter.
func TestQueryRoundTrip(t *testing.T) {
	yes := true
	want := store.ChangeFilter{
		Repos: []string{"o/r", "ü&=#"}, Classes: []string{"human"}, Tools: []string{"a b"}, Outcome: "mistake", Mature: &yes,
		From: on("2026-01-02"), To: on("2026-03-04"), Teams: []string{"a", "ü"}, Permissions: []string{"operator"}, Raised: &yes, Instant: &yes,
		Followed: 21, MinLines: 1001, ChangeID: "o/r@=&",
	}
	values, err := url.ParseQuery(query(want))
	if err != nil {
		t.Fatal(err)
	}
	list := func(key string) *[]string {
		parts := strings.Split(values.Get(key), ",")
		return &parts
	}
	permission, change := []Permission{Permission(values.Get("permission"))}, values.Get("change")
	followed, err := strconv.Atoi(values.Get("followed"))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := strconv.Atoi(values.Get("min_lines"))
	if err != nil {
		t.Fatal(err)
	}
	if values.Get("above_usual") != "true" || values.Get("instant") != "true" {
		t.Errorf("%v", values)
	}
	class, outcome := []AuthorClass{AuthorClass(values.Get("class"))}, Outcome(values.Get("outcome"))
	got, err := readFilter(ExportChangesParams{
		Team: list("team"), Permissions: &permission, AboveUsual: &yes, Instant: &yes, Followed: &followed, MinLines: &lines, OneChange: &change,
		Repo: list("repo"), Class: &class, Tool: list("tool"), Outcome: &outcome, Mature: &yes,
		From: &types.Date{Time: on(values.Get("from"))}, To: &types.Date{Time: on(values.Get("to"))},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// No text comes out of the guard in a form that runs, and what is harmless is left as it is.
func TestInert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+\-@\t\r\n＝＋－＠a' ]{0,4}`)).Draw(t, "text")
		got := inert(text)
		if strings.IndexAny(got, "=+-@\t\r\n＝＋－＠") == 0 || strings.TrimPrefix(got, "'") != strings.TrimPrefix(text, "'") {
			t.Fatalf("%q became %q", text, got)
		}
		if !strings.ContainsAny(text, "=+-@\t\r\n＝＋－＠") && got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

func TestExportHasTheFieldsOfAChange(t *testing.T) {
	spec, err := GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	fields := spec.Components.Schemas["Change"].Value.Properties
	if len(columns) != len(fields) || len(cells(&store.Change{})) != len(columns) {
		t.Errorf("%d columns and %d cells for %d fields", len(columns), len(cells(&store.Change{})), len(fields))
	}
	for _, name := range columns {
		if fields[name] == nil {
			t.Errorf("column %s is no field of a change", name)
		}
	}
	if _, err := csv.NewReader(strings.NewReader(strings.Join(columns, ","))).Read(); err != nil {
		t.Error(err)
	}
}

// A number that does not exist, or has no end, is null and says why.
func TestEncodeRatio(t *testing.T) {
	none := stats.Interval{Low: stats.Undefined(stats.NotEstimable), High: stats.Undefined(stats.NotEstimable)}
	half := stats.Interval{Low: stats.Num(0.5), High: stats.Num(math.Inf(1))}
	for name, tc := range map[string]struct {
		ratio  analysis.Ratio
		reason string
		value  bool
		always bool
	}{
		"number":    {analysis.Ratio{Value: stats.Num(1.5), Fixed: half, AlwaysValid: half}, "", true, true},
		"undefined": {analysis.Ratio{Value: stats.Undefined(stats.NoOverlap), Fixed: none, AlwaysValid: none}, string(stats.NoOverlap), false, false},
		"infinite":  {analysis.Ratio{Value: stats.Num(math.Inf(1)), Fixed: half, AlwaysValid: none}, "no events in the group that it is compared with", false, false},
	} {
		got := encodeRatio(tc.ratio)
		if (got.Value != nil) != tc.value || (got.AlwaysValid != nil) != tc.always || (got.Reason == nil) != (tc.reason == "") || got.Reason != nil && *got.Reason != tc.reason {
			t.Errorf("%s: %+v", name, got)
		}
		if got.Fixed.High != nil {
			t.Errorf("%s: an interval without an end has the end %v", name, *got.Fixed.High)
		}
	}
}

// Where there is no answer, no ratio is to be read either; the counts are.
func TestNoRatioWithoutAnAnswer(t *testing.T) {
	one := analysis.Ratio{Value: stats.Num(1), Strata: 3}
	c := analysis.Comparison{Crude: one, AllHuman: one, AllAI: one, Exposed: analysis.Arm{Events: 3, Changes: 40}, Reason: "3 events in one group"}
	for code, shown := range map[analysis.Code]bool{analysis.NoData: false, analysis.Gated: false, analysis.Undecided: true, analysis.More: true} {
		c.Code = code
		c.Effects = []analysis.Effect{
			{Design: analysis.SameRepository, Adjustment: analysis.Direct, Ratio: one, Code: code, Reason: c.Reason, EValue: stats.Num(2)},
			{Design: analysis.SameRepository, Adjustment: analysis.Total, Ratio: one, Code: code, Reason: c.Reason},
		}
		got := encodeComparison(c)
		if (got.Effects[0].EValue != nil) != shown || !got.Effects[0].Deciding || got.Effects[1].Deciding {
			t.Errorf("%s: effects %+v", code, got.Effects)
		}
		for name, r := range map[string]Ratio{
			"crude": got.Crude, "total": got.Total, "direct": got.Direct, "all human": got.UnknownBounds.AllHuman, "all AI": got.UnknownBounds.AllAi,
		} {
			if (r.Value != nil) != shown || !shown && (r.Reason == nil || *r.Reason != c.Reason) {
				t.Errorf("%s: %s = %+v, want it shown: %t", code, name, r, shown)
			}
		}
		// Each effect is withheld by its own code.
		c.Effects[1].Code, c.Effects[1].Reason = analysis.NoData, "few"
		if other := encodeComparison(c); other.Total.Value != nil || (other.Direct.Value != nil) != shown || *other.Effects[1].Ratio.Reason != "few" {
			t.Errorf("%s with a total effect without data: %+v", code, other)
		}
		if got.Exposed.Events != 3 || got.Exposed.Changes != 40 {
			t.Errorf("%s: counts %+v", code, got.Exposed)
		}
	}
}
