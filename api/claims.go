package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/oapi-codegen/runtime/types"
	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/analysis"
)

func (h *handlers) ListClaims(c echo.Context, params ListClaimsParams) error {
	if params.AsOf != nil {
		return h.listRecorded(c, *params.AsOf)
	}
	list, err := h.answered(c.Request().Context())
	if err != nil {
		return err
	}
	return respond(c, list)
}

// answered are the claims as they are answered now.
func (h *handlers) answered(ctx context.Context) (ClaimList, error) {
	var claims []analysis.Claim
	context := Context{Definitions: h.options.Definitions}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		claims, err = h.options.Ledger.Claims(ctx)
		return err
	})
	group.Go(func() (err error) {
		context.DataTo, err = h.dataTo(ctx)
		return err
	})
	group.Go(func() (err error) {
		context.Simulation, err = h.simulation(ctx)
		return err
	})
	if err := group.Wait(); err != nil {
		return ClaimList{}, err
	}
	return EncodeClaims(claims, context)
}

func (h *handlers) dataTo(ctx context.Context) (*time.Time, error) {
	return h.options.Store.DataTo(ctx)
}

func (h *handlers) GetClaim(c echo.Context, id string, params GetClaimParams) error {
	ctx := c.Request().Context()
	if params.AsOf != nil {
		return h.getRecorded(c, id, *params.AsOf)
	}
	claim, found, err := h.options.Ledger.Claim(ctx, id)
	if err != nil {
		return err
	}
	if !found {
		return unknownClaim(id)
	}
	dataTo, err := h.dataTo(ctx)
	if err != nil {
		return err
	}
	return respond(c, encodeClaim(claim, dataTo))
}

func unknownClaim(id string) error {
	return &problem{code: noSuchClaim, field: "id", detail: fmt.Sprintf("The ledger has no claim %q.", id)}
}

// listRecorded sends the claims as they were answered: the bytes that were kept, one after the other.
func (h *handlers) listRecorded(c echo.Context, day types.Date) error {
	recorded, err := h.recorded(c.Request().Context(), day)
	if err != nil {
		return err
	}
	list := struct {
		AsOf      types.Date        `json:"as_of"`
		DataTo    *time.Time        `json:"data_to"`
		Simulated *Simulation       `json:"simulated"`
		Claims    []json.RawMessage `json:"claims"`
	}{AsOf: day}
	for _, r := range recorded {
		var kept struct {
			DataTo *time.Time `json:"data_to"`
		}
		if err := json.Unmarshal(r.Body, &kept); err != nil {
			return fmt.Errorf("recorded claim %s: %w", r.Claim, err)
		}
		list.DataTo = newest(list.DataTo, kept.DataTo)
		list.Claims = append(list.Claims, r.Body)
	}
	simulation, err := h.simulation(c.Request().Context())
	if err != nil {
		return err
	}
	if list.Simulated, err = encodeSimulation(simulation); err != nil {
		return err
	}
	var body bytes.Buffer // by an encoder that leaves the kept bytes as they are
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(list); err != nil {
		return err
	}
	return answer(c, echo.MIMEApplicationJSON, tagOf(body.Bytes()), askAgain, body.Bytes())
}

func (h *handlers) getRecorded(c echo.Context, id string, day types.Date) error {
	if known, err := isClaim(id); err != nil || !known {
		return errors.Join(err, unknownClaim(id))
	}
	recorded, err := h.recorded(c.Request().Context(), day)
	if err != nil {
		return err
	}
	for _, r := range recorded {
		if r.Claim == id {
			return answer(c, echo.MIMEApplicationJSON, tagOf(r.Body), askAgain, r.Body)
		}
	}
	return &problem{code: nothingRecorded, field: "as_of", detail: fmt.Sprintf("No answer to claim %s was recorded by %s.", id, day)}
}

func isClaim(id string) (bool, error) {
	definitions, err := analysis.Definitions()
	for _, d := range definitions {
		if d.ID == id {
			return true, err
		}
	}
	return false, err
}

// recorded are the answers as of a day. A day that has not come yet has none: they could still change.
func (h *handlers) recorded(ctx context.Context, day types.Date) ([]analysis.Recorded, error) {
	if !inRange(day.Time) || day.After(time.Now()) {
		return nil, &problem{code: invalidParameter, field: "as_of", detail: fmt.Sprintf("%s has not come yet, or lies before 1900.", day)}
	}
	recorded, err := h.options.Ledger.AsOf(ctx, day.Time)
	if errors.Is(err, analysis.ErrNotRecorded) {
		return nil, h.nothingBy(ctx, day)
	}
	return recorded, err
}

// nothingBy says since when there are records.
func (h *handlers) nothingBy(ctx context.Context, day types.Date) error {
	p := &problem{code: nothingRecorded, field: "as_of", detail: fmt.Sprintf("Nothing was recorded by %s, nor later: the first answers are being worked out.", day)}
	definitions, err := analysis.Definitions()
	if err != nil {
		return err
	}
	first := time.Time{}
	for _, d := range definitions {
		past, err := h.options.Ledger.History(ctx, d.ID)
		if err != nil {
			return err
		}
		if len(past) > 0 && (first.IsZero() || past[0].Week.Before(first)) {
			first = past[0].Week
		}
	}
	if !first.IsZero() {
		p.detail = fmt.Sprintf("Nothing was recorded by %s; there are records since the week of %s.", day, first.Format(time.DateOnly))
	}
	return p
}

func (h *handlers) GetClaimHistory(c echo.Context, id string) error {
	if known, err := isClaim(id); err != nil || !known {
		return errors.Join(err, unknownClaim(id))
	}
	recorded, err := h.options.Ledger.History(c.Request().Context(), id)
	if err != nil {
		return err
	}
	slices.Reverse(recorded)
	history := ClaimHistory{Items: make([]PastAnswer, len(recorded))}
	for i, r := range recorded {
		if history.Items[i], err = encodePast(r); err != nil {
			return err
		}
	}
	return respond(c, history)
}

func encodePast(r analysis.Recorded) (PastAnswer, error) {
	var kept struct {
		Answer struct {
			Gates []Gate `json:"gates"`
		} `json:"answer"`
	}
	if err := json.Unmarshal(r.Body, &kept); err != nil {
		return PastAnswer{}, fmt.Errorf("recorded claim %s: %w", r.Claim, err)
	}
	past := PastAnswer{
		Week: types.Date{Time: r.Week}, Version: r.Definition, Code: AnswerCode(r.Code), Word: r.Word,
		AnsweredAt: r.AnsweredAt.UTC(), Flipped: r.Flipped, Redefined: r.Redefined, Gates: append([]Gate{}, kept.Answer.Gates...),
	}
	return past, nil
}
