package api

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store"
)

func (h *handlers) GetOutage(c echo.Context, id string) error {
	d, found, err := h.options.Store.Outage(c.Request().Context(), id)
	if err != nil {
		return err
	}
	if !found {
		return &problem{code: noSuchOutage, field: "id", detail: fmt.Sprintf("There is no outage %q.", id)}
	}
	return respond(c, OutageDetail{
		Outage: encodeOutage(d.Outage), Candidates: all(d.Candidates, encodeCandidate), Statements: all(d.Statements, encodeStatement),
	})
}

func encodeOutage(o store.Outage) Outage {
	return Outage{
		ID: o.ID, Title: o.Title, Severity: severity(o.Severity), Began: o.Began, DetectedAt: o.DetectedAt, MitigatedAt: o.MitigatedAt,
		Ended: o.Ended, Minutes: o.Minutes, Services: append([]string{}, o.Services...), Environment: optional(o.Environment),
		Cause: OutageCause(o.Cause), CauseType: optional(o.CauseType), URL: optional(o.URL), Repo: optional(o.Repo), Team: optional(o.Team),
		ChangeID: optional(o.ChangeID), LandedAt: o.LandedAt, DeployedAt: o.DeployedAt,
	}
}

func severity(n uint8) *int {
	if n == 0 {
		return nil
	}
	return optional(int(n))
}

func encodeCandidate(c store.Candidate) OutageCandidate {
	return OutageCandidate{
		ChangeID: c.ChangeID, Title: c.Title, Repo: c.Repo, AuthorClass: AuthorClass(c.AuthorClass), Tool: optional(c.Tool),
		Permission: Permission(c.Permission), ReviewState: ReviewState(c.ReviewState), Team: optional(c.Team), LandedAt: c.LandedAt,
		DeployedAt: c.DeployedAt, Method: c.Method, Score: c.Score, Chosen: c.Chosen, Decision: optional(c.Decision),
		WindowMinutes: c.WindowMinutes, Service: optional(c.Service),
	}
}

func encodeStatement(s store.Statement) OutageStatement {
	return OutageStatement{
		Repo: s.Repo, Role: s.Role, Kind: s.Kind, Ref: s.Ref, Method: s.Method, Score: s.Score, StatedAt: s.StatedAt, URL: optional(s.URL),
	}
}
