package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store/workbench"
)

func (h *handlers) StartQuery(c echo.Context) error {
	question, err := readQuestion(c)
	if err != nil {
		return err
	}
	run, err := h.options.SQL.Start(question)
	if err != nil {
		return notOne(err)
	}
	return c.JSON(http.StatusAccepted, QueryStarted{ID: run.ID})
}

func readQuestion(c echo.Context) (workbench.Question, error) {
	var asked QueryRequest
	if err := c.Bind(&asked); err != nil {
		return workbench.Question{}, &problem{code: invalidBody, cause: err}
	}
	return workbench.Question{SQL: asked.SQL, Params: givenParams(asked.Params), Tab: given(asked.Tab)}, nil
}

func givenParams(p *QueryParams) map[string]string {
	if p == nil {
		return map[string]string{}
	}
	return *p
}

// notOne is the problem of a text that is no statement.
func notOne(err error) error {
	var refusal *workbench.Refusal
	if errors.As(err, &refusal) {
		return &problem{code: invalidSQL, field: "sql", detail: refusal.Error()}
	}
	return err
}

func (h *handlers) GetQuery(c echo.Context, id QueryID) error {
	if run, kept := h.options.SQL.Find(id); kept {
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		return c.JSON(http.StatusOK, encodeRun(run))
	}
	past, found, err := h.options.SQL.Past(c.Request().Context(), id)
	if err != nil {
		return err
	}
	if !found {
		return unknownQuery(id)
	}
	return respond(c, encodePastQuery(past))
}

func unknownQuery(id string) error {
	return &problem{code: noSuchQuery, field: "id", detail: fmt.Sprintf("No query %q was run here.", id)}
}

func (h *handlers) CancelQuery(c echo.Context, id QueryID) error {
	run, found, err := h.options.SQL.Cancel(c.Request().Context(), id)
	if errors.Is(err, context.DeadlineExceeded) {
		return &problem{code: timedOut, detail: "The database did not say that the query has ended.", cause: err}
	}
	if err != nil {
		return err
	}
	if !found {
		return unknownQuery(id)
	}
	return c.JSON(http.StatusOK, encodeRun(run))
}

func (h *handlers) PlanQuery(c echo.Context) error {
	question, err := readQuestion(c)
	if err != nil {
		return err
	}
	plan, err := h.options.SQL.Plan(c.Request().Context(), question)
	if err != nil {
		return notOne(err)
	}
	answer := QueryPlan{Limits: encodeLimits(plan.Limits), Parts: []PlanPart{}}
	for _, p := range plan.Parts {
		answer.Rows += int64(p.Rows)
		answer.Parts = append(answer.Parts, PlanPart{Table: p.Table, Parts: int64(p.Parts), Rows: int64(p.Rows), Marks: int64(p.Marks)})
	}
	answer.Error = encodeFailure(plan.Failure)
	return c.JSON(http.StatusOK, answer)
}
