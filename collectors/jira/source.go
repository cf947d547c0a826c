package jira

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
)

// Options say which site is read and how.
type Options struct {
	URL   string // of the site, such as "https://acme.atlassian.net"
	Email string // of the account whose API token Token is; empty: Token is a bearer token
	Token string
	JQL   string // what an incident is, such as `project = OPS AND issuetype = "[System] Incident"`, without ORDER BY
	Scope string // name in the ledger; the site's host when empty

	Fields     Fields
	Links      []string         // descriptions of links to a cause; "is caused by" when nil
	Severities map[string]uint8 // level of a priority or severity by its name, for names that [outage.Severity] does not know
	Since      time.Time        // incidents that changed before are left out of the first run; none are when zero
	Sweep      time.Duration    // how often settled incidents are read again; 6 h when zero
	Settle     time.Duration    // for how long after an incident's last change; 7 days when zero
	Repos      outage.Services  // repositories of a service, for changes that are named without one
	Web        web.Options
	Now        func() time.Time // time.Now when nil
}

// Fields are ids of custom fields, such as "customfield_10050"; empty ones are not read.
type Fields struct {
	Severity, Services, Environment, Cause, CauseType, Postmortem string
	Started, Detected, Acknowledged, Mitigated                    string // dates with a time
	Drill                                                         string // any value but "no" and "false" marks a drill
}

// Source reads one site.
type Source struct {
	options Options
	client  *web.Client
	header  http.Header
}

var ordered = regexp.MustCompile(`(?i)\border\s+by\b`)

// New checks the options, all of them.
func New(o Options) (*Source, error) {
	var problems []error
	o.URL = strings.TrimSuffix(o.URL, "/")
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" {
		problems = append(problems, fmt.Errorf("jira.url: %q is no address: write https://name.atlassian.net", o.URL))
	}
	if o.Token == "" {
		problems = append(problems, errors.New("jira.token: is missing: make an API token and name it as ${JIRA_TOKEN}"))
	}
	if strings.TrimSpace(o.JQL) == "" {
		problems = append(problems, errors.New("jira.jql: is missing: say what an incident is, such as project = OPS AND issuetype = Incident"))
	}
	if ordered.MatchString(o.JQL) {
		problems = append(problems, errors.New("jira.jql: must not have ORDER BY: incidents are read in the order of their last change"))
	}
	problems = append(problems, outage.Misset("jira", o.Severities, o.Sweep, o.Settle)...)
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Scope = cmp.Or(o.Scope, u.Host)
	o.Sweep, o.Settle = cmp.Or(o.Sweep, 6*time.Hour), cmp.Or(o.Settle, 7*24*time.Hour)
	if o.Links == nil {
		o.Links = []string{"is caused by"}
	}
	return &Source{options: o, client: web.NewClient(o.Web), header: o.header()}, nil
}

func (o *Options) header() http.Header {
	credentials := "Bearer " + o.Token
	if o.Email != "" {
		credentials = "Basic " + base64.StdEncoding.EncodeToString([]byte(o.Email+":"+o.Token))
	}
	return http.Header{"Authorization": {credentials}, "Accept": {"application/json"}, "Content-Type": {"application/json"}}
}

// Tasks are the streams of the site.
func (s *Source) Tasks() []collectors.Task {
	return []collectors.Task{{
		Source: "jira", Scope: s.options.Scope, Stream: "incidents", Collector: s, Every: 10 * time.Minute, Timeout: 2 * time.Hour,
	}}
}
