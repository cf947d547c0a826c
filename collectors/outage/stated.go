package outage

import (
	"regexp"
	"strings"
)

// claimed matches the words that say a cause, with what may stand between them and the name of the change.
var claimed = regexp.MustCompile(`(?i)\b(?:(?:caused|introduced|broken|triggered) by|root[ -]cause:|culprit:)\s*:?\s*` + between)

const between = `(?:(?:the|this)\s+)?(?:(?:commit|change|pull request|pr|merge request|mr|revision)\b\s*)?[(\[<"'` + "`" + `]*`

// named matches the name of a change: a link, owner/name#12, owner/name@hash, #12 or a hash.
var named = regexp.MustCompile(`(?i)^(?:(https?://[^\s<>"')\]]+)|([\w.-]+/[\w.-]+)(#[0-9]+|@[0-9a-f]{7,64})\b|(#[0-9]+)\b|([0-9a-f]{7,64})\b)`)

// further matches what joins one name of a change to the next.
var further = regexp.MustCompile(`(?i)^[)\]>"'` + "`" + `]*\s*(?:,|and|&)\s*(?:and\s+)?` + between)

// doubted matches words before a claim, in its sentence, that take it back or leave it open.
var doubted = regexp.MustCompile(`(?i)(?:\bnot|n['’]t|\b(?:never|no longer|may|might|could|can|cannot|possibly|perhaps|probably|likely|unlikely|suspect\w*|think|believe\w*|if|whether|ruled? out|rather than|instead of))\b[^.!?\n]*$`)

// Stated finds changes that a text says to be the cause: the words "caused by", "introduced by", "broken by", "triggered by",
// "root cause:" or "culprit:" directly before the change's link, hash or number. What is denied, doubted or asked is not stated.
// A bare number needs the one repository that it can belong to; a bare hash is looked for in each of them.
func Stated(text string, repos []string) []Ref {
	var all []Ref
	for _, at := range claimed.FindAllStringIndex(text, -1) {
		if doubted.MatchString(text[:at[0]]) {
			continue
		}
		refs, rest := list(text[at[1]:], repos)
		if end := strings.IndexAny(rest, ".!?\n"); end >= 0 && rest[end] == '?' {
			continue
		}
		all = append(all, refs...)
	}
	return all
}

// list reads "#12, #13 and owner/name@abc1234" and returns what follows it.
func list(text string, repos []string) (refs []Ref, rest string) {
	for {
		m := named.FindStringSubmatch(text)
		if m == nil {
			return refs, text
		}
		refs = append(refs, of(m, repos)...)
		text = text[len(m[0]):]
		join := further.FindString(text)
		if join == "" || named.FindString(text[len(join):]) == "" {
			return refs, text
		}
		text = text[len(join):]
	}
}

// of turns a match of named into references.
func of(m, repos []string) []Ref {
	link, repo, id, number, hash := m[1], m[2], m[3], m[4], m[5]
	switch {
	case link != "":
		if ref, ok := Link(strings.TrimRight(link, ".,;:!?")); ok {
			return []Ref{ref}
		}
	case repo != "":
		return Short(id, []string{repo})
	case number != "":
		return Short(number, repos)
	case hash != "":
		return Short(hash, repos)
	}
	return nil
}

// Short reads "#12", "@abc1234" or "abc1234" as a change of one of the repositories: a number of the only one, a hash of any. A
// hash of fewer than 40 digits that is all letters or all figures is a word or a number.
func Short(id string, repos []string) []Ref {
	if number, is := strings.CutPrefix(id, "#"); is {
		if len(repos) != 1 || !digits.MatchString(number) {
			return nil
		}
		return []Ref{{Kind: "pull_request", Repo: repos[0], Ref: number}}
	}
	hash := strings.ToLower(strings.TrimPrefix(id, "@"))
	if !hexadecimal.MatchString(hash) || len(hash) < 40 && (!strings.ContainsAny(hash, "abcdef") || !strings.ContainsAny(hash, "0123456789")) {
		return nil
	}
	var all []Ref
	for _, repo := range repos {
		all = append(all, Ref{Kind: "commit", Repo: repo, Ref: hash})
	}
	return all
}
