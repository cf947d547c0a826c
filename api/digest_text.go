package api

import (
	"fmt"
	"strings"
	"time"
)

// digestSection is a section as its title stands over it; those that always stand say so when there is nothing in them.
type digestSection struct {
	ID     DigestSectionID
	name   string
	always bool
}

// digestSections are in the order in which they are told: what changed first.
var digestSections = []digestSection{
	{SectionChanged, "Answers that changed", true},
	{SectionLimits, "Limits and targets crossed", true},
	{SectionAdoption, "Adoption", false},
	{SectionReviews, "Skipped reviews", false},
	{SectionRedefined, "Defined anew, so not compared with the week before", false},
	{SectionSame, "Unchanged", false},
}

func (s digestSection) title(first bool) string {
	if first && s.ID == SectionSame {
		return "First answers"
	}
	return s.name
}

// markdown is the digest as a text to be sent. pages is where the pages are, without a slash at its end.
func (d Digest) markdown(pages string) string {
	var w strings.Builder
	fmt.Fprintf(&w, "# baserate, week %s (from %s)\n\n%s\n", d.Week, d.From.Format("2 Jan 2006"), d.Headline)
	if !d.Over {
		w.WriteString("\nThe week is not over: its answers may still change.\n")
	}
	for _, s := range d.Sections {
		fmt.Fprintf(&w, "\n## %s\n\n", s.Title)
		if len(s.Items) == 0 {
			w.WriteString("None.\n")
		}
		for _, i := range s.Items {
			w.WriteString(i.markdown(s.ID, pages))
		}
	}
	fmt.Fprintf(&w, "\n%s/digest/%s\n", pages, d.Week)
	return w.String()
}

func (i DigestItem) markdown(section DigestSectionID, pages string) string {
	link := fmt.Sprintf("[%s](%s/claims/%s)", i.Question, pages, i.Claim)
	switch section {
	case SectionAdoption, SectionReviews:
		return strings.TrimSpace(i.Sentence+" "+i.Detail) + " " + link + "\n"
	case SectionSame:
		return fmt.Sprintf("- %s %s.\n", link, i.Word)
	}
	word := i.Word
	if i.Before != nil {
		word = i.Before.Word + ", now " + i.Word
	}
	return fmt.Sprintf("- %s %s. %s\n", link, word, i.Sentence)
}

// weekOf is the ISO week of a moment as the addresses of digests name it: 2026-W40.
func weekOf(t time.Time) string {
	year, week := t.UTC().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// mondayOf is the day that a week begins on, false for what names no week.
func mondayOf(week string) (time.Time, bool) {
	var year, number int
	if _, err := fmt.Sscanf(week, "%4d-W%2d", &year, &number); err != nil {
		return time.Time{}, false
	}
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in the first week
	day := monday(fourth).AddDate(0, 0, 7*(number-1))
	return day, weekOf(day) == week
}
