package github

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

func (o *octo) team(slug string, logins ...string) {
	users := []map[string]string{}
	for _, l := range logins {
		users = append(users, map[string]string{"login": l, "type": "User"})
	}
	o.always("/orgs/acme/teams/"+slug+"/members", users)
}

// memberships is what a snapshot says: "login team from to".
func memberships(ms []record.Member) []string {
	var all []string
	for _, m := range ms {
		to := ""
		if !m.To.IsZero() {
			to = m.To.Format("02")
		}
		all = append(all, fmt.Sprintf("%s %s %s %s", m.Account.Login, m.Team, m.From.Format("02"), to))
	}
	return all
}

// Memberships begin when they are first seen, end when they are gone, and are never said of the time before.
func TestTeams(t *testing.T) {
	o := newOcto(t)
	o.always("/orgs/acme/teams", `[{"slug":"eng"},{"slug":"web","parent":{"slug":"eng"}},{"slug":"ops"}]`)
	o.team("eng", "Ada", "bea", "cy") // with those of web
	o.team("web", "cy")
	o.team("ops", "ada")
	first := must(t, o.source().teams(), nil)
	want := []string{"ada eng 23 ", "ada ops 23 ", "bea eng 23 ", "cy web 23 "}
	if diff := cmp.Diff(want, memberships(first.Members)); diff != "" {
		t.Error(diff)
	}
	if m := first.Members[0]; m.Person != "github:ada" || !m.From.Equal(today) || m.Account != human("ada") {
		t.Errorf("%+v", m)
	}

	o.now = today.Add(days(1))
	o.team("eng", "Ada", "cy", "dot")
	o.refuses("/orgs/acme/teams/ops/members", http.StatusForbidden, "secret")
	second := must(t, o.source().teams(), first.Cursor)
	want = []string{"bea eng 23 24", "dot eng 24 "}
	if diff := cmp.Diff(want, memberships(second.Members)); diff != "" {
		t.Errorf("what did not change is not said again: %s", diff)
	}
	if codes(second.Warnings) != "team_hidden" {
		t.Errorf("%+v", second.Warnings)
	}

	o.now = today.Add(days(2))
	o.always("/orgs/acme/teams", `[{"slug":"eng"},{"slug":"ops"}]`)
	o.team("eng", "cy", "bea")
	o.team("ops", "ada")
	third := must(t, o.source().teams(), second.Cursor)
	want = []string{"ada eng 23 25", "bea eng 25 ", "cy web 23 25", "cy eng 25 ", "dot eng 24 25"}
	if diff := cmp.Diff(want, memberships(third.Members)); diff != "" {
		t.Errorf("a team that is gone has nobody, who comes back begins anew: %s", diff)
	}
	if again := must(t, o.source().teams(), third.Cursor); again.batches != 0 {
		t.Error("it is taken twice a day")
	}
	o.refuses("/orgs/acme/teams", http.StatusForbidden, "no")
	_, err := run(t, o.source().teams(), nil)
	wantAbsent(t, err)
}
