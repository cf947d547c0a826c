package github

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/github/githubtest"
	"github.com/baserate/baserate/record"
)

func TestOptionsAreCheckedAllAtOnce(t *testing.T) {
	_, err := New(Options{
		BaseURL: "ftp://x", GraphQLURL: "nowhere", Repos: []string{"a/b", "no-owner", "a/b/c"}, Org: "a/b", Tokens: []string{"fine", "with blank"},
		PageSize: 101, App: &App{},
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"BaseURL:", "GraphQLURL:", `Repos: "no-owner"`, `Repos: "a/b/c"`, `Org: "a/b"`, "Tokens: number 2", "PageSize: 101", "App: ID", "App: Installation", "App: PrivateKey",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%v\ndoes not say %q", err, want)
		}
	}
	if strings.Contains(err.Error(), "with blank") {
		t.Errorf("%v holds a token", err)
	}
	if _, err := New(Options{}); err == nil || !strings.Contains(err.Error(), "Org: ") {
		t.Errorf("without anything to read: %v", err)
	}
	if _, err := New(Options{Org: "a", App: &App{ID: 1, Installation: 2, PrivateKey: []byte("none")}}); err == nil || !strings.Contains(err.Error(), "App: private key") {
		t.Errorf("a key that is none: %v", err)
	}
}

func TestWhereGraphQLIs(t *testing.T) {
	for base, want := range map[string]string{
		"": "https://api.github.com/graphql", "https://git.example.org/api/v3": "https://git.example.org/api/graphql",
		"https://git.example.org/api/v3/": "https://git.example.org/api/graphql", "http://127.0.0.1:4101": "http://127.0.0.1:4101/graphql",
	} {
		s, err := New(Options{Org: "a", BaseURL: base})
		if err != nil || s.graph != want || s.opts.Name != "a" {
			t.Errorf("BaseURL %q: GraphQL at %q, %v; want %q", base, s.graph, err, want)
		}
	}
}

func TestAccounts(t *testing.T) {
	for _, tc := range []struct {
		login, typename string
		want            record.Account
	}{
		{"Ada", "User", record.Account{Source: "github", Login: "ada", Kind: record.KindPerson}},
		{"ada", "", record.Account{Source: "github", Login: "ada", Kind: record.KindPerson}},
		{"dependabot", "Bot", record.Account{Source: "github", Login: "dependabot[bot]", Kind: record.KindBot}},
		{"dependabot[bot]", "Bot", record.Account{Source: "github", Login: "dependabot[bot]", Kind: record.KindBot}},
		{"dependabot[bot]", "", record.Account{Source: "github", Login: "dependabot[bot]", Kind: record.KindBot}},
		{"Copilot", "Bot", record.Account{Source: "github", Login: "copilot", Kind: record.KindBot}},
		{"deployer", "App", record.Account{Source: "github", Login: "deployer", Kind: record.KindApp}},
		{"", "User", record.Account{}},
	} {
		if got := account(tc.login, tc.typename); got != tc.want {
			t.Errorf("account(%q, %q) = %+v, want %+v", tc.login, tc.typename, got, tc.want)
		}
	}
}

func TestWhatIsAbsent(t *testing.T) {
	for code, absent := range map[int]bool{404: true, 410: true, 403: true, 451: true, 401: false, 409: false, 422: false, 503: false} {
		f := newFleet(t, githubtest.Options{Repos: 1}, under(&weather{answer: func(asked) (int, string, http.Header) { return code, `{"message":"so it is"}`, nil }}))
		_, err := f.source.get(t.Context(), "/repos/a/b", nil)
		var a collectors.Absent
		if errors.As(f.source.absent(err), &a) != absent || status(err) != code || !strings.Contains(err.Error(), "GET /repos/a/b: "+strconv.Itoa(code)+" so it is") {
			t.Errorf("%d: %v, want absent %t", code, f.source.absent(err), absent)
		}
	}
}

// The library would refuse further calls by itself once it saw that nothing remains.
func TestTheLibraryDoesNotRefuse(t *testing.T) {
	f := newFleet(t, githubtest.Options{Repos: 1}, nil)
	n := 0
	w := &weather{answer: func(asked) (int, string, http.Header) {
		if n++; n == 1 {
			return 200, `{"id":1}`, http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Limit": {"5000"}, "X-Ratelimit-Reset": {strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)}}
		}
		return 200, `{"id":2}`, nil
	}}
	s := f.open(t, func(o *Options) { o.HTTP, o.Tokens, o.Now = w, []string{"secret-1", "secret-2"}, nil })
	for want := int64(1); want <= 2; want++ {
		var h hosted
		if _, err := s.get(t.Context(), "x", &h); err != nil || h.ID != want {
			t.Errorf("call %d: %+v, %v", want, h, err)
		}
	}
}

func TestAnAppIsItsInstallation(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(private)})
	fleet := githubtest.New(githubtest.Options{Repos: 2, Pulls: 3})
	var mu sync.Mutex
	var given int
	var carried []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path == "/app/installations/7/access_tokens" {
			given++
			if given == 1 {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			w.WriteHeader(http.StatusCreated)
			fmt.Fprintf(w, `{"token":"ghs_%d","expires_at":%q}`, given, time.Now().Add(time.Hour).Format(time.RFC3339))
			return
		}
		carried = append(carried, r.Header.Get("Authorization"))
		fleet.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s, err := New(Options{Org: "acme", BaseURL: server.URL, App: &App{ID: 5, Installation: 7, PrivateKey: key}, Sleep: noon().sleep})
	if err != nil {
		t.Fatal(err)
	}
	k := nothing()
	k.mustRun(t, s.pulls())
	if len(k.pulls) != 6 || given != 2 {
		t.Errorf("%d pull requests with %d tokens asked for, want 6 with the second after a failure", len(k.pulls), given)
	}
	for _, header := range carried {
		if header != "Bearer ghs_2" {
			t.Errorf("a call carried %q", header)
		}
	}
}

func TestTasksAreListedOnce(t *testing.T) {
	s, err := New(Options{Org: "acme", Name: "work", Copilot: true, IncidentLabels: []string{"incident"}})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, task := range s.Tasks() {
		if task.Source != "github" || task.Scope != "work" || task.Stream == "" || task.Collector == nil || task.Every <= 0 || seen[task.Stream] {
			t.Errorf("task %+v, seen before %t", task, seen[task.Stream])
		}
		seen[task.Stream] = true
	}
	for _, stream := range []string{"repositories", "pull_requests", "deleted_pull_requests"} {
		if !seen[stream] {
			t.Errorf("no stream %s", stream)
		}
	}
}
