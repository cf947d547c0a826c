package outage

import (
	"regexp"
	"strings"
)

// severities are the words that trackers, monitors and status pages use, by level: 1 is worst.
var severities = map[string]uint8{
	"critical": 1, "blocker": 1, "highest": 1, "fatal": 1, "emergency": 1, "disaster": 1, "page": 1,
	"major": 2, "high": 2, "error": 2, "severe": 2,
	"minor": 3, "medium": 3, "moderate": 3, "warning": 3, "average": 3, "normal": 3,
	"low": 4, "none": 4,
	"lowest": 5, "trivial": 5, "info": 5, "informational": 5, "cosmetic": 5,
}

// level matches a level in digits: "SEV1", "sev-2", "P3", "S 4", "2", "1 - Critical".
var level = regexp.MustCompile(`^(?:sev|severity|priority|prio|s|p)?[\s_-]*([0-9])\b`)

// Severity is the level that a word stands for, 1 worst … 5. Level 0, which some count from, is level 1. Unknown words are not
// known, which is not the same as harmless.
func Severity(word string) (severity uint8, known bool) {
	word = strings.ToLower(strings.TrimSpace(word))
	if severity, known = severities[word]; known {
		return severity, true
	}
	digits := level.FindStringSubmatch(word)
	if digits == nil {
		return 0, false
	}
	return min(max(digits[1][0]-'0', 1), 5), true
}
