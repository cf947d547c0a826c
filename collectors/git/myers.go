package git

// editSearch finds edit distances. Its memory is used again.
type editSearch struct {
	// furthest[zero+k] is how far in the first sequence the paths on diagonal k have come.
	furthest [2*maxEdits + 3]int32
}

const zero = maxEdits + 1

// distance is the least number of insertions and deletions that lead from a to b, by Myers' greedy algorithm. It is
// false when that is more than maxEdits.
func (s *editSearch) distance(a, b []int32) (int, bool) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b), true
	}
	s.furthest[zero+1] = 0
	for d := 0; d <= maxEdits; d++ {
		if s.extend(a, b, d) {
			return d, true
		}
	}
	return 0, false
}

// extend moves every path on by one edit and along what is equal after it. It is true when one has come to the end.
func (s *editSearch) extend(a, b []int32, d int) bool {
	for k := -d; k <= d; k += 2 {
		var x int
		if k == -d || k != d && s.furthest[zero+k-1] < s.furthest[zero+k+1] {
			x = int(s.furthest[zero+k+1]) // an insertion
		} else {
			x = int(s.furthest[zero+k-1]) + 1 // a deletion
		}
		y := x - k
		for x < len(a) && y < len(b) && a[x] == b[y] {
			x++
			y++
		}
		s.furthest[zero+k] = int32(x)
		if x >= len(a) && y >= len(b) {
			return true
		}
	}
	return false
}
