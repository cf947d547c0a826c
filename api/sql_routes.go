package api

import (
	"strings"

	"github.com/labstack/echo/v4"
)

// sqlRoutes puts the routes of the workbench in place. A statement can be run from wherever the pages can be seen, because it
// can only read; what is saved stays, and so has the guard of the controls.
func (s *Server) sqlRoutes(w *ServerInterfaceWrapper, contract *contract) {
	short, long := within(s.options.Timeout), within(10*s.options.Timeout)
	on := func(method, path string, handler echo.HandlerFunc, before ...echo.MiddlewareFunc) {
		s.echo.Add(method, "/api/v1/sql"+path, s.made(s.withSQL(handler)), append(before, contract.check)...)
	}
	on("POST", "/queries", w.StartQuery, short, s.sameOrigin)
	on("GET", "/queries/:id", w.GetQuery, short)
	on("DELETE", "/queries/:id", w.CancelQuery, short, s.sameOrigin)
	on("GET", "/queries/:id/events", w.FollowQuery) // it sets its own deadlines, again and again
	on("GET", "/queries/:id/csv", w.ExportQuery, long)
	on("GET", "/queries/:id/parquet", w.ExportQueryParquet, long)
	on("POST", "/plan", w.PlanQuery, short, s.sameOrigin)
	on("GET", "/schema", w.GetSchema, short)
	on("GET", "/vocabulary", w.GetVocabulary, short)
	on("GET", "/history", w.ListHistory, short)
	on("GET", "/saved", w.ListSaved, short)
	on("GET", "/saved/:slug", w.GetSaved, short)
	on("PUT", "/saved/:slug", w.SaveQuery, short, s.sameOrigin, s.saving)
	on("DELETE", "/saved/:slug", w.DeleteSaved, short, s.sameOrigin, s.saving)
	for _, path := range []string{"/queries", "/plan"} { // they are no pages
		s.echo.GET("/api/v1/sql"+path, func(echo.Context) error { return echo.ErrMethodNotAllowed })
	}
}

// isStream is a path whose answer goes out as it is: compressing would hold events back, and does nothing for a Parquet file,
// of which the middleware moreover counts the first bytes twice, which a copy takes for a short write.
func isStream(c echo.Context) bool {
	path := c.Request().URL.Path
	return strings.HasSuffix(path, "/events") || strings.HasSuffix(path, "parquet")
}

func (s *Server) withSQL(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.options.SQL == nil {
			return &problem{code: sqlOff, detail: "It has no account for analysts on its ClickHouse server."}
		}
		return next(c)
	}
}

// canSave reports whether queries may be saved from here: nobody signs in yet, so by those who are on the machine, unless the
// operator says otherwise.
func (o Options) canSave() bool { return o.Control || isLoopback(hostOf(o.Addr)) }

func (s *Server) saving(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.options.canSave() {
			return &problem{code: savingOff}
		}
		return next(c)
	}
}
