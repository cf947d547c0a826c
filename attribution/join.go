package attribution

import (
	"cmp"
	"slices"
)

// Join makes one verdict of several: a pull request's commits, or a commit's own and its pull request's.
//
// AI outranks automation, automation outranks people, and a person is only stated when every part states one.
// The leading evidence is the strongest by the precedence of lead.
func Join(verdicts []Verdict) Verdict {
	return Default().join(verdicts)
}

func (c *Classifier) join(verdicts []Verdict) Verdict {
	var all []Evidence
	silent := false
	for _, v := range verdicts {
		all = append(all, v.All...)
		silent = silent || v.Class == Unknown
	}
	if silent {
		all = slices.DeleteFunc(all, func(e Evidence) bool { return e.Class == Human })
	}
	if len(all) == 0 {
		return Verdict{Class: Unknown, Tool: NoTool, Autonomy: AutonomyNone, Scope: ScopeUnknown}
	}
	return c.lead(all)
}

// lead orders the evidence and makes the verdict of it. Precedence: the AI as author; an agent's trailer,
// session or note; a footer; a co-author; a trailer that says assisted; a branch; prose. Within one rank a
// rule that names its tool surely goes before one that yields, an agent before help, and then the more
// confident one. Nothing depends on the order in which the lines stand.
func (c *Classifier) lead(all []Evidence) Verdict {
	if len(all) == 1 {
		return c.verdictOf(all)
	}
	slices.SortStableFunc(all, c.compare)
	all = slices.CompactFunc(all, func(a, b Evidence) bool {
		return a.Rule == b.Rule && a.Tool == b.Tool && a.Mode == b.Mode && a.Autonomy == b.Autonomy
	})
	return c.verdictOf(all)
}

// verdictOf makes the verdict of evidence in order.
func (c *Classifier) verdictOf(all []Evidence) Verdict {
	first := all[0]
	v := Verdict{
		Class: first.Class, Tool: first.Tool, Autonomy: first.Autonomy, Mode: first.Mode, Scope: first.Scope,
		Confidence: first.Confidence, Rule: first.Rule, Evidence: first.Quote, All: all,
	}
	if v.Tool == "" {
		v.Tool = NoTool
	}
	if !v.Class.AI() {
		return v
	}
	v.Tools = c.toolsOf(all)
	v.Tool = v.Tools[0]
	for _, e := range all {
		if e.Class == AIAgent {
			v.Class, v.Autonomy = AIAgent, AutonomyAgent
		}
	}
	v.Confidence = combined(all)
	return v
}

// combined is 1 − Π(1 − c) over the best evidence of each mode: two lines of one channel are one sign.
func combined(all []Evidence) float64 {
	if len(all) == 1 {
		return all[0].Confidence
	}
	doubt := 1.0
	for i, e := range all { // in the order of compare: the same facts give the same bits
		if e.Class.AI() && !slices.ContainsFunc(all[:i], func(b Evidence) bool { return b.Mode == e.Mode && b.Class.AI() }) {
			doubt *= 1 - best(all[i:], e.Mode)
		}
	}
	return min(1-doubt, 0.999)
}

func best(all []Evidence, mode Mode) float64 {
	most := 0.0
	for _, e := range all {
		if e.Mode == mode && e.Class.AI() {
			most = max(most, e.Confidence)
		}
	}
	return most
}

func (c *Classifier) compare(a, b Evidence) int {
	return cmp.Or(
		cmp.Compare(classRank(a.Class), classRank(b.Class)),
		cmp.Compare(c.rank(a), c.rank(b)),
		-cmp.Compare(a.Confidence, b.Confidence),
		cmp.Compare(a.Tool, b.Tool),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Mode, b.Mode),
		cmp.Compare(a.Quote, b.Quote),
	)
}

func classRank(class Class) int {
	switch class {
	case AIAgent, AIAssisted:
		return 0
	case Automation:
		return 1
	}
	return 2
}

var modeRank = map[Mode]int{
	ModeAuthor: 0, ModePRAuthor: 0, ModeSession: 10, ModeNote: 10, ModeTrailer: 10, ModeFooter: 10,
	ModeUserAgent: 0, ModeAccount: 10, ModeRole: 20, ModeConsole: 20,
	ModeCoauthor: 20, ModeCommitter: 20, ModeBranch: 40, ModePRBody: 40, ModeSubject: 50, ModeFreeText: 50, ModeLabel: 60,
}

// rank is the precedence of one piece of evidence, lowest first. The tens are the channel.
func (c *Classifier) rank(e Evidence) int {
	base := modeRank[e.Mode]
	switch {
	case e.Autonomy == AutonomyAssist && base < 30:
		base = 30
	case e.Autonomy == AutonomyUnknown && base < 30:
		base += 5
	}
	if e.Tool == "unspecified" {
		base += 70
	}
	if c.yields(e) {
		base += 25
	}
	return base + c.copied(e)
}

// copied puts claude-code behind its equals: noreply@anthropic.com is the one address that other tools copy.
func (c *Classifier) copied(e Evidence) int {
	if e.Tool == "claude-code" && e.Mode == ModeCoauthor {
		return 1
	}
	return 0
}

func (c *Classifier) yields(e Evidence) bool {
	r := c.byID[e.Rule]
	return r != nil && r.Yields
}

// toolsOf lists the tools in order of their evidence. A general name yields to a particular tool of its
// family: "Copilot" beside Copilot CLI is Copilot CLI.
func (c *Classifier) toolsOf(all []Evidence) []string {
	if len(all) == 1 {
		return []string{all[0].Tool}
	}
	var tools []string
	for _, e := range all {
		if e.Class.AI() && !slices.Contains(tools, e.Tool) {
			tools = append(tools, e.Tool)
		}
	}
	if len(tools) == 1 {
		return tools
	}
	return slices.DeleteFunc(slices.Clone(tools), func(tool string) bool { return c.covered(tool, tools) })
}

var particularOf = map[string]string{"copilot": "copilot-cli", "claude": "claude-code", "gemini": "gemini-cli", "gpt": "codex"}

func (c *Classifier) covered(tool string, by []string) bool {
	if tool == "unspecified" {
		return len(by) > 1
	}
	particular, ok := particularOf[tool]
	return ok && slices.Contains(by, particular)
}
