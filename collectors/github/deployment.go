package github

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// deploymentStatus is one thing that was reported of a deployment.
type deploymentStatus struct {
	State     string
	CreatedAt time.Time `json:"created_at"`
}

// outcome is what became of a deployment. The last state counts, and the time when it was reported: updated_at moves whenever
// anybody touches the record. "inactive" says that a later deployment took over, and nothing of how this one ended.
func outcome(statuses []deploymentStatus) (finished time.Time, failed, settled bool) {
	statuses = slices.Clone(statuses)
	slices.SortStableFunc(statuses, func(a, b deploymentStatus) int { return a.CreatedAt.Compare(b.CreatedAt) })
	for _, s := range slices.Backward(statuses) {
		switch strings.ToLower(s.State) {
		case "inactive":
			settled = true
		case "success":
			return s.CreatedAt, false, true
		case "failure", "error":
			return s.CreatedAt, true, true
		default:
			return time.Time{}, false, settled
		}
	}
	return time.Time{}, false, settled
}

// seenDeployment is a deployment, and whether it can be taken for over.
type seenDeployment struct {
	record.Deployment
	Node    string
	Settled bool
}

// finish says of a deployment what its statuses do.
func (d *seenDeployment) finish(statuses []deploymentStatus) {
	d.FinishedAt, d.Failed, d.Settled = outcome(statuses)
}

// deploymentPage is a page of GraphQL's list.
type deploymentPage struct {
	PageInfo pageOf
	Nodes    []graphDeployment
}

// pageOf says where a list of GraphQL goes on.
type pageOf struct {
	HasNextPage bool
	EndCursor   string
}

type graphDeployment struct {
	ID           string
	DatabaseID   *int64
	CommitOid    string
	Environment  string
	CreatedAt    time.Time
	Creator      *graphActor
	LatestStatus *graphStatus
	Statuses     struct{ Nodes []graphStatus } // of those that have very many, some
}

type graphStatus struct {
	State     string
	CreatedAt time.Time
}

// graphActor is somebody, as GraphQL has them.
type graphActor struct {
	Typename string `json:"__typename"`
	Login    string
}

func (a *graphActor) account() record.Account {
	if a == nil {
		return record.Account{}
	}
	return account(a.Login, a.Typename)
}

// restUser is somebody, as REST has them.
type restUser struct {
	ID    int64
	Login string
	Type  string
}

func (u *restUser) account() record.Account {
	if u == nil {
		return record.Account{}
	}
	return account(u.Login, u.Type)
}

// deployment has no ID where GraphQL gives none: its numbers end at 31 bits, those of deployments do not.
func (g *graphDeployment) deployment(repo string) seenDeployment {
	d := seenDeployment{Node: g.ID, Deployment: record.Deployment{
		Repo: repo, SHA: strings.ToLower(g.CommitOid), Environment: g.Environment, Creator: g.Creator.account(), CreatedAt: g.CreatedAt,
	}}
	if g.DatabaseID != nil && *g.DatabaseID > 0 {
		d.ID = strconv.FormatInt(*g.DatabaseID, 10)
	}
	var statuses []deploymentStatus
	for _, s := range g.Statuses.Nodes {
		statuses = append(statuses, deploymentStatus(s))
	}
	if g.LatestStatus != nil {
		statuses = append(statuses, deploymentStatus(*g.LatestStatus))
	}
	d.finish(statuses)
	return d
}

type restDeployment struct {
	ID          int64
	NodeID      string `json:"node_id"`
	SHA         string
	Environment string
	Original    string `json:"original_environment"`
	Creator     *restUser
	CreatedAt   time.Time `json:"created_at"`
}

// parseDeployments reads a page of REST's list. What became of each is another list.
func parseDeployments(body []byte, repo string) ([]seenDeployment, error) {
	var page []restDeployment
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, err
	}
	all := make([]seenDeployment, len(page))
	for i, r := range page {
		all[i] = seenDeployment{Node: r.NodeID, Deployment: record.Deployment{
			Repo: repo, ID: strconv.FormatInt(r.ID, 10), SHA: strings.ToLower(r.SHA), Environment: cmp.Or(r.Environment, r.Original),
			Creator: r.Creator.account(), CreatedAt: r.CreatedAt,
		}}
	}
	return all, nil
}
