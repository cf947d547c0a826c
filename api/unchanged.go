package api

import (
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// answers remembers what was answered for as long as the data stay the same, and knows without working it out again whether
// a client has it already.
type answers struct {
	version func(echo.Context) (string, error) // of the data
	started string                             // tells this process from the one before, which may have answered by other rules

	mu    sync.Mutex
	of    string // the version that the bodies are of
	known map[string]body
	bytes int
}

type body struct {
	kind string
	text []byte
}

// How many bytes of answers are remembered, and of one.
const (
	mostAnswers = 64 << 20
	mostAnswer  = 2 << 20
)

func newAnswers(version func(echo.Context) (string, error)) *answers {
	return &answers{version: version, started: rand.Text(), known: map[string]body{}}
}

// dataVersion tells the data from those before.
func (s *Server) dataVersion(c echo.Context) (string, error) {
	if s.options.Store == nil {
		return "", errors.New("there is no store")
	}
	return s.options.Store.DataVersion(c.Request().Context())
}

// underway is an answer that is being worked out, to be remembered under its address.
type underway struct {
	answers               *answers
	version, address, tag string
}

const underwayKey = "baserate.underway"

// still is for what answers the same as long as the data do not change. The day is a part of that: what is dated ahead of
// the clock is left out until it comes.
func (a *answers) still(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.QueryParams().Has(pinnedKey) {
			return next(c) // what was recorded by a day is another thing than the data
		}
		version, err := a.version(c)
		if err != nil {
			return next(c) // a wrong request is wrong without a database too; any other will say that it is away
		}
		version += time.Now().UTC().Format(" 2006-01-02")
		u := underway{answers: a, version: version, address: canonical(c.Request().URL)}
		u.tag = tagOf(fmt.Appendf(nil, "%s %s %s", a.started, version, u.address))
		known, found := a.recall(version, u.address)
		asked := c.Request().Header.Get("If-None-Match")
		if found || asked != "*" && alreadyHas(asked, u.tag) { // whether there is anything at all is only known by asking
			return answer(c, known.kind, u.tag, askAgain, known.text)
		}
		c.Set(underwayKey, u)
		return next(c)
	}
}

func (a *answers) recall(version, address string) (body, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.of != version {
		return body{}, false
	}
	b, found := a.known[address]
	return b, found
}

// keep remembers a body. When there is no more room, or the data are others, what was there before goes.
func (u underway) keep(b body) {
	a := u.answers
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(b.text) > mostAnswer {
		return
	}
	if a.of != u.version || a.bytes+len(b.text) > mostAnswers {
		a.of, a.known, a.bytes = u.version, map[string]body{}, 0
	}
	a.bytes += len(b.text) - len(a.known[u.address].text)
	a.known[u.address] = b
}
