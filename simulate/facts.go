package simulate

import (
	"iter"
	"time"

	"github.com/baserate/baserate/record"
)

// batchSize is how many changes go into a batch of facts.
const batchSize = 16384

// Facts returns the fleet as collectors would have brought it: who is who first, then what happened in the order of
// time, then the repositories, so that a fleet that was cut off has none. What would be after the end is not known.
func (f *Fleet) Facts() iter.Seq[record.Batch] {
	return func(yield func(record.Batch) bool) {
		w := &writer{
			Fleet: f, roster: f.roster(), yield: yield, start: f.Start(), chains: make([]chain, f.Repositories),
			levels: map[seat]uint8{}, used: map[use]*record.Usage{}, next: uint32(f.Changes) + 1,
		}
		w.members()
		var buf []Change
		for i := 0; i < f.Chunks() && !w.stopped; i++ {
			buf = f.Chunk(i, buf)
			for k := range buf {
				if w.change(&buf[k]); w.stopped {
					return
				}
			}
		}
		w.repairs(f.seconds())
		w.flushUsage()
		w.flush()
		for i := 0; i < f.Repositories && !w.stopped; i++ {
			w.repository(i)
		}
	}
}

// writer turns changes into facts.
type writer struct {
	*Fleet
	*roster
	yield   func(record.Batch) bool
	stopped bool
	batch   record.Batch
	done    int64 // changes
	start   time.Time
	chains  []chain
	levels  map[seat]uint8 // by the last snapshot
	used    map[use]*record.Usage
	usedDay uint32
	pending []repair // in the order of time
	next    uint32   // number of the next proposal that is no change of the fleet
}

// chain is where a repository's default branch stands.
type chain struct {
	position   uint32
	root, head string
}

// seat is an account in a repository.
type seat struct {
	author uint32
	repo   uint16
}

// time is the moment so many seconds after the start.
func (w *writer) time(seconds uint32) time.Time {
	return w.start.Add(time.Duration(seconds) * time.Second)
}

// past reports whether a moment is before the end of the data.
func (w *writer) past(seconds uint32) bool { return seconds < w.seconds() }

// flush hands the batch over.
func (w *writer) flush() {
	if w.stopped {
		return
	}
	w.batch.Progress = record.Progress{Done: w.done, Total: int64(w.Changes), Unit: "changes"}
	w.stopped = !w.yield(w.batch)
	w.batch = record.Batch{}
}

// members says who is who, and whose repositories are whose.
func (w *writer) members() {
	team := 0
	for a := range w.persons {
		for uint32(a) >= w.Fleet.members[team+1] {
			team++
		}
		for _, account := range []record.Account{w.git[a], w.github[a]} {
			w.batch.Members = append(w.batch.Members, record.Member{Account: account, Person: w.persons[a], Team: w.teams[team], From: w.start})
		}
	}
	for i, name := range w.repos {
		w.batch.Profiles = append(w.batch.Profiles, record.Profile{Repo: name, Team: w.teams[w.own[i]], Tier: w.tier[i] + 1, Services: []string{name}})
	}
	w.flush()
}

// repository says what is known of a repository, when all of its history has been told.
func (w *writer) repository(i int) {
	name := w.repos[i]
	if w.chains[i].root == "" {
		return // nothing landed there
	}
	w.batch.Repository = &record.Repository{Name: name, Path: "simulated", DefaultBranch: "refs/heads/main", Root: w.chains[i].root}
	w.flush()
}

// change tells a change and what came of it, after all that landed before it.
func (w *writer) change(c *Change) {
	known := w.Known(*c)
	c = &known
	w.repairs(c.At)
	w.use(c)
	p := proposal{
		Repo: c.Repo, Author: c.Author, Team: c.Team, At: c.At, Number: c.Number(), Permission: c.Permission, Label: c.Label, Denied: c.Denied,
		Title: w.subject(c.Number()), Files: files(c.Number(), c.Files(), uint32(c.Lines)-c.Deletions(), c.Deletions()),
		Review: w.reviewOf(c),
	}
	if c.LateLabel {
		p.LabelledAt = c.At + c.After + lateBy
	}
	if c.Mistake == FailedDeployment {
		p.FailedAfter = c.After
	}
	w.land(p)
	w.mistake(c, p)
	w.control(c)
	if w.Mixed {
		w.turnedDown(c)
	}
	w.done++
	if w.done%batchSize == 0 {
		w.flush()
	}
}
