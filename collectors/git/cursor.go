package git

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/baserate/baserate/record"
)

// position is what a cursor holds: what the last finished collection saw, and how far later ones came before they
// were broken off. Between the two the clone may have changed more than once, so whatever facts depend on is kept as
// the list of all states that they may have been read in, from the last finished collection's on.
type position struct {
	Version    int               `json:"v"`
	Repository record.Repository `json:"repository"` // as last yielded

	// The last finished collection.
	Finished bool   `json:"finished"` // there was one
	Refs     refSet `json:"refs,omitempty"`
	Tip      string `json:"tip,omitempty"` // of the default branch

	// States, the newest last.
	Mailmaps []string            `json:"mailmaps,omitempty"` // blobs; "" is none
	Shallows []string            `json:"shallows,omitempty"` // digests of where history was cut off; "" is nowhere
	Notes    map[string][]string `json:"notes,omitempty"`    // of each notes ref; "" is no such ref

	// Frontier is the youngest commits of what was yielded since, in the newest states: they and all their
	// ancestors are done. Strays are those of collections that could not be gone on with.
	Frontier []string `json:"frontier,omitempty"`
	Strays   []string `json:"strays,omitempty"`

	// Placing says that some placements were yielded since.
	Placing bool `json:"placing,omitempty"`
}

const positionVersion = 1

// readCursor understands what writeCursor wrote. Nothing, or a cursor of another version, is the beginning.
func readCursor(c record.Cursor) (position, error) {
	p := position{Version: positionVersion}
	if len(c) == 0 || string(c) == "null" {
		return p, nil
	}
	if err := json.Unmarshal(c, &p); err != nil {
		return p, fmt.Errorf("git cursor: %w; remove it to collect from the beginning", err)
	}
	if p.Version != positionVersion {
		return position{Version: positionVersion}, nil
	}
	return p, nil
}

func writeCursor(p position) (record.Cursor, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("git cursor: %w", err)
	}
	return record.Cursor(text), nil
}

// settled reports whether nothing was yielded since the last finished collection.
func (p *position) settled() bool {
	for _, states := range p.Notes {
		if len(states) > 1 {
			return false
		}
	}
	return p.Finished && !p.Placing && len(p.Frontier)+len(p.Strays) == 0 && len(p.Mailmaps) <= 1 && len(p.Shallows) <= 1
}

// enter adds the states of a collection that begins, and reports whether any is new. A frontier that was read in
// another state is none any more.
func (p *position) enter(mailmap, shallow string, notes refSet) bool {
	began := len(p.Mailmaps) > 0
	newMailmap := addState(&p.Mailmaps, mailmap)
	newShallow := addState(&p.Shallows, shallow)
	if newMailmap || newShallow {
		p.Strays = slices.Compact(slices.Sorted(slices.Values(append(p.Strays, p.Frontier...))))
		p.Frontier = nil
	}
	entered := began && (newMailmap || newShallow)
	before := p.Notes
	p.Notes = map[string][]string{}
	for ref, states := range before {
		states = slices.Clone(states)
		entered = addState(&states, notes[ref]) || entered
		p.Notes[ref] = states
	}
	for ref, tip := range notes {
		if _, known := before[ref]; !known {
			p.Notes[ref] = []string{"", tip}
			entered = true
		}
	}
	return entered
}

// addState appends a state that is not the newest already, and reports whether it did. The slice's own array is left
// alone.
func addState(states *[]string, now string) bool {
	if n := len(*states); n > 0 && (*states)[n-1] == now {
		return false
	}
	*states = append(slices.Clip(*states), now)
	return true
}

// only reports whether now is the one state there was.
func only(states []string, now string) bool {
	return !slices.ContainsFunc(states, func(state string) bool { return state != now })
}
