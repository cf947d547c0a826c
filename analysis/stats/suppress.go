package stats

import (
	"cmp"
	"slices"
)

// Slice is a group that a page could show, within a parent whose total is shown too.
type Slice struct {
	Parent, Name          string
	AIPeople, OtherPeople uint64 // distinct authors in each arm
	Changes               uint64
}

// MinSliceChanges is the number of changes a slice needs to be shown.
const MinSliceChanges = 10

// Suppress reports which slices must be hidden: those with fewer than k distinct authors in either arm or fewer than ten
// changes; and where only one slice of a parent is hidden, the next smallest as well, because the hidden one would
// otherwise follow from the parent's total (E12).
func Suppress(all []Slice, k uint64) []bool {
	hidden := make([]bool, len(all))
	parents := map[string][]int{}
	for i, s := range all {
		hidden[i] = min(s.AIPeople, s.OtherPeople) < k || s.Changes < MinSliceChanges
		parents[s.Parent] = append(parents[s.Parent], i)
	}
	for _, members := range parents {
		complement(all, members, hidden)
	}
	return hidden
}

// complement hides the smallest shown member if exactly one is hidden.
func complement(all []Slice, members []int, hidden []bool) {
	shown := slices.DeleteFunc(slices.Clone(members), func(i int) bool { return hidden[i] })
	if len(members)-len(shown) != 1 || len(shown) == 0 {
		return
	}
	smallest := slices.MinFunc(shown, func(i, j int) int {
		x, y := all[i], all[j]
		return cmp.Or(cmp.Compare(x.Changes, y.Changes), cmp.Compare(x.Name, y.Name))
	})
	hidden[smallest] = true
}

// FewIncidents reports whether a number of incidents must be printed as "<3" (1 and 2; 0 says nothing about anybody).
func FewIncidents(n uint64) bool { return n == 1 || n == 2 }
