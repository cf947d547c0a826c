package github

import (
	"cmp"
	"slices"
	"strings"

	"github.com/baserate/baserate/record"
)

// ranks orders what a role lets somebody do.
var ranks = []record.Level{record.LevelNone, record.LevelRead, record.LevelTriage, record.LevelWrite, record.LevelMaintain, record.LevelAdmin}

// levelOf reads a role by any of the names that GitHub has for it. A custom role has none of them.
func levelOf(role string) (level record.Level, known bool) {
	switch strings.ToLower(role) {
	case "admin":
		return record.LevelAdmin, true
	case "maintain":
		return record.LevelMaintain, true
	case "push", "write":
		return record.LevelWrite, true
	case "triage":
		return record.LevelTriage, true
	case "pull", "read":
		return record.LevelRead, true
	case "none":
		return record.LevelNone, true
	}
	return record.LevelUnknown, false
}

func rank(l record.Level) int { return slices.Index(ranks, l) }

// grant is one of the ways in which somebody got a right.
type grant struct {
	By    string // "organisation", "team platform", "repository"
	Level record.Level
}

// grantsOf names the grants that give the level, and all of them where none is said to give just that.
func grantsOf(level record.Level, grants []grant) string {
	var names, others []string
	for _, g := range grants {
		others = append(others, g.By)
		if g.Level == level {
			names = append(names, g.By)
		}
	}
	if len(names) == 0 {
		names = others
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// strongest is the higher of two levels.
func strongest(a, b record.Level) record.Level {
	if cmp.Compare(rank(a), rank(b)) < 0 {
		return b
	}
	return a
}
