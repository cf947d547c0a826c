package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/labstack/echo/v4"
)

// problem is an error with what the client may know of it.
type problem struct {
	code   string
	field  string // the input at fault
	detail string // what is wrong this time
	cause  error  // for the log
}

func (p *problem) Error() string {
	text := p.code
	for _, part := range []string{p.field, p.detail} {
		if part != "" {
			text += ": " + part
		}
	}
	if p.cause != nil {
		text += ": " + p.cause.Error()
	}
	return text
}

func (p *problem) Unwrap() error { return p.cause }

const (
	problemType   = "application/problem+json"
	retrySeconds  = "2"
	askingIsReady = 2 * time.Second
)

// answerError writes what went wrong. When the answer has begun there is nothing more to say.
func (s *Server) answerError(err error, c echo.Context) {
	p := s.problemOf(err, c)
	kind := kindOf(p.code)
	id := c.Response().Header().Get(echo.HeaderXRequestID)
	if kind.Status >= http.StatusInternalServerError {
		s.log.Error("request failed", "request_id", id, "uri", c.Request().RequestURI, "code", p.code, "error", err)
	}
	if c.Response().Committed {
		return
	}
	header := c.Response().Header()
	header.Del("ETag")
	header.Set(echo.HeaderCacheControl, "no-store")
	if kind.Status == http.StatusServiceUnavailable {
		header.Set(echo.HeaderRetryAfter, retrySeconds)
	}
	body, err := json.Marshal(Problem{
		Type: "/api/v1/problems#" + kind.Code, Title: kind.Title, Status: kind.Status, Code: kind.Code,
		Detail: optional(p.detail), Field: optional(p.field), Action: kind.Action, RequestID: id,
	})
	if err == nil {
		err = c.Blob(kind.Status, problemType, body)
	}
	if err != nil {
		s.log.Debug("problem not delivered", "request_id", id, "error", err)
	}
}

// problemOf finds the kind of problem that an error is. What the store says in its errors is for the log alone.
func (s *Server) problemOf(err error, c echo.Context) *problem {
	var p *problem
	var framework *echo.HTTPError
	ctx := c.Request().Context()
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &framework):
		return fromFramework(framework, c)
	case errors.Is(ctx.Err(), context.Canceled):
		return &problem{code: clientGone, cause: err}
	}
	if reason := s.databaseReason(ctx, err); reason != "" {
		return &problem{code: databaseDown, detail: reason, cause: err}
	}
	return &problem{code: internal, cause: err}
}

func fromFramework(err *echo.HTTPError, c echo.Context) *problem {
	switch err.Code {
	case http.StatusNotFound:
		return &problem{code: notFound, detail: "Nothing is served at " + c.Request().URL.EscapedPath() + "."}
	case http.StatusMethodNotAllowed:
		return &problem{code: methodNotAllowed, detail: c.Request().Method + " is not served here."}
	case http.StatusRequestEntityTooLarge:
		return &problem{code: bodyTooLarge}
	case http.StatusBadRequest:
		return cannotBind(err)
	}
	return &problem{code: internal, cause: err}
}

// databaseReason says why the database does not answer, or "" when the error is not about that. An engine that was
// killed may be up again before it is asked: then the broken connection speaks.
func (s *Server) databaseReason(ctx context.Context, err error) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askingIsReady)
	defer cancel()
	if down := s.options.Ready(ctx); down != nil {
		return down.Error()
	}
	if lostConnection(err) {
		return "The connection to the database was lost; it answers again."
	}
	return ""
}

func lostConnection(err error) bool {
	var network net.Error
	for _, known := range []error{io.EOF, io.ErrUnexpectedEOF, syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.EPIPE} {
		if errors.Is(err, known) {
			return true
		}
	}
	return errors.As(err, &network)
}
