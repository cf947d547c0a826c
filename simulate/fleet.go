package simulate

import (
	"math"
	"time"
)

const day = 24 * 60 * 60 // seconds

// ChunkSize is the number of changes in every chunk but the last.
const ChunkSize = 1 << 16

// Options say which fleet of a scenario.
type Options struct {
	Changes int
	Seed    uint64
	End     time.Time // of the data; 2026-07-01 when zero
}

// Fleet is what a scenario gives for a seed: who is there, and how each differs. It is safe for concurrent use.
type Fleet struct {
	Scenario
	Options
	shares  urn
	own     []uint32  // team that owns the repository
	tier    []uint8   // of the repository, 0 … 2
	members []uint32  // of team t, its authors are members[t] … members[t+1]−1
	ai      effects   // odds
	risk    effects   // risks
	control []float64 // risk of the repository's extrinsic incidents
	cells   cells
}

// effects are factors, by number of the author, repository and day.
type effects struct{ author, repo, team, day []float64 }

// cells are the factors of what few values describe, worked out once.
type cells struct {
	ai       [3][3][5]float64    // odds by tier, permission and size0
	noReview [3][2]float64       // probability by permission and AI
	risk     [3][3][5][2]float64 // by tier, permission, size and no review
	effect   [3][3]float64       // by permission and class
}

// New draws a fleet. Above four million changes it grows with them, so that 100 million come from 5,000 repositories:
// authors and repositories in proportion, teams by the square root.
func New(s Scenario, o Options) *Fleet {
	if o.End.IsZero() {
		o.End = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	}
	if grow := float64(o.Changes) / 4e6; grow > 1 {
		s.Repositories = min(int(grow*float64(s.Repositories)), math.MaxUint16)
		s.Authors = int(grow * float64(s.Authors))
		s.Teams = int(math.Sqrt(grow) * float64(s.Teams))
	}
	f := &Fleet{Scenario: s, Options: o}
	f.settle(newRandom(o.Seed, 0))
	f.weigh(newRandom(o.Seed, 1))
	f.tabulate()
	return f
}

// settle puts authors into teams and gives repositories their size, owner and tier.
func (f *Fleet) settle(r *random) {
	sizes := make([]float64, f.Repositories)
	f.own, f.tier = make([]uint32, f.Repositories), make([]uint8, f.Repositories)
	for i := range sizes {
		sizes[i] = math.Pow(float64(i+1), -.8)
		f.own[i] = r.below(uint32(f.Teams))
		f.tier[i] = uint8(pick(r, .2, .3))
	}
	f.shares = newUrn(sizes)
	strength := make([]uint32, f.Teams)
	for i := range f.Authors { // everybody is in one team, and two are in every team, to review each other
		team := uint32(i / 2)
		if i >= 2*f.Teams {
			team = r.below(uint32(f.Teams))
		}
		strength[team]++
	}
	f.members = make([]uint32, f.Teams+1)
	for t, n := range strength {
		f.members[t+1] = f.members[t] + n
	}
}

// weigh draws what makes authors, repositories, teams and weeks differ.
func (f *Fleet) weigh(r *random) {
	days := 7 * f.Weeks
	f.ai = effects{author: factors(r, f.Authors, f.SDAuthorAI), repo: factors(r, f.Repositories, f.SDRepoAI), day: make([]float64, days)}
	f.risk = effects{
		author: factors(r, f.Authors, f.SDAuthor), repo: factors(r, f.Repositories, f.SDRepo),
		team: factors(r, f.Teams, f.SDTeam), day: make([]float64, days),
	}
	weeks := factors(r, f.Weeks, f.SDWeek)
	for d := range days {
		f.risk.day[d] = weeks[d/7]
		f.ai.day[d] = math.Exp(f.AITrend * (float64(d/7)/float64(f.Weeks) - .5))
	}
	f.control = make([]float64, f.Repositories)
	for i := range f.control {
		z := r.normal()
		f.risk.repo[i] *= math.Exp(f.Fragility * z)
		f.ai.repo[i] *= math.Exp(f.FragilityAI * z)
		f.control[i] = f.Control * f.risk.repo[i]
	}
}

func factors(r *random, n int, sd float64) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = math.Exp(sd * r.normal())
	}
	return all
}

// tabulate works out the factors of tier, permission, size and review.
func (f *Fleet) tabulate() {
	byTier, byPermission := [3]float64{.9, .3, 0}, [3]float64{0, .5, 1.5}
	c := &f.cells
	for p := range 3 {
		for ai := range 2 {
			c.noReview[p][ai] = logistic(-2.2 + .9*float64(p) + f.ToNoReview*float64(ai))
		}
		c.effect[p] = [3]float64{NoAI: 1, Assisted: f.RRAssisted, Agent: f.RR}
		if p == 2 {
			c.effect[p][Assisted] *= f.RROperator
			c.effect[p][Agent] *= f.RROperator
		}
		for t := range 3 {
			for s := range 5 {
				c.ai[t][p][s] = f.Share / (1 - f.Share) * math.Exp(f.AIPermission*(float64(p)-.25)+f.AISize*(float64(s)-1.1))
				if t == 0 {
					c.ai[t][p][s] *= math.Exp(f.AITier)
				}
				for n := range 2 {
					c.risk[t][p][s][n] = f.Base * math.Exp(byTier[t]+byPermission[p]+.45*float64(s)+.8*float64(n))
				}
			}
		}
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Start is when the first change may land.
func (f *Fleet) Start() time.Time { return f.End.Add(-time.Duration(f.seconds()) * time.Second) }

func (f *Fleet) seconds() uint32 { return uint32(7 * f.Weeks * day) }

// Truth says what the claims ought to find in the fleet, saved by that path.
func (f *Fleet) Truth(path string) Truth {
	return Truth{
		Scenario: f.Name, Line: f.Line, Changes: f.Changes, Seed: f.Seed, Path: path,
		From: f.Start().Format(time.DateOnly), End: f.End.Format(time.DateOnly),
		RR: f.RR, RRAssisted: f.RRAssisted, RROperator: f.RROperator, RRControl: 1,
		Sensitivity: f.Sensitivity, Specificity: f.Specificity, Wrong: f.Misattributed,
		Repositories: f.Repositories, Teams: f.Teams, Authors: f.Authors,
	}
}
