package github

import (
	"regexp"
	"slices"
	"strings"

	"github.com/baserate/baserate/record"
)

// reference is a change that a text names.
type reference struct {
	Role record.CauseRole
	Kind string // "pull_request" or "commit"
	Repo string
	Ref  string
}

// What people write in the issue of an incident: a phrase, and right behind it one change or more. A word such as "deploy" or
// "revert" says nothing: it is as often about what mended an outage.
var (
	statement = regexp.MustCompile(`(?i)\b(?:(caused by|root[ -]cause|introduced (?:by|in)|broken (?:by|in)|culprit)|(fixed (?:by|in|with)|mitigated by|resolved (?:by|in)|reverted (?:by|in)|fix|remedy))(?:\*\*|__)?[ \t]*(?:is|was|:|=|-|–)?(?:\*\*|__)?[ \t]*:?[ \t]*`)
	oneChange = regexp.MustCompile(`(?i)^(?:the |commit |pull request |pr |in |by |` + "`" + `|<)*(` +
		`https?://[^\s/]+/([\w.-]+/[\w.-]+)/(pull|commit)/([0-9a-fA-F]+)[^\s,;)>]*` +
		`|([\w.-]+/[\w.-]+)#(\d+)` +
		`|([\w.-]+/[\w.-]+)@([0-9a-fA-F]{7,64})\b` +
		`|#(\d+)\b` +
		`|([0-9a-fA-F]{7,64})\b)[` + "`" + `>]?`)
	between = regexp.MustCompile(`^[ \t]*(?:,|;|&|and\b|\+)[ \t]*(?:and\b[ \t]*)?`)
	denied  = regexp.MustCompile(`(?i)(?:\b(?:not|never|no longer|nor|neither|maybe|possibly|perhaps)|n['’]t)(?:[ \t]+\w+)?[ \t]*$`)
	unsaid  = regexp.MustCompile("(?s)<!--.*?-->|```.*?```|~~~.*?~~~")
	quoted  = regexp.MustCompile(`(?m)^[ \t]*>.*$`)
)

// parseReferences finds the changes that the text of an incident names as its cause or its remedy. What is in comments, quotations
// and blocks of code does not count, nor what is denied. Numbers without a repository are those of repo.
func parseReferences(text, repo string) []reference {
	text = quoted.ReplaceAllString(unsaid.ReplaceAllString(text, " "), " ")
	var found []reference
	for _, at := range statement.FindAllStringSubmatchIndex(text, -1) {
		if denied.MatchString(text[:at[0]]) {
			continue
		}
		role := record.RoleCause
		if at[2] < 0 {
			role = record.RoleFix
		}
		for rest := text[at[1]:]; ; {
			m := oneChange.FindStringSubmatch(rest)
			if m == nil {
				break
			}
			if r, ok := change(m, repo); ok && !slices.Contains(found, withRole(r, role)) {
				found = append(found, withRole(r, role))
			}
			rest = rest[len(m[0]):]
			sep := between.FindString(rest)
			if sep == "" {
				break
			}
			rest = rest[len(sep):]
		}
	}
	return found
}

func withRole(r reference, role record.CauseRole) reference {
	r.Role = role
	return r
}

// change reads what oneChange found.
func change(m []string, repo string) (reference, bool) {
	switch {
	case m[3] == "pull":
		return reference{Kind: "pull_request", Repo: m[2], Ref: m[4]}, decimal(m[4])
	case m[3] == "commit":
		return reference{Kind: "commit", Repo: m[2], Ref: strings.ToLower(m[4])}, len(m[4]) >= 7
	case m[6] != "":
		return reference{Kind: "pull_request", Repo: m[5], Ref: m[6]}, true
	case m[8] != "":
		return reference{Kind: "commit", Repo: m[7], Ref: strings.ToLower(m[8])}, true
	case m[9] != "":
		return reference{Kind: "pull_request", Repo: repo, Ref: m[9]}, true
	}
	return reference{Kind: "commit", Repo: repo, Ref: strings.ToLower(m[10])}, isHash(m[10])
}

// isHash tells the beginning of a commit's name from a word of the letters a to f, and from a number.
func isHash(s string) bool {
	return len(s) == 40 || len(s) == 64 || strings.ContainsAny(s, "0123456789") && strings.ContainsAny(strings.ToLower(s), "abcdef")
}

func decimal(s string) bool { return strings.Trim(s, "0123456789") == "" }
