package api

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/analysis/stats"
)

// GetSettings answers with what the numbers are decided and shown by. All of it is read from where it is used.
func (h *handlers) GetSettings(c echo.Context) error {
	claims, err := analysis.Definitions()
	if err != nil {
		return err
	}
	analysts, err := h.analystLimits(c.Request().Context())
	if err != nil {
		return err
	}
	return respond(c, Settings{Groups: []SettingGroup{
		{ID: "claims", Title: "Margins and targets of the claims", Items: marginsOf(claims)},
		{ID: "checks", Title: "Checks that withhold an answer", Items: checks()},
		{ID: "privacy", Title: "What is too few to show", Items: tooFew()},
		{ID: "limits", Title: "Limits of the server", Items: h.serverLimits()},
		{ID: "analysts", Title: "Limits of the analysts’ account", Items: analysts},
		{ID: "schedule", Title: "Schedule of the collections", Items: h.schedule()},
		{ID: "versions", Title: "Versions", Items: h.versions(claims)},
	}})
}

func marginsOf(claims []analysis.Definition) []Setting {
	items := []Setting{}
	for _, d := range claims {
		set := ""
		if d.MarginSet != "" {
			set = "set " + d.MarginSet
		}
		if d.Margin > 0 {
			items = append(items, Setting{Name: d.ID + ", margin", Value: fmt.Sprintf("× %s", bare(d.Margin)), About: optional(set)})
		}
		if d.Target > 0 {
			items = append(items, Setting{Name: d.ID + ", target", Value: percent(d.Target)})
		}
	}
	return items
}

func checks() []Setting {
	return []Setting{
		{Name: "Changes whose author class is known", Value: percent(stats.MinAttributionCoverage) + " at least"},
		{Name: "Incidents linked to a cause, or known to have none", Value: percent(stats.MinLinkCoverage) + " at least"},
		{Name: "Age of the newest data", Value: fmt.Sprintf("%d h at most", stats.MaxDataAgeHours)},
		{Name: "Teams, or repositories and quarters", Value: fmt.Sprintf("%d at least; fewer than %d are said to be few", stats.MinClusters, stats.FewClusters)},
		{Name: "Negative control", Value: "its interval must contain 1", About: optional("incidents that no change can have caused, by the same comparison")},
	}
}

func tooFew() []Setting {
	return []Setting{
		{Name: "People in a group", Value: strconv.Itoa(figures.Smallest), About: optional("numbers about fewer are hidden; where exactly one group would follow from the total, the next smallest too")},
		{Name: "People in either arm of a comparison", Value: strconv.Itoa(stats.MinPeople)},
		{Name: "Events in either arm for a ratio", Value: strconv.Itoa(stats.MinGroupEvents)},
		{Name: "Events in strata with both arms", Value: strconv.Itoa(stats.MinOverlapEvents)},
		{Name: "Changes in a slice", Value: strconv.Itoa(stats.MinSliceChanges)},
	}
}

func (h *handlers) serverLimits() []Setting {
	return []Setting{
		{Name: "A request", Value: h.options.Timeout.String(), About: optional("exports: ten times as long")},
		{Name: "A body", Value: bodyLimit},
		{Name: "A page of a list", Value: strconv.Itoa(pageRows) + " rows", About: optional("500 at most, by limit=")},
		{Name: "Answers kept in memory", Value: fmt.Sprintf("%d MiB", mostAnswers>>20), About: optional("for as long as the data stay the same")},
	}
}

func (h *handlers) analystLimits(ctx context.Context) ([]Setting, error) {
	if h.options.SQL == nil {
		return []Setting{{Name: "Account", Value: "none", About: optional("the database has no account for analysts")}}, nil
	}
	l, err := h.options.SQL.Limits(ctx)
	if err != nil {
		return nil, err
	}
	return []Setting{
		{Name: "Running time", Value: (time.Duration(l.Seconds) * time.Second).String()},
		{Name: "Memory", Value: fmt.Sprintf("%d MiB", l.MemoryBytes>>20)},
		{Name: "Rows of a result", Value: analysis.Count(uint64(l.ResultRows))},
	}, nil
}

// schedule is how often each source is collected.
func (h *handlers) schedule() []Setting {
	type turn struct {
		every  time.Duration
		paused bool
	}
	turns, names := map[string]turn{}, []string{}
	for _, p := range h.options.plan() {
		if _, known := turns[p.Source]; !known {
			names = append(names, p.Source)
		}
		turns[p.Source] = turn{p.Every, p.Paused}
	}
	slices.Sort(names)
	items := []Setting{}
	for _, name := range names {
		value := "every " + strings.TrimSuffix(strings.TrimSuffix(turns[name].every.String(), "0s"), "0m")
		if turns[name].paused {
			value += ", paused"
		}
		items = append(items, Setting{Name: name, Value: value})
	}
	return items
}

func (h *handlers) versions(claims []analysis.Definition) []Setting {
	items := []Setting{
		{Name: "baserate", Value: h.options.Version},
		{Name: "Rules that changes are derived by", Value: strconv.Itoa(h.options.Definitions)},
	}
	for _, d := range claims {
		items = append(items, Setting{Name: "Claim " + d.ID, Value: strconv.Itoa(d.Version)})
	}
	return items
}

func bare(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func percent(x float64) string { return strconv.FormatFloat(100*x, 'f', -1, 64) + "\u202f%" }
