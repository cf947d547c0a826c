package api

import (
	"cmp"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store/workbench"
)

func (h *handlers) GetSchema(c echo.Context) error {
	ctx := c.Request().Context()
	tables, err := h.options.SQL.Schema(ctx)
	if err != nil {
		return err
	}
	limits, err := h.options.SQL.Limits(ctx)
	if err != nil {
		return err
	}
	return respond(c, SQLSchema{
		Limits: encodeLimits(limits),
		Tables: all(tables, func(t workbench.Table) SQLTable {
			return SQLTable{
				Name: t.Name, Comment: t.Comment,
				Columns: all(t.Columns, func(c workbench.TableColumn) SQLColumn {
					return SQLColumn{Name: c.Name, Type: c.Type, Comment: c.Comment}
				}),
			}
		}),
	})
}

func (h *handlers) GetVocabulary(c echo.Context) error {
	v, err := h.options.SQL.Vocabulary(c.Request().Context())
	if err != nil {
		return err
	}
	return respond(c, SQLVocabulary{
		Functions: all(v.Functions, func(f workbench.Function) SQLFunction {
			return SQLFunction{Name: f.Name, Aggregate: f.Aggregate, Syntax: f.Syntax, Description: f.Description}
		}),
		Keywords: v.Keywords, Types: v.Types,
	})
}

func (h *handlers) ListHistory(c echo.Context, params ListHistoryParams) error {
	const usual = 50
	limit := cmp.Or(orZero(params.Limit), usual)
	past, err := h.options.SQL.History(c.Request().Context(), limit+1)
	if err != nil {
		return err
	}
	more := len(past) > limit
	return respond(c, SQLHistory{Items: all(past[:min(limit, len(past))], encodePastQuery), Truncated: more, Limit: limit})
}

// mostSaved bounds the list of saved queries; they are written by hand, and few.
const mostSaved = 1000

func (h *handlers) ListSaved(c echo.Context) error {
	saved, err := h.options.SQL.AllSaved(c.Request().Context())
	if err != nil {
		return err
	}
	return respond(c, SavedQueries{
		Items: all(saved[:min(mostSaved, len(saved))], encodeSaved), Truncated: len(saved) > mostSaved, Limit: mostSaved,
		CanSave: h.options.canSave(),
	})
}

func (h *handlers) GetSaved(c echo.Context, slug Slug) error {
	saved, found, err := h.options.SQL.Saved(c.Request().Context(), slug)
	if err != nil {
		return err
	}
	if !found {
		return unknownSaved(slug)
	}
	return respond(c, encodeSaved(saved))
}

func unknownSaved(slug string) error {
	return &problem{code: noSuchSaved, field: "slug", detail: fmt.Sprintf("No query is saved as %q.", slug)}
}

func (h *handlers) SaveQuery(c echo.Context, slug Slug) error {
	var asked SaveRequest
	if err := c.Bind(&asked); err != nil {
		return &problem{code: invalidBody, cause: err}
	}
	saved, err := h.options.SQL.Save(c.Request().Context(), workbench.Saved{
		Slug: slug, Name: asked.Name, SQL: asked.SQL, Params: givenParams(asked.Params),
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, encodeSaved(saved))
}

func (h *handlers) DeleteSaved(c echo.Context, slug Slug) error {
	found, err := h.options.SQL.Unsave(c.Request().Context(), slug)
	if err != nil {
		return err
	}
	if !found {
		return unknownSaved(slug)
	}
	return c.NoContent(http.StatusNoContent)
}
