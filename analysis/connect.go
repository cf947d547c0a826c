package analysis

import (
	"context"
	"slices"
	"strings"
)

// needs are the facts that a claim may not do without, and gateIDs the checks that it may name.
var (
	needs   = []string{"changes", "incidents", "permissions", "reviews", "actions", "usage", "pull_requests"}
	gateIDs = []string{"attribution", "links", "freshness", "clusters", "negative_control"}
)

// connections say what brings which facts.
var connections = map[string]string{
	"changes":       "a git history: baserate collect git --data DIR PATH",
	"incidents":     "incidents, with the changes that caused them: an incident system, or a file of incidents",
	"deployments":   "deployments with how they ended, from the forge",
	"permissions":   "permissions: the forge's roles, as snapshots over time",
	"reviews":       "pull requests with their reviews, from the forge",
	"actions":       "actions outside of repositories: audit logs of the cloud or cluster",
	"usage":         "the use of AI tools, as their makers report it",
	"pull_requests": "pull requests, from the forge",
}

// holding says which facts a fleet has.
type holding struct {
	Changes      bool `ch:"changes"`
	Incidents    bool `ch:"incidents"`
	Deployments  bool `ch:"deployments"`
	Permissions  bool `ch:"permissions"`
	Reviews      bool `ch:"reviews"`
	Usage        bool `ch:"usage"`
	PullRequests bool `ch:"pull_requests"`
	Control      bool `ch:"control"` // changes struck by incidents that no change caused
}

func (in *inputs) holding(ctx context.Context) (holding, error) {
	rows, err := ask[holding](ctx, in.reader, "holding", nil)
	if err != nil {
		return holding{}, err
	}
	return rows[0], nil
}

// missing names the facts that a claim needs and the fleet has not.
func (in *inputs) missing(ctx context.Context, d Definition) ([]string, error) {
	h, err := in.holding(ctx)
	if err != nil {
		return nil, err
	}
	has := map[string]bool{
		"changes": h.Changes, "incidents": h.Incidents, "permissions": h.Permissions, "reviews": h.Reviews, "usage": h.Usage,
		"pull_requests": h.PullRequests,
	}
	return slices.DeleteFunc(slices.Clone(d.Needs), func(need string) bool { return has[need] }), nil
}

// unseen names the facts that an outcome comes from and the fleet has not: without them there is no count of it, not even none.
// A mistake is counted by what there is.
func (h holding) unseen(outcome string) string {
	switch {
	case outcome == "failed_deployment" && !h.Deployments:
		return "deployments"
	case (outcome == "incident" || outcome == "major") && !h.Incidents:
		return "incidents"
	}
	return ""
}

// unseenNote says which outcome is not shown, and what would show it.
func unseenNote(outcome, need string) Gate {
	return Gate{
		ID: "unseen_" + outcome, Label: happened[outcome], Note: true, Detail: "Not collected, which is not none: connect " + connections[need],
	}
}

// unconnected is the answer where facts are missing: what to connect, and not "none".
func unconnected(missing []string) Answer {
	a := Answer{Code: NoData, Word: words[NoData]}
	for _, need := range missing {
		a.Connect = append(a.Connect, connections[need])
	}
	a.Sentence = "Nothing can be said before this is connected: " + strings.ReplaceAll(strings.Join(missing, ", "), "_", " ") + "."
	a.Detail = "Connect " + strings.Join(a.Connect, "; ") + "."
	return a
}
