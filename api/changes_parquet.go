package api

import "github.com/labstack/echo/v4"

// ExportChangesParquet sends all rows of a list as the database writes them; the column total is the same on all of them.
func (h *handlers) ExportChangesParquet(c echo.Context, p ExportChangesParquetParams) error {
	if h.options.Parquet == nil {
		return &problem{code: noParquet}
	}
	filter, err := readFilter(ExportChangesParams(p))
	if err != nil {
		return err
	}
	sql, params := filter.Statement()
	return h.sendParquet(c, "baserate-changes.parquet", sql, params)
}
