package record

import "time"

// CauseType is what kind of thing an incident was declared to come from.
type CauseType string

// The types of cause. Capacity, dependency and hardware are extrinsic: no change caused them.
const (
	CauseUnknown    CauseType = "unknown"
	CauseChange     CauseType = "change"
	CauseConfig     CauseType = "config"
	CauseCapacity   CauseType = "capacity"
	CauseDependency CauseType = "dependency"
	CauseHardware   CauseType = "hardware"
	CauseSecurity   CauseType = "security"
)

// Incident is an outage or disturbance as a source states it. Its key is (Source, ID); the newest UpdatedAt wins, of two
// alike the one saved last.
type Incident struct {
	Source     string
	ID         string
	Title      string
	Severity   uint8 // 1 worst … 5; 0 unknown
	DeclaredAt time.Time
	StartedAt  time.Time // zero: unknown, DeclaredAt stands for it
	ResolvedAt time.Time // zero: open
	UpdatedAt  time.Time
	Services   []string
	Repos      []string
	URL        string
	CauseType  CauseType
	Drill      bool
	Deleted    bool

	Status         string    // as the source words it
	DetectedAt     time.Time // zero: not known, like the next two
	AcknowledgedAt time.Time
	MitigatedAt    time.Time
	Environment    string
	Summary        string
	PostmortemURL  string
	Extra          map[string]string // what else the source said, by its own names
}

// CauseRole says on which side of an incident a change stands. A fix is never a cause.
type CauseRole string

// The roles.
const (
	RoleCause CauseRole = "cause"
	RoleFix   CauseRole = "fix"
)

// Cause is a source's or a person's statement that a change caused or fixed an incident. Its key is (Source, Incident,
// Role, Kind, Repo, Ref, Method). A score of 0 takes back what was stated before.
type Cause struct {
	Source   string
	Incident string
	Role     CauseRole
	Kind     string // "commit", "pull_request", "deployment", "release", "config", "flag" or "action"
	Repo     string // or the system of an action
	Ref      string // hash, number or id
	// Method is how it is known: declared, attachment, change_event, issue_link, text, deploy_window.
	Method   string
	Score    float32 // trust in it, 0 to 1
	StatedAt time.Time
	URL      string
	By       Account // who said so, where it is known
}

// Confirmation is a person's last word on whether a change caused an incident: over every method and score. Its key is
// (Source, Incident, Change); the newest At wins.
type Confirmation struct {
	Source    string
	Incident  string
	Change    string // "repo@sha", see the view changes
	Confirmed bool   // false: rejected
	By        string // never shown
	At        time.Time
}
