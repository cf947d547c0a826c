package derive_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

// The mistakes of other systems, each found in a real one, that derivation must not repeat. Those of other layers are beside
// them: 8 and 15 in package analysis, 10 in store, 9 and the collecting of 13 in the collectors.

// rates are shares of changes and of deployments that failed, as an analyst would ask for them.
func rates(t *testing.T, s *store.Store) (changes, deployments float64) {
	t.Helper()
	rows, err := store.Select[struct {
		Changes     float64 `ch:"changes"`
		Deployments float64 `ch:"deployments"`
	}](context.Background(), s, `SELECT countIf(failed_deployment OR incident) / uniqExact(change_id) AS changes,
		(SELECT countIf(failed) / uniqExact(id) FROM baserate.deployments WHERE production) AS deployments FROM baserate.changes WHERE repo = 'o/r' AND change_id != concat('o/r@', lower(hex('end')), repeat('0', 34))`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows[0].Changes, rows[0].Deployments
}

// Two incidents and two failed deployments of one change are one failed change: no rate exceeds one, and collecting further back
// or forth changes none.
func TestTrap01RateAboveOneOrByHowFarBackWasCollected(t *testing.T) {
	share := func(from, to float64) float64 {
		s := storetest.Open(t)
		h := &history{repo: "o/r"}
		if from < 0 {
			h.land("old", from, "long ago")
		}
		h.land("a", 0, "add a")
		h.deploy("1", "a", 1, true)
		h.deploy("2", "a", 2, true)
		h.incident("i", "a", 3)
		h.incident("j", "a", 4)
		h.incident("old", "", from+1).Repos = []string{h.repo} // nothing was deployed in the four hours before it
		h.land("end", to, "end")
		save(t, s, h.repo, h.batch())
		run(t, s)
		changes, deployments := rates(t, s)
		if changes > 1 || deployments > 1 {
			t.Errorf("collected from %g to %g: %g of the changes failed, %g of the deployments", from, to, changes, deployments)
		}
		a := fates(t, s)["a"]
		if !a.Incident || !a.FailedDeployment || !a.Mistake {
			t.Errorf("collected from %g to %g: %+v", from, to, a)
		}
		return changes
	}
	if short, long, back := share(0, 24*15), share(0, 24*300), share(-24*300, 24*15); short != 1 || long != 1 || back != 0.5 {
		t.Errorf("shares %g, %g and, beside an old change, %g; want 1, 1 and 0.5", short, long, back)
	}
}

func TestTrap02FailedDeploymentOfManyCommitsCountedManyTimes(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		h.land(name, 1, name)
	}
	h.deploy("1", "e", 5, true) // all five go out at once
	h.land("end", 24*60, "end")
	save(t, s, h.repo, h.batch())
	run(t, s)
	if changes, deployments := rates(t, s); changes != 0.2 || deployments != 1 {
		t.Errorf("%g of five changes failed with %g of the deployments, want one of them with the only one", changes, deployments)
	}
}

// misjudged are pull requests that other systems took for reviewed, or for what they are not; derived once for several tests.
var misjudged struct {
	sync.Once
	fates map[string]fate
}

func misjudgedOnce(t *testing.T) map[string]fate {
	t.Helper()
	misjudged.Do(func() { misjudged.fates = befell(t, tellMisjudged) })
	return misjudged.fates
}

func tellMisjudged(h *history) {
	pull := func(n uint32, name, author string) *record.PullRequest {
		h.land(name, 2, "do it")
		return h.pull(n, author, name, 0)
	}
	pull(1, "ci", "ada")
	h.review(1, "ci-runner[bot]", record.ReviewCommented, "head", 1)
	h.review(1, "coverage", record.ReviewCommented, "head", 1).Author.Kind = record.KindApp
	pull(2, "own", "ada")
	h.review(2, "ada", record.ReviewApproved, "head", 1)
	pull(3, "after", "ada")
	h.review(3, "bob", record.ReviewApproved, "head", 2.5)
	pull(4, "older", "ada")
	h.review(4, "bob", record.ReviewApproved, "first", 1)
	prompted := pull(5, "prompted", "copilot-swe-agent[bot]")
	prompted.Author.Kind, prompted.MergedBy = record.KindBot, github("bob")
	h.task(5, "bob", -1)
	h.review(5, "bob", record.ReviewApproved, "head", 1)
	pull(6, "unfetched", "ada").ReviewsComplete = false
	pull(7, "unseen", "ada")
	pull(8, "seen", "ada")
	h.review(8, "bob", record.ReviewApproved, "head", 1)
}

// unreviewed holds that a change was not seen by a second person, and that this is known.
func unreviewed(t *testing.T, name, state string) {
	t.Helper()
	got := misjudgedOnce(t)
	if g := got[name]; g.Review != state || g.Approvals > 0 {
		t.Errorf("%s: %s by %d, want %s", name, g.Review, g.Approvals, state)
	}
	if g := got["seen"]; g.Review != "independent" || g.Approvals != 1 {
		t.Errorf("one that was seen: %s by %d", g.Review, g.Approvals)
	}
}

func TestTrap03CommentByABotMakesAPullRequestReviewed(t *testing.T) { unreviewed(t, "ci", "none") }

func TestTrap04OwnReviewOrLateOrStaleApprovalCounts(t *testing.T) {
	unreviewed(t, "own", "self")
	unreviewed(t, "after", "after_merge")
	unreviewed(t, "older", "stale")
}

func TestTrap05PrompterMergesTheAgentsPullRequestAndPasses(t *testing.T) {
	unreviewed(t, "prompted", "self")
	if by := is(misjudgedOnce(t)["prompted"].MergedByAuthor); by != "yes" {
		t.Errorf("merged by one with a hand in it: %s", by)
	}
}

func TestTrap06AgentFilteredOutAsABot(t *testing.T) {
	got := misjudgedOnce(t)
	if len(got) != 8 || got["prompted"].Class != "ai_agent" {
		t.Errorf("%d changes, the agent's is %q", len(got), got["prompted"].Class)
	}
}

func TestTrap07UnknownCountedAsHuman(t *testing.T) {
	if g := misjudgedOnce(t)["unseen"]; g.Class != "unknown" {
		t.Errorf("a change without a mark is %s", g.Class)
	}
}

func TestTrap14ReviewsNotFetchedShownAsNone(t *testing.T) {
	unreviewed(t, "unseen", "none")
	unreviewed(t, "unfetched", "not_collected")
}

// A person in two teams is one person with one change, and is in both of them: why teams do not add up to the whole is written
// where they are counted.
func TestTrap11PersonInTwoTeamsDoubles(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	ada := git("ada@example.org")
	h.land("a", 24, "a")
	for _, team := range []string{"core", "edge"} {
		h.member("p-ada", team, ada)
		for _, p := range []string{"b", "c", "d", "e"} {
			h.member("p-"+team+p, team, git(team+p+"@example.org"))
		}
	}
	save(t, s, h.repo, h.batch())
	run(t, s)
	type sums struct {
		Changes uint64 `ch:"changes"`
		Authors uint64 `ch:"authors"`
		Members uint64 `ch:"members"`
		People  uint64 `ch:"people"`
		Said    bool   `ch:"said"`
	}
	rows, err := store.Select[sums](context.Background(), s, `SELECT (SELECT count() FROM baserate.changes) AS changes, (SELECT uniqExact(author) FROM changes FINAL) AS authors,
		(SELECT sum(persons) FROM baserate.teams) AS members, (SELECT uniqExact(person) FROM persons) AS people,
		(SELECT position(comment, 'do not add up') > 0 FROM system.tables WHERE database = 'baserate' AND name = 'teams') AS said`, nil)
	if err != nil || rows[0] != (sums{1, 1, 10, 9, true}) {
		t.Errorf("%+v, %v; want one change of one author, and ten members in two teams who are nine people", rows, err)
	}
}

// That two accounts are one person is learned years after they approved each other's work: what was derived then says so now, and
// says what it said when the word is taken back.
func TestTrap12IdentityMergeNotInOldRows(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	ada, other := github("ada"), github("ada-at-home")
	h.land("old", 2, "do it").Author.Email = "ada@work.example"
	h.pull(1, ada.Login, "old", 0)
	h.review(1, other.Login, record.ReviewApproved, "head", 1)
	h.land("later", 24*900, "later").Author.Email = "ada@home.example"
	h.member("p1", "core", ada, git("ada@work.example"))
	h.member("p2", "core", other, git("ada@home.example"))
	save(t, s, h.repo, h.batch())
	for _, step := range []struct {
		said   []record.Identity
		review string
		merged bool
	}{
		{nil, "independent", false},
		{[]record.Identity{joined(other, "p1", 24*950), joined(git("ada@home.example"), "p1", 24*950)}, "self", true},
		{[]record.Identity{joined(other, "p2", 24*960), joined(git("ada@home.example"), "p2", 24*960)}, "independent", false},
	} {
		if step.said != nil {
			tell(t, s, record.Batch{Identities: step.said})
		}
		run(t, s)
		got := fates(t, s)
		if got["old"].Review != step.review || (got["old"].Author == got["later"].Author) != step.merged {
			t.Errorf("after %+v: %s, by %d and %d; want %s, one person: %t", step.said, got["old"].Review, got["old"].Author, got["later"].Author, step.review, step.merged)
		}
	}
}

func TestTrap13UpdateTakenForDeployTime(t *testing.T) {
	got := befell(t, func(h *history) {
		h.land("a", 0, "a")
		d := h.deploy("1", "a", 1, false)
		d.CreatedAt, d.FinishedAt = hour(1), hour(2)
		h.land("b", 3, "b")
		h.deploy("2", "b", 4, true).FinishedAt = time.Time{} // under way until it failed: when it was asked for stands for the end
	})
	if at := got["a"].DeployedAt; at == nil || !at.Equal(hour(2)) {
		t.Errorf("a was deployed at %v, want when success was reported", at)
	}
	if at := got["b"].FailedAt; at == nil || !at.Equal(hour(4)) {
		t.Errorf("b failed at %v", at)
	}
}
