package attribution

import "strings"

// botTable finds automation that is not AI.
type botTable struct {
	emails map[string]string
	ids    map[string]string
	parts  *automaton
	partOf []string // the bot of each literal of parts
}

func newBotTable(bots []Bot) botTable {
	t := botTable{emails: map[string]string{}, ids: map[string]string{}}
	var parts []string
	for _, bot := range bots {
		for _, e := range bot.Emails {
			t.emails[strings.ToLower(e)] = bot.ID
		}
		for _, id := range bot.GitHubIDs {
			t.ids[id] = bot.ID
		}
		for _, part := range bot.Contains {
			parts = append(parts, part)
			t.partOf = append(t.partOf, bot.ID)
		}
	}
	t.parts = newAutomaton(parts)
	return t
}

// find names the known bot behind a name and address; "" when there is none.
func (t *botTable) find(name, email string) string {
	if id := t.known(email); id != "" {
		return id
	}
	var scratch [4]found
	for _, s := range [2]string{name, email} {
		if hits := t.parts.find(s, scratch[:0]); len(hits) > 0 {
			return t.partOf[hits[0].literal]
		}
	}
	return ""
}

// known names the bot with exactly this address or account.
func (t *botTable) known(email string) string {
	var buf [96]byte
	lower := appendLower(buf[:0], email)
	if id := t.emails[string(lower)]; id != "" {
		return id
	}
	if number, _, ok := githubAccount(lower); ok {
		if id := t.ids[string(number)]; id != "" {
			return id
		}
	}
	return ""
}

// readBot looks for automation once no AI was found.
func (c *Classifier) readBot(r *reading) {
	name, email := r.c.AuthorName, r.c.AuthorEmail
	if r.bot == "" && !r.program {
		r.bot = c.bots.known(email)
	}
	if r.bot != "" {
		c.add(r, c.grammar["bot.identity"], r.bot, ModeAuthor, person(name, email))
		return
	}
	if r.program && namedBot(name, email) {
		c.add(r, c.grammar["bot.name"], strings.ToLower(name), ModeAuthor, person(name, email))
		return
	}
	if line := proxied(r.c.Message); line != "" {
		c.add(r, c.grammar["bot.proxy"], c.bots.find("", line), ModeCoauthor, line)
	}
}

// namedBot reports whether an account calls itself a bot.
func namedBot(name, email string) bool {
	local, _, _ := strings.Cut(email, "@")
	for _, s := range []string{name, local} {
		s = strings.ToLower(s)
		if strings.HasSuffix(s, "[bot]") || strings.HasSuffix(s, "-bot") || strings.HasSuffix(s, "robot") ||
			strings.HasSuffix(s, "_bot") || strings.HasSuffix(s, " bot") || strings.HasSuffix(s, "-automation") {
			return true
		}
	}
	return local == "bot"
}

// proxied returns the co-author line of a dependency bot when a maintainer's commit is in its form.
func proxied(message string) string {
	if !strings.HasPrefix(message, "Bump ") && !strings.HasPrefix(message, "build(deps") && !strings.HasPrefix(message, "chore(deps") {
		return ""
	}
	for line := range strings.Lines(message) {
		lower := strings.ToLower(line)
		if strings.HasPrefix(lower, "co-authored-by:") && strings.Contains(lower, "dependabot") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}
