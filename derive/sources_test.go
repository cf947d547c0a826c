package derive_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// workday is a history of which every kind of fact says something; the two repositories of a fleet share an incident.
func workday(repo string) *history {
	h := &history{repo: repo}
	h.land("a", 0, "add a (#1)"+byClaude, "a.go")
	h.pull(1, "ada", "a", -2).Commits = []string{sha("a0"), sha("head")}
	h.commit("a0", -1, "part of a").Author.Email = "bob@example.org"
	h.review(1, "bob", record.ReviewApproved, "head", -1)
	h.review(1, "eve", record.ReviewApproved, "head", -1)
	h.land("b", 2, "add b", "b.go")
	h.pull(2, "ada", "b", 0).Labels = []record.Label{{Name: "ai-generated", At: hour(50)}}
	h.land("fb", 3, "fix b", "b.go")
	h.land("r1", 4, "rebased", "c.go")
	h.land("r2", 5, "rebased too", "c.go")
	h.pull(3, "eve", "r2", 3).Commits = []string{sha("r1"), sha("r2")}
	open := h.pull(4, "ada", "", 6)
	open.MergedAt, open.MergeSHA = time.Time{}, ""
	h.land("end", 24*40, "end", "e.go")
	h.deploy("1", "b", 3, true)
	h.incident("shared", "a", 10)
	h.told.Causes[0].Score = map[string]float32{"o/r": 0.5}[repo] + 0.1
	h.incident(repo, "r1", 11).CauseType = record.CauseCapacity
	h.member("p-ada", "core", git("ada@example.org"), github("ada"))
	h.member("p-bob", "edge", git("bob@example.org"), github("bob"))
	h.told.Permissions = []record.Permission{
		{Repo: repo, Account: github("merger"), Level: record.LevelWrite, SeenAt: hour(0)},
		{Account: github("merger"), Level: record.LevelAdmin, SeenAt: hour(-10)},
	}
	h.told.Profiles = []record.Profile{{Repo: repo, Tier: 1, Services: []string{"svc"}}}
	h.forged()
	return h
}

// forged adds what only a forge, a tracker or a person knows.
func (h *history) forged() {
	h.land("pushed", 24*41, "pushed", "p.go")
	h.told.Hosted = []record.HostedRepository{{Source: "github", ID: h.repo, Name: h.repo, DefaultBranch: "main"}}
	h.own(2, "own", "bob@example.org", "part of b"+byClaude, 1)
	h.own(1, "a0", "Bob@users.noreply.github.com", "part of a", -1) // a clone says it too, otherwise
	h.task(2, "bob", 0)
	h.moved("push", "ada", "end", "pushed", 24*41)
	h.bypass("ada", "pushed", 24*41)
	h.told.PullEvents = []record.PullEvent{{Source: "github", Repo: h.repo, Number: 3, ID: "1", Kind: "force_pushed", Actor: github("eve"), At: hour(4)}}
	h.deploy("2", "r2", 9, false)
	h.incident("window", "", 10).Services = []string{"svc"} // both repositories have it
	h.incident("decided "+h.repo, "b", 10)
	h.told.Confirmations = []record.Confirmation{{Source: "pager", Incident: "decided " + h.repo, Change: h.repo + "@" + sha("fb"), Confirmed: true, At: hour(12)}}
}

// rows are what the tables of changes and proposals hold, without versions.
func rows(t *testing.T, s *store.Store) []string {
	t.Helper()
	var all []string
	for _, table := range []string{"changes", "proposals", "candidates", "bypasses"} {
		got, err := store.Select[struct {
			Row string `ch:"row"`
		}](context.Background(), s, "SELECT toString(tuple(* EXCEPT version)) AS row FROM "+table+" FINAL ORDER BY row", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range got {
			all = append(all, table+" "+r.Row)
		}
	}
	return all
}

// It makes no difference which source is heard first, or how often.
func TestTheOrderOfSourcesDoesNotMatter(t *testing.T) {
	repos := []string{"o/r", "o/s"}
	one := storetest.Open(t)
	for _, repo := range repos {
		save(t, one, repo, workday(repo).batch())
	}
	run(t, one)
	want := rows(t, one)
	if len(want) != 2*6+2*4+2*5+2*1 {
		t.Fatalf("%d rows: %q", len(want), want)
	}

	// In an order that no collector would choose, with a derivation after each.
	pieces := []func(b record.Batch) record.Batch{
		func(b record.Batch) record.Batch { return record.Batch{Causes: b.Causes, Reviews: b.Reviews} },
		func(b record.Batch) record.Batch { return record.Batch{PullRequests: b.PullRequests} },
		func(b record.Batch) record.Batch {
			return record.Batch{Repository: b.Repository, Commits: b.Commits, Placements: b.Placements}
		},
		func(b record.Batch) record.Batch { return record.Batch{Incidents: b.Incidents} },
		func(b record.Batch) record.Batch { return record.Batch{Permissions: b.Permissions} },
		func(b record.Batch) record.Batch { return record.Batch{Confirmations: b.Confirmations} },
		func(b record.Batch) record.Batch { return record.Batch{Activities: b.Activities} },
		func(b record.Batch) record.Batch {
			return record.Batch{RuleSuites: b.RuleSuites, AgentTasks: b.AgentTasks}
		},
		func(b record.Batch) record.Batch {
			return record.Batch{PullCommits: b.PullCommits, PullEvents: b.PullEvents}
		},
		func(b record.Batch) record.Batch { return record.Batch{Hosted: b.Hosted} },
		func(b record.Batch) record.Batch { return record.Batch{Members: b.Members} },
		func(b record.Batch) record.Batch { return record.Batch{Deployments: b.Deployments} },
		func(b record.Batch) record.Batch { return record.Batch{Profiles: b.Profiles} },
		func(b record.Batch) record.Batch { return b }, // and all of it once more
	}
	steps := storetest.Open(t)
	for i, piece := range pieces {
		for _, repo := range repos {
			if b := piece(workday(repo).batch()); len(b.Commits) > 0 {
				save(t, steps, repo, b)
			} else {
				tell(t, steps, b)
			}
		}
		if sum := run(t, steps); sum.Repositories != len(repos) {
			t.Errorf("step %d: %d repositories derived, want both", i, sum.Repositories)
		}
	}
	if diff := cmp.Diff(want, rows(t, steps)); diff != "" {
		t.Error(diff)
	}
}

// New facts of one repository concern no other, and what a repository no longer has goes from its derived rows.
func TestOnlyWhatIsTold(t *testing.T) {
	s := storetest.Open(t)
	for _, repo := range []string{"o/r", "o/t"} {
		h := &history{repo: repo}
		h.land("a", 2, "a")
		h.pull(1, "ada", "a", 0)
		h.review(1, "bob", record.ReviewApproved, "head", 1)
		save(t, s, repo, h.batch())
	}
	if sum := run(t, s); sum.PullRequests != 2 {
		t.Errorf("%d pull requests classified, want 2", sum.PullRequests)
	}
	h := &history{repo: "o/r"}
	h.review(1, "bob", record.ReviewDismissed, "head", 1) // the same review, as it stands now
	tell(t, s, h.told)
	sum := run(t, s)
	if sum.Repositories != 1 || sum.Commits != 0 || sum.PullRequests != 0 {
		t.Errorf("second run: %+v", sum)
	}
	states, err := store.Select[struct {
		Repo  string `ch:"repo"`
		State string `ch:"review_state"`
	}](context.Background(), s, "SELECT repo, review_state FROM baserate.changes ORDER BY repo", nil)
	if err != nil || len(states) != 2 || states[0].State != "none" || states[1].State != "independent" {
		t.Errorf("review states: %+v, %v", states, err)
	}
	if sum := run(t, s); sum.Repositories != 0 {
		t.Errorf("third run: %+v", sum)
	}
}

// A simulated fleet without facts is expanded, and not taken for a history without commits.
func TestFastRepositoriesAreExpanded(t *testing.T) {
	s := storetest.Open(t)
	ledger := record.Collection{Source: "simulate", Scope: "fleet/repo-00001", Stream: "fast", StartedAt: start, Status: record.StatusOK, Rows: 1}
	if err := s.Save(context.Background(), record.Batch{}, ledger); err != nil {
		t.Fatal(err)
	}
	if sum := run(t, s); sum.Repositories != 1 {
		t.Errorf("%+v, want the one repository", sum)
	}
	if sum := run(t, s); sum.Repositories != 0 {
		t.Errorf("again: %+v", sum)
	}
}
