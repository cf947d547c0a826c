package people

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// who is what the files say of people.
type who struct {
	owner   map[string]owner // by account, as key writes it
	members []membership
}

// owner is the person that an account belongs to, and who says so.
type owner struct {
	person, origin string
	line           int
}

// membership says that a person was in a team. To zero: still.
type membership struct {
	person, team string
	from, to     time.Time
	line         int
}

// ever stands for the beginning of a membership that has none: the first day that the tables can hold.
var ever = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)

// gather reads the rows of a people file, and says what is wrong with them.
func gather(rows []row) (who, []error) {
	all := who{owner: map[string]owner{}}
	var problems []error
	type span struct {
		person, team string
		from         int64
	}
	said := map[span]membership{}
	for _, r := range rows {
		if r.person == "" {
			problems = append(problems, wrong(r.line, "person", "it is empty"))
			continue
		}
		problems = append(problems, all.addAccounts(r)...)
		m, bad := r.membership()
		problems = append(problems, bad...)
		at := span{m.person, m.team, m.from.Unix()}
		if twin, is := said[at]; is && !twin.to.Equal(m.to) {
			problems = append(problems, wrong(r.line, "to", "line %d has another for the same person, team and from", twin.line))
		} else if m.team != "" {
			said[at] = m
			all.members = append(all.members, m)
		}
	}
	return all, problems
}

func (w *who) addAccounts(r row) []error {
	var problems []error
	for i, text := range r.accounts {
		a, err := account(text)
		if err != nil {
			problems = append(problems, wrong(r.line, "accounts", "account %d %v", i+1, err))
			continue
		}
		if before, taken := w.owner[key(a)]; taken && before.person != r.person {
			problems = append(problems, wrong(r.line, "accounts", "account %d belongs to another person in line %d", i+1, before.line))
			continue
		}
		w.owner[key(a)] = owner{person: r.person, origin: "people", line: r.line}
	}
	return problems
}

func (r row) membership() (membership, []error) {
	m := membership{person: r.person, team: r.team, from: ever, line: r.line}
	var problems []error
	for _, f := range []struct {
		name, text string
		into       *time.Time
	}{{"from", r.from, &m.from}, {"to", r.to, &m.to}} {
		if f.text == "" {
			continue
		}
		at, err := moment(f.text)
		if err != nil {
			problems = append(problems, wrong(r.line, f.name, "%v", err))
		}
		*f.into = at
	}
	if !m.to.IsZero() && m.to.Before(m.from) {
		problems = append(problems, wrong(r.line, "to", "%s is before from, %s", r.to, r.from))
	}
	if r.team == "" && (r.from != "" || r.to != "") {
		problems = append(problems, wrong(r.line, "team", "from and to are those of a membership, and there is no team"))
	}
	return m, problems
}

// moment reads a day, or a time with its zone.
func moment(text string) (time.Time, error) {
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return at, inRange(at)
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a day such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z", text)
	}
	return at.UTC().Truncate(time.Second), inRange(at)
}

func inRange(at time.Time) error {
	if at.Before(ever) || at.Year() > 2298 {
		return fmt.Errorf("%s is out of the years 1900 to 2298", at.Format(time.DateOnly))
	}
	return nil
}

var (
	source = regexp.MustCompile(`^([a-z][a-z0-9_-]*):(\S+)$`)
	// GitHub's addresses that nobody reads mail at stand for the login that they hold.
	noReply = regexp.MustCompile(`^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$`)
)

// account reads "source:login", or an address of e-mail. What is wrong is said without the account: errors are shown.
func account(text string) (record.Account, error) {
	text = strings.ToLower(text)
	a := record.Account{Source: "git", Login: text}
	if m := source.FindStringSubmatch(text); m != nil {
		a.Source, a.Login = m[1], m[2]
	} else if strings.Count(text, "@") != 1 || strings.ContainsAny(text, " \t<>,") {
		return a, errors.New("is not of the form source:login, and no address either")
	}
	if m := noReply.FindStringSubmatch(a.Login); m != nil && a.Source == "git" {
		a.Source, a.Login = "github", m[1]
	}
	return a, nil
}

// key writes an account as the file does.
func key(a record.Account) string { return a.Source + ":" + a.Login }

// accountOf is the account of a key.
func accountOf(key string) record.Account {
	source, login, _ := strings.Cut(key, ":")
	return record.Account{Source: source, Login: login}
}

// accountsOf lists the accounts of each person, in order.
func (w *who) accountsOf() map[string][]string {
	all := map[string][]string{}
	for k, o := range w.owner {
		all[o.person] = append(all[o.person], k)
	}
	for _, keys := range all {
		slices.Sort(keys)
	}
	return all
}
