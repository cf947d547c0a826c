package people

import (
	"cmp"

	"github.com/baserate/baserate/record"
)

// compareMembers orders by the key of a membership.
func compareMembers(a, b record.Member) int {
	return cmp.Or(cmp.Compare(a.Account.Source, b.Account.Source), cmp.Compare(a.Account.Login, b.Account.Login), a.From.Compare(b.From), cmp.Compare(a.Team, b.Team))
}

// changed are the memberships that are new or other than before, and those that are not any more: they end where they began.
// Both lists are in order.
func changed(before, now []record.Member) []record.Member {
	var all []record.Member
	for len(before) > 0 || len(now) > 0 {
		switch order := headOrder(before, now); {
		case order < 0:
			void := before[0]
			if void.To = void.From; !before[0].To.Equal(void.To) {
				all = append(all, void)
			}
			before = before[1:]
		case order > 0:
			all = append(all, now[0])
			now = now[1:]
		default:
			if before[0].Person != now[0].Person || !before[0].To.Equal(now[0].To) {
				all = append(all, now[0])
			}
			before, now = before[1:], now[1:]
		}
	}
	return all
}

// headOrder says which list's first membership comes first.
func headOrder(before, now []record.Member) int {
	switch {
	case len(now) == 0:
		return -1
	case len(before) == 0:
		return 1
	}
	return compareMembers(before[0], now[0])
}
