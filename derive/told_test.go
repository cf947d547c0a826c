package derive_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// hour is h hours after the start.
func hour(h float64) time.Time { return start.Add(time.Duration(h * float64(time.Hour))) }

func github(login string) record.Account { return record.Account{Source: "github", Login: login} }

// pull tells of a merged pull request of one's own: opened at an hour, merged two hours later as the commit of that name,
// with all reviews collected. Its last commit is called "head".
func (h *history) pull(number uint32, author, merge string, hours float64) *record.PullRequest {
	h.told.PullRequests = append(h.told.PullRequests, record.PullRequest{
		Source: "github", Repo: h.repo, Number: number, Title: "do it", Branch: "topic", Base: "main",
		Author: github(author), MergedBy: github("merger"), CreatedAt: hour(hours), ReadyAt: hour(hours),
		MergedAt: hour(hours + 2), ClosedAt: hour(hours + 2), UpdatedAt: hour(hours + 2),
		MergeSHA: sha(merge), HeadSHA: sha("head"), ReviewsComplete: true,
	})
	return &h.told.PullRequests[len(h.told.PullRequests)-1]
}

// review tells of a look at a pull request, at the commit of that name.
func (h *history) review(number uint32, login string, state record.ReviewState, at string, hours float64) *record.Review {
	h.told.Reviews = append(h.told.Reviews, record.Review{
		Repo: h.repo, Number: number, ID: fmt.Sprint(len(h.told.Reviews)), Author: github(login), State: state, SHA: sha(at), SubmittedAt: hour(hours),
	})
	return &h.told.Reviews[len(h.told.Reviews)-1]
}

// incident tells of an hour of outage, and of the change of that name as its declared cause.
func (h *history) incident(id, cause string, hours float64) *record.Incident {
	h.told.Incidents = append(h.told.Incidents, record.Incident{
		Source: "pager", ID: id, Severity: 3, DeclaredAt: hour(hours), StartedAt: hour(hours), ResolvedAt: hour(hours + 1),
		UpdatedAt: hour(hours + 1), CauseType: record.CauseChange,
	})
	if cause != "" {
		h.cause(id, "commit", sha(cause), "declared", 1)
	}
	return &h.told.Incidents[len(h.told.Incidents)-1]
}

func (h *history) cause(incident, kind, ref, method string, score float32) *record.Cause {
	h.told.Causes = append(h.told.Causes, record.Cause{
		Source: "pager", Incident: incident, Role: record.RoleCause, Kind: kind, Repo: h.repo, Ref: ref, Method: method, Score: score, StatedAt: start,
	})
	return &h.told.Causes[len(h.told.Causes)-1]
}

func (h *history) deploy(id, commit string, hours float64, failed bool) *record.Deployment {
	h.told.Deployments = append(h.told.Deployments, record.Deployment{
		Repo: h.repo, ID: id, SHA: sha(commit), Environment: "production", CreatedAt: hour(hours), FinishedAt: hour(hours + 0.5), Failed: failed,
	})
	return &h.told.Deployments[len(h.told.Deployments)-1]
}

// member tells whose accounts these are, "git ada@example.org" or "ada" at GitHub, and their team since the start of time.
func (h *history) member(person, team string, accounts ...record.Account) {
	for _, a := range accounts {
		h.told.Members = append(h.told.Members, record.Member{Account: a, Person: person, Team: team, From: start.AddDate(-1, 0, 0)})
	}
}

func git(address string) record.Account { return record.Account{Source: "git", Login: address} }

// fate is a change with what the view and the table below it say since version 2.
type fate struct {
	Name             string     `ch:"name"`
	Kind             string     `ch:"kind"`
	Method           string     `ch:"method"`
	PRNumber         *uint32    `ch:"pr_number"`
	Class            string     `ch:"author_class"`
	LateClass        string     `ch:"late_class"`
	Tool             string     `ch:"tool"`
	Review           string     `ch:"review_state"`
	Approvals        uint8      `ch:"approvals"`
	Permission       string     `ch:"permission"`
	Usual            string     `ch:"usual_permission"`
	Grant            string     `ch:"permission_source"`
	PrompterKnown    *bool      `ch:"prompter_known"`
	MergedByAuthor   *bool      `ch:"merged_by_author"`
	DeployedAt       *time.Time `ch:"deployed_at"`
	Team             string     `ch:"team"`
	Tier             uint8      `ch:"tier"`
	Commits          uint32     `ch:"commits"`
	SizeLines        *uint64    `ch:"size_lines"`
	OpenedAt         *time.Time `ch:"opened_at"`
	FirstReviewAt    *time.Time `ch:"first_review_at"`
	Rounds           uint16     `ch:"review_rounds"`
	Comments         uint32     `ch:"review_comments"`
	Hotfixed         bool       `ch:"hotfixed"`
	HotfixScore      float32    `ch:"hotfix_score"`
	Reworked         bool       `ch:"reworked"`
	FailedDeployment bool       `ch:"failed_deployment"`
	FailedAt         *time.Time `ch:"failed_at"`
	Incident         bool       `ch:"incident"`
	IncidentID       string     `ch:"incident_id"`
	IncidentAt       *time.Time `ch:"incident_at"`
	IncidentMethod   string     `ch:"incident_method"`
	Major            bool       `ch:"major"`
	Severity         *uint8     `ch:"severity"`
	OutageMinutes    float64    `ch:"outage_minutes"`
	Mistake          bool       `ch:"mistake"`
	Control          bool       `ch:"control"`
	FollowedDays     uint16     `ch:"followed_days"`
	Author           uint64     `ch:"author"`
	People           []uint64   `ch:"people"`
}

// fates returns the changes by the name of their commit.
func fates(t *testing.T, s *store.Store) map[string]fate {
	t.Helper()
	all, err := store.Select[fate](context.Background(), s, `SELECT trimRight(unhex(c.sha), '\0') AS name, v.kind AS kind, v.method AS method, v.pr_number AS pr_number,
		v.author_class AS author_class, v.late_class AS late_class, v.tool AS tool, v.review_state AS review_state, v.approvals AS approvals,
		v.permission AS permission, v.usual_permission AS usual_permission, v.permission_source AS permission_source,
		v.prompter_known AS prompter_known, v.merged_by_author AS merged_by_author, v.deployed_at AS deployed_at, v.team AS team, v.tier AS tier, v.commits AS commits, v.size_lines AS size_lines,
		v.opened_at AS opened_at, v.first_review_at AS first_review_at, v.review_rounds AS review_rounds, v.review_comments AS review_comments,
		v.hotfixed AS hotfixed, v.hotfix_score AS hotfix_score, v.reworked AS reworked, v.failed_deployment AS failed_deployment, v.failed_at AS failed_at,
		v.incident AS incident, v.incident_id AS incident_id, v.incident_at AS incident_at, v.incident_method AS incident_method, v.major AS major, v.incident_severity AS severity,
		v.outage_minutes AS outage_minutes, v.mistake AS mistake, v.control AS control, v.followed_days AS followed_days, c.author AS author, c.people AS people
		FROM baserate.changes AS v INNER JOIN changes AS c FINAL ON c.change_id = v.change_id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]fate{}
	for _, f := range all {
		named[f.Name] = f
	}
	return named
}

// befell derives a history with what is told of it.
func befell(t *testing.T, build func(h *history)) map[string]fate {
	t.Helper()
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	build(h)
	save(t, s, h.repo, h.batch())
	run(t, s)
	return fates(t, s)
}
