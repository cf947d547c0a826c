package statuspage

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
)

// Options say which pages are read.
type Options struct {
	Pages []string        // addresses, such as "https://www.githubstatus.com"
	Repos outage.Services // repositories of a component, for changes that are named without one
	Web   web.Options
	Now   func() time.Time // time.Now when nil
}

// Source reads some pages.
type Source struct {
	options Options
	client  *web.Client
}

// New checks the options, all of them.
func New(o Options) (*Source, error) {
	var problems []error
	if len(o.Pages) == 0 {
		problems = append(problems, errors.New("statuspage.pages: is empty: name the address of a page, such as https://www.githubstatus.com"))
	}
	o.Pages = slices.Clone(o.Pages)
	for n, address := range o.Pages {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			problems = append(problems, fmt.Errorf("statuspage.pages: %q is no address: write https://host", address))
		}
		o.Pages[n] = strings.TrimSuffix(address, "/")
		if slices.Contains(o.Pages[:n], o.Pages[n]) {
			problems = append(problems, fmt.Errorf("statuspage.pages: %s is there twice", address))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Source{options: o, client: web.NewClient(o.Web)}, nil
}

// Tasks are the pages, each a scope by its host and path.
func (s *Source) Tasks() []collectors.Task {
	var all []collectors.Task
	for _, address := range s.options.Pages {
		_, scope, _ := strings.Cut(address, "://")
		all = append(all, collectors.Task{
			Source: "statuspage", Scope: scope, Stream: "incidents", Collector: &poll{source: s, address: address, scope: scope},
			Every: 5 * time.Minute, Timeout: 5 * time.Minute,
		})
	}
	return all
}
