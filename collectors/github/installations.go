package github

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// installation is an app that was let into an organisation.
type installation struct {
	ID          int64
	AppSlug     string `json:"app_slug"`
	Selection   string `json:"repository_selection"` // "all" or "selected"
	Permissions map[string]string
	SuspendedAt *time.Time `json:"suspended_at"`

	raw json.RawMessage
}

// parseInstallations reads a page of the list.
func parseInstallations(body []byte) (page []installation, total int, err error) {
	var answer struct {
		Total         int `json:"total_count"`
		Installations []json.RawMessage
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, 0, err
	}
	for _, raw := range answer.Installations {
		one := installation{raw: raw}
		if err := json.Unmarshal(raw, &one); err != nil {
			return nil, 0, err
		}
		page = append(page, one)
	}
	return page, answer.Total, nil
}

// level is what an app may do to the code of a repository that it is let into.
func (i *installation) level() record.Level {
	switch {
	case i.SuspendedAt != nil:
		return record.LevelNone
	case i.Permissions["administration"] == "write":
		return record.LevelAdmin
	}
	level, known := levelOf(i.Permissions["contents"])
	if !known {
		return record.LevelNone
	}
	return level
}

func (i *installation) account() record.Account {
	return record.Account{Source: kind, Login: strings.ToLower(i.AppSlug) + "[bot]", Kind: record.KindApp}
}

func (i *installation) rule(scope string, at time.Time) record.Rule {
	enforcement := "active"
	if i.SuspendedAt != nil {
		enforcement = "disabled"
	}
	return record.Rule{
		Source: kind, Scope: scope, Kind: "installation", ID: strconv.FormatInt(i.ID, 10), Name: i.AppSlug, Enforcement: enforcement,
		Raw: string(i.raw), SeenAt: at,
	}
}

// permissions says what the app may do in each of the repositories.
func (i *installation) permissions(repos []record.HostedRepository, at time.Time) []record.Permission {
	rows := make([]record.Permission, len(repos))
	for n, repo := range repos {
		rows[n] = record.Permission{Repo: repo.Name, Account: i.account(), Level: i.level(), Grant: "installation of " + i.AppSlug, SeenAt: at}
	}
	return rows
}

// installationsCursor remembers the apps that were there.
type installationsCursor struct {
	snapshot
	Apps map[string]string `json:"apps,omitempty"` // name of each installation, by its number
}

// installations takes a daily snapshot of the apps that an organisation let in, and of what they may do.
func (s *Source) installations() collectors.Task {
	return s.stream("installations", 24*time.Hour, func(ctx context.Context, p *pass, since record.Cursor) error {
		cursor := decode[installationsCursor](since)
		if !cursor.begin(s.now()) {
			return nil
		}
		if s.opts.Org == "" {
			return collectors.Absent{Why: "installations belong to an organisation, and none is named here"}
		}
		apps, err := s.apps(ctx)
		if err != nil {
			return s.absent(err)
		}
		repos, err := s.repositories(ctx)
		if err != nil {
			return err
		}
		b := cursor.take(s.opts.Org, apps, repos, s.now())
		cursor.end()
		if b.Cursor, err = encode(cursor); err != nil {
			return err
		}
		return p.send(b)
	})
}

func (s *Source) apps(ctx context.Context) ([]installation, error) {
	var apps []installation
	err := s.eachPage(ctx, fmt.Sprintf("orgs/%s/installations?per_page=100", s.opts.Org), func(body []byte, _ string) (bool, error) {
		page, total, err := parseInstallations(body)
		apps = append(apps, page...)
		return len(apps) < total, err
	})
	return apps, err
}

// take makes the facts of a snapshot. An app that is gone may do nothing any more.
func (c *installationsCursor) take(org string, apps []installation, repos []record.HostedRepository, at time.Time) record.Batch {
	var b record.Batch
	before := c.Apps
	c.Apps = map[string]string{}
	for i := range apps {
		app := &apps[i]
		rule := app.rule(org, at)
		b.Rules = append(b.Rules, rule)
		c.Apps[rule.ID] = app.AppSlug
		delete(before, rule.ID)
		if app.Selection == "selected" {
			b.Warnings = append(b.Warnings, record.Warning{
				Code: "selected_repositories", Subject: app.AppSlug,
				Detail: "the app may enter some repositories only, and GitHub does not tell an organisation which: its rights are kept as a rule, not by repository",
			})
			continue
		}
		b.Permissions = append(b.Permissions, app.permissions(repos, at)...)
	}
	for id, slug := range before {
		gone := installation{AppSlug: slug, SuspendedAt: &at}
		b.Tombstones = append(b.Tombstones, record.Tombstone{Source: kind, Kind: "installation", Scope: org, ID: id, Reason: "deleted", SeenAt: at})
		b.Permissions = append(b.Permissions, gone.permissions(repos, at)...)
	}
	return b
}
