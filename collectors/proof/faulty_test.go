package proof

import (
	"crypto/tls"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// faulty stands before a server over TLS and, now and then, answers in its place, or spoils what it answers. What it does follows
// from its seed and the order of the calls.
type faulty struct {
	*httptest.Server
	upstream string
	clock    *clock

	mu    sync.Mutex
	draw  *rand.Rand
	share float64 // of calls that go wrong
	row   int     // that did so one after the other
	done  map[string]int
	calls int
}

// most is how many calls go wrong one after the other: below the number of attempts that a client makes.
const most = 3

// fault is a way to go wrong: it answers a call, with the server's own answer at hand.
type fault struct {
	name string
	hit  func(f *faulty, w http.ResponseWriter, good *httptest.ResponseRecorder)
}

// faults are all the ways. GitHub words its limits like this, with and without saying for how long.
var faults = []fault{
	{"primary limit", func(f *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) {
		w.Header().Set("X-RateLimit-Limit", "5000")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(f.clock.Now().Add(40*time.Second).Unix(), 10))
		refuse(w, http.StatusForbidden, "API rate limit exceeded for user ID 1.")
	}},
	{"primary limit, 429", func(f *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) {
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", strconv.FormatInt(f.clock.Now().Add(40*time.Second).Unix(), 10))
		refuse(w, http.StatusTooManyRequests, "API rate limit exceeded for user ID 1.")
	}},
	{"secondary limit with Retry-After", func(_ *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) {
		w.Header().Set("Retry-After", "7")
		refuse(w, http.StatusForbidden, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
	}},
	{"secondary limit", func(_ *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) {
		refuse(w, http.StatusForbidden, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
	}},
	{"429 with Retry-After", func(_ *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) {
		w.Header().Set("Retry-After", "3")
		refuse(w, http.StatusTooManyRequests, "Too many requests")
	}},
	{"429", func(_ *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) {
		refuse(w, http.StatusTooManyRequests, "Too many requests")
	}},
	{"GraphQL's limit", func(_ *faulty, w http.ResponseWriter, good *httptest.ResponseRecorder) {
		if good.Header().Get("Self") != "/graphql" {
			refuse(w, http.StatusTooManyRequests, "Too many requests")
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded for user ID 1."}]}`))
	}},
	{"502", func(_ *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html><body>Server Error</body></html>"))
	}},
	{"half a body", func(_ *faulty, w http.ResponseWriter, good *httptest.ResponseRecorder) {
		body := good.Body.Bytes()
		begin(w, good)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(good.Code)
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		cutOff(w)
	}},
	{"half a body that looks whole", func(_ *faulty, w http.ResponseWriter, good *httptest.ResponseRecorder) {
		begin(w, good) // in chunks: there is no length, and the last chunk never comes
		w.WriteHeader(good.Code)
		_, _ = w.Write(good.Body.Bytes()[:good.Body.Len()/2])
		_ = http.NewResponseController(w).Flush()
		cutOff(w)
	}},
	{"slow bytes", func(_ *faulty, w http.ResponseWriter, good *httptest.ResponseRecorder) {
		begin(w, good)
		w.WriteHeader(good.Code)
		for body := good.Body.Bytes(); len(body) > 0; {
			n := min(len(body), max(1, good.Body.Len()/10))
			_, _ = w.Write(body[:n])
			_ = http.NewResponseController(w).Flush()
			body = body[n:]
			time.Sleep(2 * time.Millisecond)
		}
	}},
	{"reset", func(_ *faulty, w http.ResponseWriter, _ *httptest.ResponseRecorder) { cutOff(w) }},
}

// endless gives a list one more page, which is the same again, for ever. A client that notices has to give up what it reads: the
// next run reads it anew.
var endless = fault{"endless pages", func(f *faulty, w http.ResponseWriter, good *httptest.ResponseRecorder) {
	begin(w, good)
	if body := good.Body.String(); strings.HasPrefix(body, "[") && body != "[]" {
		w.Header().Set("Link", "<"+f.URL+good.Header().Get("Self")+`>; rel="next"`)
	}
	w.WriteHeader(good.Code)
	_, _ = w.Write(good.Body.Bytes())
}}

// newFaulty stands before a server; a share of the calls goes wrong.
func newFaulty(t testing.TB, upstream string, seed uint64, share float64, c *clock) *faulty {
	t.Helper()
	f := &faulty{upstream: upstream, clock: c, draw: rand.New(rand.NewPCG(seed, 1)), share: share, done: map[string]int{}}
	target, err := url.Parse(upstream)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Accept-Encoding")
		good := httptest.NewRecorder()
		self, next := r.URL.RequestURI(), f.next()
		proxy.ServeHTTP(good, r)
		good.Header().Set("Self", self)
		good.Header().Set("Link", strings.ReplaceAll(good.Header().Get("Link"), upstream, f.URL))
		next.hit(f, w, good)
	}))
	f.Listener = &rude{Listener: f.Listener, f: f}
	f.StartTLS()
	t.Cleanup(f.Close)
	return f
}

// next draws what becomes of a call.
func (f *faulty) next() fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	if f.row >= most || f.draw.Float64() >= f.share {
		f.row = 0
		return fault{"", func(_ *faulty, w http.ResponseWriter, good *httptest.ResponseRecorder) {
			begin(w, good)
			w.WriteHeader(good.Code)
			_, _ = w.Write(good.Body.Bytes())
		}}
	}
	f.row++
	chosen := faults[f.draw.IntN(len(faults))]
	if f.draw.IntN(20) == 0 {
		chosen = endless
	}
	f.done[chosen.name]++
	return chosen
}

// rude resets some of the connections to its server before anything is said on them.
type rude struct {
	net.Listener
	f *faulty
}

func (l *rude) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		l.f.mu.Lock()
		hit := l.f.row < most && l.f.draw.Float64() < l.f.share
		if hit {
			l.f.row++
			l.f.done["reset before TLS"]++
		}
		l.f.mu.Unlock()
		if !hit {
			return c, nil
		}
		hangUp(c)
	}
}

// begin copies the header of an answer but for its length.
func begin(w http.ResponseWriter, good *httptest.ResponseRecorder) {
	for name, values := range good.Header() {
		if name != "Content-Length" && name != "Self" && (name != "Link" || values[0] != "") {
			w.Header()[name] = values
		}
	}
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`{"message":"` + message + `"}`))
}

// cutOff ends the connection of an answer in the middle of it.
func cutOff(w http.ResponseWriter) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // what was begun in HTTP/2 ends with a reset as well
	}
	hangUp(c)
}

// hangUp closes a connection with a reset rather than a farewell.
func hangUp(c net.Conn) {
	if secure, ok := c.(*tls.Conn); ok {
		c = secure.NetConn()
	}
	if plain, ok := c.(*net.TCPConn); ok {
		_ = plain.SetLinger(0)
	}
	c.Close()
}
