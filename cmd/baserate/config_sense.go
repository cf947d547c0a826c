package main

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/actions"
	"github.com/baserate/baserate/collectors/incidentfile"
)

// sense reports what can be read and cannot be meant.
func (r *configReader) sense(c *config) {
	if c.KeepPayloads.Duration > 0 && c.KeepPayloads.Duration < 24*time.Hour {
		r.at("keep_payloads", "%s: must be a day or more", c.KeepPayloads)
	}
	if c.Parallel < 0 {
		r.at("parallel", "%d: must be 1 or more", c.Parallel)
	}
	r.analysts(c.Analysts)
	names := map[string]string{}
	for i := range c.GitHub {
		r.github(&c.GitHub[i], index("github", i))
		r.unique(names, "github", c.GitHub[i].Name, index("github", i))
	}
	for i, p := range c.PagerDuty {
		r.tracker(names, "pagerduty", i, p.trackerConfig)
	}
	for i, p := range c.IncidentIO {
		r.tracker(names, "incidentio", i, p.trackerConfig)
	}
	for i, j := range c.Jira {
		r.tracker(names, "jira", i, j.trackerConfig)
		r.required(index("jira", i)+".url", j.URL, "such as https://acme.atlassian.net")
		r.required(index("jira", i)+".jql", j.JQL, "what an incident is, such as project = OPS AND issuetype = Incident")
	}
	for i, page := range c.Statuspage.Pages {
		r.address(index("statuspage.pages", i), page)
	}
	for i, p := range c.People.Profiles {
		r.required(index("people.profiles", i)+".repo", p.Repo, "the name of a repository, owner/name")
		if p.Tier < 0 || p.Tier > 3 {
			r.at(index("people.profiles", i)+".tier", "%d: write 1 (most critical) to 3", p.Tier)
		}
	}
	for i := range c.Actions {
		r.actions(&c.Actions[i], index("actions", i))
		r.unique(names, "actions", c.Actions[i].Name, index("actions", i))
	}
	r.oneOf("incident_files.format", c.IncidentFiles.Format, append([]string{""}, incidentfile.Formats...)...)
}

func index(section string, i int) string { return fmt.Sprintf("%s[%d]", section, i) }

var repository = regexp.MustCompile(`\A[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+\z`)

func (r *configReader) github(g *githubConfig, field string) {
	if r.unread(field) {
		return
	}
	if g.Org == "" && len(g.Repos) == 0 && !r.wrongAt(field+".org") {
		r.at(field, "give org, or repos with the names of some repositories")
	}
	for i, repo := range g.Repos {
		if !repository.MatchString(repo) && !r.wrongAt(index(field+".repos", i)) {
			r.at(index(field+".repos", i), "%q is not written owner/name", repo)
		}
	}
	r.address(field+".url", g.URL)
	r.address(field+".graphql_url", g.GraphQLURL)
	app := g.App != githubAppConfig{}
	switch {
	case !app && len(g.Tokens) == 0 && !r.wrongAt(field+".app"):
		r.at(field, "give tokens, or app with id, installation and key_file")
	case app && (g.App.ID == 0 || g.App.Installation == 0 || g.App.KeyFile == "") && !r.wrongAt(field+".app"):
		r.at(field+".app", "needs id, installation and key_file")
	}
	g.Name = cmp.Or(g.Name, g.Org, strings.Join(g.Repos[:min(1, len(g.Repos))], ""))
}

// tracker checks what every incident tracker has.
func (r *configReader) tracker(names map[string]string, section string, i int, t trackerConfig) {
	field := index(section, i)
	r.required(field+".token", t.Token, "better by a variable of the environment, such as ${"+strings.ToUpper(section)+"_TOKEN}")
	r.address(field+".url", t.URL)
	for name, level := range t.Severities {
		if level < 1 || level > 5 {
			r.at(field+".severities."+name, "%d: write 1 (worst) to 5", level)
		}
	}
	r.unique(names, section, t.Name, field)
}

func (r *configReader) actions(a *actionsConfig, field string) {
	if r.unread(field) {
		return
	}
	r.required(field+".kind", a.Kind, "cloudtrail or kubernetes")
	r.oneOf(field+".kind", a.Kind, "", actions.CloudTrail, actions.Kubernetes)
	s3 := a.S3 != s3Config{}
	switch {
	case s3 == (a.Path != "") && !r.wrongAt(field+".s3") && !r.wrongAt(field+".path"):
		r.at(field, "give path, a file or folder, or s3 with a bucket")
	case s3:
		r.required(field+".s3.bucket", a.S3.Bucket, "the name of the bucket")
		r.required(field+".s3.endpoint", a.S3.Endpoint, "such as https://s3.eu-central-1.amazonaws.com")
	}
	a.Name = cmp.Or(a.Name, a.Path, path.Join(a.S3.Bucket, a.S3.Prefix))
}

// unique refuses a second source of one name: their cursors would be one.
func (r *configReader) unique(names map[string]string, section, name, field string) {
	if r.unread(field) {
		return
	}
	key := section + " " + name
	if first, taken := names[key]; taken && name == "" {
		r.at(field, "%s has no name either: give each of them one", first)
	} else if taken && !r.wrongAt(field) {
		r.at(field, "%s is called %q too: give one of them another name", first, name)
	} else {
		names[key] = field
	}
}

func (r *configReader) required(field, value, hint string) {
	if value == "" && !r.wrongAt(field) {
		r.at(field, "is missing: %s", hint)
	}
}

func (r *configReader) address(field, text string) {
	if text == "" {
		return
	}
	if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		r.at(field, "%q is no address such as https://example.com", text)
	}
}

func (r *configReader) oneOf(field, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		r.at(field, "%q is none of: %s", value, strings.TrimPrefix(strings.Join(allowed, ", "), ", "))
	}
}

// at reports a mistake at a field, or where what holds it begins.
func (r *configReader) at(field, format string, args ...any) {
	known := field
	for known != "" && r.lines[known] == 0 {
		known = known[:max(0, strings.LastIndexAny(known, ".["))]
	}
	r.mistake(max(1, r.lines[known]), field, format, args...)
}

// wrongAt reports whether something is said about a field, or what is in it, already.
func (r *configReader) wrongAt(field string) bool {
	return slices.ContainsFunc(r.wrong, func(m mistake) bool { return strings.HasPrefix(m.field, field) })
}

// unread reports whether a field could not be read at all.
func (r *configReader) unread(field string) bool {
	return slices.ContainsFunc(r.wrong, func(m mistake) bool { return m.field == field })
}

// analysts reports a port that cannot be one, and one that nobody could use.
func (r *configReader) analysts(c analystsConfig) {
	const most = 65535
	for key, port := range map[string]int{"analysts.port": c.Port, "analysts.native_port": c.NativePort} {
		if port < 0 || port > most {
			r.at(key, "%d: write a port, 1 to %d", port, most)
		}
	}
	if (c.Port != 0 || c.NativePort != 0) && c.Password == "" {
		r.at("analysts.password", "missing: the account reader needs one, such as ${BASERATE_ANALYST_PASSWORD}")
	}
}
