package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ServeHTTP answers for REST at the root and for GraphQL at /graphql.
func (f *Fleet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Ratelimit-Limit", "15000")
	w.Header().Set("X-Ratelimit-Remaining", "14000")
	w.Header().Set("X-Ratelimit-Reset", strconv.FormatInt(f.opts.Now().Add(time.Hour).Unix(), 10))
	f.mux.ServeHTTP(w, r)
}

func (f *Fleet) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, answer := range map[string]http.HandlerFunc{
		"POST /graphql": f.graphql, "GET /orgs/{org}/repos": f.organisation, "GET /users/{org}/repos": f.organisation,
		"GET /repositories/{id}": f.repository, "GET /repos/{owner}/{name}": f.repository,
		"GET /repos/{owner}/{name}/pulls": f.pulls, "GET /repos/{owner}/{name}/pulls/{number}": f.detail,
		"GET /repos/{owner}/{name}/pulls/{number}/reviews":   f.restReviews,
		"GET /repos/{owner}/{name}/pulls/{number}/commits":   f.restCommits,
		"GET /repos/{owner}/{name}/issues/{number}/timeline": f.restTimeline,
	} {
		if pattern == "POST /graphql" && f.opts.NoGraphQL {
			continue
		}
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if pattern != "POST /graphql" {
				f.count(pattern)
			}
			answer(w, r)
		})
	}
	return mux
}

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v) // the collector hangs up when a test stops it
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"message":%q,"documentation_url":"https://docs.github.com/rest"}`, message)
}

// paged writes a part of a list with a link to the next.
func paged(w http.ResponseWriter, r *http.Request, total int, item func(int) any) {
	number := max(1, query(r, "page"))
	size := query(r, "per_page")
	if size == 0 {
		size = 30
	}
	start := min(total, (number-1)*size)
	end := min(total, start+size)
	list := make([]any, 0, end-start)
	for i := start; i < end; i++ {
		list = append(list, item(i))
	}
	if end < total {
		next := *r.URL
		q := next.Query()
		q.Set("page", strconv.Itoa(number+1))
		next.Scheme, next.Host, next.RawQuery = "http", r.Host, q.Encode()
		w.Header().Set("Link", fmt.Sprintf("<%s>; rel=\"next\"", next.String()))
	}
	write(w, list)
}

func query(r *http.Request, name string) int {
	n, _ := strconv.Atoi(r.URL.Query().Get(name))
	return n
}

func (f *Fleet) organisation(w http.ResponseWriter, r *http.Request) {
	if !strings.EqualFold(r.PathValue("org"), f.opts.Org) {
		refuse(w, http.StatusNotFound, "Not Found")
		return
	}
	f.mu.Lock()
	var there []repo
	for _, one := range f.repos {
		if !one.gone {
			there = append(there, *one)
		}
	}
	f.mu.Unlock()
	paged(w, r, len(there), func(i int) any { return f.hosted(there[i]) })
}

// hosted is a repository in REST's form.
func (f *Fleet) hosted(r repo) object {
	owner, name, _ := strings.Cut(r.name, "/")
	return repository(r.name, object{
		"id": r.id, "node_id": fmt.Sprintf("R_%d", r.id), "name": name, "full_name": r.name, "private": true, "archived": false, "fork": false,
		"default_branch": "main", "created_at": stamp(f.start), "updated_at": stamp(f.start), "pushed_at": stamp(f.opts.Now()),
		"owner": user(owner, "Organization"),
	})
}

func (f *Fleet) repository(w http.ResponseWriter, r *http.Request) {
	found, ok := f.asked(w, r)
	if ok {
		write(w, f.hosted(found))
	}
}

// asked is the repository in a path. When there is none the refusal is written.
func (f *Fleet) asked(w http.ResponseWriter, r *http.Request) (repo, bool) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	found, ok := f.byID(id)
	if err != nil {
		found, ok = f.byName(r.PathValue("owner") + "/" + r.PathValue("name"))
	}
	switch {
	case !ok:
		refuse(w, http.StatusNotFound, "Not Found")
	case found.blocked:
		refuse(w, http.StatusUnavailableForLegalReasons, "Repository access blocked")
	}
	return found, ok && !found.blocked
}

// one is the pull request in a path. When there is none the refusal is written.
func (f *Fleet) one(w http.ResponseWriter, r *http.Request) (pull, bool) {
	found, ok := f.asked(w, r)
	if !ok {
		return pull{}, false
	}
	number, _ := strconv.Atoi(r.PathValue("number"))
	f.mu.Lock()
	gone := found.deleted[number]
	f.mu.Unlock()
	if gone || number < 1 || number > f.opts.Pulls {
		refuse(w, http.StatusNotFound, "Not Found")
		return pull{}, false
	}
	return f.pull(found, number), true
}
