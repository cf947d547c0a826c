package api

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"
)

// observe answers errors, then counts and logs every request once.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		took, response := time.Since(start), c.Response()
		s.metrics.count(route(c), response.Status, took)
		s.log.Debug("request", "method", c.Request().Method, "uri", c.Request().RequestURI, "status", response.Status,
			"bytes", response.Size, "took", took, "request_id", response.Header().Get(echo.HeaderXRequestID), "error", err)
		return nil
	}
}

// route is the pattern that a request was matched with: a label with few values, whatever is asked for.
func route(c echo.Context) string {
	if c.Path() == "/*" || c.Path() == "" {
		return "pages"
	}
	return c.Path()
}

var plainID = regexp.MustCompile(`\A[A-Za-z0-9._-]{1,64}\z`)

// requestID gives each request an id, or keeps the one that a proxy gave it.
func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !plainID.MatchString(id) {
			id = rand.Text()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

// recovery turns a panic into an error with its stack. http.ErrAbortHandler is meant to break the connection.
func recovery(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			p := recover()
			if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it in the same way
				panic(p)
			}
			if p != nil {
				err = &problem{code: internal, cause: fmt.Errorf("panic: %v\n%s", p, debug.Stack())}
			}
		}()
		return next(c)
	}
}

// policy lets a page load what this server serves, and nothing else; styles and scripts are files.
const policy = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func securityHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		return next(c)
	}
}

// within bounds one request: its context, and how long its answer may take to write.
func within(limit time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			request := c.Request()
			defer c.SetRequest(request) // what comes after asks whether the client is still there
			ctx, cancel := context.WithTimeout(request.Context(), limit)
			defer cancel()
			c.SetRequest(request.WithContext(ctx))
			err := http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(2 * limit))
			if err != nil && !errors.Is(err, http.ErrNotSupported) {
				return err
			}
			err = next(c)
			if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return &problem{code: timedOut, detail: fmt.Sprintf("It was given up after %s.", limit), cause: err}
			}
			return err
		}
	}
}

// made refuses what cannot be answered before the fleet is there.
func (s *Server) made(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		m := s.options.making()
		switch {
		case m == nil:
			return next(c)
		case m.Error != nil:
			return &problem{code: beingMade, detail: "It could not be made: " + *m.Error}
		case m.Total == 0:
			return &problem{code: beingMade, detail: "It has just begun."}
		}
		return &problem{code: beingMade, detail: fmt.Sprintf("%s: %d %%.", m.Step, 100*m.Done/m.Total)}
	}
}
