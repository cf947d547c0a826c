package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/actions"
	"github.com/baserate/baserate/collectors/github"
	"github.com/baserate/baserate/collectors/incidentfile"
	"github.com/baserate/baserate/collectors/incidentio"
	"github.com/baserate/baserate/collectors/jira"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/pagerduty"
	"github.com/baserate/baserate/collectors/people"
	"github.com/baserate/baserate/collectors/statuspage"
	"github.com/baserate/baserate/record"
)

// source is a system that facts come from, with all of its streams.
type source interface{ Tasks() []collectors.Task }

// built are the sources of a config as far as they could be made.
type built struct {
	tasks []collectors.Task
	wrong []error // with the field of the config that is at fault
}

// sourcesOf makes every source that the config names, but for clones, which fleet.open opens, and alerts, which come by
// themselves. known is what is kept of pull requests; nil where nothing is collected. This is the list of all there are.
func sourcesOf(c *config, known github.Known) ([]collectors.Task, error) {
	b, repos := &built{}, outage.Services(c.Services)
	for i, g := range c.GitHub {
		options, err := githubOptions(c, g)
		options.Known = known
		add(b, index("github", i), g.Every, options, err, github.New)
	}
	for i, p := range c.PagerDuty {
		add(b, index("pagerduty", i), p.Every, pagerduty.Options{
			URL: p.URL, Token: p.Token, Scope: p.Name, Teams: p.Teams, Services: p.Services, Since: p.Since.Time,
			Severities: severities(p.Severities), Repos: repos,
		}, nil, pagerduty.New)
	}
	for i, p := range c.IncidentIO {
		add(b, index("incidentio", i), p.Every, incidentio.Options{
			URL: p.URL, Token: p.Token, Scope: p.Name, Since: p.Since.Time, ServiceFields: p.ServiceFields, CauseFields: p.CauseFields,
			Severities: severities(p.Severities), Repos: repos,
		}, nil, incidentio.New)
	}
	for i, j := range c.Jira {
		add(b, index("jira", i), j.Every, jira.Options{
			URL: j.URL, Email: j.Email, Token: j.Token, JQL: j.JQL, Scope: j.Name, Since: j.Since.Time, Links: j.Links,
			Fields: jira.Fields(j.Fields), Severities: severities(j.Severities), Repos: repos,
		}, nil, jira.New)
	}
	if s := c.Statuspage; len(s.Pages) > 0 {
		add(b, "statuspage", s.Every, statuspage.Options{Pages: s.Pages, Repos: repos}, nil, statuspage.New)
	}
	for i, path := range c.IncidentFiles.Paths {
		options := incidentfile.Options{Path: c.path(path), Format: c.IncidentFiles.Format, Services: repos}
		add(b, index("incident_files.paths", i), everywhere(c.IncidentFiles.Every), options, nil, incidentfile.New)
	}
	for i, a := range c.Actions {
		add(b, index("actions", i), everywhere(a.Every), actionsOptions(c, a), nil, actions.New)
	}
	b.tasks = append(b.tasks, peopleOptions(c).Tasks()...)
	return b.tasks, errors.Join(b.wrong...)
}

// add makes one source, and lets its streams run as often as the config says.
func add[O any, S source](b *built, field string, every map[string]duration, options O, err error, create func(O) (S, error)) {
	var s S
	if err == nil {
		s, err = create(options)
	}
	if err != nil {
		b.wrong = append(b.wrong, named(field, err))
		return
	}
	tasks := s.Tasks()
	var streams []string
	for i, t := range tasks {
		streams = append(streams, t.Stream)
		for _, name := range []string{anyStream, t.Stream} {
			if asked, ok := every[name]; ok {
				tasks[i].Every = asked.Duration
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(every)) {
		if name != anyStream && !slices.Contains(streams, name) {
			b.wrong = append(b.wrong, fmt.Errorf("%s.every.%s: there is no such stream; there are: %s", field, name, strings.Join(streams, ", ")))
		}
	}
	b.tasks = append(b.tasks, tasks...)
}

// named puts the field of the config in place of the section that a package names in its errors, of which there may be several.
func named(field string, err error) error {
	section, _, _ := strings.Cut(field, "[")
	section, _, _ = strings.Cut(section, ".")
	var all []error
	for line := range strings.Lines(err.Error()) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, section+"."); ok {
			all = append(all, errors.New(field+"."+rest))
		} else {
			all = append(all, errors.New(field+": "+line))
		}
	}
	return errors.Join(all...)
}

// anyStream is the interval of every stream of a source.
const anyStream = "*"

func everywhere(every duration) map[string]duration {
	if every.Duration == 0 {
		return nil
	}
	return map[string]duration{anyStream: every}
}

func peopleOptions(c *config) people.Options {
	o := people.Options{File: c.path(c.People.File), Mailmap: c.paths(c.People.Mailmap), Every: c.People.Every.Duration}
	for _, repo := range slices.Sorted(maps.Keys(c.People.CodeOwners)) {
		o.CodeOwners = append(o.CodeOwners, people.Owners{Repo: repo, Path: c.path(c.People.CodeOwners[repo])})
	}
	for _, p := range c.People.Profiles {
		o.Profiles = append(o.Profiles, record.Profile{Repo: p.Repo, Team: p.Team, Tier: uint8(p.Tier), Services: p.Services})
	}
	return o
}

func githubOptions(c *config, g githubConfig) (github.Options, error) {
	o := github.Options{
		Name: g.Name, Org: g.Org, Repos: g.Repos, BaseURL: g.URL, GraphQLURL: g.GraphQLURL, Tokens: g.Tokens,
		IncidentLabels: g.IncidentLabels, Copilot: g.Copilot,
	}
	if g.App == (githubAppConfig{}) {
		return o, nil
	}
	key, err := os.ReadFile(c.path(g.App.KeyFile))
	o.App = &github.App{ID: g.App.ID, Installation: g.App.Installation, PrivateKey: key}
	return o, err
}

func actionsOptions(c *config, a actionsConfig) actions.Options {
	levels := make(map[string]record.Level, len(a.Levels))
	for pattern, level := range a.Levels {
		levels[pattern] = record.Level(level)
	}
	return actions.Options{
		Name: a.Name, Kind: a.Kind, Path: c.path(a.Path), Cluster: a.Cluster, Environments: a.Environments, Levels: levels,
		Bucket: actions.Bucket{
			Endpoint: a.S3.Endpoint, Region: a.S3.Region, Name: a.S3.Bucket, Prefix: a.S3.Prefix, AccessKey: a.S3.AccessKey, SecretKey: a.S3.SecretKey,
		},
	}
}

func severities(byName map[string]int) map[string]uint8 {
	all := make(map[string]uint8, len(byName))
	for name, level := range byName {
		all[name] = uint8(level)
	}
	return all
}

// usual is how often clones are read when nobody says.
const usual = 10 * time.Minute
