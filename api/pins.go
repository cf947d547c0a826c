package api

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store"
)

const (
	apiPath   = "/api/v1/"
	pinnedKey = "as_of"
	longPin   = 4 << 20 // bytes of one answer
)

// PinAnswers keeps what the addresses answer now. Whoever may read them may pin them: nothing is shown that was not.
func (h *handlers) PinAnswers(c echo.Context) error {
	var body PinRequest
	if err := c.Bind(&body); err != nil {
		return &problem{code: invalidBody, detail: err.Error()}
	}
	at := time.Now().UTC().Truncate(time.Millisecond)
	pins := make([]store.Pin, 0, len(body.Addresses))
	for _, text := range body.Addresses {
		address, err := pinnable(text)
		if err != nil {
			return err
		}
		pin, err := h.pin(c, address)
		if err != nil {
			return err
		}
		pins = append(pins, pin)
	}
	if err := h.options.Store.SavePins(c.Request().Context(), at, pins); err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, Pins{AsOf: at, Addresses: len(pins)})
}

// pinnable is an address in the form that it is kept under.
func pinnable(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || !strings.HasPrefix(u.Path, apiPath) || u.Host != "" || strings.HasPrefix(u.Path, apiPath+"sql/") {
		return "", &problem{code: invalidBody, field: "addresses", detail: fmt.Sprintf("%q is no address of an answer that can be pinned.", text)}
	}
	return canonical(u), nil
}

// canonical is an address with its query in the order of the keys, without the moment.
func canonical(u *url.URL) string {
	q := u.Query()
	q.Del(pinnedKey)
	if len(q) == 0 {
		return u.EscapedPath()
	}
	return u.EscapedPath() + "?" + q.Encode()
}

// pin asks this server itself.
func (h *handlers) pin(c echo.Context, address string) (store.Pin, error) {
	r, err := http.NewRequestWithContext(c.Request().Context(), http.MethodGet, address, nil)
	if err != nil {
		return store.Pin{}, err
	}
	r.Host, r.RemoteAddr = c.Request().Host, c.Request().RemoteAddr
	w := &kept{header: http.Header{}, status: http.StatusOK}
	c.Echo().ServeHTTP(w, r)
	kind := w.header.Get(echo.HeaderContentType)
	if w.status != http.StatusOK || w.body.Len() > longPin || !strings.HasPrefix(kind, echo.MIMEApplicationJSON) {
		return store.Pin{}, &problem{code: invalidBody, field: "addresses", detail: fmt.Sprintf("%s answers %d with %d bytes of %s, which cannot be pinned.",
			address, w.status, w.body.Len(), kind)}
	}
	return store.Pin{Address: address, Body: w.body.Bytes()}, nil
}

// kept is an answer that goes nowhere.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(p []byte) (int, error) { return k.body.Write(p) }

// pinned answers a request for a moment with what was pinned then. A day, which has no T in it, is the handlers' own.
func (s *Server) pinned(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		text := u.Query().Get(pinnedKey)
		if c.Request().Method != http.MethodGet || !strings.HasPrefix(u.Path, apiPath) || !strings.Contains(text, "T") {
			return next(c)
		}
		at, err := time.Parse(time.RFC3339, text)
		if err != nil || !inRange(at) {
			return &problem{code: invalidParameter, field: pinnedKey, detail: fmt.Sprintf("%q is no moment, such as 2026-10-05T06:00:00.000Z.", text)}
		}
		body, found, err := s.options.Store.Pinned(c.Request().Context(), canonical(u), at)
		if err != nil {
			return err
		}
		if !found {
			return &problem{code: nothingRecorded, field: pinnedKey, detail: fmt.Sprintf("%s was not pinned by %s.", canonical(u), text)}
		}
		return answer(c, echo.MIMEApplicationJSON, tagOf(body), "private, max-age=31536000, immutable", body)
	}
}
