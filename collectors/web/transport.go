package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// transport is a client's RoundTripper: it sends a call until it has an answer that stands.
type transport struct {
	opts   Options
	wallet *wallet
	cache  *cache
	sent   atomic.Uint64
	jitter func(time.Duration) time.Duration
}

// call is one call with what became of it so far.
type call struct {
	req      *http.Request
	body     []byte
	resource string // whose budget it draws on
	failures int    // of the server, or of the connection
	limited  int    // times that it was refused for a limit
	waited   time.Duration
}

// answer is a response whose body was read, up to maxBody.
type answer struct {
	*http.Response
	body []byte
}

// RoundTrip answers with a whole body in memory, or with an error that holds no secret.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	c := &call{req: req, resource: resource(req)}
	if err := c.readBody(); err != nil {
		return nil, err
	}
	for {
		k, err := t.token(c)
		if err != nil {
			return nil, err
		}
		a, err := t.attempt(c, k)
		switch {
		case req.Context().Err() != nil:
			return nil, req.Context().Err()
		case err != nil:
			err = t.wallet.hide(err)
			if errors.Is(err, errPermanent) || !t.again(c) {
				return nil, err
			}
		default:
			t.wallet.learn(k, c.resource, a.Header)
			if limited(a) {
				if err := t.yield(c, k, a); err != nil {
					return nil, err
				}
				continue
			}
			if !failing(a.StatusCode) || !t.again(c) || !t.bears(c, a) {
				return a.whole(), nil
			}
		}
		if err := t.pause(c, a); err != nil {
			return nil, err
		}
	}
}

// token chooses the token that the call goes out with, and waits until there is one.
func (t *transport) token(c *call) (*key, error) {
	for {
		k, until := t.wallet.pick(origin(c.req.URL), c.resource)
		if k != nil {
			return k, nil
		}
		if err := t.wait(c, until.Sub(t.opts.Now()), until); err != nil {
			return nil, err
		}
	}
}

// yield puts the token aside for as long as a limit asks.
func (t *transport) yield(c *call, k *key, a answer) error {
	c.limited++
	d := patience(a, c.limited, t.opts.Now())
	t.wallet.rest(k, t.opts.Now().Add(d))
	if c.limited > 10*t.opts.MaxAttempts {
		return t.limitError(c, t.opts.Now().Add(d))
	}
	return nil
}

// wait sleeps for a limit, unless that would be longer than a call may take.
func (t *transport) wait(c *call, d time.Duration, until time.Time) error {
	if c.waited += d; c.waited > t.opts.MaxWait {
		return t.limitError(c, until)
	}
	return t.opts.Sleep(c.req.Context(), d+t.jitter(time.Second))
}

func (t *transport) limitError(c *call, until time.Time) error {
	return &LimitError{Method: c.req.Method, URL: bareURL(c.req.URL.String()), Until: until}
}

// again reports whether a call that failed is worth another attempt, and counts it.
func (t *transport) again(c *call) bool {
	c.failures++
	impatient, _ := c.req.Context().Value(impatientKey).(bool)
	return c.failures < t.opts.MaxAttempts && !impatient
}

// pause waits before a call that failed goes out again.
func (t *transport) pause(c *call, a answer) error {
	d := t.jitter(min(time.Second<<(c.failures-1), time.Minute))
	if asked := t.asked(a); asked > 0 {
		d = max(d, asked+t.jitter(time.Second))
	}
	return t.opts.Sleep(c.req.Context(), d)
}

// asked is how long a server that fails wants to be left alone; 0 when it does not say.
func (t *transport) asked(a answer) time.Duration {
	if a.Response == nil {
		return 0
	}
	d, _ := retryAfter(a.Header, t.opts.Now())
	return d
}

// bears reports whether a server that fails may be left alone for as long as it asks: a call waits for so long in all, and no more.
func (t *transport) bears(c *call, a answer) bool {
	c.waited += t.asked(a)
	return c.waited <= t.opts.MaxWait
}

// errPermanent marks errors that another attempt would not mend.
var errPermanent = errors.New("not worth another attempt")

// attempt sends the call once and reads its whole body.
func (t *transport) attempt(c *call, k *key) (answer, error) {
	ctx, cancel := context.WithTimeout(c.req.Context(), t.opts.Timeout)
	defer cancel()
	req := c.clone(ctx, t.opts.UserAgent)
	secret, err := k.sign(req)
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", errPermanent, err)
	}
	kept := t.cache.ask(req, secret)
	t.sent.Add(1)
	count(ctx)
	resp, err := t.opts.Base.RoundTrip(req)
	if err != nil {
		return answer{}, unwrapURL(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	switch {
	case err != nil:
		return answer{}, fmt.Errorf("the answer was cut off after %d bytes: %w", len(body), err)
	case len(body) > maxBody:
		return answer{}, fmt.Errorf("%w: the answer is longer than %d bytes", errPermanent, maxBody)
	case cutShort(body):
		return answer{}, fmt.Errorf("the answer was cut off after %d bytes", len(body))
	}
	resp.Request = c.req
	if kept != nil && resp.StatusCode == http.StatusNotModified {
		return kept.answer(resp), nil
	}
	t.cache.keep(req, secret, resp, body)
	return answer{resp, body}, nil
}

// cutShort reports whether a body begins as JSON and does not end so: something between here and there lost the rest of it.
func cutShort(body []byte) bool {
	text := bytes.TrimSpace(body)
	if len(text) == 0 {
		return false
	}
	last := text[len(text)-1]
	return text[0] == '{' && last != '}' || text[0] == '[' && last != ']'
}

// readBody takes the body into memory, so that it can be sent again.
func (c *call) readBody() error {
	if c.req.Body == nil || c.req.Body == http.NoBody {
		return nil
	}
	defer c.req.Body.Close()
	var err error
	if c.body, err = io.ReadAll(c.req.Body); err != nil {
		return fmt.Errorf("read the body to send: %w", err)
	}
	return nil
}

func (c *call) clone(ctx context.Context, agent string) *http.Request {
	req := c.req.Clone(ctx)
	if c.body != nil {
		req.Body = io.NopCloser(bytes.NewReader(c.body))
		req.ContentLength = int64(len(c.body))
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", agent)
	}
	return req
}

// whole is the response with its body to be read again.
func (a answer) whole() *http.Response {
	a.Body = io.NopCloser(bytes.NewReader(a.body))
	a.ContentLength = int64(len(a.body))
	return a.Response
}
