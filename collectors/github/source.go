package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-github/v60/github"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// kind is the name of this kind of source in every fact.
const kind = "github"

// Options says what to read, and how.
type Options struct {
	Name       string   // scope in the ledger; the organisation when empty
	Org        string   // an organisation, or a user, all of whose repositories are read
	Repos      []string // "owner/name", instead of or beside Org
	BaseURL    string   // "https://api.github.com" when empty, "https://HOST/api/v3" of an enterprise server
	GraphQLURL string   // by BaseURL when empty; "-": there is none, REST alone is used
	Tokens     []string // several share the work by what is left of their budgets
	App        *App     // instead of or beside Tokens

	PageSize       int      // pull requests a page; 25 when zero
	IncidentLabels []string // of issues that are incidents
	Copilot        bool     // read usage and seats

	Known Known            // what is kept already, to find what was deleted; nil: deletions of pull requests are not looked for
	Now   func() time.Time // time.Now when nil
	HTTP  http.RoundTripper
	Sleep func(context.Context, time.Duration) error // in place of waiting, for tests
}

// App is an installation of a GitHub App.
type App struct {
	ID           int64
	Installation int64
	PrivateKey   []byte // PEM
}

// Source is an organisation or a list of repositories on one GitHub.
type Source struct {
	opts       Options
	web        *web.Client
	client     *github.Client
	graph      string      // address of GraphQL; "" when there is none
	noGraph    atomic.Bool // it turned out to be absent
	noTimeline atomic.Bool // of REST

	mu     sync.Mutex
	listed listing
}

// New checks the options and makes a source; nothing is sent yet. Every flaw is reported, by the option's name.
func New(o Options) (*Source, error) {
	o = o.withDefaults()
	base, err := o.check()
	if err != nil {
		return nil, err
	}
	s := &Source{opts: o, graph: o.GraphQLURL}
	tokens, err := s.tokens()
	if err != nil {
		return nil, err
	}
	s.web = web.NewClient(web.Options{Base: o.HTTP, Tokens: tokens, Sleep: o.Sleep, Now: o.Now})
	s.client = github.NewClient(&http.Client{Transport: unlimited{s.web.HTTP().Transport}, CheckRedirect: s.web.HTTP().CheckRedirect})
	s.client.BaseURL = base
	s.client.UserAgent = "baserate"
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.BaseURL == "" {
		o.BaseURL = "https://api.github.com"
	}
	if o.Name == "" {
		o.Name = o.Org
	}
	if o.Name == "" && len(o.Repos) > 0 {
		o.Name = strings.Join(o.Repos, ",")
	}
	if o.PageSize == 0 {
		o.PageSize = 25
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	switch o.GraphQLURL {
	case "-":
		o.GraphQLURL = ""
	case "":
		o.GraphQLURL = graphQLURL(o.BaseURL)
	}
	return o
}

// graphQLURL is where GitHub has GraphQL: beside REST, under another name on enterprise servers.
func graphQLURL(base string) string {
	base = strings.TrimRight(base, "/")
	if root, enterprise := strings.CutSuffix(base, "/api/v3"); enterprise {
		return root + "/api/graphql"
	}
	return base + "/graphql"
}

func (o Options) check() (*url.URL, error) {
	var flaws []error
	base, err := url.Parse(strings.TrimRight(o.BaseURL, "/") + "/")
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" {
		flaws = append(flaws, fmt.Errorf("option BaseURL: %q is no http address", o.BaseURL))
	}
	if o.GraphQLURL != "" && web.Origin(o.GraphQLURL) == "" {
		flaws = append(flaws, fmt.Errorf("option GraphQLURL: %q is no http address", o.GraphQLURL))
	}
	if o.Org == "" && len(o.Repos) == 0 {
		flaws = append(flaws, errors.New("option Org: name an organisation, or repositories in Repos"))
	}
	if strings.Contains(o.Org, "/") {
		flaws = append(flaws, fmt.Errorf("option Org: %q is no name of an organisation", o.Org))
	}
	for _, name := range o.Repos {
		if owner, repo, ok := strings.Cut(name, "/"); !ok || owner == "" || repo == "" || strings.ContainsAny(repo, "/?#") {
			flaws = append(flaws, fmt.Errorf("option Repos: %q is not owner/name", name))
		}
	}
	for i, token := range o.Tokens {
		if token == "" || strings.ContainsAny(token, " \r\n\t") {
			flaws = append(flaws, fmt.Errorf("option Tokens: number %d is empty or has blanks in it", i+1))
		}
	}
	if o.PageSize < 1 || o.PageSize > 100 {
		flaws = append(flaws, fmt.Errorf("option PageSize: %d is not between 1 and 100", o.PageSize))
	}
	if o.App != nil {
		flaws = append(flaws, o.App.check())
	}
	return base, errors.Join(flaws...)
}

// get reads one page of REST into a value: path relative to BaseURL, or the whole address of a next page. It returns the
// address of the page after it, "" at the end.
func (s *Source) get(ctx context.Context, path string, into any) (next string, err error) {
	req, err := s.client.NewRequest(http.MethodGet, strings.TrimPrefix(path, "/"), nil)
	if err != nil {
		return "", fmt.Errorf("GET %s: %w", path, err)
	}
	var body bytes.Buffer
	resp, err := s.client.Do(ctx, req, &body)
	if err != nil {
		return "", s.explain(err)
	}
	if body.Len() > 0 && into != nil {
		if err := json.Unmarshal(body.Bytes(), into); err != nil {
			return "", fmt.Errorf("GET %s: read the answer: %w", path, err)
		}
	}
	return web.NextLink(resp.Header), nil
}

// status is the status of the answer that an error stands for; 0 when it stands for none.
func status(err error) int {
	var refused *github.ErrorResponse
	if errors.As(err, &refused) && refused.Response != nil {
		return refused.Response.StatusCode
	}
	return web.Status(err)
}

// absent turns the error of something that this GitHub does not have, or does not let this account read, into
// [collectors.Absent]. Other errors stay what they are; limits never come here, the client waits for them.
func (s *Source) absent(err error) error {
	switch status(err) {
	case http.StatusNotFound, http.StatusGone:
		return collectors.Absent{Why: "this GitHub does not have it, or does not show it to this account: " + err.Error()}
	case http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return collectors.Absent{Why: "this account may not read it: " + err.Error()}
	}
	return err
}

// explain words an error of the client without its wrapping, and keeps what it is.
func (s *Source) explain(err error) error {
	var refused *github.ErrorResponse
	if errors.As(err, &refused) && refused.Response != nil && refused.Response.Request != nil {
		r := refused.Response
		return &refusal{fmt.Sprintf("%s %s: %d %s", r.Request.Method, r.Request.URL.Path, r.StatusCode, cut(refused.Message)), refused}
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		at := "an address"
		if u, parseErr := url.Parse(wrapped.URL); parseErr == nil {
			at = u.Path
		}
		return fmt.Errorf("%s %s: %w", strings.ToUpper(wrapped.Op), at, wrapped.Err)
	}
	return err
}

// refusal is an answer that is not 2xx, worded.
type refusal struct {
	text string
	err  *github.ErrorResponse
}

func (r *refusal) Error() string { return r.text }
func (r *refusal) Unwrap() error { return r.err }

// cut is the beginning of a message.
func cut(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 200 {
		return strings.ToValidUTF8(text[:200], "") + "…"
	}
	return text
}

// account is a login as facts have it. The name of its type tells machines from people; so do the endings of bots.
func account(login, typename string) record.Account {
	if login == "" {
		return record.Account{}
	}
	a := record.Account{Source: kind, Login: strings.ToLower(login), Kind: record.KindPerson}
	bot := strings.HasSuffix(a.Login, "[bot]")
	switch {
	case typename == "App" || typename == "Integration":
		a.Kind = record.KindApp
	case bot || typename == "Bot":
		a.Kind = record.KindBot
	}
	if typename == "Bot" && !bot && a.Login != "copilot" { // GraphQL leaves the ending off; REST calls several of GitHub's own Copilot
		a.Login += "[bot]"
	}
	return a
}
