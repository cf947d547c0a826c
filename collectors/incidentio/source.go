package incidentio

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
	URL   string // https://api.incident.io when empty
	Token string // an API key that may view data
	Scope string // name of the account in the ledger; "account" when empty

	Since         time.Time        // incidents that changed before are left out of the first run; none are when zero
	Sweep         time.Duration    // how often attachments of settled incidents are read again; 6 h when zero
	Settle        time.Duration    // for how long after an incident's last change; 7 days when zero
	Severities    map[string]uint8 // level of a severity by its name, over the rank
	ServiceFields []string         // custom fields that hold services; "Affected services", "Services" and their singulars when nil
	CauseFields   []string         // custom fields that hold the change that caused it; "Caused by" when nil
	Repos         outage.Services  // repositories of a service, for changes that are named without one
	Web           web.Options
	Now           func() time.Time // time.Now when nil
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
	o.URL = strings.TrimSuffix(cmp.Or(o.URL, "https://api.incident.io"), "/")
	if u, err := url.Parse(o.URL); err != nil || u.Host == "" {
		problems = append(problems, fmt.Errorf("incidentio.url: %q is no URL: write https://api.incident.io", o.URL))
	}
	if o.Token == "" {
		problems = append(problems, errors.New("incidentio.token: is missing: make an API key that may view data and name it as ${INCIDENTIO_TOKEN}"))
	}
	problems = append(problems, outage.Misset("incidentio", o.Severities, o.Sweep, o.Settle)...)
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Scope = cmp.Or(o.Scope, "account")
	o.Sweep, o.Settle = cmp.Or(o.Sweep, 6*time.Hour), cmp.Or(o.Settle, 7*24*time.Hour)
	if o.ServiceFields == nil {
		o.ServiceFields = []string{"Affected services", "Affected service", "Services", "Service"}
	}
	if o.CauseFields == nil {
		o.CauseFields = []string{"Caused by"}
	}
	header := http.Header{"Authorization": {"Bearer " + o.Token}, "Accept": {"application/json"}}
	return &Source{options: o, client: web.NewClient(o.Web), header: header}, nil
}

// Tasks are the streams of the account.
func (s *Source) Tasks() []collectors.Task {
	return []collectors.Task{{
		Source: "incidentio", Scope: s.options.Scope, Stream: "incidents", Collector: s, Every: 5 * time.Minute, Timeout: 2 * time.Hour,
	}}
}
