package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The people of a forge. Each has a token of their own name; the reader is ada, who may see everything.
var people = []string{"ada", "ben", "cleo", "copilot-swe-agent[bot]"}

// forge is an emulated GitHub with an organisation, acme, and what was made there. It stands still until its clock is moved.
type forge struct {
	*server
	t     testing.TB
	now   time.Time
	pulls []*pull
}

// pull is a pull request as it was made.
type pull struct {
	Repo, Title, Body, Branch, Author, MergedBy string
	Number, ID                                  int
	Created, Merged, Closed                     time.Time
	Head, Landed                                string
	Labels                                      []string
	Reviews                                     []review
	Shas                                        []string // its own commits
}

type review struct {
	ID            int
	Author, State string
	Sha           string
	At            time.Time
}

func newForge(t testing.TB, repos ...string) *forge {
	t.Helper()
	type object = map[string]any
	tokens, users, members := object{}, []object{}, []object{}
	for _, login := range people {
		tokens[login] = object{"login": login, "scopes": []string{"repo", "admin:org"}}
		users = append(users, object{"login": login, "email": strings.TrimSuffix(login, "[bot]") + "@example.org"})
		members = append(members, object{"login": login, "role": map[bool]string{true: "admin", false: "member"}[login == "ada"]})
	}
	seed, err := json.Marshal(object{
		"tokens": tokens, "github": object{"users": users, "orgs": []object{{"login": "acme", "members": members}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	f := &forge{server: start(t, "emulate.mjs", string(seed)), t: t}
	f.at(time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC))
	for _, repo := range repos {
		f.do("ada", "POST", "/orgs/acme/repos", map[string]any{"name": repo, "auto_init": true}, nil)
		for _, login := range people[1:] {
			f.do("ada", "PUT", "/repos/acme/"+repo+"/collaborators/"+url.PathEscape(login), map[string]any{"permission": "push"}, nil)
		}
	}
	return f
}

// at moves the clock of the forge.
func (f *forge) at(moment time.Time) {
	f.t.Helper()
	f.now = moment
	f.ask(f.t, map[string]string{"now": moment.Format(time.RFC3339)}, nil)
}

func (f *forge) pass(d time.Duration) { f.t.Helper(); f.at(f.now.Add(d)) }

// do calls the API as somebody.
func (f *forge) do(login, method, path string, body, into any) {
	f.t.Helper()
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			f.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(f.t.Context(), method, f.URL+path, bytes.NewReader(text))
	if err != nil {
		f.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+login)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode/100 != 2 {
		f.t.Fatalf("%s %s as %s: %s %s, %v", method, path, login, resp.Status, answer, err)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(answer, into); err != nil {
		f.t.Fatalf("%s %s: %v in %s", method, path, err, answer)
	}
}

// open opens a pull request with so many commits; one a minute.
func (f *forge) open(repo, author, title string, commits int) *pull {
	f.t.Helper()
	base := "/repos/acme/" + repo
	p := &pull{Repo: "acme/" + repo, Title: title, Body: "Why: " + title + ".", Branch: strings.ToLower(strings.ReplaceAll(title, " ", "-")), Author: author}
	var ref struct{ Object struct{ Sha string } }
	f.do(author, "GET", base+"/git/ref/heads/main", nil, &ref)
	p.Shas = []string{ref.Object.Sha} // the emulator counts the commit that a branch begins at
	f.do(author, "POST", base+"/git/refs", map[string]any{"ref": "refs/heads/" + p.Branch, "sha": ref.Object.Sha}, nil)
	for i := range commits {
		f.push(p, fmt.Sprintf("%s, step %d", title, i+1))
	}
	var answer struct{ Number, ID int }
	f.do(author, "POST", base+"/pulls", map[string]any{"title": title, "head": p.Branch, "base": "main", "body": p.Body}, &answer)
	p.Number, p.ID, p.Created = answer.Number, answer.ID, f.now
	f.pulls = append(f.pulls, p)
	f.pass(time.Minute)
	return p
}

// push adds a commit to a branch before its pull request is opened: the emulator's do not see what is pushed later.
func (f *forge) push(p *pull, message string) {
	f.t.Helper()
	var answer struct{ Commit struct{ Sha string } }
	path := fmt.Sprintf("/repos/%s/contents/%s-%d.txt", p.Repo, p.Branch, len(p.Shas))
	f.do(p.Author, "PUT", path, map[string]any{
		"message": message, "branch": p.Branch, "content": base64.StdEncoding.EncodeToString([]byte(message)),
	}, &answer)
	p.add(answer.Commit.Sha)
	f.pass(time.Minute)
}

// update merges the base into the branch of a pull request, which gives it another last commit.
func (f *forge) update(p *pull) {
	f.t.Helper()
	path := fmt.Sprintf("/repos/%s/pulls/%d", p.Repo, p.Number)
	f.do(p.Author, "PUT", path+"/update-branch", map[string]any{}, nil)
	var answer struct{ Head struct{ Sha string } }
	f.do(p.Author, "GET", path, nil, &answer)
	if answer.Head.Sha == p.Head {
		f.t.Fatalf("%s: the branch was updated and has the same commit", path)
	}
	p.add(answer.Head.Sha)
	f.pass(time.Minute)
}

func (p *pull) add(sha string) {
	p.Head = sha
	p.Shas = append(p.Shas, sha)
}

// look reviews a pull request: "APPROVE", "REQUEST_CHANGES" or "COMMENT".
func (f *forge) look(p *pull, reviewer, event string) {
	f.t.Helper()
	var answer struct{ ID int }
	f.do(reviewer, "POST", fmt.Sprintf("/repos/%s/pulls/%d/reviews", p.Repo, p.Number), map[string]any{"event": event, "body": "Read."}, &answer)
	state := map[string]string{"APPROVE": "approved", "REQUEST_CHANGES": "changes_requested", "COMMENT": "commented"}[event]
	p.Reviews = append(p.Reviews, review{answer.ID, reviewer, state, p.Head, f.now})
	f.pass(time.Minute)
}

func (f *forge) label(p *pull, names ...string) {
	f.t.Helper()
	f.do("ada", "POST", fmt.Sprintf("/repos/%s/issues/%d/labels", p.Repo, p.Number), map[string]any{"labels": names}, nil)
	p.Labels = append(p.Labels, names...)
	f.pass(time.Minute)
}

func (f *forge) merge(p *pull, login, method string) {
	f.t.Helper()
	var answer struct{ Sha string }
	f.do(login, "PUT", fmt.Sprintf("/repos/%s/pulls/%d/merge", p.Repo, p.Number), map[string]any{"merge_method": method}, &answer)
	p.Landed, p.MergedBy, p.Merged, p.Closed = answer.Sha, login, f.now, f.now
	f.pass(time.Minute)
}

func (f *forge) closePull(p *pull, login string) {
	f.t.Helper()
	f.do(login, "PATCH", fmt.Sprintf("/repos/%s/pulls/%d", p.Repo, p.Number), map[string]any{"state": "closed"}, nil)
	p.Closed = f.now
	f.pass(time.Minute)
}

// rename gives a repository another name. Those who know only the old one find nothing: the emulator forwards nobody. It returns
// what there was under the old name.
func (f *forge) rename(from, to string) (before []*pull) {
	f.t.Helper()
	f.do("ada", "PATCH", "/repos/acme/"+from, map[string]any{"name": to}, nil)
	for _, p := range f.pulls {
		if p.Repo == "acme/"+from {
			old := *p
			before = append(before, &old)
			p.Repo = "acme/" + to
		}
	}
	f.pass(time.Minute)
	return before
}

// trouble makes an issue with a label and closes it an hour later. It returns its number.
func (f *forge) trouble(repo, title, body, label string) int {
	f.t.Helper()
	var answer struct{ Number int }
	f.do("ben", "POST", "/repos/acme/"+repo+"/issues", map[string]any{"title": title, "body": body, "labels": []string{label}}, &answer)
	f.pass(time.Hour)
	f.do("ben", "PATCH", fmt.Sprintf("/repos/acme/%s/issues/%d", repo, answer.Number), map[string]any{"state": "closed"}, nil)
	f.pass(time.Minute)
	return answer.Number
}
