package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// gated reports whether a check can withhold the answer to a claim.
func (d Definition) gated(id string) bool { return slices.Contains(d.Gates, id) }

// uses reports whether a claim is answered with an estimator.
func (d Definition) uses(estimator string) bool { return slices.Contains(d.Estimators, estimator) }

// gates checks the data that a claim rests on. What these data cannot show yet is noted, so that nobody takes silence for
// a pass.
func (in *inputs) gates(ctx context.Context, d Definition) ([]Gate, error) {
	var all []Gate
	if d.gated("attribution") {
		read, err := ask[reading](ctx, in.reader, "read", nil)
		if err != nil {
			return nil, err
		}
		all = append(all, attributionGate(read[0]))
	}
	if d.gated("freshness") {
		sources, err := in.sources(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, freshnessGate(sources, in.now))
		if failed, stale := sources.Failed, sources.Stale; failed+stale > 0 {
			all = append(all, Gate{ID: "sources", Label: "Sources", Note: true, Detail: fmt.Sprintf(
				"%s could not be read last time; %s last collected more than %d h ago", plural(failed, "source"), plural(stale, "source"), stats.MaxDataAgeHours)})
		}
	}
	if d.gated("links") {
		found, err := ask[linking](ctx, in.reader, "linked", nil)
		if err != nil {
			return nil, err
		}
		all = append(all, linksGate(found[0]))
	}
	if d.WindowDays == 0 {
		return all, nil
	}
	classes, err := in.classesOf(ctx)
	return append(all, maturityNote(classes)), err
}

// reading is how much was read for marks of AI.
type reading struct {
	Commits uint64 `ch:"commits"`
	Others  uint64 `ch:"others"` // pull requests of repositories without a clone, and actions
	Unread  uint64 `ch:"unread"` // of both
}

// attributionGate asks whether everything was read for marks of AI. That a commit carries none is a result, and the
// bounds over unknown say what it may hide.
func attributionGate(r reading) Gate {
	all := r.Commits + r.Others
	read := part(float64(all-r.Unread), float64(all))
	g := Gate{
		ID: "attribution", Label: "Attribution", Threshold: percent(stats.MinAttributionCoverage),
		Passes: read.OK() && read.F >= stats.MinAttributionCoverage,
		Detail: "No commits have been collected",
	}
	what := Count(r.Commits) + " commits"
	switch {
	case r.Commits == 0:
		what = Count(r.Others) + " pull requests and actions"
	case r.Others > 0:
		what += ", and " + Count(r.Others) + " pull requests and actions without one,"
	}
	if read.OK() {
		g.Detail = fmt.Sprintf("%s of %s were read for marks of AI", percent(read.F), what)
	}
	return g
}

// freshness is what the coverage ledger says of the sources.
type freshness struct {
	CollectedAt *time.Time `ch:"collected_at"` // end of the last run that brought something or found nothing new
	Failed      uint64     `ch:"failed_sources"`
	Stale       uint64     `ch:"stale_sources"`
}

// sources asks for the age of the data, which changes while the data do not: it is asked anew each time.
func (in *inputs) sources(ctx context.Context) (freshness, error) {
	rows, err := store.Select[freshness](ctx, in.store, query("sources"), store.Params{"fresh_since": in.now.Add(-stats.MaxDataAgeHours * time.Hour)})
	if err != nil {
		return freshness{}, fmt.Errorf("sources: %w", err)
	}
	return rows[0], nil
}

func freshnessGate(s freshness, now time.Time) Gate {
	g := Gate{ID: "freshness", Label: "Freshness", Threshold: fmt.Sprintf("%d h", stats.MaxDataAgeHours), Detail: "Nothing was ever collected whole"}
	if s.CollectedAt == nil {
		return g
	}
	age := now.Sub(*s.CollectedAt)
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

// linking is how many incidents are tied to the change that caused them, or declared to have none.
type linking struct {
	Incidents uint64 `ch:"incidents"`
	Known     uint64 `ch:"known"`
}

func linksGate(l linking) Gate {
	if l.Incidents == 0 {
		return Gate{ID: "links", Label: "Outage links", Note: true, Detail: "No incidents are collected; this answer rests on reverts and hot-fixes"}
	}
	known := float64(l.Known) / float64(l.Incidents)
	return Gate{
		ID: "links", Label: "Outage links", Threshold: percent(stats.MinLinkCoverage), Passes: known >= stats.MinLinkCoverage,
		Detail: fmt.Sprintf("%s of %s incidents are tied to a change, or declared to come from none", percent(known), Count(l.Incidents)),
	}
}

func maturityNote(classes map[string]class) Gate {
	var all, mature uint64
	for _, c := range classes {
		all += c.Changes
		mature += c.Mature
	}
	return Gate{
		ID: "maturity", Label: "Maturity", Note: true, Rows: "mature=false",
		Detail: fmt.Sprintf("%s of %s changes are younger than 14 days and left out", Count(all-mature), Count(all)),
	}
}

// comparisonGates are the checks of the deciding effects: enough clusters, and a negative control that shows nothing.
func (d Definition) comparisonGates(all []Comparison, control bool) []Gate {
	var gates []Gate
	if d.gated("negative_control") && !control {
		gates = append(gates, Gate{ID: "negative_control", Label: "Negative control", Note: true, Detail: "Needs incidents that no change can have caused"})
	}
	for _, c := range all {
		if !c.Primary || c.Exposed.Changes == 0 {
			continue
		}
		e := c.Deciding()
		if d.gated("negative_control") && control {
			gates = append(gates, controlGate(c, e))
		}
		if d.gated("clusters") && e.Code != NoData {
			gates = append(gates, Gate{
				ID: "clusters", Label: "Clusters", Threshold: fmt.Sprint(stats.MinClusters), Passes: e.Clusters >= stats.MinClusters, Note: e.Clusters >= stats.MinClusters,
				Detail: fmt.Sprintf("%s: events in %s", subjects[c.Exposure], plural(uint64(e.Clusters), "cluster")),
			})
		}
	}
	return gates
}

// controlGate fails where the control differs from 1: then the classes differ in something that no change can cause.
// Like the answer it is looked at daily, so its interval is the always-valid one.
func controlGate(c Comparison, e Effect) Gate {
	g := Gate{ID: "negative_control", Label: "Negative control", Threshold: "interval holds 1", Passes: !e.ControlFails}
	g.Detail = fmt.Sprintf("%s were struck by incidents that no change caused %s times as often as others (%s to %s)",
		capital(subjects[c.Exposure]), times(e.Control.Value), times(e.Control.AlwaysValid.Low), times(e.Control.AlwaysValid.High))
	if e.ControlEvents < stats.MinSequenceEvents {
		g.Note = true
		g.Detail = fmt.Sprintf("%s: %s that no change can have caused; judged from %d", capital(subjects[c.Exposure]), plural(e.ControlEvents, "incident"), stats.MinSequenceEvents)
	}
	return g
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func failed(gates []Gate) bool { return len(failures(gates)) > 0 }

// failures names the gates that withhold the answer, each once.
func failures(gates []Gate) []string {
	var names []string
	for _, g := range gates {
		if name := strings.ToLower(g.Label); !g.Passes && !g.Note && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
