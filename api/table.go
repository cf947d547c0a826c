package api

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// sendTable answers with a table as CSV, the names of its columns first. head are lines that say what it is.
func (h *handlers) sendTable(c echo.Context, name string, head []string, table [][]string) error {
	var text bytes.Buffer
	for _, line := range head {
		fmt.Fprintf(&text, "# %s\n", strings.Map(printable, line))
	}
	if err := csv.NewWriter(&text).WriteAll(table); err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="baserate-%s.csv"`, name))
	header.Set(echo.HeaderCacheControl, "no-store")
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8; header=present", text.Bytes())
}

// about are the lines of the head that every table has.
func (h *handlers) about(c echo.Context, title string, rows int, dataTo *time.Time) []string {
	ends := "nothing collected yet"
	if dataTo != nil {
		ends = dataTo.UTC().Format(time.RFC3339)
	}
	return []string{
		title, "query: " + c.Request().URL.RequestURI(), fmt.Sprintf("rows: %d", rows), "data to: " + ends,
		fmt.Sprintf("definitions: %d, baserate %s", h.options.Definitions, h.options.Version),
	}
}
