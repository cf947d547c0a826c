package attribution

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The fields that a rule can match.
const (
	fieldAuthorEmail    = "author_email"
	fieldCommitterEmail = "committer_email"
	fieldCoauthorEmail  = "coauthor_email"
	fieldAuthorName     = "author_name"
	fieldCommitterName  = "committer_name"
	fieldTrailer        = "trailer"
	fieldLine           = "line"
	fieldSubject        = "subject"
	fieldBranch         = "branch"
	fieldLogin          = "pr_login"
	fieldBody           = "pr_body"
	fieldLabel          = "label"
	fieldGrammar        = "grammar"
	fieldUserAgent      = "user_agent"
	fieldSession        = "session"
	fieldAccount        = "account"
	fieldRole           = "role"
)

// matchWords looks for words one after another, see actions.yaml.
const matchWords = "words"

var emailFields = []string{fieldAuthorEmail, fieldCommitterEmail, fieldCoauthorEmail}

// matchesOf says which kinds of match make sense in a field.
var matchesOf = map[string][]string{
	fieldAuthorEmail:    {"exact", "github_id", "login", "regex"},
	fieldCommitterEmail: {"exact", "github_id", "login", "regex"},
	fieldCoauthorEmail:  {"exact", "github_id", "login", "regex"},
	fieldAuthorName:     {"exact", "regex"},
	fieldCommitterName:  {"exact", "regex"},
	fieldTrailer:        {"key"},
	fieldLine:           {"contains", "regex"},
	fieldSubject:        {"contains", "regex"},
	fieldBranch:         {"prefix"},
	fieldLogin:          {"exact"},
	fieldBody:           {"contains", "regex"},
	fieldLabel:          {"exact"},
	fieldGrammar:        {""},
	fieldUserAgent:      {"contains", "regex"},
	fieldSession:        {matchWords, "regex"},
	fieldAccount:        {matchWords, "regex"},
	fieldRole:           {matchWords, "regex"},
}

// check reports everything that is wrong with the file, each error naming the rule and the key.
func (r *Rules) check() error {
	var all []error
	for i := range r.Tools {
		all = append(all, r.Tools[i].check(i)...)
	}
	for i := range r.Rules {
		all = append(all, r.Rules[i].check(i)...)
	}
	for i, bot := range r.Bots {
		if bot.ID == "" {
			all = append(all, fmt.Errorf("bot %d: id: missing", i+1))
		}
	}
	return errors.Join(all...)
}

func (t *Tool) check(i int) []error {
	var all []error
	bad := func(key, format string, args ...any) {
		all = append(all, fmt.Errorf("tool %d (%q): %s: %s", i+1, t.ID, key, fmt.Sprintf(format, args...)))
	}
	if t.ID == "" {
		bad("id", "missing")
	}
	if t.Since.IsZero() {
		bad("since", "missing: give the launch date, such as 2026-01-31")
	}
	if !slices.Contains([]string{"", "model", "generic"}, t.Kind) {
		bad("kind", "%q is none of model, generic", t.Kind)
	}
	for _, name := range slices.Concat(t.Names, t.Prefixes, t.Weak) {
		if len(name) < 2 || name != strings.ToLower(name) || !alphanumeric(name[0]) {
			bad("names", "%q must be two or more characters, lower case, and begin with a letter or digit", name)
		}
	}
	return all
}

func (r *Rule) check(i int) []error {
	var all []error
	bad := func(key, format string, args ...any) {
		all = append(all, fmt.Errorf("rule %d (%q): %s: %s", i+1, r.ID, key, fmt.Sprintf(format, args...)))
	}
	if r.ID == "" {
		bad("id", "missing")
	}
	if len(r.Fields) == 0 {
		bad("fields", "missing")
	}
	r.checkMatch(bad)
	if r.Confidence <= 0 || r.Confidence > 1 {
		bad("confidence", "%v is not above 0 and at most 1", r.Confidence)
	}
	if !slices.Contains([]Class{"", Automation, Human}, r.Class) {
		bad("class", "%q is none of automation, human; leave it out for AI", r.Class)
	}
	ai := []Autonomy{AutonomyAgent, AutonomyAssist, AutonomyUnknown}
	if r.Class == "" && !slices.Contains(ai, r.Autonomy) {
		bad("autonomy", "%q is none of agent, assist, unknown", r.Autonomy)
	}
	if !r.ValidTo.IsZero() && r.ValidTo.Before(r.ValidFrom.Time) {
		bad("valid_to", "before valid_from")
	}
	for key, pattern := range map[string]string{"pattern": r.Pattern, "exclude": r.Exclude} {
		if _, err := regexp.Compile(pattern); err != nil {
			bad(key, "%v", err)
		}
	}
	return all
}

// checkMatch checks what the kind of match needs.
func (r *Rule) checkMatch(bad func(key, format string, args ...any)) {
	for _, field := range r.Fields {
		kinds, known := matchesOf[field]
		switch {
		case !known:
			bad("fields", "%q is no field of a commit, pull request or action", field)
		case !slices.Contains(kinds, r.Match):
			bad("match", "%q does not work on %s; take one of %s", r.Match, field, strings.Join(kinds, ", "))
		}
	}
	if slices.Contains(r.Fields, fieldGrammar) {
		return
	}
	if r.Tool == "" {
		bad("tool", "missing")
	}
	if len(r.Values) == 0 {
		bad("values", "missing")
	}
	for _, value := range r.Values {
		if len(value) < 2 && r.Match != "github_id" {
			bad("values", "%q is too short to look for", value)
		}
	}
	if r.Match == "regex" && r.Pattern == "" {
		bad("pattern", "missing: regex needs one")
	}
}

func alphanumeric(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}
