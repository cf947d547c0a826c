package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/store"
)

// handlers answer the operations of the contract.
type handlers struct {
	options Options
	log     *slog.Logger
	figures *figures.Reader
}

func newHandlers(o Options, log *slog.Logger) *handlers {
	return &handlers{options: o, log: log, figures: &figures.Reader{Store: o.Store}}
}

var _ ServerInterface = (*handlers)(nil)

func (h *handlers) GetMix(c echo.Context) error {
	months, err := h.options.Store.Mix(c.Request().Context())
	if err != nil {
		return err
	}
	return respond(c, encodeMix(months))
}

func (h *handlers) ListChanges(c echo.Context, params ListChangesParams) error {
	page, err := readPage(params)
	if err != nil {
		return err
	}
	list, err := h.list(c.Request().Context(), page)
	if err != nil {
		return err
	}
	return respond(c, list)
}

func (h *handlers) GetChange(c echo.Context, id string) error {
	detail, found, err := h.options.Store.Change(c.Request().Context(), id)
	if err != nil {
		return err
	}
	if !found {
		return &problem{code: noSuchChange, field: "id", detail: fmt.Sprintf("There is no change %q.", id)}
	}
	return respond(c, encodeDetail(detail))
}

func (h *handlers) GetFleet(c echo.Context) error {
	fleet := Fleet{ID: h.options.Fleet, Fleets: all(h.options.Fleets, func(f FleetLink) FleetLink { return f })}
	if fleet.Making = h.options.making(); fleet.Making != nil {
		return respond(c, fleet)
	}
	simulation, err := h.simulation(c.Request().Context())
	if err != nil {
		return err
	}
	if fleet.Simulated, err = encodeSimulation(simulation); err != nil {
		return err
	}
	return respond(c, fleet)
}

// simulation is nil for a fleet that is none.
func (h *handlers) simulation(ctx context.Context) (*store.Simulation, error) {
	found, ok, err := h.options.Store.Simulation(ctx)
	if err != nil || !ok {
		return nil, err
	}
	return &found, nil
}

func (h *handlers) ListProblems(c echo.Context) error { return respond(c, ProblemKinds{Items: kinds}) }

func (h *handlers) Health(c echo.Context) error { return state(c, "ok") }

// Ready asks the database for a sign of life and the schema for a change that does not exist, which reads next to
// nothing and goes through the view that the answers are made from.
func (h *handlers) Ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 5*time.Second)
	defer cancel()
	if err := h.options.Ready(ctx); err != nil {
		return &problem{code: notReady, detail: "The database does not answer: " + err.Error()}
	}
	if _, _, err := h.options.Store.Change(ctx, "@"); err != nil {
		return &problem{code: notReady, detail: "The tables are not in place.", cause: err}
	}
	return state(c, "ready")
}

// state answers a probe, which nothing between may remember.
func state(c echo.Context, status string) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return c.JSON(http.StatusOK, Status{Status: status})
}
