package github

import (
	"maps"
	"slices"

	"github.com/baserate/baserate/record"
)

// holders remembers in a cursor who was seen with rights where: an organisation's list of people is long and the same for many
// repositories, so each name is there once and a repository has the numbers.
type holders struct {
	Names []string         `json:"names,omitempty"`
	Of    map[string][]int `json:"of,omitempty"`

	number map[string]int
}

// set remembers the accounts of a part, and returns those that were there before and are not any more.
func (h *holders) set(part string, accounts []string) (gone []string) {
	if h.Of == nil {
		h.Of = map[string][]int{}
	}
	now := make(map[int]bool, len(accounts))
	for _, a := range accounts {
		now[h.numberOf(a)] = true
	}
	for _, n := range h.Of[part] {
		if !now[n] && n < len(h.Names) {
			gone = append(gone, h.Names[n])
		}
	}
	h.Of[part] = slices.Sorted(maps.Keys(now))
	return gone
}

func (h *holders) numberOf(account string) int {
	if h.number == nil {
		h.number = make(map[string]int, len(h.Names))
		for i, name := range h.Names {
			h.number[name] = i
		}
	}
	n, known := h.number[account]
	if !known {
		n = len(h.Names)
		h.Names = append(h.Names, account)
		h.number[account] = n
	}
	return n
}

// lost says of each account that it has no right in a repository any more.
func lost(gone []string, now record.Permission) []record.Permission {
	rows := make([]record.Permission, len(gone))
	for i, login := range gone {
		rows[i] = now
		rows[i].Account.Login, rows[i].Level, rows[i].Grant = login, record.LevelNone, ""
	}
	return rows
}
