package api

import (
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis"
)

var digestWeek = time.Date(2026, 9, 28, 0, 0, 0, 0, time.UTC)

func TestWeeksAreISOWeeks(t *testing.T) {
	for week, day := range map[string]string{"2026-W40": "2026-09-28", "2026-W01": "2025-12-29", "2026-W53": "2026-12-28", "2025-W01": "2024-12-30"} {
		begins, ok := mondayOf(week)
		if !ok || begins.Format(time.DateOnly) != day || weekOf(begins.AddDate(0, 0, 6)) != week {
			t.Errorf("%s begins on %v, %t, and its Sunday is in %s", week, begins, ok, weekOf(begins.AddDate(0, 0, 6)))
		}
	}
	for _, none := range []string{"2025-W53", "2026-W00", "2026-40", ""} {
		if begins, ok := mondayOf(none); ok {
			t.Errorf("%q begins on %v", none, begins)
		}
	}
}

// answered are the answers of weeks one after the other, the digest's week the last of them but for later.
func answered(later int, codes ...string) []analysis.Recorded {
	past := make([]analysis.Recorded, len(codes))
	for i, code := range codes {
		week := digestWeek.AddDate(0, 0, 7*(i+1+later-len(codes)))
		past[i] = analysis.Recorded{Week: week, Code: analysis.Code(code), Word: code, Flipped: i > 0 && codes[i-1] != code}
	}
	return past
}

func digestClaim(id, word string, target *float64) Claim {
	return Claim{ID: id, Question: "Is it " + id + "?", Target: target, Answer: Answer{Word: word, Sentence: "It is " + word + "."}}
}

func section(d Digest, id DigestSectionID) (items []DigestItem) {
	for _, s := range d.Sections {
		if s.ID == id {
			items = s.Items
		}
	}
	return items
}

// A change is told in the week that it came, with the answer of the week before and not an older one.
func TestDigestsTellAChangeOnce(t *testing.T) {
	claims := []Claim{digestClaim("mistakes", "more", nil)}
	past := map[string][]analysis.Recorded{"mistakes": answered(0, "fewer", "undecided", "more")}
	d := digestOf(claims, past, digestWeek)
	changed := section(d, SectionChanged)
	if len(changed) != 1 || changed[0].Before == nil || changed[0].Before.Word != "undecided" || d.Headline != "1 answer changed." || d.First {
		t.Errorf("%+v", d)
	}
	past["mistakes"] = answered(-1, "undecided", "more")
	if d := digestOf(claims, past, digestWeek); len(section(d, SectionChanged)) != 0 || len(section(d, SectionSame)) != 1 || d.Headline != "No answer changed." {
		t.Errorf("a week later: %+v", d)
	}
	past["mistakes"] = answered(1, "more", "undecided")
	if d := digestOf(claims, past, digestWeek); len(section(d, SectionChanged)) != 0 || !d.First || d.Headline != "These are the first answers." {
		t.Errorf("the first week: %+v", d)
	}
}

// Limits are of claims with a target; a new definition is no change of the answer.
func TestDigestsTellLimitsAndDefinitionsApart(t *testing.T) {
	target := 0.8
	claims := []Claim{digestClaim("mistakes", "more", nil), digestClaim("adoption", "reached", &target), digestClaim("second_person", "counted", nil)}
	anew := answered(0, "undecided", "more")
	anew[1].Redefined = true
	past := map[string][]analysis.Recorded{"mistakes": anew, "adoption": answered(0, "missed", "reached"), "second_person": answered(0, "counted", "counted")}
	d := digestOf(claims, past, digestWeek)
	for id, want := range map[DigestSectionID]string{
		SectionChanged: "", SectionLimits: "adoption", SectionAdoption: "adoption", SectionReviews: "second_person", SectionRedefined: "mistakes",
		SectionSame: "second_person",
	} {
		got := ""
		for _, i := range section(d, id) {
			got += i.Claim
		}
		if got != want {
			t.Errorf("section %s tells of %q, want %q", id, got, want)
		}
	}
	text := d.markdown("http://here/demo")
	for _, part := range []string{
		"# baserate, week 2026-W40 (from 28 Sep 2026)\n\n1 answer changed.\n", "## Answers that changed\n\nNone.\n",
		"## Limits and targets crossed\n\n- [Is it adoption?](http://here/demo/claims/adoption) missed, now reached. It is reached.\n",
		"## Adoption\n\nIt is reached. [Is it adoption?]", "## Unchanged\n\n- [Is it second_person?](http://here/demo/claims/second_person) counted.\n",
		"\nhttp://here/demo/digest/2026-W40\n",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("the text has no %q:\n%s", part, text)
		}
	}
}

func TestNeighboursOfAWeek(t *testing.T) {
	weeks := []time.Time{digestWeek.AddDate(0, 0, -21), digestWeek.AddDate(0, 0, -7), digestWeek, digestWeek.AddDate(0, 0, 14)}
	before, after := besides(weeks, digestWeek)
	if before == nil || *before != "2026-W39" || after == nil || *after != "2026-W42" {
		t.Errorf("%v, %v", before, after)
	}
	if before, after := besides(weeks[2:3], digestWeek); before != nil || after != nil {
		t.Errorf("%v, %v", *before, *after)
	}
}
