package api

import (
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// routes puts every route and what stands before it in place. Middleware runs in the order in which it is listed.
func (s *Server) routes() error {
	contract, err := newContract()
	if err != nil {
		return err
	}
	pages, err := newPages(s.options.Assets)
	if err != nil {
		return err
	}
	s.echo.Use(
		s.observe, requestID, recovery, s.knownHost, securityHeaders,
		middleware.GzipWithConfig(middleware.GzipConfig{MinLength: 1024}),
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: "64K", Skipper: isHook}),
		s.pinned,
	)

	w := ServerInterfaceWrapper{Handler: newHandlers(s.options, s.log)}
	get := func(path string, handler echo.HandlerFunc, timeout time.Duration) {
		s.echo.GET(path, handler, within(timeout), contract.check)
	}
	short, long := s.options.Timeout, 10*s.options.Timeout
	get("/api/v1/claims", s.made(w.ListClaims), short)
	get("/api/v1/claims/:id", s.made(w.GetClaim), short)
	get("/api/v1/claims/:id/history", s.made(w.GetClaimHistory), short)
	get("/api/v1/mix", s.made(w.GetMix), short)
	get("/api/v1/figures", s.made(w.ListFigures), short)
	get("/api/v1/figures/:id", s.made(w.GetFigure), short)
	get("/api/v1/figures/:id/csv", s.made(w.ExportFigure), long)
	get("/api/v1/changes", s.made(w.ListChanges), short)
	get("/api/v1/changes.csv", s.made(w.ExportChanges), long)
	get("/api/v1/changes/:id", s.made(w.GetChange), short)
	get("/api/v1/coverage", s.made(w.GetCoverage), short)
	get("/api/v1/coverage/scopes", s.made(w.ListScopes), short)
	get("/api/v1/coverage/accounts", s.made(w.ListUnmatchedAccounts), short)
	post := func(path string, handler echo.HandlerFunc) {
		s.echo.POST(path, handler, within(short), s.sameOrigin, s.controlled, contract.check)
		s.echo.GET(path, func(echo.Context) error { return echo.ErrMethodNotAllowed }) // it is no page
	}
	post("/api/v1/collections/run", s.made(w.RunCollections))
	post("/api/v1/collections/pause", s.made(w.PauseCollections))
	s.echo.POST("/api/v1/pins", s.made(w.PinAnswers), within(long), s.sameOrigin, contract.check)
	s.echo.GET("/api/v1/pins", func(echo.Context) error { return echo.ErrMethodNotAllowed })
	if s.options.Alerts != nil {
		s.echo.POST(alertsPath, echo.WrapHandler(s.options.Alerts), within(short))
	}
	get("/api/v1/fleet", w.GetFleet, short)
	get("/api/v1/problems", w.ListProblems, short)
	get("/healthz", w.Health, short)
	get("/readyz", s.made(w.Ready), short)
	s.echo.GET("/metrics", s.made(echo.WrapHandler(s.metrics.handler())))
	s.echo.GET("/docs/:name", documents{s.options.Docs}.serve)
	s.echo.GET("/*", pages.serve)
	return nil
}
