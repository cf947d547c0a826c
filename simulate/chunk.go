package simulate

import "math"

// Chunks is the number of chunks that the fleet's changes come in.
func (f *Fleet) Chunks() int { return (f.Changes + ChunkSize - 1) / ChunkSize }

// Chunk returns the changes of one chunk, in the order of landing, in buf if that is long enough.
func (f *Fleet) Chunk(i int, buf []Change) []Change {
	first := i * ChunkSize
	n := min(ChunkSize, f.Changes-first)
	if cap(buf) < n {
		buf = make([]Change, n)
	}
	buf = buf[:n]
	r := newRandom(f.Seed, uint64(i)+2)
	every := float64(f.seconds()) / float64(f.Changes)
	for k := range buf {
		at := uint32((float64(first+k) + r.uniform()) * every)
		buf[k] = Change{Index: uint32(first + k), At: min(at, f.seconds()-1)}
		f.draw(r, &buf[k])
	}
	if f.Misattributed > 0 {
		f.misattribute(r, buf)
	}
	return buf
}

// draw makes one change, whose index and time are set.
func (f *Fleet) draw(r *random, c *Change) {
	c.Repo = uint16(f.shares.draw(r))
	team := f.own[c.Repo]
	if !r.happens(.9) {
		team = r.below(uint32(f.Teams))
	}
	c.Team = uint16(team)
	c.Author = f.members[team] + r.below(f.members[team+1]-f.members[team])
	tier := f.tier[c.Repo]
	c.Tier = tier + 1
	c.Permission = uint8(pick(r, .80, .15))
	c.Size = uint8(pick(r, sizes[0], sizes[1], sizes[2], sizes[3]))
	c.AI = f.drawClass(r, c)
	ai := min(c.AI, 1)
	if ai == 1 && f.ToSize > 0 && c.Size < 4 && r.happens(f.ToSize) {
		c.Size++
	}
	c.Lines = lines(r, c.Size)
	c.Reviewed = !r.happens(f.cells.noReview[c.Permission][ai])
	unreviewed := 1
	if c.Reviewed {
		unreviewed = 0
	}
	d := c.At / day
	risk := f.cells.risk[tier][c.Permission][c.Size][unreviewed] * f.cells.effect[c.Permission][c.AI] *
		f.risk.author[c.Author] * f.risk.repo[c.Repo] * f.risk.team[team] * f.risk.day[d]
	if r.happens(min(risk, .9)) {
		f.strike(r, c)
	}
	if r.happens(min(f.control[c.Repo]*f.risk.day[d], .9)) {
		c.ControlAfter = r.delay()
	}
	f.label(r, c)
}

// sizes is min(Geometric(.45) − 1, 4), but for the last.
var sizes = [4]float64{.45, .45 * .55, .45 * .55 * .55, .45 * .55 * .55 * .55}

// drawClass says whether a change is an AI's, given all but its landing.
func (f *Fleet) drawClass(r *random, c *Change) Class {
	odds := f.cells.ai[c.Tier-1][c.Permission][c.Size] * f.ai.author[c.Author] * f.ai.repo[c.Repo] * f.ai.day[c.At/day]
	switch {
	case r.uniform()*(1+odds) >= odds:
		return NoAI
	case f.Assisted > 0 && r.happens(f.Assisted):
		return Assisted
	}
	return Agent
}

// strike gives a change its mistake.
func (f *Fleet) strike(r *random, c *Change) {
	c.Mistake, c.After = Incident, r.delay()
	c.Severity = uint8(1 + pick(r, .05, .15, .4, .3))
	c.Outage = uint16(min(math.Exp(3.4+.9*r.normal()), math.MaxUint16)) + 1
	if !f.Mixed {
		return
	}
	c.Mistake = [...]Mistake{Incident, Reverted, Hotfixed, FailedDeployment}[pick(r, .2, .3, .35)]
	switch c.Mistake {
	case Hotfixed: // is one within 72 hours only
		c.After = 600 + c.After%(3*day-1200)
	case FailedDeployment:
		c.After = 600 + c.After%3600
	}
}

// label writes down what can be known of a change's author.
func (f *Fleet) label(r *random, c *Change) {
	switch {
	case c.AI == NoAI && f.Specificity < 1 && !r.happens(f.Specificity):
		c.Label = Agent
	case c.AI == NoAI:
		c.Denied = r.happens(.6)
	case f.Sensitivity == 1 || r.happens(f.Sensitivity):
		c.Label = c.AI
	case f.LateCases > 0 && c.Mistake == Incident:
		c.LateLabel = r.happens((f.LateCases - f.Sensitivity) / (1 - f.Sensitivity))
	}
}

// misattribute blames a share of the mistakes on a random other change of the same repository and chunk.
func (f *Fleet) misattribute(r *random, all []Change) {
	byRepo := make([][]int32, f.Repositories)
	var mistakes []int32
	for i := range all {
		byRepo[all[i].Repo] = append(byRepo[all[i].Repo], int32(i))
		if all[i].Mistake != NoMistake {
			mistakes = append(mistakes, int32(i))
		}
	}
	for _, i := range mistakes {
		guilty := &all[i]
		others := byRepo[guilty.Repo]
		if !r.happens(f.Misattributed) {
			continue
		}
		blamed := &all[others[r.below(uint32(len(others)))]]
		if blamed.Mistake != NoMistake {
			continue
		}
		blamed.Mistake, blamed.After, blamed.Severity, blamed.Outage = guilty.Mistake, guilty.After, guilty.Severity, guilty.Outage
		guilty.Mistake, guilty.After, guilty.Severity, guilty.Outage = NoMistake, 0, 0, 0
	}
}

// lines is a number of lines within a size bucket: up to 10, 50, 250, 1000, more.
func lines(r *random, size uint8) uint16 {
	edges := [...]uint32{0, 10, 50, 250, 1000, 4000}
	return uint16(edges[size] + 1 + r.below(edges[size+1]-edges[size]))
}

// pick is the number of the case that happens, of which all but the last have the given probabilities.
func pick(r *random, probabilities ...float64) int {
	u := r.uniform()
	for i, p := range probabilities {
		if u < p {
			return i
		}
		u -= p
	}
	return len(probabilities)
}
