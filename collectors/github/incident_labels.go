package github

import (
	"regexp"
	"slices"
	"strings"

	"github.com/baserate/baserate/record"
)

var (
	gradeLabel   = regexp.MustCompile(`(?i)^(?:severity|sev|priority|prio|p|s)[\s:/_-]*([1-5])$`)
	wordLabel    = regexp.MustCompile(`(?i)^(?:(?:severity|sev|impact|priority)[\s:/_-]*)?(critical|blocker|major|high|medium|moderate|minor|low|trivial)$`)
	serviceLabel = regexp.MustCompile(`(?i)^(?:service|component|app)[\s]*[:/][\s]*(.+)$`)
	repoLabel    = regexp.MustCompile(`(?i)^repo(?:sitory)?[\s]*[:/][\s]*([\w.-]+/[\w.-]+)$`)
	causeLabel   = regexp.MustCompile(`(?i)^(?:root[ _-])?cause[\s]*[:/][\s]*(.+)$`)
)

// grades are the words for how bad an incident is.
var grades = map[string]uint8{
	"critical": 1, "blocker": 1, "major": 2, "high": 2, "medium": 3, "moderate": 3, "minor": 4, "low": 4, "trivial": 5,
}

// severityOf is the gravest of the labels that say one; 0 when none does.
func severityOf(labels []string) uint8 {
	var gravest uint8
	for _, label := range labels {
		var n uint8
		if m := gradeLabel.FindStringSubmatch(strings.TrimSpace(label)); m != nil {
			n = m[1][0] - '0'
		} else if m := wordLabel.FindStringSubmatch(strings.TrimSpace(label)); m != nil {
			n = grades[strings.ToLower(m[1])]
		}
		if n > 0 && (gravest == 0 || n < gravest) {
			gravest = n
		}
	}
	return gravest
}

// named lists what labels of one form name, such as "service: checkout".
func named(labels []string, form *regexp.Regexp) []string {
	var names []string
	for _, label := range labels {
		if m := form.FindStringSubmatch(strings.TrimSpace(label)); m != nil {
			names = append(names, strings.TrimSpace(m[1]))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// causeTypeOf is the kind of cause that a label declares.
func causeTypeOf(labels []string) record.CauseType {
	known := []record.CauseType{
		record.CauseChange, record.CauseConfig, record.CauseCapacity, record.CauseDependency, record.CauseHardware, record.CauseSecurity,
	}
	for _, name := range named(labels, causeLabel) {
		if t := record.CauseType(strings.ToLower(name)); slices.Contains(known, t) {
			return t
		}
	}
	return record.CauseUnknown
}
