package api

import (
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

const bodyLimit = "64K"

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
		middleware.GzipWithConfig(middleware.GzipConfig{MinLength: 1024, Skipper: func(c echo.Context) bool { return isStream(c) || pages.isPacked(c) }}),
		middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: bodyLimit, Skipper: isHook}),
		s.pinned,
	)

	w := ServerInterfaceWrapper{Handler: newHandlers(s.options, s.log)}
	get := func(path string, handler echo.HandlerFunc, timeout time.Duration) {
		s.echo.GET(path, handler, within(timeout), contract.check)
	}
	still := func(handler echo.HandlerFunc) echo.HandlerFunc { return s.made(s.answers.still(handler)) }
	short, long := s.options.Timeout, 10*s.options.Timeout
	get("/api/v1/claims", still(w.ListClaims), short)
	get("/api/v1/claims.csv", s.made(w.ExportClaims), long)
	get("/api/v1/claims/:id", still(w.GetClaim), short)
	get("/api/v1/claims/:id/history", s.made(w.GetClaimHistory), short)
	get("/api/v1/digests/:week", s.made(w.GetDigest), short)
	get("/api/v1/digests/:week/markdown", s.made(w.GetDigestMarkdown), short)
	get("/api/v1/mix", still(w.GetMix), short)
	get("/api/v1/mix.csv", s.made(w.ExportMix), long)
	get("/api/v1/figures", still(w.ListFigures), short)
	get("/api/v1/figures/:id", still(w.GetFigure), short)
	get("/api/v1/figures/:id/csv", s.made(w.ExportFigure), long)
	get("/api/v1/changes", still(w.ListChanges), short)
	get("/api/v1/changes.csv", s.made(w.ExportChanges), long)
	get("/api/v1/changes.parquet", s.made(w.ExportChangesParquet), long)
	get("/api/v1/changes/:id", still(w.GetChange), short)
	get("/api/v1/outages/:id", s.made(w.GetOutage), short)
	get("/api/v1/coverage", s.made(w.GetCoverage), short)
	get("/api/v1/coverage/scopes", s.made(w.ListScopes), short)
	get("/api/v1/coverage/scopes.csv", s.made(w.ExportScopes), long)
	get("/api/v1/coverage/accounts", still(w.ListUnmatchedAccounts), short)
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
	s.sqlRoutes(&w, contract)
	get("/api/v1/settings", s.made(w.GetSettings), short)
	get("/api/v1/fleet", w.GetFleet, short)
	get("/api/v1/problems", w.ListProblems, short)
	get("/healthz", w.Health, short)
	get("/readyz", s.made(w.Ready), short)
	s.echo.GET("/metrics", s.made(echo.WrapHandler(s.metrics.handler())))
	s.echo.GET("/docs/:name", documents{s.options.Docs}.serve)
	s.echo.GET("/*", pages.serve)
	return nil
}
