package pagerduty

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
)

// Options say which account is read and how.
type Options struct {
	URL      string // https://api.pagerduty.com when empty; https://api.eu.pagerduty.com for accounts in Europe
	Token    string // a read-only REST API key
	Scope    string // name of the account in the ledger; "account" when empty
	Teams    []string
	Services []string // ids, like those of Teams; all when both are empty

	Since      time.Time        // how far back the first run goes; two years when zero
	Sweep      time.Duration    // how often incidents that are over are read again; 6 h when zero
	Settle     time.Duration    // for how long after their last change; 7 days when zero
	Severities map[string]uint8 // level of a priority by its name, for names that [outage.Severity] does not know
	Repos      outage.Services  // repositories of a service, for changes that are named without one
	Web        web.Options
	Now        func() time.Time // time.Now when nil
}

// Source reads one account.
type Source struct {
	options Options
	client  *web.Client
	header  http.Header
}

// New checks the options, all of them.
func New(o Options) (*Source, error) {
	var problems []error
	o.URL = strings.TrimSuffix(cmp.Or(o.URL, "https://api.pagerduty.com"), "/")
	if u, err := url.Parse(o.URL); err != nil || u.Host == "" {
		problems = append(problems, fmt.Errorf("pagerduty.url: %q is no URL: write https://api.pagerduty.com", o.URL))
	}
	if o.Token == "" {
		problems = append(problems, errors.New("pagerduty.token: is missing: make a read-only REST API key and name it as ${PAGERDUTY_TOKEN}"))
	}
	problems = append(problems, outage.Misset("pagerduty", o.Severities, o.Sweep, o.Settle)...)
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Scope = cmp.Or(o.Scope, "account")
	o.Sweep, o.Settle = cmp.Or(o.Sweep, 6*time.Hour), cmp.Or(o.Settle, 7*24*time.Hour)
	if o.Since.IsZero() {
		o.Since = o.Now().AddDate(-2, 0, 0)
	}
	return &Source{options: o, client: web.NewClient(o.Web), header: http.Header{
		"Authorization": {"Token token=" + o.Token}, "Accept": {"application/json"}, "Content-Type": {"application/json"},
	}}, nil
}

// Tasks are the streams of the account.
func (s *Source) Tasks() []collectors.Task {
	return []collectors.Task{{
		Source: "pagerduty", Scope: s.options.Scope, Stream: "incidents", Collector: s, Every: 5 * time.Minute, Timeout: 2 * time.Hour,
	}}
}
