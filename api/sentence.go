package api

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/store"
)

// names are how the values of a filter are called in a sentence.
var names = map[string]string{
	"ai_agent": "AI agent", "ai_assisted": "AI-assisted", "human": "human", "automation": "automation", "unknown": "unknown",

	"pull_request": "pull requests", "push": "pushes", "action": "actions",

	"independent": "reviewed by another person", "stale": "reviewed before the last commit", "ai_only": "reviewed by AI alone",
	"self": "reviewed by the author", "after_merge": "reviewed after landing", "none": "not reviewed", "bypassed": "review bypassed",
	"not_collected": "review not known",

	"mistake": "turned out to be mistakes", "incident": "caused an incident", "major": "caused a severe incident",
	"reverted_14d": "reverted within 14 days", "hotfixed_72h": "hot-fixed within 72 hours", "failed_deployment": "failed their deployment",
	"rework_21d": "reworked within 21 days", "control": "struck by an incident that no change caused",
	"mistake_3d": "mistakes seen within 3 days", "mistake_7d": "mistakes seen within 7 days", "mistake_30d": "mistakes seen within 30 days",
	"mistake_sure": "mistakes by sure links alone", "reverted": "reverted",
}

// levels are how permissions are called in a sentence: two of them are words of a review too.
var levels = map[string]string{
	"none": "no permission", "read": "read permission", "triage": "triage permission", "write": "write permission",
	"maintain": "maintain permission", "admin": "admin permission", "operator": "operator permission", "unknown": "permission not known",
}

// sentence says how many changes there are and which, such as
// "118 changes · AI agent · reverted within 14 days · 13 Jul – 4 Oct 2026".
func sentence(total uint64, f store.ChangeFilter) string {
	parts := []string{analysis.Count(total) + " changes"}
	if total == 1 {
		parts[0] = "1 change"
	}
	for _, values := range [][]string{f.Repos, f.Classes, f.Tools, f.Kinds, f.Reviews, f.Teams} {
		if len(values) > 0 {
			parts = append(parts, alternatives(values, names))
		}
	}
	if len(f.Permissions) > 0 {
		parts = append(parts, alternatives(f.Permissions, levels))
	}
	if f.Raised != nil {
		parts = append(parts, map[bool]string{true: "permission above the usual", false: "usual permission or less"}[*f.Raised])
	}
	if f.Instant != nil {
		parts = append(parts, map[bool]string{true: "landed within a minute", false: "not landed within a minute"}[*f.Instant])
	}
	if f.MinLines > 0 {
		parts = append(parts, fmt.Sprintf("%s lines or more", analysis.Count(uint64(f.MinLines))))
	}
	if f.MaxLines != nil {
		parts = append(parts, fmt.Sprintf("%s lines or less", analysis.Count(uint64(*f.MaxLines))))
	}
	if len(f.Tiers) > 0 {
		parts = append(parts, "tier "+alternatives(all(f.Tiers, strconv.Itoa), map[string]string{"0": "not known"}))
	}
	if f.ChangeID != "" {
		parts = append(parts, f.ChangeID)
	}
	if f.Outcome != "" {
		parts = append(parts, names[f.Outcome])
	}
	if f.Mature != nil {
		parts = append(parts, map[bool]string{true: "14 days over", false: "younger than 14 days"}[*f.Mature])
	}
	if f.Followed > 0 {
		parts = append(parts, fmt.Sprintf("%d days over", f.Followed))
	}
	if span := span(f.From, f.To); span != "" {
		parts = append(parts, span)
	}
	return strings.Map(printable, strings.Join(parts, " · "))
}

// alternatives names up to three values, and counts the others. Human and unknown together are the group that AI is
// compared with.
func alternatives(values []string, names map[string]string) string {
	if slices.Equal(values, []string{"human", "unknown"}) {
		return "no AI recorded"
	}
	shown := all(values[:min(3, len(values))], func(v string) string {
		if name, ok := names[v]; ok {
			return name
		}
		return v
	})
	if more := len(values) - len(shown); more > 0 {
		return fmt.Sprintf("%s or %d others", strings.Join(shown, ", "), more)
	}
	if last := len(shown) - 1; last > 0 {
		return strings.Join(shown[:last], ", ") + " or " + shown[last]
	}
	return shown[0]
}

// span says the days from the first to the last that counts: to itself does not.
func span(from, to time.Time) string {
	const full = "2 Jan 2006"
	last := to.AddDate(0, 0, -1)
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return "since " + from.Format(full)
	case from.IsZero():
		return "until " + last.Format(full)
	case from.Equal(last):
		return last.Format(full)
	case from.Year() == last.Year():
		return from.Format("2 Jan") + " – " + last.Format(full)
	}
	return from.Format(full) + " – " + last.Format(full)
}

// printable keeps what a person can read: a filter may name anything, and the sentence is a line of the export.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}
