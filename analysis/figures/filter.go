package figures

import (
	"fmt"
	"time"

	"github.com/baserate/baserate/store"
)

// Keys are the names by which a figure says what it obeys.
var Keys = []string{"from", "to", "repo", "team", "tier", "class", "severity", "cause"}

// Filter narrows a figure. The zero value does not; within a list any value matches, between lists all must.
type Filter struct {
	From, To   time.Time // landed, or begun, at or after From and before To; days
	Repos      []string
	Teams      []string // of the author at landing
	Tiers      []int    // of the repository
	Classes    []string
	Severities []int
	Causes     []string // of an outage: change, elsewhere or unknown
}

// Smallest is how many people a group must have for numbers about people of it to be shown.
const Smallest = 5

// params are the parameters that every query of a figure may use:
// {from:DateTime64(0, 'UTC')}, {to:DateTime64(0, 'UTC')} (1900 and 2299 when open), {repos:Array(String)}, {teams:Array(String)},
// {tiers:Array(UInt8)}, {classes:Array(String)}, {severities:Array(UInt8)}, {causes:Array(String)} (empty: all), and {smallest:UInt8}.
func (f Filter) params() store.Params {
	from, to := f.From, f.To
	if from.IsZero() {
		from = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if to.IsZero() {
		to = time.Date(2299, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return store.Params{
		"from": from, "to": to, "repos": f.Repos, "teams": f.Teams, "tiers": numbers(f.Tiers), "classes": f.Classes,
		"severities": numbers(f.Severities), "causes": f.Causes, "smallest": Smallest,
	}
}

func numbers(list []int) []uint64 {
	out := make([]uint64, len(list))
	for i, n := range list {
		out[i] = uint64(n)
	}
	return out
}

// ignored are the keys that a filter sets and a figure does not obey.
func (f Filter) ignored(d *Definition) []string {
	set := map[string]bool{
		"from": !f.From.IsZero(), "to": !f.To.IsZero(), "repo": len(f.Repos) > 0, "team": len(f.Teams) > 0,
		"tier": len(f.Tiers) > 0, "class": len(f.Classes) > 0, "severity": len(f.Severities) > 0,
		"cause": len(f.Causes) > 0,
	}
	for _, key := range d.Obeys {
		delete(set, key)
	}
	ignored := []string{}
	for _, key := range Keys {
		if set[key] {
			ignored = append(ignored, key)
		}
	}
	return ignored
}

// key tells filters apart.
func (f Filter) key() string { return fmt.Sprintf("%+v", f) }
