package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// team is a team of an organisation.
type team struct {
	Slug   string
	Parent *struct{ Slug string }
}

// membersCursor is who was last seen in which team, and since when: seconds since 1970 by team and login.
type membersCursor struct {
	snapshot
	Teams map[string]map[string]int64 `json:"teams,omitempty"`
}

// teams takes a daily snapshot of who is in which team. GitHub does not say since when, so a membership begins when it is first
// seen, and nothing is known of the time before.
func (s *Source) teams() collectors.Task {
	return s.stream("teams", 24*time.Hour, func(ctx context.Context, p *pass, since record.Cursor) error {
		cursor := decode[membersCursor](since)
		if !cursor.begin(s.now()) {
			return nil
		}
		if s.opts.Org == "" {
			return collectors.Absent{Why: "teams belong to an organisation, and none is named here"}
		}
		teams, err := all[team](ctx, s, fmt.Sprintf("orgs/%s/teams?per_page=100", s.opts.Org))
		if err != nil {
			return s.absent(err)
		}
		listed, warnings, err := s.membersOf(ctx, teams)
		if err != nil {
			return err
		}
		at := s.now()
		b := record.Batch{Members: cursor.take(listed, at), Warnings: warnings}
		b.Covered = []record.Covered{{Scope: s.opts.Name, Rows: uint64(len(b.Members)), From: at, To: at}}
		cursor.end()
		if b.Cursor, err = encode(cursor); err != nil {
			return err
		}
		return p.send(b)
	})
}

// membersOf lists who is in each team itself: GitHub counts those of the teams below as well, and would have them in two. A team
// that is not shown is not in the answer.
func (s *Source) membersOf(ctx context.Context, teams []team) (map[string][]string, []record.Warning, error) {
	listed := map[string][]string{}
	var warnings []record.Warning
	for _, t := range teams {
		users, err := all[restUser](ctx, s, fmt.Sprintf("orgs/%s/teams/%s/members?per_page=100", s.opts.Org, t.Slug))
		if status(err) == http.StatusNotFound { // it was taken away just now
			continue
		}
		var absent collectors.Absent
		if err := s.absent(err); errors.As(err, &absent) {
			warnings = append(warnings, record.Warning{Code: "team_hidden", Subject: t.Slug, Detail: absent.Why, Loss: true})
			listed[t.Slug] = nil
			continue
		} else if err != nil {
			return nil, nil, err
		}
		listed[t.Slug] = []string{}
		for i := range users {
			listed[t.Slug] = append(listed[t.Slug], users[i].account().Login)
		}
	}
	return direct(teams, listed), warnings, nil
}

// direct takes the members of teams out of the teams above them.
func direct(teams []team, listed map[string][]string) map[string][]string {
	own := map[string][]string{}
	for slug, logins := range listed {
		own[slug] = slices.Clone(logins)
	}
	for _, t := range teams {
		if t.Parent == nil || own[t.Parent.Slug] == nil {
			continue
		}
		own[t.Parent.Slug] = slices.DeleteFunc(own[t.Parent.Slug], func(login string) bool { return slices.Contains(listed[t.Slug], login) })
	}
	return own
}

// take makes facts of the memberships that are new and of those that have ended, and remembers the rest. Teams whose members are
// not shown, listed as nil, stay as they were.
func (c *membersCursor) take(listed map[string][]string, at time.Time) []record.Member {
	if c.Teams == nil {
		c.Teams = map[string]map[string]int64{}
	}
	var facts []record.Member
	for slug, logins := range listed {
		if logins == nil {
			continue
		}
		if c.Teams[slug] == nil {
			c.Teams[slug] = map[string]int64{}
		}
		for _, login := range logins {
			if _, known := c.Teams[slug][login]; !known {
				c.Teams[slug][login] = at.Unix()
				facts = append(facts, membership(slug, login, at.Unix()))
			}
		}
	}
	for slug, members := range c.Teams {
		logins, known := listed[slug]
		if known && logins == nil {
			continue
		}
		for login, from := range members {
			if slices.Contains(logins, login) {
				continue
			}
			ended := membership(slug, login, from)
			ended.To = at
			facts = append(facts, ended)
			delete(members, login)
		}
		if len(members) == 0 {
			delete(c.Teams, slug)
		}
	}
	slices.SortFunc(facts, compareMembers)
	return facts
}
