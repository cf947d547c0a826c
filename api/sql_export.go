package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/workbench"
)

// ExportQuery runs the statement of a query again, and writes every row as it comes. When the database fails after the first
// the connection is broken, so that no client takes the part for the whole.
func (h *handlers) ExportQuery(c echo.Context, id QueryID, params ExportQueryParams) error {
	ctx := c.Request().Context()
	question, found, err := h.options.SQL.Asked(ctx, id)
	if err != nil {
		return err
	}
	if !found {
		return unknownQuery(id)
	}
	coverage, err := h.options.Store.Coverage(ctx)
	if err != nil {
		return err
	}
	first := orZero(params.First)
	e := &queryExport{response: c.Response(), rows: csv.NewWriter(c.Response()), name: exportName(id, first) + ".csv"}
	e.head = e.about(question, first, fmt.Sprintf("# data to: %s\n# definitions: %d, baserate %s\n", dataTo(coverage.DataTo), h.options.Definitions, h.options.Version))
	if err := h.options.SQL.Export(ctx, question, first, e.begin, e.row); err != nil {
		return h.cutOff(c, e.begun, err)
	}
	e.rows.Flush()
	return errors.Join(e.rows.Error())
}

// cutOff breaks the connection of an answer that has begun and cannot be whole, or says why there is none.
func (h *handlers) cutOff(c echo.Context, begun bool, err error) error {
	var failure *workbench.Failure
	switch {
	case begun:
		h.log.Warn("export cut off", "request_id", c.Response().Header().Get(echo.HeaderXRequestID), "error", err)
		panic(http.ErrAbortHandler)
	case errors.As(err, &failure):
		return &problem{code: queryFailed, detail: failure.Message}
	}
	return err
}

func dataTo(at *time.Time) string {
	if at == nil {
		return "nothing collected yet"
	}
	return at.UTC().Format(time.RFC3339)
}

// exportName says what is in a file: all rows, or the first so many.
func exportName(id string, first int) string {
	if first > 0 {
		return fmt.Sprintf("baserate-%s-first-%d", id, first)
	}
	return fmt.Sprintf("baserate-%s-complete", id)
}

// queryExport is a CSV file of a result being written.
type queryExport struct {
	response   *echo.Response
	rows       *csv.Writer
	name, head string
	columns    []workbench.Column
	cells      []string
	begun      bool
}

// about are the lines that say what the rows are, so that a file found later explains itself.
func (e *queryExport) about(q workbench.Question, first int, rest string) string {
	sql, _ := json.Marshal(q.SQL) // one line, whatever is in it
	params, _ := json.Marshal(encodeParams(q.Params))
	rows := "all; the transfer breaks when it cannot be"
	if first > 0 {
		rows = fmt.Sprintf("the first %d, if there are as many", first)
	}
	return fmt.Sprintf("# statement: %s\n# parameters: %s\n# rows: %s\n# NULL is \\N, an empty text is empty\n# run at: %s\n%s",
		sql, params, rows, time.Now().UTC().Format(time.RFC3339), rest)
}

func (e *queryExport) begin(columns []workbench.Column) error {
	e.begun, e.columns, e.cells = true, columns, make([]string, len(columns))
	e.response.Header().Set(echo.HeaderContentType, "text/csv; charset=utf-8; header=present")
	attach(e.response, e.name)
	if _, err := io.WriteString(e.response, e.head); err != nil {
		return err
	}
	for i, c := range columns {
		e.cells[i] = inert(c.Name)
	}
	return e.rows.Write(e.cells)
}

func attach(response *echo.Response, name string) {
	response.Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	response.Header().Set(echo.HeaderCacheControl, "no-store")
	response.WriteHeader(http.StatusOK)
}

func (e *queryExport) row(values []any) error {
	for i, v := range values {
		e.cells[i] = resultCell(v, workbench.Numeric(e.columns[i].Type))
	}
	return e.rows.Write(e.cells)
}

// resultCell writes a value; only what is a number by its type may begin like a formula.
func resultCell(v any, number bool) string {
	switch x := v.(type) {
	case nil:
		return `\N`
	case bool:
		return strconv.FormatBool(x)
	case json.Number:
		return x.String()
	case string:
		if number {
			return x
		}
		return inert(x)
	}
	return inert(fmt.Sprint(v))
}

// parquetMark is how a Parquet file begins and ends: one without it at its end is broken.
// https://parquet.apache.org/docs/file-format/
const parquetMark = "PAR1"

// ExportQueryParquet runs the statement of a query again and passes on the file that the database makes of it.
func (h *handlers) ExportQueryParquet(c echo.Context, id QueryID) error {
	ctx := c.Request().Context()
	if h.options.Parquet == nil {
		return &problem{code: sqlOff, detail: "Its database makes no Parquet files for it. CSV has the same rows."}
	}
	question, found, err := h.options.SQL.Asked(ctx, id)
	if err != nil {
		return err
	}
	if !found {
		return unknownQuery(id)
	}
	params := store.Params{}
	for name, value := range question.Params {
		params[name] = value
	}
	return h.sendParquet(c, exportName(id, 0)+".parquet", question.SQL, params)
}

// sendParquet passes on the file that the database makes of a statement.
func (h *handlers) sendParquet(c echo.Context, name, sql string, params store.Params) error {
	file, err := h.options.Parquet(c.Request().Context(), sql, params)
	if err != nil {
		return &problem{code: queryFailed, detail: strings.TrimSpace(err.Error()), cause: err}
	}
	defer file.Close()
	begin := make([]byte, len(parquetMark))
	if _, err := io.ReadFull(file, begin); err != nil || string(begin) != parquetMark {
		return &problem{code: queryFailed, detail: "It gives no Parquet file. A statement with FORMAT of its own does not.", cause: err}
	}
	c.Response().Header().Set(echo.HeaderContentType, "application/vnd.apache.parquet")
	attach(c.Response(), name)
	last := &lastBytes{}
	_, err = io.Copy(io.MultiWriter(c.Response(), last), io.MultiReader(bytes.NewReader(begin), file))
	if err == nil && string(last.text) != parquetMark {
		err = errors.New("the file has no end")
	}
	if err != nil {
		return h.cutOff(c, true, err)
	}
	return nil
}

// lastBytes keeps the last four bytes written.
type lastBytes struct{ text []byte }

func (l *lastBytes) Write(p []byte) (int, error) {
	l.text = append(l.text, p[max(0, len(p)-len(parquetMark)):]...)
	l.text = l.text[max(0, len(l.text)-len(parquetMark)):]
	return len(p), nil
}
