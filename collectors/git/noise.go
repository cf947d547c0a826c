package git

// Before git searches for common lines it sets some aside, so that blank lines and closing brackets do not tie
// together what has nothing to do with each other:
//
//   - a line that the other content does not have;
//   - a line that the other content has very often, in a run of such lines and lines that it does not have, when
//     the latter stand on either side of it and make up more than three quarters of the run.
//
// Lines set aside count as changed, even if they could have been matched.

const (
	// runWindow is how far git looks to either side in a run.
	runWindow = 100
	// runShare is how many times fewer the frequent lines in a run must be than all lines in it.
	runShare = 4
	// frequentAtMost bounds from how many times on a line is frequent.
	frequentAtMost = 1024
)

// frequency says how often the other content has a line.
type frequency uint8

const (
	never frequency = iota
	seldom
	frequently
)

// frequent is from how many times on a line is frequent, for a content of n lines: a power of two near the square
// root.
func frequent(n int) int {
	limit := 1
	for ; n > 0; n >>= 2 {
		limit <<= 1
	}
	return min(limit, frequentAtMost)
}

// betweenOwn reports whether lines that the other side has stand between lines that it does not have. Only then can
// one of them be set aside.
func (s *lineSide) betweenOwn(classes []lineClass, other int) bool {
	own, matched := false, false
	for _, class := range s.lines {
		if classes[class].inside[other] > 0 {
			matched = own
		} else if matched {
			return true
		} else {
			own = true
		}
	}
	return false
}

// keepMatched has git search all lines that the other side has; the others match nothing.
func (s *lineSide) keepMatched(classes []lineClass, other int) {
	s.search, s.alone = s.search[:0], 0
	for _, class := range s.lines {
		if classes[class].inside[other] > 0 {
			s.search = append(s.search, class)
		}
	}
}

// setAside is keepMatched without the lines that git sets aside.
func (s *lineSide) setAside(classes []lineClass, other int) {
	limit := frequent(s.total)
	occurs := func(i int) frequency {
		switch n := classes[s.lines[i]].in(other); {
		case n == 0:
			return never
		case n >= limit:
			return frequently
		}
		return seldom
	}
	s.search, s.alone = s.search[:0], 0
	for i, class := range s.lines {
		switch often := occurs(i); {
		case often == never || often == frequently && s.isNoise(i, occurs):
		case classes[class].inside[other] == 0:
			s.alone++
		default:
			s.search = append(s.search, class)
		}
	}
}

// isNoise reports whether the frequent line i is set aside.
func (s *lineSide) isNoise(i int, occurs func(int) frequency) bool {
	before, frequentBefore := scanRun(i, max(0, i-runWindow), -1, occurs)
	if before == 0 {
		return false
	}
	after, frequentAfter := scanRun(i, min(len(s.lines)-1, i+runWindow), 1, occurs)
	if after == 0 {
		return false
	}
	frequents := 2 + frequentBefore + frequentAfter // git counts the line itself on either side
	return frequents*runShare < frequents+before+after
}

// scanRun counts the lines that the other content never or frequently has, from i to last or to the first line that
// it seldom has.
func scanRun(i, last, step int, occurs func(int) frequency) (nevers, frequents int) {
	for i != last {
		i += step
		switch occurs(i) {
		case never:
			nevers++
		case frequently:
			frequents++
		default:
			return nevers, frequents
		}
	}
	return nevers, frequents
}
