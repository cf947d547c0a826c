package attribution

// Class says who made a commit or pull request, as far as its own metadata tells.
type Class string

// The classes, from the strongest statement to none. AI outranks automation, automation outranks people: a
// dependabot commit finished by an AI agent is AIAgent.
const (
	AIAgent    Class = "ai_agent"    // an AI wrote it or ran git commit
	AIAssisted Class = "ai_assisted" // a person made it and names an AI tool that had a part in it
	Automation Class = "automation"  // a bot that is not AI: dependabot, release robots
	Human      Class = "human"       // positive evidence only: a denial, or made before any tool existed
	Unknown    Class = "unknown"     // no marker. Never to be counted as human without saying so
)

// AI reports whether the class says that an AI had a part.
func (c Class) AI() bool { return c == AIAgent || c == AIAssisted }

// Autonomy is how much of the work the AI did on its own.
type Autonomy string

// The autonomies. Autocomplete leaves no trace in git, so there is no value for it here.
const (
	AutonomyAgent   Autonomy = "agent"   // the AI is the author, or the string is one that an agent writes when it commits
	AutonomyAssist  Autonomy = "assist"  // the AI contributed to a commit that a person made
	AutonomyUnknown Autonomy = "unknown" // the string cannot tell
	AutonomyNone    Autonomy = "none"    // no AI
)

// Mode is the channel that evidence came by. Publications that mix channels cannot be compared, so report
// author and co-author apart.
type Mode string

// The modes.
const (
	ModeAuthor    Mode = "author"
	ModeCommitter Mode = "committer"
	ModeCoauthor  Mode = "coauthor"
	ModeTrailer   Mode = "trailer"   // "Assisted-by: …", "AI-Tool: …"
	ModeSession   Mode = "session"   // a link or id of an agent's session
	ModeFooter    Mode = "footer"    // "🤖 Generated with …"
	ModeNote      Mode = "note"      // git notes
	ModeBranch    Mode = "branch"    // the name of a pull request's head branch
	ModeSubject   Mode = "subject"   // the subject line's own form
	ModeFreeText  Mode = "free_text" // a sentence
	ModePRAuthor  Mode = "pr_author" // the account that opened the pull request
	ModePRBody    Mode = "pr_body"
	ModeLabel     Mode = "label"
	ModeDate      Mode = "date" // the commit's own date
	ModeUserAgent Mode = "user_agent"
	ModeAccount   Mode = "account" // the user, service account or service that acted
	ModeRole      Mode = "role"    // the right that was used
	ModeConsole   Mode = "console"
)

// Scope is the part of the change that the evidence speaks of.
type Scope string

// The scopes. ScopeUnknown is by far the commonest.
const (
	ScopeUnknown  Scope = "unknown"
	ScopeCode     Scope = "code"
	ScopeTests    Scope = "tests"
	ScopeDocs     Scope = "docs"
	ScopeMessage  Scope = "message"
	ScopeResearch Scope = "research"
)

// Evidence is one rule that matched, and the words it matched.
type Evidence struct {
	Class      Class // what this evidence alone would say
	Rule       string
	Tool       string // "" for Human
	Mode       Mode
	Autonomy   Autonomy
	Scope      Scope
	Confidence float64 // a prior in (0, 1]; see the rules' notes for its source
	Quote      string  // the line that matched, at most 200 bytes of valid UTF-8
}

// Verdict is the classification of one commit or pull request. Tool, Mode, Rule and Evidence are those of
// the leading evidence in All; All holds every other match too, so that a reader can disagree.
type Verdict struct {
	Class      Class
	Tool       string   // of the leading evidence; "none" when no AI and no bot
	Tools      []string // every AI tool named, leading one first; nil when none
	Autonomy   Autonomy
	Mode       Mode // "" when there is no evidence
	Scope      Scope
	Confidence float64 // 0 when there is no evidence
	Rule       string  // "" when there is no evidence
	Evidence   string  // the quote of the leading evidence
	All        []Evidence
}

// NoTool is Verdict.Tool when nothing but a person is known to have had a part.
const NoTool = "none"
