package record

import "time"

// Repository is a history that commits come from. Its key is Name.
type Repository struct {
	Name          string // "owner/name"; see collectors/git for how a clone gets its name
	Path          string // where the clone lies on this machine, or its URL
	DefaultBranch string // full ref name such as "refs/heads/main"; "" when the repository has none
	Root          string // the root commit that the default branch's first parents end in: tells two histories of one name apart
	Shallow       bool   // history is cut off: older commits are missing
	Partial       bool   // blobs are missing: line counts may be unknown
}

// HostedRepository is a repository as its forge has it. Its key is (Source, ID): a rename is a new version of the same one.
type HostedRepository struct {
	Source        string // "github"
	ID            string // the forge's number, which survives renames and transfers
	Node          string // the forge's other id, by which GraphQL asks
	Name          string // "owner/name", as the facts about it have it
	DefaultBranch string // without "refs/heads/"
	Archived      bool
	Fork          bool
	Private       bool
	CreatedAt     time.Time
	PushedAt      time.Time
}

// Person is a name and an address as a commit carries them. Mailmap, where a repository has one, is applied
// to Person and the unmapped form stays in the raw headers.
type Person struct {
	Name  string
	Email string
}

// Commit is one commit object. Its key is (Repo, SHA): the same object in two repositories is two facts.
type Commit struct {
	Repo         string
	SHA          string // lower-case hex, 40 or 64 digits
	Parents      []string
	Author       Person
	Committer    Person
	RawAuthor    Person // as the object has it, before mailmap
	RawCommitter Person
	AuthoredAt   time.Time // UTC, whole seconds, clamped to 1900–2299 with a warning
	CommittedAt  time.Time
	AuthorZone   int    // minutes east of UTC that the author's clock showed
	Message      string // valid UTF-8 without NUL; bytes that were not are replaced, with a warning
	Trailers     []Trailer
	Files        []FileChange // against the first parent; for a merge see Placement
	FilesUnknown bool         // line counts could not be read (missing or corrupt objects): not the same as none
}

// IsMerge reports whether the commit has more than one parent.
func (c *Commit) IsMerge() bool { return len(c.Parents) > 1 }

// Trailer is a "Key: value" line of a message's last paragraph, value unfolded.
type Trailer struct {
	Key   string
	Value string
}

// FileChange is what a commit did to one path, as `git diff --numstat --no-renames` counts it.
type FileChange struct {
	Path      string
	Additions uint32 // lines
	Deletions uint32
	Binary    bool // no lines to count
}

// Note is the text that a notes ref attaches to a commit. Its key is (Repo, Ref, SHA).
type Note struct {
	Repo string
	Ref  string // such as "refs/notes/ai"
	SHA  string // the annotated commit, which need not exist in the repository
	Text string
}

// Placement is where a commit stands in its repository as of one collection. Its key is (Repo, SHA); a later
// collection supersedes it. A commit that no ref reaches any more stays, with Reachable false.
type Placement struct {
	Repo      string
	SHA       string
	Reachable bool   // from any collected ref
	Position  uint32 // 1 for the root of the default branch's first-parent chain, counting up; 0 off the chain
	LandedBy  string // the first-parent commit that brought this one onto the default branch (itself, when on the chain); "" off the branch
	// Files is the whole change that landed, against the first parent, for a merge on the first-parent chain;
	// nil for every other commit, whose own Files say it already.
	Files        []FileChange
	FilesUnknown bool
}

// RefUpdate is a ref seen to move between two collections. Its key is (Repo, Ref, Old, New).
type RefUpdate struct {
	Repo   string
	Ref    string
	Old    string // "" when the ref is new
	New    string // "" when the ref is gone
	Forced bool   // Old is not an ancestor of New
	SeenAt time.Time
}
