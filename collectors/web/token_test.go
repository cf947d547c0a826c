package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

func authorization(calls []*http.Request) []string {
	var all []string
	for _, r := range calls {
		all = append(all, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	}
	return all
}

func TestTokensGoToTheirOwnOrigin(t *testing.T) {
	other := newSite(t, say(200, fine))
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/file?signature=abc", http.StatusFound)
	})
	c := s.client(func(o *Options) { o.Tokens = s.token("t0ken") })
	header := http.Header{"X-Api-Key": {"k3y"}, "Authorization": {"Basic x"}}
	for _, h := range []http.Header{nil, header} {
		if _, err := c.JSON(t.Context(), "GET", s.URL, h, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.JSON(t.Context(), "GET", other.URL, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := authorization(s.calls); got[0] != "t0ken" {
		t.Errorf("its own origin got %q", got)
	}
	for _, r := range other.calls {
		if r.Header.Get("Authorization") != "" || r.Header.Get("X-Api-Key") != "" {
			t.Errorf("another origin got %v", r.Header)
		}
	}
}

func TestTheTokenWithTheMostLeftIsTaken(t *testing.T) {
	left := map[string]int{"a": 5, "b": 50, "c": 500}
	var s *site
	s = newSite(t, func(w http.ResponseWriter, r *http.Request) {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		s.mu.Lock()
		defer s.mu.Unlock()
		left[token]--
		w.Header().Set("X-Ratelimit-Remaining", strconv.Itoa(left[token]))
		w.Header().Set("X-Ratelimit-Reset", strconv.FormatInt(s.at.Add(time.Hour).Unix(), 10))
		fmt.Fprint(w, fine)
	})
	c := s.client(func(o *Options) { o.Tokens = s.token("a", "b", "c") })
	for range 403 + 1 {
		if _, err := c.JSON(t.Context(), "GET", s.URL, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if left["a"] != 4 || left["b"] != 49 || left["c"] != 98 {
		t.Errorf("left %v, want the one with the most taken after each was asked once", left)
	}
}

func TestUsedUpTokensRest(t *testing.T) {
	reset := strconv.FormatInt(time.Unix(1_770_000_000, 0).Add(10*time.Minute).Unix(), 10)
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer a" {
			say(403, `{}`, "X-Ratelimit-Remaining", "0", "X-Ratelimit-Reset", reset)(w, r)
			return
		}
		say(200, fine)(w, r)
	})
	c := s.client(func(o *Options) { o.Tokens = s.token("a", "b") })
	for range 5 {
		if _, err := c.JSON(t.Context(), "GET", s.URL, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(authorization(s.calls), ""); got != "abbbbb" || len(s.slept) != 0 {
		t.Errorf("tokens were taken as %s with pauses %v, want abbbbb without", got, s.slept)
	}
	s.at = s.at.Add(11 * time.Minute)
	s.answers = s.answers[:0:0]
	s.answers = append(s.answers, say(200, fine))
	if _, err := c.JSON(t.Context(), "GET", s.URL, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	if got := authorization(s.calls); got[len(got)-1] != "a" {
		t.Errorf("after its reset the other token is taken: %v", got)
	}
}

// GraphQL and REST have budgets of their own.
func TestBudgetsAreByResource(t *testing.T) {
	reset := strconv.FormatInt(time.Unix(1_770_000_000, 0).Add(10*time.Minute).Unix(), 10)
	s := newSite(t, say(200, fine, "X-Ratelimit-Remaining", "0", "X-Ratelimit-Reset", reset))
	c := s.client(func(o *Options) { o.Tokens = s.token("a") })
	for i, path := range []string{"/graphql", "/repos", "/graphql"} {
		if _, err := c.JSON(t.Context(), "GET", s.URL+path, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
		if waited := len(s.slept) > 0; waited != (i == 2) {
			t.Errorf("call %d to %s: waited %v", i+1, path, s.slept)
		}
	}
}

func TestTokensThatChange(t *testing.T) {
	s := newSite(t, say(200, fine))
	n := 0
	c := s.client(func(o *Options) {
		o.Tokens = []Token{{Origins: []string{s.URL}, Current: func(context.Context) (string, error) {
			if n++; n == 3 {
				return "", errors.New("no token today")
			}
			return fmt.Sprint("v", n), nil
		}}}
	})
	for range 2 {
		if _, err := c.JSON(t.Context(), "GET", s.URL, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(authorization(s.calls), " "); got != "v1 v2" {
		t.Errorf("sent %s", got)
	}
	if _, err := c.JSON(t.Context(), "GET", s.URL, nil, nil, nil); err == nil || !strings.Contains(err.Error(), "token 1 of 1: no token today") {
		t.Errorf("%v, want what is wrong with which token", err)
	}
}

func TestErrorsHoldNoSecrets(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(422)
		fmt.Fprintf(w, `{"message":"bad %s"}`, r.Header.Get("Authorization"))
	})
	c := s.client(func(o *Options) {
		o.Tokens, o.MaxAttempts = s.token("gh-s3cret"), 2
		o.Base = breaking{}
	})
	plain := s.client(func(o *Options) { o.Tokens = s.token("gh-s3cret") })
	address := strings.Replace(s.URL, "http://", "http://user:passw0rd@", 1) + "/x?page=3&sig=s1gned&api_key=k3y"
	for _, client := range []*Client{c, plain} {
		_, err := client.JSON(t.Context(), "GET", address, nil, nil, nil)
		if err == nil {
			t.Fatal("no error")
		}
		for _, secret := range []string{"s3cret", "passw0rd", "s1gned", "k3y"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%v holds %s", err, secret)
			}
		}
		if !strings.Contains(err.Error(), "page=3") {
			t.Errorf("%v does not say which page", err)
		}
	}
}

// breaking is a connection that breaks and says more than it should.
type breaking struct{}

func (breaking) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("connection of %s broke", r.Header.Get("Authorization"))
}

func TestConditionalCalls(t *testing.T) {
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		etag := `"` + r.Header.Get("Authorization") + `"` // as GitHub's, it changes with the token
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			n++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, fine)
	}))
	t.Cleanup(server.Close)
	value := "one"
	c := NewClient(Options{Tokens: []Token{{Origins: []string{server.URL}, Current: func(context.Context) (string, error) { return value, nil }}}})
	for i, want := range []int{0, 1, 2, 2, 3} {
		if i == 3 {
			value = "two"
		}
		var got struct{ OK bool }
		if _, err := c.JSON(t.Context(), "GET", server.URL, nil, nil, &got); err != nil || !got.OK {
			t.Fatalf("call %d: %+v, %v", i+1, got, err)
		}
		if n != want {
			t.Errorf("call %d: %d answers of 304, want %d", i+1, n, want)
		}
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	c := newCache(1000)
	for i := range 100 {
		req := httptest.NewRequest("GET", fmt.Sprintf("http://h/%d", i), nil)
		c.keep(req, "", &http.Response{StatusCode: 200, Header: http.Header{"Etag": {"x"}}}, make([]byte, 90))
	}
	if c.size > 1000 || len(c.by) != 11 || c.order.Len() != 11 {
		t.Errorf("%d bytes in %d answers, want at most 1000 in 11", c.size, len(c.by))
	}
	if c.ask(httptest.NewRequest("GET", "http://h/99", nil), "") == nil || c.ask(httptest.NewRequest("GET", "http://h/0", nil), "") != nil {
		t.Error("the newest answers are not those that are kept")
	}
}
