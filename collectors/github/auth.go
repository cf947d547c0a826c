package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/bradleyfalzon/ghinstallation/v2"

	"github.com/baserate/baserate/collectors/web"
)

// tokens are what calls go out with: each to this GitHub alone.
func (s *Source) tokens() ([]web.Token, error) {
	origins := []string{web.Origin(s.opts.BaseURL)}
	if graph := web.Origin(s.graph); graph != "" && graph != origins[0] {
		origins = append(origins, graph)
	}
	var all []web.Token
	for _, value := range s.opts.Tokens {
		all = append(all, web.Token{Origins: origins, Value: value})
	}
	if s.opts.App == nil {
		return all, nil
	}
	current, err := s.installation()
	if err != nil {
		return nil, err
	}
	return append(all, web.Token{Origins: origins, Current: current}), nil
}

// installation returns what gives the token of the App's installation, a new one before the old one ends.
func (s *Source) installation() (func(context.Context) (string, error), error) {
	app := s.opts.App
	patient := web.NewClient(web.Options{Base: s.opts.HTTP, Sleep: s.opts.Sleep, Now: s.opts.Now})
	t, err := ghinstallation.New(patient.HTTP().Transport, app.ID, app.Installation, app.PrivateKey)
	if err != nil {
		return nil, fmt.Errorf("option App: private key: %w", err)
	}
	t.BaseURL = strings.TrimRight(s.opts.BaseURL, "/")
	return t.Token, nil
}

func (a *App) check() error {
	var flaws []error
	if a.ID <= 0 {
		flaws = append(flaws, errors.New("option App: ID is missing"))
	}
	if a.Installation <= 0 {
		flaws = append(flaws, errors.New("option App: Installation is missing"))
	}
	if len(a.PrivateKey) == 0 {
		flaws = append(flaws, errors.New("option App: PrivateKey is missing"))
	}
	return errors.Join(flaws...)
}

// unlimited takes what answers say of limits away from the library, which would refuse further calls by itself and knows only
// one token. The client below has taken note of it.
type unlimited struct{ next http.RoundTripper }

// RoundTrip sends the call on.
func (u unlimited) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := u.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset", "X-Ratelimit-Used", "Retry-After"} {
		resp.Header.Del(name)
	}
	return resp, nil
}
