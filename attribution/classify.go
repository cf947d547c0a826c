package attribution

import (
	"strings"
	"time"
)

// reading is the scratch of one classification. Readings are pooled so that the commits without any evidence,
// which are most of them, cost no allocation.
type reading struct {
	c         *Commit
	committed int64 // Unix seconds; 0 = not known
	authored  int64
	evidence  []Evidence
	denial    *Evidence
	program   bool   // the author's name or address has a program's words in it
	bot       string // the known bot behind the author
	found     []found
	mentions  []mention
	words     []word
	prose     int // lines read as prose so far
}

// Classify says who made a commit, by the commit's own metadata. It has no state and may be called from
// several goroutines.
func (c *Classifier) Classify(commit Commit) Verdict {
	r := c.pool.Get().(*reading)
	defer c.pool.Put(r)
	r.begin(&commit)
	c.readAuthor(r)
	c.readCommitter(r)
	c.readMessage(r)
	c.readNotes(r)
	if len(r.evidence) == 0 {
		c.readBot(r)
	}
	if len(r.evidence) == 0 {
		c.readHuman(r)
	}
	if len(r.evidence) == 0 {
		return Verdict{Class: Unknown, Tool: NoTool, Autonomy: AutonomyNone, Scope: ScopeUnknown}
	}
	return c.lead(r.evidence)
}

func (r *reading) begin(commit *Commit) {
	*r = reading{c: commit, found: r.found[:0], mentions: r.mentions[:0], words: r.words[:0]}
	r.committed, r.authored = unix(commit.CommittedAt), unix(commit.AuthoredAt)
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// allows reports whether a rule that begins at from may fire on this commit. The committer date decides.
// Without one the author date stands in for evidence that is weak in itself; strong evidence is let through,
// because a commit authored in 2019 and rebased with an AI's help in 2026 keeps its old author date.
func (r *reading) allows(from, to int64, weak bool) bool {
	at := r.committed
	if at == 0 {
		if !weak || r.authored == 0 {
			return true
		}
		at = r.authored
	}
	return at >= from && (to == 0 || at <= to)
}

// add records a match of rule, unless the commit is older than the tool. A rule without a tool of its own
// gets it from the text.
func (c *Classifier) add(r *reading, rule *rule, tool string, mode Mode, quote string) bool {
	from := rule.from
	if known := c.toolRank[tool]; known != nil && rule.Tool == "" {
		from = max(from, known.Since.Unix())
	}
	weak := mode == ModeFreeText || mode == ModeSubject || rule.Tool == "" && (mode == ModeAuthor || mode == ModeCoauthor)
	if !r.allows(from, rule.to, weak) {
		return false
	}
	if rule.exclude != nil && rule.exclude.MatchString(quote) {
		return false
	}
	e := c.evidenceOf(rule, tool, mode, quote)
	for i := range r.evidence {
		if old := &r.evidence[i]; old.Rule == e.Rule && old.Tool == e.Tool && old.Mode == e.Mode && old.Autonomy == e.Autonomy {
			return true // said already
		}
	}
	r.evidence = append(r.evidence, e)
	return true
}

func (c *Classifier) evidenceOf(rule *rule, tool string, mode Mode, quote string) Evidence {
	e := Evidence{
		Rule: rule.ID, Tool: tool, Mode: mode, Autonomy: rule.Autonomy, Scope: rule.Scope,
		Confidence: rule.Confidence, Quote: quoteOf(quote),
	}
	if rule.Mode != "" {
		e.Mode = rule.Mode
	}
	if e.Scope == "" {
		e.Scope = ScopeUnknown
	}
	switch {
	case rule.Class != "":
		e.Class, e.Autonomy = rule.Class, AutonomyNone
	case c.reviewer(tool) && e.Autonomy == AutonomyAgent && e.Mode != ModeAuthor:
		e.Class, e.Autonomy = AIAssisted, AutonomyAssist
	case rule.Autonomy == AutonomyAgent:
		e.Class = AIAgent
	default:
		e.Class = AIAssisted
	}
	return e
}

// reviewer reports whether the tool's part in a commit is a suggestion that somebody accepted.
func (c *Classifier) reviewer(tool string) bool {
	t := c.toolRank[tool]
	return t != nil && t.Review
}

// readHuman looks for positive evidence of a person: a denial, or a date before any tool.
func (c *Classifier) readHuman(r *reading) {
	if r.denial != nil {
		r.evidence = append(r.evidence, *r.denial)
		return
	}
	if r.committed != 0 && r.committed < beforeAI {
		rule := c.grammar["before.ai"]
		r.evidence = append(r.evidence, c.evidenceOf(rule, "", ModeDate, r.c.CommittedAt.UTC().Format(time.DateOnly)))
	}
}

// beforeAI is the day before which no AI tool could be had: GitHub Copilot's technical preview was announced
// on 2021-06-29.
var beforeAI = time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC).Unix()

const quoteLimit = 200

// quoteOf trims a quote to whole characters of valid UTF-8.
func quoteOf(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > quoteLimit {
		s = s[:quoteLimit]
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
}
