package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store/workbench"
)

// heartbeat is how often a silent stream says that it is there, so that nothing between takes it for dead.
const heartbeat = 5 * time.Second

// FollowQuery sends what happens to a query until it is over, as server-sent events.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
func (h *handlers) FollowQuery(c echo.Context, id QueryID, params FollowQueryParams) error {
	run, kept := h.options.SQL.Find(id)
	if !kept {
		return unknownQuery(id)
	}
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, "text/event-stream")
	header.Set(echo.HeaderCacheControl, "no-store")
	header.Set("X-Accel-Buffering", "no") // a proxy that gathers answers would hold the events back
	c.Response().WriteHeader(http.StatusOK)
	out := stream{c.Response(), http.NewResponseController(c.Response())}
	err := out.follow(c.Request().Context(), run, orZero(params.LastEventID))
	if err != nil {
		h.log.Debug("events cut off", "query", id, "error", err)
	}
	return nil // the client asks again from where it was
}

// stream is an answer that goes out piece by piece.
type stream struct {
	response *echo.Response
	control  *http.ResponseController
}

func (s stream) follow(ctx context.Context, run *workbench.Run, seen int) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		events, more, last := run.After(seen)
		for _, e := range events {
			if err := s.send("id: %d\nevent: %s\ndata: %s\n\n", e.ID, e.Kind, e.Body); err != nil {
				return err
			}
			seen = e.ID
		}
		if last {
			return nil
		}
		select {
		case <-more:
		case <-beat.C:
			if err := s.send(": still here\n\n"); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// send writes a piece, which may take four heartbeats at most.
func (s stream) send(format string, args ...any) error {
	if err := s.control.SetWriteDeadline(time.Now().Add(4 * heartbeat)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := fmt.Fprintf(s.response, format, args...); err != nil {
		return err
	}
	if err := s.control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}
