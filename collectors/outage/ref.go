package outage

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/baserate/baserate/record"
)

// Ref is a change as a link or a word names it.
type Ref struct {
	Kind string // "commit", "pull_request", "deployment" or "release", as in [record.Cause]
	Repo string
	Ref  string // hash, number, id or tag
	URL  string // where it was read from a link
}

// kinds are the path elements before the name of a change, on GitHub, GitLab and Bitbucket and in their APIs.
var kinds = map[string]string{
	"commit": "commit", "commits": "commit",
	"pull": "pull_request", "pulls": "pull_request", "merge_requests": "pull_request", "pull-requests": "pull_request",
	"deployments": "deployment", "tag": "release",
}

var (
	hexadecimal = regexp.MustCompile(`^[0-9a-f]{7,64}$`)
	digits      = regexp.MustCompile(`^[0-9]+$`)
)

// Link reads the change that a link leads to. Repositories are named as collectors/git names clones: owner/name for GitHub,
// host/path for other hosts.
func Link(href string) (Ref, bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return Ref{}, false
	}
	path := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	host := strings.ToLower(u.Hostname())
	if host == "api.github.com" && len(path) > 0 && path[0] == "repos" {
		host, path = "github.com", path[1:]
	}
	for at := 2; at < len(path)-1; at++ {
		ref := Ref{Kind: kinds[path[at]], Repo: repository(host, path[:at]), Ref: path[at+1], URL: u.String()}
		if ref.Kind == "pull_request" && at+3 < len(path) && path[at+2] == "commits" { // a commit of a pull request
			ref.Kind, ref.Ref = "commit", path[at+3]
		}
		if ref.Valid() {
			return ref, true
		}
	}
	return Ref{}, false
}

// Valid reports whether the reference has the form that its kind asks for on a forge, and puts hashes in lower case.
func (r *Ref) Valid() bool {
	switch r.Kind {
	case "commit":
		r.Ref = strings.ToLower(r.Ref)
		return hexadecimal.MatchString(r.Ref)
	case "pull_request", "deployment":
		return digits.MatchString(r.Ref)
	case "release":
		return r.Ref != ""
	}
	return false
}

// repository is the name of the repository whose pages lie under a path.
func repository(host string, path []string) string {
	if path[len(path)-1] == "-" || path[len(path)-1] == "releases" { // gitlab.com/group/name/-/commit/…, github.com/owner/name/releases/tag/…
		path = path[:len(path)-1]
	}
	name := strings.Join(path, "/")
	if host == "github.com" || host == "www.github.com" {
		return name
	}
	return host + "/" + name
}

// Causes are the statements about an incident that name these changes. said has what they share: source, incident, role, method,
// score, time. Changes named twice count once.
func Causes(said record.Cause, refs []Ref) []record.Cause {
	var all []record.Cause
	seen := map[Ref]bool{}
	for _, r := range refs {
		id := Ref{Kind: r.Kind, Repo: r.Repo, Ref: r.Ref}
		if seen[id] {
			continue
		}
		seen[id] = true
		c := said
		c.Kind, c.Repo, c.Ref = r.Kind, r.Repo, r.Ref
		if r.URL != "" {
			c.URL = r.URL
		}
		all = append(all, c)
	}
	return all
}
