package github

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/record"
)

// weather stands between a source and its server and answers in the server's place, or changes what it says.
type weather struct {
	mu     sync.Mutex
	answer func(q asked) (status int, body string, header http.Header) // status 0: the server answers
	change func(q asked, body []byte) []byte
}

// asked is a call as it went out.
type asked struct {
	*http.Request
	operation string // of GraphQL, or ""
	vars      struct {
		ID, After string
		IDs       []string
		Size      int
	}
}

func (w *weather) RoundTrip(r *http.Request) (*http.Response, error) {
	q := asked{Request: r}
	if r.Body != nil {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		var body struct {
			Query     string
			Variables json.RawMessage
		}
		if json.Unmarshal(text, &body) == nil && body.Query != "" {
			_ = json.Unmarshal(body.Variables, &q.vars)
			for line := range strings.Lines(body.Query) {
				if rest, ok := strings.CutPrefix(line, "query "); ok {
					q.operation, _, _ = strings.Cut(rest, "(")
					break
				}
			}
		}
		r.Body = io.NopCloser(bytes.NewReader(text))
	}
	if w.answer != nil {
		w.mu.Lock()
		status, body, header := w.answer(q)
		w.mu.Unlock()
		if status != 0 {
			if header == nil {
				header = http.Header{}
			}
			return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body)), Header: header, Request: r, ProtoMajor: 1, ProtoMinor: 1}, nil
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || w.change == nil {
		return resp, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	text = w.change(q, text)
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	resp.Header.Del("Content-Length")
	return resp, nil
}

func under(w *weather) func(*Options) { return func(o *Options) { o.HTTP = w } }

// undisturbed is what a fleet holds.
func undisturbed(t *testing.T, o githubtest.Options) *kept {
	t.Helper()
	k := nothing()
	k.mustRun(t, newFleet(t, o, nil).source.pulls())
	return k
}

func (k *kept) warned(code string) []string {
	var subjects []string
	for _, w := range k.warnings {
		if w.Code == code {
			subjects = append(subjects, w.Subject)
		}
	}
	return subjects
}

func TestSlowServersAreAskedForLess(t *testing.T) {
	o := githubtest.Options{Repos: 2, Pulls: 150}
	want := undisturbed(t, o)
	for name, failure := range map[string]func() (int, string, http.Header){
		"502": func() (int, string, http.Header) { return 502, "<html>", nil },
		"504": func() (int, string, http.Header) { return 504, "", nil },
		"timeout": func() (int, string, http.Header) {
			return 200, `{"data":null,"errors":[{"message":"Something went wrong while executing your query. This may be the result of a timeout"}]}`, nil
		},
		"limits": func() (int, string, http.Header) {
			return 200, `{"data":{"node":null},"errors":[{"type":"RESOURCE_LIMITS_EXCEEDED","message":"Resource limits for this query exceeded."}]}`, nil
		},
		"half": func() (int, string, http.Header) { return 200, `{"data":{"node":{"pullRequests":{"nodes":[{"num`, nil },
	} {
		t.Run(name, func(t *testing.T) {
			refused, taken := map[int]int{}, map[int]int{}
			w := &weather{answer: func(q asked) (int, string, http.Header) {
				if q.operation == "Pulls" && q.vars.Size > 6 {
					refused[q.vars.Size]++
					return failure()
				}
				taken[q.vars.Size]++
				return 0, "", nil
			}}
			f := newFleet(t, o, under(w))
			k := nothing()
			k.mustRun(t, f.source.pulls())
			same(t, k, want)
			if refused[25] != 2 || taken[6] == 0 || len(k.warnings) > 0 {
				t.Errorf("refused %v, taken %v, warned %v; want 25 asked for once in each repository, then 12, then 6", refused, taken, k.warnings)
			}
		})
	}
}

func TestNewsOfSlowServers(t *testing.T) {
	var slow bool
	w := &weather{answer: func(q asked) (int, string, http.Header) {
		if slow && (q.operation == "NewestPulls" || q.operation == "Pulls" && q.vars.Size > 3) {
			return 502, "", nil
		}
		return 0, "", nil
	}}
	f := newFleet(t, githubtest.Options{Repos: 12, Pulls: 30}, under(w))
	k := nothing()
	k.mustRun(t, f.source.pulls())
	f.clock.pass(time.Hour)
	for r := 1; r <= 12; r++ {
		f.Touch(r, r)
	}
	slow = true
	k.mustRun(t, f.source.pulls())
	for r := 1; r <= 12; r++ {
		if p := k.pulls[fmt.Sprintf("%s#%d", f.Name(r), r)]; !strings.Contains(p.Title, "edited") {
			t.Errorf("%s#%d is %q", f.Name(r), r, p.Title)
		}
	}
}

func TestAPullRequestThatCannotBeReadIsPassedOver(t *testing.T) {
	w := &weather{change: func(q asked, body []byte) []byte {
		if q.operation == "Pulls" && bytes.Contains(body, []byte(`"number":37,`)) {
			return []byte(`{"data":null,"errors":[{"message":"Something went wrong while executing your query."}]}`)
		}
		return body
	}}
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 90}, under(w))
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if got := k.warned("unreadable_pull_request"); len(k.pulls) != 89 || len(got) != 1 || got[0] != "acme/repo-0001#37" {
		t.Errorf("%d pull requests and warnings about %v, want the 89 others and one about number 37", len(k.pulls), got)
	}
	if _, ok := k.covered["acme/repo-0001"]; !ok {
		t.Error("the repository is not in the ledger")
	}
}

func TestAServerThatGoesDownEndsTheRun(t *testing.T) {
	down, pages := true, 0
	w := &weather{answer: func(q asked) (int, string, http.Header) {
		if q.operation == "Pulls" {
			pages++
		}
		if down && pages > 30 {
			return 503, "", nil
		}
		return 0, "", nil
	}}
	o := githubtest.Options{Repos: 40, Pulls: 50}
	f := newFleet(t, o, under(w))
	k := nothing()
	err := k.run(t, f.source.pulls(), -1)
	if err == nil || !strings.Contains(err.Error(), "one after the other") || !strings.Contains(err.Error(), "503") {
		t.Fatalf("%v, want that repositories failed one after the other", err)
	}
	if pages > 30+200 || len(k.warned("repository_failed")) < downAfter {
		t.Errorf("%d pages were asked for, %d repositories failed; want that it is given up soon", pages, len(k.warned("repository_failed")))
	}
	if len(k.pulls) < 500 {
		t.Errorf("%d pull requests were saved before the error", len(k.pulls))
	}
	down = false
	k.warnings = nil
	k.mustRun(t, f.source.pulls())
	same(t, k, undisturbed(t, o))
}

func TestOneRepositoryThatFailsIsReadAgain(t *testing.T) {
	broken := true
	w := &weather{answer: func(q asked) (int, string, http.Header) {
		if broken && q.vars.ID == "R_1002" {
			return 500, "", nil
		}
		return 0, "", nil
	}}
	o := githubtest.Options{Repos: 3, Pulls: 20}
	f := newFleet(t, o, under(w))
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if row := k.covered["acme/repo-0002"]; row.Error == "" || len(k.pulls) != 40 || len(k.warned("repository_failed")) != 1 {
		t.Errorf("ledger %+v, %d pull requests, warnings %v; want an error, the 40 of the others and one warning", row, len(k.pulls), k.warnings)
	}
	broken = false
	k.mustRun(t, f.source.pulls())
	same(t, k, undisturbed(t, o))
	if row := k.covered["acme/repo-0002"]; row.Error != "" {
		t.Errorf("ledger still %+v", row)
	}
}

// A repository that could not be read and has no news is in the ledger once more when it can be, and not again.
func TestTheLedgerForgetsAFailure(t *testing.T) {
	for _, graph := range []string{"", "-"} {
		hidden := false
		w := &weather{answer: func(q asked) (int, string, http.Header) {
			switch {
			case hidden && q.operation == "PullNews":
				return 200, `{"data":{"nodes":[{"pullRequests":{"totalCount":0,"nodes":[]}},null]},"errors":[{"type":"NOT_FOUND","path":["nodes",1],"message":"gone"}]}`, nil
			case hidden && strings.HasPrefix(q.URL.Path, "/repos/acme/repo-0002/"):
				return 403, `{"message":"not now"}`, nil
			}
			return 0, "", nil
		}}
		f := newFleet(t, githubtest.Options{Repos: 2, Pulls: 5}, func(o *Options) { o.HTTP, o.GraphQLURL = w, graph })
		k := nothing()
		for i, want := range []string{"read", "hidden", "hidden", "read", ""} {
			hidden = want == "hidden"
			k.covered = map[string]record.Covered{}
			k.mustRun(t, f.source.pulls())
			f.clock.pass(time.Hour)
			row, ok := k.covered["acme/repo-0002"]
			if ok != (want != "") || (row.Absent != "") != hidden || row.Error != "" {
				t.Errorf("GraphQL %q, run %d: in the ledger %t as %+v, want %q", graph, i+1, ok, row, want)
			}
		}
	}
}

func TestListsThatCannotBeFollowed(t *testing.T) {
	w := &weather{answer: func(q asked) (int, string, http.Header) {
		if q.operation == "PullRest" {
			return 200, `{"data":{"nodes":[null]},"errors":[{"type":"FORBIDDEN","path":["nodes",0],"message":"Resource protected by organization SAML enforcement"}]}`, nil
		}
		return 0, "", nil
	}}
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 60, LongEvery: 30}, under(w))
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if got := k.warned("incomplete_pull_request"); len(got) != 2 {
		t.Errorf("warnings about %v, want two pull requests", got)
	}
	for key, p := range k.pulls {
		if p.ReviewsComplete == (p.Number%30 == 0) {
			t.Errorf("%s: reviews complete %t", key, p.ReviewsComplete)
		}
	}
}

func TestHiddenPartsOfAPage(t *testing.T) {
	w := &weather{change: func(q asked, body []byte) []byte {
		if q.operation != "Pulls" {
			return body
		}
		var answer map[string]any
		_ = json.Unmarshal(body, &answer)
		answer["data"].(map[string]any)["node"].(map[string]any)["pullRequests"].(map[string]any)["nodes"].([]any)[0] = nil
		answer["errors"] = []any{map[string]any{"type": "FORBIDDEN", "path": []any{"node", "pullRequests", "nodes", 0}, "message": "not yours"}}
		text, _ := json.Marshal(answer)
		return text
	}}
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 20}, under(w))
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if len(k.pulls) != 19 || len(k.warned("hidden_parts")) != 1 {
		t.Errorf("%d pull requests, warnings %v; want 19 and one that something is hidden", len(k.pulls), k.warnings)
	}
}

func TestAListThatNeverEnds(t *testing.T) {
	w := &weather{change: func(q asked, body []byte) []byte {
		end := []byte(`"hasNextPage":false`)
		if at := bytes.LastIndex(body, end); q.operation == "Pulls" && at >= 0 { // that of the pull requests comes after those of their lists
			return slices.Concat(body[:at], []byte(`"hasNextPage":true`), body[at+len(end):])
		}
		return body
	}}
	f := newFleet(t, githubtest.Options{Repos: 1, Pulls: 60}, under(w))
	k := nothing()
	if err := k.run(t, f.source.pulls(), -1); err != nil {
		t.Fatal(err)
	}
	if row := k.covered["acme/repo-0001"]; !strings.Contains(row.Error, "does not go on") || f.RequestsBy()["Pulls"] > 10 {
		t.Errorf("ledger %+v after %v", row, f.RequestsBy())
	}
}

func TestFutureDatesDoNotPoisonTheCursor(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 2, Pulls: 10}, nil)
	f.clock.pass(1000 * time.Hour)
	f.Touch(1, 4) // as seen from an hour that the source's clock never had
	f.clock.pass(-1000 * time.Hour)
	k := nothing()
	k.mustRun(t, f.source.pulls())
	if got := k.warned("future_date"); len(got) != 1 || k.pulls["acme/repo-0001#4"].UpdatedAt.After(f.clock.now()) {
		t.Errorf("warnings about %v, touched at %s", got, k.pulls["acme/repo-0001#4"].UpdatedAt)
	}
	f.clock.pass(time.Hour)
	f.Touch(1, 5)
	f.clock.pass(time.Hour)
	k.mustRun(t, f.source.pulls())
	if p := k.pulls["acme/repo-0001#5"]; !strings.Contains(p.Title, "edited") {
		t.Errorf("number 5 is %q: a date in the future hid it", p.Title)
	}
}

// Whatever a server answers in between, the facts are those of a quiet day.
func TestBadWeather(t *testing.T) {
	o := githubtest.Options{Repos: 6, Pulls: 120, LongEvery: 15}
	want := undisturbed(t, o)
	for seed := range uint64(2) {
		random := rand.New(rand.NewPCG(seed, 7))
		w := &weather{answer: func(asked) (int, string, http.Header) {
			switch random.IntN(14) {
			case 0:
				return 502, "<html>", nil
			case 1:
				return 403, `{"message":"You have exceeded a secondary rate limit"}`, nil
			case 2:
				return 429, ``, http.Header{"Retry-After": {"3"}}
			case 3:
				return 200, `{"data":`, nil
			case 4:
				return 403, `{}`, http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {strconv.FormatInt(noon().now().Add(time.Minute).Unix(), 10)}}
			}
			return 0, "", nil
		}}
		f := newFleet(t, o, func(o *Options) {
			o.HTTP, o.Tokens = w, []string{"secret-1", "secret-2"}
			o.Sleep = nil
		})
		f.source = f.open(t, func(o *Options) { o.HTTP, o.Tokens = w, []string{"secret-1", "secret-2"}; o.Sleep = f.clock.sleep })
		k := nothing()
		for range 20 {
			err := k.run(t, f.source.pulls(), -1)
			if err == nil && len(k.pulls) == len(want.pulls) {
				break
			}
		}
		same(t, k, want)
		if k.requests > 4*want.requests+100 {
			t.Errorf("seed %d: %d requests, of %d on a quiet day", seed, k.requests, want.requests)
		}
	}
}

func TestAnEndedBudgetEndsTheRun(t *testing.T) {
	w := &weather{answer: func(q asked) (int, string, http.Header) {
		if q.operation == "Pulls" && q.vars.After != "" {
			return 403, `{"message":"API rate limit exceeded"}`, http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset": {strconv.FormatInt(noon().now().Add(48*time.Hour).Unix(), 10)}}
		}
		return 0, "", nil
	}}
	f := newFleet(t, githubtest.Options{Repos: 9, Pulls: 60}, under(w))
	k := nothing()
	err := k.run(t, f.source.pulls(), -1)
	if err == nil || !strings.Contains(err.Error(), "rate limit is used up until") || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v, want when the budget is there again", err)
	}
	if errors.Is(err, collectors.ErrStopped) || len(k.pulls) == 0 {
		t.Errorf("%d pull requests were saved", len(k.pulls))
	}
}
