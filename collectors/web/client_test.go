package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// site is a server on loopback that answers from a list, the last answer again and again, and a clock that sleeping moves.
type site struct {
	*httptest.Server
	mu      sync.Mutex
	answers []func(w http.ResponseWriter, r *http.Request)
	calls   []*http.Request
	at      time.Time
	slept   []time.Duration
}

func newSite(t *testing.T, answers ...func(w http.ResponseWriter, r *http.Request)) *site {
	t.Helper()
	s := &site{answers: answers, at: time.Unix(1_770_000_000, 0)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		n := min(len(s.calls), len(s.answers)-1)
		s.calls = append(s.calls, r)
		answer := s.answers[n]
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *site) sleep(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(d)
	s.slept = append(s.slept, d)
	return ctx.Err()
}

func (s *site) client(change func(*Options)) *Client {
	o := Options{Sleep: s.sleep, Now: s.now}
	if change != nil {
		change(&o)
	}
	return NewClient(o)
}

func (s *site) token(values ...string) []Token {
	var tokens []Token
	for _, v := range values {
		tokens = append(tokens, Token{Origins: []string{s.URL}, Value: v})
	}
	return tokens
}

// say answers with a status, a body and pairs of names and values of the header.
func say(status int, body string, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

const fine = `{"ok":true}`

// Each row is an answer that GitHub or another source gives for going too fast or for not being well, and how long it is to be
// waited before the call goes out again.
func TestAnswersThatAreWaitedFor(t *testing.T) {
	reset := strconv.FormatInt(time.Unix(1_770_000_000, 0).Add(20*time.Minute).Unix(), 10)
	date := time.Unix(1_770_000_000, 0).Add(90 * time.Second).UTC().Format(http.TimeFormat)
	secondary := `{"message":"You have exceeded a secondary rate limit."}`
	const none, full = "X-Ratelimit-Remaining", "0"
	for name, tc := range map[string]struct {
		answer   func(http.ResponseWriter, *http.Request)
		from, to time.Duration
	}{
		"403, nothing remains":          {say(403, `{"message":"API rate limit exceeded"}`, none, full, "X-Ratelimit-Reset", reset), 20 * time.Minute, 21 * time.Minute},
		"429, nothing remains":          {say(429, `{}`, none, full, "X-Ratelimit-Reset", reset), 20 * time.Minute, 21 * time.Minute},
		"403 secondary, Retry-After":    {say(403, secondary, "Retry-After", "42"), 42 * time.Second, 44 * time.Second},
		"403 secondary, no times":       {say(403, secondary), time.Minute, 62 * time.Second},
		"403 secondary, budget remains": {say(403, secondary, none, "4000", "X-Ratelimit-Reset", reset), time.Minute, 62 * time.Second},
		"403 abuse, no documentation":   {say(403, `{"message":"You have triggered an abuse detection mechanism."}`), time.Minute, 62 * time.Second},
		"429 secondary, Retry-After":    {say(429, secondary, "Retry-After", "7"), 7 * time.Second, 9 * time.Second},
		"429 secondary, no times":       {say(429, secondary), time.Minute, 62 * time.Second},
		"429, a date":                   {say(429, ``, "Retry-After", date), 89 * time.Second, 92 * time.Second},
		"429, no times":                 {say(429, ``), time.Second, 3 * time.Second},
		"429, at once":                  {say(429, ``, "Retry-After", "0"), time.Second, 3 * time.Second},
		"GraphQL, 200":                  {say(200, `{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded for user"}]}`, none, full, "X-Ratelimit-Reset", reset), 20 * time.Minute, 21 * time.Minute},
		"GraphQL, 200 secondary":        {say(200, `{"errors":[{"message":"You have exceeded a secondary rate limit"}]}`, "Retry-After", "9"), 9 * time.Second, 11 * time.Second},
		"502, a page":                   {say(502, `<html>Bad gateway`), 500 * time.Millisecond, time.Second},
		"503, Retry-After":              {say(503, ``, "Retry-After", "30"), 30 * time.Second, 32 * time.Second},
		"503, a longer Retry-After":     {say(503, ``, "Retry-After", "600"), 10 * time.Minute, 602 * time.Second},
		"503, at once":                  {say(503, ``, "Retry-After", "0"), 500 * time.Millisecond, time.Second},
		"504":                           {say(504, ``), 500 * time.Millisecond, time.Second},
		"500":                           {say(500, ``), 500 * time.Millisecond, time.Second},
		"half a body":                   {say(200, `{"ok":`, "Content-Length", "500"), 500 * time.Millisecond, time.Second},
		"the connection breaks":         {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 500 * time.Millisecond, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, tc.answer, say(200, fine))
			var got struct{ OK bool }
			_, err := s.client(nil).JSON(t.Context(), "POST", s.URL+"/graphql", nil, map[string]int{"a": 1}, &got)
			if err != nil || !got.OK || len(s.calls) != 2 {
				t.Fatalf("%+v after %d calls, %v; want the second answer", got, len(s.calls), err)
			}
			if waited := s.now().Sub(time.Unix(1_770_000_000, 0)); waited < tc.from || waited > tc.to {
				t.Errorf("waited %s, want between %s and %s", waited, tc.from, tc.to)
			}
		})
	}
}

func TestAnswersThatStand(t *testing.T) {
	for status, body := range map[int]string{
		301: ``, 400: `no`, 401: `{"message":"Bad credentials"}`, 403: `{"message":"Resource not accessible by integration"}`, 404: `{}`, 409: `{"message":"Git Repository is empty."}`,
		410: `{}`, 422: `{}`, 451: `{}`,
	} {
		s := newSite(t, say(status, body, "X-Ratelimit-Remaining", "10"))
		_, err := s.client(nil).JSON(t.Context(), "GET", s.URL+"/x?page=2", nil, nil, nil)
		var refused *StatusError
		if !errors.As(err, &refused) || refused.Status != status || refused.Body != body || len(s.calls) != 1 {
			t.Errorf("%d: %v after %d calls, want it as it is after one", status, err, len(s.calls))
		}
	}
}

func TestAServerThatStaysDownIsGivenUp(t *testing.T) {
	s := newSite(t, say(502, `gone`))
	_, err := s.client(func(o *Options) { o.MaxAttempts = 4 }).JSON(t.Context(), "GET", s.URL, nil, nil, nil)
	var refused *StatusError
	if !errors.As(err, &refused) || refused.Status != 502 || len(s.calls) != 4 {
		t.Errorf("%v after %d calls, want 502 after 4", err, len(s.calls))
	}
	for i := 1; i < len(s.slept); i++ {
		if s.slept[i] < s.slept[i-1]/2 {
			t.Errorf("pauses %v do not grow", s.slept)
		}
	}
}

// A server that asks for more time than a call has is not asked again before that.
func TestAServerThatWantsTooMuchTimeIsGivenUp(t *testing.T) {
	s := newSite(t, say(503, `closed`, "Retry-After", "3000"))
	_, err := s.client(nil).JSON(t.Context(), "GET", s.URL, nil, nil, nil)
	var refused *StatusError
	if !errors.As(err, &refused) || refused.Status != 503 || len(s.calls) != 2 || s.slept[0] < 3000*time.Second {
		t.Errorf("%v after %d calls and pauses %v, want 503 after 2: the third would be after more than 70 minutes", err, len(s.calls), s.slept)
	}
}

func TestALimitThatLastsTooLongIsAnError(t *testing.T) {
	later := time.Unix(1_770_000_000, 0).Add(3 * time.Hour)
	for name, answer := range map[string]func(http.ResponseWriter, *http.Request){
		"a reset far away":  say(403, ``, "X-Ratelimit-Remaining", "0", "X-Ratelimit-Reset", strconv.FormatInt(later.Unix(), 10)),
		"the same for ever": say(429, ``, "Retry-After", "0"),
	} {
		s := newSite(t, answer)
		_, err := s.client(nil).JSON(t.Context(), "GET", s.URL+"/x", nil, nil, nil)
		var limit *LimitError
		if !errors.As(err, &limit) {
			t.Errorf("%s: %v, want a LimitError", name, err)
		}
		if len(s.calls) > 100 {
			t.Errorf("%s: %d calls", name, len(s.calls))
		}
	}
}

func TestImpatientCallsFailAtOnceAndWaitForLimits(t *testing.T) {
	s := newSite(t, say(429, ``), say(504, ``))
	ctx, n := Count(Impatient(t.Context()))
	_, err := s.client(nil).JSON(ctx, "GET", s.URL, nil, nil, nil)
	var refused *StatusError
	if !errors.As(err, &refused) || refused.Status != 504 || n.Load() != 2 {
		t.Errorf("%v after %d calls, want 504 after 2", err, n.Load())
	}
}

func TestCallsAreCounted(t *testing.T) {
	s := newSite(t, say(502, ``), say(200, fine))
	c := s.client(nil)
	outer, all := Count(t.Context())
	inner, some := Count(outer)
	for _, ctx := range []context.Context{inner, outer, t.Context()} {
		if _, err := c.JSON(ctx, "GET", s.URL, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if c.Requests() != 4 || all.Load() != 3 || some.Load() != 2 {
		t.Errorf("%d calls in all, %d and %d of them in the contexts; want 4, 3, 2", c.Requests(), all.Load(), some.Load())
	}
}

func TestStoppingEndsAWait(t *testing.T) {
	s := newSite(t, say(429, ``, "Retry-After", "1000"))
	ctx, cancel := context.WithCancel(t.Context())
	c := NewClient(Options{Now: s.now})
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := c.JSON(ctx, "GET", s.URL, nil, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that it was stopped", err)
	}
}

func TestSlowAnswersAreCutOff(t *testing.T) {
	var calls atomic.Int32
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) > 1 {
			say(200, fine)(w, r)
			return
		}
		for range 100 {
			if _, err := io.WriteString(w, " "); err != nil || r.Context().Err() != nil {
				return
			}
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	})
	if _, err := s.client(func(o *Options) { o.Timeout = 50 * time.Millisecond }).JSON(t.Context(), "GET", s.URL, nil, nil, nil); err != nil || calls.Load() != 2 {
		t.Errorf("%v after %d calls, want an answer to the second", err, calls.Load())
	}
}

func TestLongBodiesAreRefused(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, _ *http.Request) {
		chunk := make([]byte, 1<<20)
		for range maxBody>>20 + 1 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	if _, err := s.client(nil).JSON(t.Context(), "GET", s.URL, nil, nil, nil); err == nil || !strings.Contains(err.Error(), "longer than") || len(s.calls) != 1 {
		t.Errorf("%v after %d calls, want a refusal after one", err, len(s.calls))
	}
}

func TestPages(t *testing.T) {
	p := NewPages(3)
	for i, tc := range []struct {
		key, body string
		ok        bool
	}{{"a", "[1]", true}, {"b", "[]", true}, {"c", "[]", true}, {"d", "[2]", false}} {
		if err := p.Next(tc.key, []byte(tc.body)); (err == nil) != tc.ok {
			t.Errorf("page %d: %v, want fine %t", i+1, err, tc.ok)
		}
	}
	if q := NewPages(9); q.Next("a", []byte("[1]")) != nil || q.Next("a", []byte("[2]")) == nil {
		t.Error("a key may come twice")
	}
	if q := NewPages(9); q.Next("a", []byte("[1]")) != nil || q.Next("b", []byte("[1]")) == nil {
		t.Error("a page may come twice")
	}
}

func TestNextLink(t *testing.T) {
	for link, want := range map[string]string{
		"": "",
		`<https://h/x?page=2>; rel="next", <https://h/x?page=9>; rel="last"`:           "https://h/x?page=2",
		`<https://h/x?page=1>; rel="prev",<https://h/x?labels=a,b&page=3>; rel="next"`: "https://h/x?labels=a,b&page=3",
		`<https://h/x?page=9>; rel="last"`:                                             "",
		`<https://h/x?a=2>; title="b"; rel=next`:                                       "https://h/x?a=2",
		`nonsense; rel="next"`:                                                         "",
	} {
		if got := NextLink(http.Header{"Link": {link}}); got != want {
			t.Errorf("NextLink(%s) = %q, want %q", link, got, want)
		}
	}
}

func ExampleOrigin() {
	fmt.Println(Origin("https://API.github.com/repos/x?y"), Origin("nowhere"))
	// Output: https://api.github.com
}
