package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"
)

// maxBody is the longest body that is read: 64 MB.
const maxBody = 64 << 20

// maxRedirects is how often a call may be sent elsewhere.
const maxRedirects = 5

// Options is how a client behaves. The zero value is a client without tokens.
type Options struct {
	Base        http.RoundTripper // what sends; http.DefaultTransport when nil
	Tokens      []Token
	MaxAttempts int           // times that a call is sent while its server fails; 6 when zero
	MaxWait     time.Duration // for limits and Retry-After, in all, until a call is given up; 70 minutes when zero: budgets are by the hour
	Timeout     time.Duration // of one attempt, its body included; one minute when zero
	UserAgent   string        // where the request names none; "baserate" when empty

	Sleep func(context.Context, time.Duration) error // in place of waiting, for tests
	Now   func() time.Time                           // time.Now when nil
}

func (o Options) withDefaults() Options {
	if o.Base == nil {
		o.Base = http.DefaultTransport
	}
	if o.MaxAttempts <= 0 {
		o.MaxAttempts = 6
	}
	if o.MaxWait <= 0 {
		o.MaxWait = 70 * time.Minute
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	if o.UserAgent == "" {
		o.UserAgent = "baserate"
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Client sends calls. It is safe for concurrent use.
type Client struct {
	http      *http.Client
	transport *transport
}

// NewClient makes a client.
func NewClient(o Options) *Client {
	o = o.withDefaults()
	t := &transport{
		opts: o, wallet: newWallet(o.Tokens, o.Now), cache: newCache(cacheBytes),
		jitter: func(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) },
	}
	return &Client{transport: t, http: &http.Client{Transport: t, CheckRedirect: redirect}}
}

// HTTP is the client for libraries that bring their own requests.
func (c *Client) HTTP() *http.Client { return c.http }

// Requests is how many calls were sent so far, repeats included.
func (c *Client) Requests() uint64 { return c.transport.sent.Load() }

// JSON sends one call, body as JSON unless it is nil, and reads the answer into a value unless that is nil. An answer that is
// not 2xx is a [*StatusError]. Without an Accept in header it asks for application/json.
func (c *Client) JSON(ctx context.Context, method, url string, header http.Header, body, into any) (http.Header, error) {
	var payload io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, bareURL(url), err)
		}
		payload = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, payload)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, bareURL(url), unwrapURL(err))
	}
	for name, values := range header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	if req.Header.Get("Accept") == "" {
		req.Header.Set("Accept", "application/json")
	}
	if body != nil && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.read(req, into)
}

func (c *Client) read(req *http.Request, into any) (http.Header, error) {
	name := req.Method + " " + bareURL(req.URL.String())
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, unwrapURL(err))
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if resp.StatusCode/100 != 2 {
		return resp.Header, &StatusError{
			Method: req.Method, URL: bareURL(req.URL.String()), Status: resp.StatusCode,
			Body: c.transport.wallet.conceal(beginning(text)), Header: resp.Header,
		}
	}
	if into == nil || len(bytes.TrimSpace(text)) == 0 {
		return resp.Header, nil
	}
	if err := json.Unmarshal(text, into); err != nil {
		return resp.Header, fmt.Errorf("%s: read the answer: %w", name, err)
	}
	return resp.Header, nil
}

// redirect follows a few redirects and takes what the caller put into the header away from other hosts.
func redirect(req *http.Request, via []*http.Request) error {
	if len(via) >= maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	if origin(req.URL) == origin(via[0].URL) {
		return nil
	}
	for name := range req.Header {
		if name != "Accept" && name != "User-Agent" {
			req.Header.Del(name)
		}
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

type contextKey int

const (
	countKey contextKey = iota
	impatientKey
)

// counter counts the calls of a context, and with them those of the one that it was made from.
type counter struct {
	n     atomic.Uint64
	outer *counter
}

// Count returns a context whose calls are counted on their own, repeats included: what a batch or a part of it cost. They
// count for the context that it was made from as well.
func Count(ctx context.Context) (context.Context, *atomic.Uint64) {
	outer, _ := ctx.Value(countKey).(*counter)
	c := &counter{outer: outer}
	return context.WithValue(ctx, countKey, c), &c.n
}

func count(ctx context.Context) {
	c, _ := ctx.Value(countKey).(*counter)
	for ; c != nil; c = c.outer {
		c.n.Add(1)
	}
}

// Impatient returns a context in which a server that fails is not asked again: the caller will ask for less instead. Limits
// are waited for all the same.
func Impatient(ctx context.Context) context.Context {
	return context.WithValue(ctx, impatientKey, true)
}
