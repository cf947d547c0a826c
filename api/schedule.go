package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// Schedule is what of a schedule can be seen and done here.
type Schedule struct {
	// Plan returns every task.
	Plan func() []Planned
	// Run lets tasks run now; an empty name stands for all. It returns how many there are, and how many of them begin.
	Run func(source, scope, stream string) (found, begun int)
	// Pause keeps a source from being collected, or lets it again, for good. It reports whether there is such a source.
	Pause func(ctx context.Context, source string, paused bool) (known bool, err error)
}

// Planned is a task of the schedule.
type Planned struct {
	Source, Scope, Stream string
	Every                 time.Duration
	Next                  time.Time // zero when paused
	Waiting               bool      // due, and waits for others to end
	Running               bool
	Paused                bool
}

// scopeKey is the key of a row of the ledger.
type scopeKey struct{ source, scope, stream string }

func turnsOf(plan []Planned) map[scopeKey]Planned {
	turns := make(map[scopeKey]Planned, len(plan))
	for _, p := range plan {
		turns[scopeKey{p.Source, p.Scope, p.Stream}] = p
	}
	return turns
}

func (o Options) plan() []Planned {
	if o.Schedule == nil {
		return nil
	}
	return o.Schedule.Plan()
}

// controls reports whether collections may be run and paused from here. Nobody signs in yet, so it is for those who are on the
// machine, unless the operator says otherwise.
func (o Options) controls() bool {
	return o.Schedule != nil && (o.Control || isLoopback(hostOf(o.Addr)))
}

func (s *Server) controlled(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.options.controls() {
			return &problem{code: controlsOff}
		}
		return next(c)
	}
}

// sameOrigin refuses what a page of another site makes a browser send. What knownHost refuses never comes here.
func (s *Server) sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		if err := protection.Check(c.Request()); err != nil {
			return &problem{code: crossOrigin, field: "Origin", cause: err}
		}
		return next(c)
	}
}

const alertsPath = "/hooks/alertmanager"

// isHook is a path that bounds its body itself.
func isHook(c echo.Context) bool { return c.Request().URL.Path == alertsPath }

func (h *handlers) RunCollections(c echo.Context) error {
	var asked RunRequest
	if err := c.Bind(&asked); err != nil {
		return &problem{code: invalidBody, cause: err}
	}
	found, begun := h.options.Schedule.Run(asked.Source, given(asked.Scope), given(asked.Stream))
	if found == 0 {
		return &problem{code: noSuchSource, field: "source", detail: fmt.Sprintf("Nothing of %q is collected here under these names.", asked.Source)}
	}
	return c.JSON(http.StatusAccepted, RunAnswer{Found: found, Begun: begun})
}

func (h *handlers) PauseCollections(c echo.Context) error {
	var asked Pause
	if err := c.Bind(&asked); err != nil {
		return &problem{code: invalidBody, cause: err}
	}
	known, err := h.options.Schedule.Pause(c.Request().Context(), asked.Source, asked.Paused)
	if err != nil {
		return err
	}
	if !known {
		return &problem{code: noSuchSource, field: "source", detail: fmt.Sprintf("Nothing of %q is collected here.", asked.Source)}
	}
	return c.JSON(http.StatusOK, asked)
}
