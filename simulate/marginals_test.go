package simulate_test

import (
	"math"
	"testing"

	"github.com/baserate/baserate/simulate"
)

// plain is the null world without differences between authors, repositories, teams and weeks: every probability in it
// is one of the formulas of the package documentation.
func plain(t testing.TB) simulate.Scenario {
	s := named(t, "null")
	s.SDAuthorAI, s.SDRepoAI, s.AITrend, s.SDRepo, s.SDAuthor, s.SDTeam, s.SDWeek = 0, 0, 0, 0, 0, 0, 0
	s.AIPermission, s.AISize, s.AITier, s.ToNoReview, s.ToSize = .5, .3, .4, .6, .3
	s.RR, s.RROperator, s.Base = 2, 1.5, 2e-3
	return s
}

func drawn(s simulate.Scenario, changes int) []simulate.Change {
	return all(simulate.New(s, simulate.Options{Changes: changes, Seed: 11}))
}

// share is the share of the changes that are as wanted, among those for which it is asked.
func share(changes []simulate.Change, among, wanted func(*simulate.Change) bool) (p, n float64) {
	for i := range changes {
		if c := &changes[i]; among(c) {
			n++
			if wanted(c) {
				p++
			}
		}
	}
	return p / n, n
}

func every(*simulate.Change) bool { return true }

// isShare compares a share with a probability at four standard errors.
func isShare(t *testing.T, what string, changes []simulate.Change, among, wanted func(*simulate.Change) bool, want float64) {
	t.Helper()
	got, n := share(changes, among, wanted)
	if n < 100 || math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/n)+1e-12 {
		t.Errorf("%s: %.5f of %.0f, want %.5f", what, got, n, want)
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func TestMarginals(t *testing.T) {
	s := plain(t)
	s.ToSize = 0
	changes := drawn(s, 1_000_000)
	for p, want := range []float64{.8, .15, .05} {
		isShare(t, "permission", changes, every, func(c *simulate.Change) bool { return int(c.Permission) == p }, want)
	}
	for size, want := range []float64{.45, .2475, .136125, .07486875, .09150625} {
		isShare(t, "size", changes, every, func(c *simulate.Change) bool { return int(c.Size) == size }, want)
	}
	isShare(t, "human changes that say so", changes, func(c *simulate.Change) bool { return c.AI == simulate.NoAI }, func(c *simulate.Change) bool { return c.Denied }, .6)
	isShare(t, "labels of AI changes", changes, func(c *simulate.Change) bool { return c.AI != simulate.NoAI }, func(c *simulate.Change) bool { return c.Label == c.AI && !c.Denied }, 1)
	total := 0.
	for r := range s.Repositories {
		total += math.Pow(float64(r+1), -.8)
	}
	for _, r := range []int{0, 1, 50, 199} {
		isShare(t, "repository", changes, every, func(c *simulate.Change) bool { return int(c.Repo) == r }, math.Pow(float64(r+1), -.8)/total)
	}
	edges := [...]uint16{0, 10, 50, 250, 1000, 4000}
	isShare(t, "lines within their bucket", changes, every, func(c *simulate.Change) bool { return c.Lines > edges[c.Size] && c.Lines <= edges[c.Size+1] }, 1)
}

// A team makes nine in ten changes of its repositories, and a share of those that anybody makes.
func TestTeams(t *testing.T) {
	changes := drawn(plain(t), 500_000)
	by := map[[2]int]float64{}
	n := map[int]float64{}
	teamOf := map[uint32]uint16{}
	for _, c := range changes {
		by[[2]int{int(c.Repo), int(c.Team)}]++
		n[int(c.Repo)]++
		if team, seen := teamOf[c.Author]; seen && team != c.Team {
			t.Fatalf("author %d is in teams %d and %d", c.Author, team, c.Team)
		}
		teamOf[c.Author] = c.Team
	}
	for r := range 200 {
		most := 0.
		for team := range 60 {
			most = max(most, by[[2]int{r, team}])
		}
		want := .9 + .1/60
		if got := most / n[r]; math.Abs(got-want) > 5*math.Sqrt(want*(1-want)/n[r]) {
			t.Errorf("repository %d: %.3f by its own team, want %.3f", r, got, want)
		}
	}
	if len(teamOf) != 1500 {
		t.Errorf("%d authors, want 1500", len(teamOf))
	}
}

// AI, review and mistakes follow the formulas within every cell of tier, permission and size.
func TestFormulas(t *testing.T) {
	s := plain(t)
	s.ToSize = 0
	cells := map[[3]int][]simulate.Change{}
	for _, c := range drawn(s, 2_000_000) {
		key := [3]int{int(c.Tier) - 1, int(c.Permission), int(c.Size)}
		cells[key] = append(cells[key], c)
	}
	tier, permission := [...]float64{.9, .3, 0}, [...]float64{0, .5, 1.5}
	for k := range 3 {
		for p := range 3 {
			for size := range 5 {
				changes := cells[[3]int{k, p, size}]
				logit := math.Log(.35/.65) + .5*(float64(p)-.25) + .3*(float64(size)-1.1)
				if k == 0 {
					logit += .4
				}
				isShare(t, "AI", changes, every, func(c *simulate.Change) bool { return c.AI == simulate.Agent }, logistic(logit))
				for ai := range 2 {
					arm := func(c *simulate.Change) bool { return (c.AI != simulate.NoAI) == (ai == 1) }
					isShare(t, "no review", changes, arm, func(c *simulate.Change) bool { return !c.Reviewed }, logistic(-2.2+.9*float64(p)+.6*float64(ai)))
					reviewed := func(c *simulate.Change) bool { return arm(c) && c.Reviewed }
					log := math.Log(2e-3) + permission[p] + .45*float64(size) + tier[k] + float64(ai)*math.Log(2)
					if p == 2 {
						log += float64(ai) * math.Log(1.5)
					}
					isShare(t, "mistakes of the reviewed", changes, reviewed, func(c *simulate.Change) bool { return c.Mistake == simulate.Incident }, math.Exp(log))
				}
			}
		}
	}
	safest := cells[[3]int{2, 0, 0}]
	unreviewed := func(c *simulate.Change) bool { return !c.Reviewed && c.AI == simulate.NoAI }
	isShare(t, "mistakes of the unreviewed", safest, unreviewed, func(c *simulate.Change) bool { return c.Mistake != simulate.NoMistake }, 2e-3*math.Exp(.8))
	isShare(t, "controls", safest, every, func(c *simulate.Change) bool { return c.ControlAfter > 0 }, s.Control)
}

// AI is taken up over the weeks, makes changes larger, and is found out as often as the scenario says.
func TestTrendMediatorAndLabels(t *testing.T) {
	s := plain(t)
	s.AIPermission, s.AISize, s.AITier, s.AITrend = 0, 0, 0, 1.5
	s.Sensitivity, s.Specificity, s.LateCases, s.Base = .7, .98, .9, .02
	changes := drawn(s, 1_000_000)
	for _, week := range []uint32{0, 13, 25} {
		in := func(c *simulate.Change) bool { return c.At/(7*86400) == week }
		isShare(t, "AI by week", changes, in, func(c *simulate.Change) bool { return c.AI != simulate.NoAI },
			logistic(math.Log(.35/.65)+1.5*(float64(week)/26-.5)))
	}
	isAI := func(c *simulate.Change) bool { return c.AI != simulate.NoAI }
	isNot := func(c *simulate.Change) bool { return c.AI == simulate.NoAI }
	isShare(t, "small changes by AI", changes, isAI, func(c *simulate.Change) bool { return c.Size == 0 }, .45*.7)
	isShare(t, "large changes by AI", changes, isAI, func(c *simulate.Change) bool { return c.Size == 4 }, .09150625+.07486875*.3)
	isShare(t, "sensitivity", changes, isAI, func(c *simulate.Change) bool { return c.Label != simulate.NoAI }, .7)
	isShare(t, "specificity", changes, isNot, func(c *simulate.Change) bool { return c.Label == simulate.NoAI }, .98)
	isShare(t, "AI found in the end", changes, func(c *simulate.Change) bool { return isAI(c) && c.Mistake != simulate.NoMistake },
		func(c *simulate.Change) bool { return c.Label != simulate.NoAI || c.LateLabel }, .9)
	isShare(t, "late labels without an incident", changes, func(c *simulate.Change) bool { return c.Mistake == simulate.NoMistake },
		func(c *simulate.Change) bool { return c.LateLabel }, 0)
}

// Incidents come within 13 days, after two on average but for those cut off; of every severity.
func TestIncidents(t *testing.T) {
	s := plain(t)
	s.Base = .05
	changes := drawn(s, 300_000)
	struck := func(c *simulate.Change) bool { return c.Mistake == simulate.Incident }
	most := 1 - math.Exp(-6.5)
	for _, d := range []float64{.5, 2, 6, 13} {
		isShare(t, "delay", changes, struck, func(c *simulate.Change) bool { return float64(c.After) <= d*86400 }, min((1-math.Exp(-d/2))/most, 1))
	}
	isShare(t, "delays of nothing", changes, struck, func(c *simulate.Change) bool { return c.After == 0 || c.Outage == 0 }, 0)
	for i, want := range []float64{.05, .15, .4, .3, .1} {
		isShare(t, "severity", changes, struck, func(c *simulate.Change) bool { return int(c.Severity) == i+1 }, want)
	}
	isShare(t, "traces of no incident", changes, func(c *simulate.Change) bool { return !struck(c) },
		func(c *simulate.Change) bool { return c.After > 0 || c.Severity > 0 || c.Outage > 0 }, 0)
}

// A wrong culprit takes the blame whole: as many incidents, three in ten elsewhere in the same repository.
func TestMisattribution(t *testing.T) {
	s := plain(t)
	s.Base = 1e-3
	right := drawn(s, 500_000)
	s.Misattributed = .3
	wrong := drawn(s, 500_000)
	struck, moved := map[uint16]int{}, 0.
	total := 0.
	for i := range right {
		if right[i].Mistake != simulate.NoMistake {
			struck[right[i].Repo]++
			total++
			if wrong[i].Mistake == simulate.NoMistake {
				moved++
			}
		}
		if wrong[i].Mistake != simulate.NoMistake {
			struck[wrong[i].Repo]--
		}
	}
	for repo, n := range struck {
		if n != 0 {
			t.Errorf("repository %d: %d incidents too few", repo, n)
		}
	}
	if got := moved / total; math.Abs(got-.3) > 4*math.Sqrt(.21/total)+.01 {
		t.Errorf("%.3f of %.0f were moved, want .3", got, total)
	}
}
