package attribution

import (
	_ "embed"
	"strings"
	"time"
	"unicode"
)

//go:embed actions.yaml
var builtinActions []byte

// Action is what ClassifyAction reads of something that was done to a running system. Every field may be left empty.
type Action struct {
	Account   string // user, service account or service: "system:serviceaccount:agents:claude-code"
	Role      string // the right it was done with: a role's ARN, or the user that was impersonated
	UserAgent string
	Session   string
	Console   bool // clicked in a web console, by somebody who signed in with a second factor
	At        time.Time
}

// ActionRulesVersion names the rules that actions are read by, as [Classifier.RulesVersion] does those of commits.
func (c *Classifier) ActionRulesVersion() string { return c.actionVersion }

// actionGrammar changes when the code reads actions differently with the same rules.
const actionGrammar = "a1"

// ClassifyAction says who or what did an action, by its own record. Without a marker it is Unknown: people and agents run the
// same command lines.
func (c *Classifier) ClassifyAction(a Action) Verdict {
	v := Verdict{Class: Unknown}
	at := unix(a.At)
	for _, f := range [...]struct {
		field, value string
		mode         Mode
	}{
		{fieldUserAgent, a.UserAgent, ModeUserAgent},
		{fieldSession, a.Session, ModeSession},
		{fieldAccount, a.Account, ModeAccount},
		{fieldRole, a.Role, ModeRole},
	} {
		if e, ok := c.named(f.field, f.value, f.mode, at); ok {
			v.All, v.Class = append(v.All, e), e.Class
		}
	}
	if a.Console {
		v.All, v.Class = append(v.All, c.evidenceOf(c.grammar["console.person"], "", ModeConsole, "console")), Human
	}
	if len(v.All) == 0 {
		return c.join(nil)
	}
	return c.lead(v.All)
}

// named returns what the first rule that matches says of one value.
func (c *Classifier) named(field, value string, mode Mode, at int64) (Evidence, bool) {
	if value == "" {
		return Evidence{}, false
	}
	lower := strings.ToLower(value)
	var words string
	for _, r := range c.actions[field] {
		if at != 0 && (at < r.from || r.to != 0 && at > r.to) {
			continue
		}
		if r.Match == matchWords && words == "" {
			words = wordsOf(value)
		}
		if quote, ok := r.matchName(lower, words); ok {
			return c.evidenceOf(r, r.Tool, mode, quote), true
		}
	}
	return Evidence{}, false
}

// matchName returns the part of a name that a rule matches: no more of it, since the rest may be a person's.
func (r *rule) matchName(lower, words string) (string, bool) {
	for _, value := range r.Values {
		switch {
		case r.Match == matchWords:
			if strings.Contains(words, " "+value+" ") {
				return value, true
			}
		case !strings.Contains(lower, value):
		case r.pattern == nil:
			return tokenAround(lower, value), true
		default:
			if found := r.pattern.FindString(lower); found != "" {
				return found, true
			}
		}
	}
	return "", false
}

// tokenAround is the piece between spaces that a value stands in: a program with its version.
func tokenAround(text, value string) string {
	at := strings.Index(text, value)
	begin := strings.LastIndexByte(text[:at], ' ') + 1
	end := at + len(value)
	if more := strings.IndexByte(text[end:], ' '); more >= 0 {
		end += more
	} else {
		end = len(text)
	}
	return text[begin:end]
}

// wordsOf cuts a name at capitals and at whatever is no letter or digit: "ClaudeCode/run-7" becomes " claude code run 7 ".
func wordsOf(name string) string {
	var b strings.Builder
	b.WriteByte(' ')
	small, open := false, false
	for _, r := range name {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if open && (!letter || small && unicode.IsUpper(r)) {
			b.WriteByte(' ')
			open = false
		}
		if letter {
			b.WriteRune(unicode.ToLower(r))
			open = true
		}
		small = unicode.IsLower(r) || unicode.IsDigit(r)
	}
	if open {
		b.WriteByte(' ')
	}
	return b.String()
}
