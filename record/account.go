package record

import "time"

// AccountKind says what is behind a login.
type AccountKind string

// The kinds of account. A source that does not tell leaves the kind empty: it is then taken for a person.
const (
	KindPerson AccountKind = "person"
	KindBot    AccountKind = "bot" // automation, or an AI's own account
	KindApp    AccountKind = "app"
)

// Account is a login at a source: GitHub's "ada", or "git" and an e-mail address. The zero value is nobody.
type Account struct {
	Source string
	Login  string // lower case
	Kind   AccountKind
}

// Member says which person an account belongs to, and which team that person was in. Its key is (Account, From, Team): a
// person who changes teams has several, and one who is in two teams at once. A membership that ends where it begins never was.
// Of whose an account is, the journal says more than a membership does: see [Identity].
type Member struct {
	Account  Account
	Person   string // stable name of the person, such as a personnel number; never shown
	Team     string
	From, To time.Time // To zero: still
}

// Profile is what an organisation knows of a repository that its history does not say. Its key is Repo.
type Profile struct {
	Repo     string
	Team     string // the owners
	Tier     uint8  // 1 most critical … 3; 0 unknown
	Services []string
}

// Level is what an account may do.
type Level string

// The levels, from the least to the most. LevelUnknown is no level: no snapshot covers the moment.
const (
	LevelNone     Level = "none"
	LevelRead     Level = "read"
	LevelTriage   Level = "triage"
	LevelWrite    Level = "write"
	LevelMaintain Level = "maintain"
	LevelAdmin    Level = "admin"
	LevelOperator Level = "operator"
	LevelUnknown  Level = "unknown"
)

// Permission is what an account could do in a repository when a snapshot was taken. It holds until the next snapshot of
// the same account and repository, and says nothing of the time before. Its key is (Repo, Account, SeenAt).
type Permission struct {
	Repo    string // "" for every repository of the source
	Account Account
	Level   Level
	Grant   string // by what: a role, a team, an app's installation
	SeenAt  time.Time
}

// Usage is what one account did with an AI tool on one day, as the tool's maker reports it. Its key is (Account, Tool, Day).
type Usage struct {
	Account      Account
	Tool         string
	Day          time.Time // midnight UTC
	Interactions uint32    // prompts, accepted completions, sessions: what the source counts
	Lines        uint32    // lines that the tool put into the editor, not lines that landed
}

// Identity is a row of the journal that says whose an account is: it was joined to a person, or parted from one. Its key is
// (Account, At, Person); the newest At decides. Rows are never changed: what was believed when can be read from them.
type Identity struct {
	Account Account
	Person  string // stable name of the person, never shown
	Parted  bool
	Origin  string // what says so: the people file, a mailmap, an organisation's team
	At      time.Time
}

// Seat is a licence for an AI tool as it was when a snapshot was taken. Its key is (Account, Tool, SeenAt).
type Seat struct {
	Account      Account
	Tool         string
	Plan         string
	CreatedAt    time.Time
	LastActiveAt time.Time // zero: never
	SeenAt       time.Time
}
