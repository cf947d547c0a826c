package actions

import (
	"slices"
	"strings"

	"github.com/baserate/baserate/record"
)

// label is a tag, an annotation or a label, with where it stands.
type label struct{ where, key, value string }

// plainKey is a key without its prefix, in lower case with dashes: "acme.example/ApprovedBy" is approved-by.
func plainKey(key string) string {
	key = key[strings.LastIndexAny(key, "/:")+1:]
	var b strings.Builder
	for i, r := range key {
		switch {
		case r == '_' || r == '.' || r == ' ':
			b.WriteByte('-')
		case 'A' <= r && r <= 'Z':
			if i > 0 && 'a' <= key[i-1] && key[i-1] <= 'z' {
				b.WriteByte('-')
			}
			b.WriteRune(r + 'a' - 'A')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// approval finds what shows that somebody agreed: who did goes before the number of a ticket.
func (r *ruleSet) approval(labels []label, source string) (evidence string, by record.Account) {
	for _, l := range labels {
		if l.value == "" {
			continue
		}
		switch key := plainKey(l.key); {
		case slices.Contains(r.approvers, key):
			name, _, _ := strings.Cut(l.value, ",")
			return l.where + ":" + key + "=" + l.value, account(source, strings.TrimSpace(name))
		case evidence == "" && slices.Contains(r.ticketing, key):
			evidence = l.where + ":" + key + "=" + l.value
		}
	}
	return evidence, record.Account{}
}

// stage is the environment that labels name, by the options where they know the value.
func (r *ruleSet) stage(labels []label) string {
	for _, l := range labels {
		if key := plainKey(l.key); l.value != "" && slices.Contains(r.environmentKeys, key) {
			if name := r.environment(key+"="+l.value, l.value); name != "" {
				return name
			}
			return strings.ToLower(l.value)
		}
	}
	return ""
}

// address returns the e-mail address in a name such as "oidc:ada@example.org", "" when there is none.
func address(name string) string {
	at := strings.IndexByte(name, '@')
	if at <= 0 {
		return ""
	}
	begin := strings.LastIndexAny(name[:at], ":/#|\\ <") + 1
	end := len(name)
	if cut := strings.IndexAny(name[at:], ":/#| >"); cut >= 0 {
		end = at + cut
	}
	if begin == at || !strings.Contains(name[at:end], ".") {
		return ""
	}
	return strings.ToLower(name[begin:end])
}

// account is the person of an address, or a login of the source.
func account(source, name string) record.Account {
	if mail := address(name); mail != "" {
		return record.Account{Source: "git", Login: mail, Kind: record.KindPerson}
	}
	if name == "" {
		return record.Account{}
	}
	return record.Account{Source: source, Login: strings.ToLower(name)}
}
