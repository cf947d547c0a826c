package simulate

import (
	"math"
	"strconv"
	"time"

	"github.com/baserate/baserate/record"
)

// review is what second person looks at a proposal.
type review uint8

const (
	none review = iota
	independent
	stale      // approved, and then the branch went on
	machine    // approved by a bot only
	self       // by the author only
	afterMerge // when it had landed
)

// reviewBot is an account that approves what it is shown.
var reviewBot = record.Account{Source: "github", Login: "coderabbitai[bot]", Kind: record.KindBot}

// aside is the generator of what is drawn about a change for its facts alone. Chunks have the streams below 2^40.
func (w *writer) aside(number uint32) *random { return newRandom(w.Seed, 1<<40|uint64(number)) }

// reviewOf is independent or none, but for the mixed fleet, where not every look counts and not every lack is plain.
func (w *writer) reviewOf(c *Change) review {
	switch {
	case !w.Mixed && c.Reviewed:
		return independent
	case !w.Mixed:
		return none
	case c.Reviewed:
		return [...]review{independent, stale}[pick(w.aside(c.Number()), .9)]
	}
	return [...]review{none, machine, self, afterMerge}[pick(w.aside(c.Number()), .45, .3, .1)]
}

// opened is when a proposal was made: a median of six hours before it landed.
func (w *writer) opened(p proposal) time.Time {
	r := newRandom(w.Seed, 2<<40|uint64(p.Number))
	hours := min(6*math.Exp(1.3*r.normal()), 24*30)
	return w.time(p.At).Add(-time.Duration(600+hours*3600) * time.Second)
}

// reviews are the looks at a proposal that was opened then.
func (w *writer) reviews(p proposal, open time.Time) []record.Review {
	look := func(n int, who record.Account, state record.ReviewState, at time.Time) record.Review {
		return record.Review{
			Repo: w.repos[p.Repo], Number: p.Number, ID: strconv.Itoa(int(p.Number)*4 + n), Author: who, State: state,
			SHA: hash(p.Repo, p.Number, head), SubmittedAt: at,
		}
	}
	landing := w.time(p.At)
	between := open.Add(landing.Sub(open) * 2 / 3).Truncate(time.Second)
	switch p.Review {
	case independent:
		all := []record.Review{look(1, w.reviewer(p), record.ReviewApproved, between)}
		if w.Mixed && scatter(uint64(p.Number))%10 < 3 {
			all = append(all, look(0, w.reviewer(p), record.ReviewChangesRequested, open.Add(between.Sub(open)/2).Truncate(time.Second)))
		}
		return all
	case stale:
		old := look(1, w.reviewer(p), record.ReviewApproved, between)
		old.SHA = hash(p.Repo, p.Number, earlier)
		return []record.Review{old}
	case machine:
		return []record.Review{look(1, reviewBot, record.ReviewApproved, between)}
	case self:
		return []record.Review{look(1, w.github[p.Author], record.ReviewApproved, between)}
	case afterMerge:
		if w.past(p.At + 7200) {
			return []record.Review{look(1, w.reviewer(p), record.ReviewApproved, landing.Add(2*time.Hour))}
		}
	}
	return nil
}

// reviewer is another member of the author's team.
func (w *writer) reviewer(p proposal) record.Account {
	first, size := w.Fleet.members[p.Team], w.Fleet.members[p.Team+1]-w.Fleet.members[p.Team]
	step := 1 + uint32(scatter(uint64(p.Number)+7))%(size-1)
	return w.github[first+(p.Author-first+step)%size]
}
