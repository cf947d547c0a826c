package api

import (
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/store"
)

// ExportChanges writes every row as it comes from the database. When the database fails after the first row the
// connection is broken, so that no client takes the part for the whole.
func (h *handlers) ExportChanges(c echo.Context, params ExportChangesParams) error {
	ctx := c.Request().Context()
	filter, err := readFilter(params)
	if err != nil {
		return err
	}
	coverage, err := h.options.Store.Coverage(ctx)
	if err != nil {
		return err
	}
	e := &export{response: c.Response(), rows: csv.NewWriter(c.Response()), head: func(total uint64) string {
		return metadata(h.options, coverage, filter, total)
	}}
	if err := h.options.Store.EachChange(ctx, filter, e.row); err != nil {
		if !e.begun {
			return err
		}
		h.log.Warn("export cut off", "request_id", c.Response().Header().Get(echo.HeaderXRequestID), "error", err)
		panic(http.ErrAbortHandler)
	}
	return e.end()
}

// export is a CSV file being written. It begins with the first row, which knows how many there will be.
type export struct {
	response *echo.Response
	rows     *csv.Writer
	head     func(total uint64) string
	begun    bool
}

func (e *export) begin(total uint64) error {
	e.begun = true
	header := e.response.Header()
	header.Set(echo.HeaderContentType, "text/csv; charset=utf-8; header=present")
	header.Set(echo.HeaderContentDisposition, `attachment; filename="baserate-changes.csv"`)
	header.Set(echo.HeaderCacheControl, "no-store")
	e.response.WriteHeader(http.StatusOK)
	if _, err := e.response.Write([]byte(e.head(total))); err != nil {
		return err
	}
	return e.rows.Write(columns)
}

func (e *export) row(c *store.Change) error {
	if !e.begun {
		if err := e.begin(c.Total); err != nil {
			return err
		}
	}
	return e.rows.Write(cells(c))
}

func (e *export) end() error {
	if !e.begun {
		if err := e.begin(0); err != nil {
			return err
		}
	}
	e.rows.Flush()
	return errors.Join(e.rows.Error())
}

// metadata are the lines that say what the rows are, so that a file found later explains itself.
func metadata(o Options, c store.Coverage, f store.ChangeFilter, total uint64) string {
	dataTo := "nothing collected yet"
	if c.DataTo != nil {
		dataTo = c.DataTo.UTC().Format(time.RFC3339)
	}
	return fmt.Sprintf("# %s\n# query: /changes?%s\n# rows: %d\n# data to: %s\n# definitions: %d, rules %s, baserate %s\n",
		sentence(total, f), query(f), total, dataTo, o.Definitions, c.RulesVersion, o.Version)
}

// columns are the fields of a change in the contract, in the order of a page's columns.
var columns = []string{
	"change_id", "kind", "method", "repo", "sha", "pr_number", "title", "landed_at", "author_class", "tool", "autonomy", "review_state",
	"approvals", "permission", "usual_permission", "team", "tier", "commits", "size_lines", "files", "opened_at", "first_review_at",
	"review_rounds", "review_comments", "reverted", "reverted_at", "hotfixed", "hotfixed_at", "reworked_at", "failed_at", "incident",
	"incident_at", "incident_method", "incident_score", "severity", "outage_minutes", "mistake", "control_at", "followed_days", "mature",
}

// cells writes a row; what is not known is empty.
func cells(c *store.Change) []string {
	e := encodeChange(*c)
	return []string{
		inert(c.ChangeID), c.Kind, c.Method, inert(c.Repo), c.SHA, whole(e.PrNumber), inert(c.Title), moment(&c.LandedAt), c.AuthorClass,
		inert(c.Tool), c.Autonomy, c.ReviewState, whole(&e.Approvals), c.Permission, c.UsualPermission, inert(c.Team), whole(e.Tier),
		whole(&e.Commits), whole(e.SizeLines), whole(e.Files), moment(e.OpenedAt), moment(e.FirstReviewAt), whole(e.ReviewRounds),
		whole(e.ReviewComments), strconv.FormatBool(c.Reverted), moment(c.RevertedAt), strconv.FormatBool(c.Hotfixed), moment(c.HotfixedAt),
		moment(c.ReworkedAt), moment(c.FailedAt), inert(text(e.Incident)), moment(e.IncidentAt), text(e.IncidentMethod), decimal(e.IncidentScore),
		whole(e.Severity), decimal(e.OutageMinutes), strconv.FormatBool(c.Mistake), moment(c.ControlAt), whole(&e.FollowedDays),
		strconv.FormatBool(c.Mature),
	}
}

// inert keeps a spreadsheet from running a text as a formula: what begins like one gets an apostrophe before it.
// https://owasp.org/www-community/attacks/CSV_Injection
func inert(text string) string {
	if strings.IndexAny(text, "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + text
	}
	return text
}

func whole[T int | int64](n *T) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(int64(*n), 10)
}

func decimal[T float32 | float64](x *T) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(float64(*x), 'g', 6, 64)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
