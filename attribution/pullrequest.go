package attribution

import "strings"

// ClassifyBranch judges the name of a pull request's head branch, such as "copilot/fix-1" or
// "refs/heads/claude/issue-7". It reports false when the name says nothing. A branch is evidence about the
// pull request, never about the commit that merges it: a person pressed that button.
func (c *Classifier) ClassifyBranch(headRef string) (Evidence, bool) {
	name := strings.TrimPrefix(headRef, "refs/heads/")
	for _, r := range c.branches {
		for _, prefix := range r.Values {
			rest, ok := cutPrefixFold(name, prefix)
			if ok && rest != "" && (r.pattern == nil || r.pattern.MatchString(rest)) {
				return c.evidenceOf(r, r.Tool, ModeBranch, headRef), true
			}
		}
	}
	return c.julesBranch(name, headRef)
}

// julesBranch recognises <slug>-<19-digit task id>, which Jules writes with any slug.
func (c *Classifier) julesBranch(name, headRef string) (Evidence, bool) {
	at := strings.LastIndexByte(name, '-')
	if at <= 0 || len(name)-at-1 < 18 || len(name)-at-1 > 20 || !isNumber(name[at+1:]) || c.byID["branch.jules"] == nil {
		return Evidence{}, false
	}
	return c.evidenceOf(c.byID["branch.jules"], "jules", ModeBranch, headRef), true
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// ClassifyPullRequest joins what a pull request itself says (who opened it, from which branch, its body, its
// labels) with the verdicts on its commits.
func (c *Classifier) ClassifyPullRequest(pr PullRequest) Verdict {
	own := Verdict{Class: Unknown}
	at := unix(pr.OpenedAt)
	keep := func(e Evidence) {
		if r := c.byID[e.Rule]; at == 0 || r == nil || at >= r.from {
			own.All = append(own.All, e)
			own.Class = e.Class
		}
	}
	login := strings.ToLower(pr.AuthorLogin)
	if r := c.logins[login]; r != nil {
		keep(c.evidenceOf(r, r.Tool, ModePRAuthor, pr.AuthorLogin))
	} else if id := c.bots.find(login, ""); id != "" {
		keep(c.evidenceOf(c.grammar["bot.identity"], id, ModePRAuthor, pr.AuthorLogin))
	} else if namedBot(login, "") {
		keep(c.evidenceOf(c.grammar["bot.name"], login, ModePRAuthor, pr.AuthorLogin))
	}
	if e, ok := c.ClassifyBranch(pr.HeadRef); ok {
		keep(e)
	}
	for _, e := range c.bodyEvidence(pr) {
		keep(e)
	}
	for _, label := range pr.Labels {
		if r := c.labels[strings.ToLower(label)]; r != nil {
			keep(c.evidenceOf(r, r.Tool, ModeLabel, label))
		}
	}
	return c.join(append([]Verdict{own}, pr.Commits...))
}

// bodyEvidence reads a body as a message whose subject is the pull request's title, and for the markers that
// tools leave in bodies only. Summaries of review bots are no authorship and have no rule.
func (c *Classifier) bodyEvidence(pr PullRequest) []Evidence {
	var all []Evidence
	body := folded(pr.Body) // once: bodies are long, and there are many values
	for _, r := range c.bodies {
		for _, value := range r.Values {
			at := strings.Index(body, folded(value))
			if at < 0 || r.pattern != nil && !r.pattern.MatchString(lineOf(pr.Body, at)) {
				continue
			}
			all = append(all, c.evidenceOf(r, r.Tool, ModePRBody, lineOf(pr.Body, at)))
			break
		}
	}
	written := c.Classify(Commit{Message: "\n\n" + pr.Body, CommittedAt: pr.OpenedAt})
	for _, e := range written.All {
		if e.Class.AI() && e.Scope != ScopeMessage {
			e.Mode = ModePRBody
			all = append(all, e)
		}
	}
	return all
}

// folded is a text with its ASCII letters in lower case, byte for byte.
func folded(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return 'A' <= r && r <= 'Z' })
	if at < 0 {
		return s
	}
	b := []byte(s)
	for i := at; i < len(b); i++ {
		if 'A' <= b[i] && b[i] <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	return string(b)
}

func lineOf(text string, at int) string {
	start, end := lineAround(text, at)
	return strings.TrimSpace(text[start:end])
}
