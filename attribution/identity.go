package attribution

import "strings"

// identity finds the rule for an address in one channel: the whole address, then the numeric id of a GitHub
// no-reply address, then patterns of its domain. The address decides before the name, because agents take
// people's names and people have agents' names.
func (c *Classifier) identity(r *reading, field, email, name string) *rule {
	if email == "" {
		return nil
	}
	var buf [96]byte
	lower := appendLower(buf[:0], email)
	ch := c.channels[field]
	if found := r.pick(ch.exact[string(lower)], email, name); found != nil {
		return found
	}
	if id, login, ok := githubAccount(lower); ok {
		if found := r.pick(ch.ids[string(id)], email, name); found != nil {
			return found
		}
		return r.pick(ch.logins[string(login)], email, name)
	}
	if at := lastByte(lower, '@'); at >= 0 {
		return r.pick(ch.domain[string(lower[at+1:])], email, name)
	}
	return nil
}

// pick returns the first rule whose dates, pattern and name_has hold.
func (r *reading) pick(rules []*rule, email, name string) *rule {
	for _, rule := range rules {
		if rule.pattern != nil && !rule.pattern.MatchString(email) {
			continue
		}
		if rule.NameHas != "" && !containsFold(name, rule.NameHas) || !r.allows(rule.from, rule.to, false) {
			continue
		}
		return rule
	}
	return nil
}

func appendLower(into []byte, s string) []byte {
	for i := range len(s) {
		b := s[i]
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		into = append(into, b)
	}
	return into
}

func lastByte(s []byte, b byte) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == b {
			return i
		}
	}
	return -1
}

// githubAccount splits <id>+<login>@users.noreply.github.com, or the older form without an id. Logins are
// renamed, ids are not.
func githubAccount(lower []byte) (id, login []byte, ok bool) {
	const host = "@users.noreply.github.com"
	if len(lower) <= len(host) || string(lower[len(lower)-len(host):]) != host {
		return nil, nil, false
	}
	login = lower[:len(lower)-len(host)]
	for i, b := range login {
		if b == '+' && i > 0 {
			return login[:i], login[i+1:], true
		}
		if b < '0' || b > '9' {
			break
		}
	}
	return nil, login, true
}

func containsFold(s, sub string) bool { return indexFold(s, sub) >= 0 }

// indexFold is strings.Index for ASCII in either case, without allocation.
func indexFold(s, sub string) int {
	if sub == "" {
		return 0
	}
	first := foldByte(sub[0])
	for i := 0; i+len(sub) <= len(s); i++ {
		if foldByte(s[i]) == first && strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
	}
	return -1
}

// readAuthor looks at the author's address and name. Most people pass neither the address tables nor the
// one look for words that programs call themselves.
func (c *Classifier) readAuthor(r *reading) {
	name, email := r.c.AuthorName, r.c.AuthorEmail
	if c.denied(email) {
		return
	}
	if rule := c.identity(r, fieldAuthorEmail, email, name); rule != nil {
		c.add(r, rule, rule.Tool, ModeAuthor, person(name, email))
		return
	}
	r.program = c.programLike(r, name, email)
	if r.program {
		r.bot = c.bots.find(name, email)
	}
	if !r.program || r.bot != "" {
		return
	}
	if rule := c.nameRule(fieldAuthorName, name); rule != nil {
		c.add(r, rule, rule.Tool, ModeAuthor, person(name, email))
		return
	}
	if id, tool := c.persona(r, name, email, true); tool != "" {
		c.add(r, c.grammar[id], tool, ModeAuthor, person(name, email))
	}
}

// readCommitter looks at the committer where that is someone else. GitHub's own web commits are nobody's.
func (c *Classifier) readCommitter(r *reading) {
	name, email := r.c.CommitterName, r.c.CommitterEmail
	if email == "noreply@github.com" || email == r.c.AuthorEmail && name == r.c.AuthorName {
		return
	}
	if rule := c.identity(r, fieldCommitterEmail, email, name); rule != nil && email != r.c.AuthorEmail {
		c.add(r, rule, rule.Tool, ModeCommitter, person(name, email))
		return
	}
	if rule := c.nameRule(fieldCommitterName, name); rule != nil {
		c.add(r, rule, rule.Tool, ModeCommitter, person(name, email))
	}
}

func (c *Classifier) nameRule(field, name string) *rule {
	for _, r := range c.names[field] {
		for _, value := range r.Values {
			if r.Match == "exact" && strings.EqualFold(name, value) {
				return r
			}
			if r.pattern != nil && containsFold(name, value) && r.pattern.MatchString(name) {
				return r
			}
		}
	}
	return nil
}

// denied reports whether the address is a test identity.
func (c *Classifier) denied(email string) bool {
	for _, e := range c.deny.Emails {
		if strings.EqualFold(e, email) {
			return true
		}
	}
	return false
}

func person(name, email string) string { return name + " <" + email + ">" }
