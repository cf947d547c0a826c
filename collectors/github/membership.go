package github

import (
	"cmp"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// membership says that an account is in a team from a time on. Until somebody says whose the account is, it stands for a person
// of its own.
func membership(team, login string, from int64) record.Member {
	return record.Member{
		Account: record.Account{Source: kind, Login: login, Kind: record.KindPerson}, Person: kind + ":" + login, Team: team,
		From: time.Unix(from, 0).UTC(),
	}
}

// compareMembers orders memberships so that a snapshot makes the same facts in the same order whatever the order of its maps.
func compareMembers(a, b record.Member) int {
	return cmp.Or(strings.Compare(a.Account.Login, b.Account.Login), a.From.Compare(b.From), strings.Compare(a.Team, b.Team))
}
