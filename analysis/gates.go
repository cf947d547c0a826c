package analysis

import (
	"fmt"
	"strings"
	"time"

	"github.com/baserate/baserate/analysis/stats"
)

// gates checks the data. What these data cannot show yet is noted, so that nobody takes silence for a pass.
func gates(f facts) []Gate {
	all := []Gate{attributionGate(f), freshnessGate(f)}
	if failed, stale := f.health.FailedSources, f.health.StaleSources; failed+stale > 0 {
		all = append(all, Gate{ID: "sources", Label: "Sources", Note: true, Detail: fmt.Sprintf(
			"%s could not be read last time; %s last collected more than %d h ago", plural(failed, "source"), plural(stale, "source"), stats.MaxDataAgeHours)})
	}
	return append(all,
		Gate{ID: "links", Label: "Outage links", Note: true, Detail: "No incidents are collected; this answer rests on reverts"},
		Gate{ID: "negative_control", Label: "Negative control", Note: true, Detail: "Needs incidents that no change can have caused"},
		maturityNote(f))
}

// attributionGate asks whether every commit was read for marks of AI. That a commit carries none is a result, and the
// bounds over unknown say what it may hide.
func attributionGate(f facts) Gate {
	read := part(float64(f.health.Commits-f.health.Unread), float64(f.health.Commits))
	g := Gate{
		ID: "attribution", Label: "Attribution", Threshold: percent(stats.MinAttributionCoverage),
		Passes: read.OK() && read.F >= stats.MinAttributionCoverage,
		Detail: "No commits have been collected",
	}
	if read.OK() {
		g.Detail = fmt.Sprintf("%s of %s commits were read for marks of AI", percent(read.F), Count(f.health.Commits))
	}
	return g
}

func freshnessGate(f facts) Gate {
	g := Gate{ID: "freshness", Label: "Freshness", Threshold: fmt.Sprintf("%d h", stats.MaxDataAgeHours), Detail: "Nothing was ever collected whole"}
	if f.health.CollectedAt == nil {
		return g
	}
	age := f.now.Sub(*f.health.CollectedAt)
	g.Passes = age.Hours() <= stats.MaxDataAgeHours
	g.Detail = "Last collected " + ago(age)
	return g
}

func ago(age time.Duration) string {
	switch {
	case age < time.Minute:
		return "less than a minute ago"
	case age < 2*time.Hour:
		return fmt.Sprintf("%d min ago", int(age.Minutes()))
	case age < 72*time.Hour:
		return fmt.Sprintf("%d h ago", int(age.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(age.Hours()/24))
}

func maturityNote(f facts) Gate {
	var all, mature uint64
	for _, t := range f.totals {
		all += t.Changes
		mature += t.Mature
	}
	return Gate{
		ID: "maturity", Label: "Maturity", Note: true, Rows: "mature=false",
		Detail: fmt.Sprintf("%s of %s changes are younger than 14 days and left out", Count(all-mature), Count(all)),
	}
}

func failed(gates []Gate) bool { return len(failures(gates)) > 0 }

// failures names the gates that withhold the answer.
func failures(gates []Gate) []string {
	var names []string
	for _, g := range gates {
		if !g.Passes && !g.Note {
			names = append(names, strings.ToLower(g.Label))
		}
	}
	return names
}
