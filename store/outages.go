package store

import (
	"context"
	"strings"
	"time"
)

// Outage is an incident that is no drill, with the change that it comes from where one is found.
type Outage struct {
	ID          string     `ch:"outage"` // source:id
	Title       string     `ch:"title"`
	Severity    uint8      `ch:"severity"` // 1 worst to 5; 0 not known
	Began       time.Time  `ch:"began"`
	DetectedAt  *time.Time `ch:"detected_at"`
	MitigatedAt *time.Time `ch:"mitigated_at"`
	Ended       *time.Time `ch:"ended"`
	Minutes     *float64   `ch:"minutes"`
	Services    []string   `ch:"services"`
	Environment string     `ch:"environment"`
	Cause       string     `ch:"cause"`      // change, elsewhere or unknown
	CauseType   string     `ch:"cause_type"` // as its source says
	URL         string     `ch:"url"`
	Repo        string     `ch:"repo"`
	Team        string     `ch:"team"`
	ChangeID    string     `ch:"change_id"` // "" without a change
	LandedAt    *time.Time `ch:"landed_at"`
	DeployedAt  *time.Time `ch:"deployed_at"`
}

// Candidate is a change that an outage may come from.
type Candidate struct {
	ChangeID      string     `ch:"change_id"`
	Title         string     `ch:"title"`
	Repo          string     `ch:"repo"`
	AuthorClass   string     `ch:"author_class"`
	Tool          string     `ch:"tool"`
	Permission    string     `ch:"permission"`
	ReviewState   string     `ch:"review_state"`
	Team          string     `ch:"team"`
	LandedAt      time.Time  `ch:"landed_at"`
	DeployedAt    *time.Time `ch:"deployed_at"`
	Method        string     `ch:"method"`
	Score         float64    `ch:"score"`
	Chosen        bool       `ch:"chosen"`
	Decision      string     `ch:"decision"`       // a person's: confirmed, rejected or ""
	WindowMinutes *float32   `ch:"window_minutes"` // from the end of the deployment to the beginning, of method deploy_window
	Service       string     `ch:"service"`        // that both name, likewise
}

// Statement is what a source says of where an outage comes from or what ended it.
type Statement struct {
	Repo     string    `ch:"repo"`
	Role     string    `ch:"role"` // cause or fix
	Kind     string    `ch:"kind"`
	Ref      string    `ch:"ref"`
	Method   string    `ch:"method"`
	Score    float64   `ch:"score"`
	StatedAt time.Time `ch:"stated_at"`
	URL      string    `ch:"url"`
}

// OutageDetail is an outage with all that its cause rests on.
type OutageDetail struct {
	Outage     Outage
	Candidates []Candidate
	Statements []Statement
}

// Outage returns an outage by its source:id, and whether there is one.
func (s *Store) Outage(ctx context.Context, outage string) (OutageDetail, bool, error) {
	found, err := Select[Outage](ctx, s, query("outage"), Params{"outage": outage})
	if err != nil || len(found) == 0 {
		return OutageDetail{}, false, wrap("outage", err)
	}
	d := OutageDetail{Outage: found[0]}
	source, id, _ := strings.Cut(outage, ":")
	p := Params{"source": source, "id": id}
	if d.Candidates, err = Select[Candidate](ctx, s, query("outage_candidates"), p); err != nil {
		return d, true, wrap("outage_candidates", err)
	}
	d.Statements, err = Select[Statement](ctx, s, query("outage_statements"), p)
	return d, true, wrap("outage_statements", err)
}
