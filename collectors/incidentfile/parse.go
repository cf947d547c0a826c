package incidentfile

import (
	"slices"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// required are the names that every incident has.
var required = []string{"incident_id", "source", "title", "declared_at", "updated_at"}

var causeTypes = []record.CauseType{
	record.CauseUnknown, record.CauseChange, record.CauseConfig, record.CauseCapacity, record.CauseDependency, record.CauseHardware, record.CauseSecurity,
}

// parse reads an incident and what is said of its causes and fixes. Flaws are all that is wrong with the line.
func parse(l line, services outage.Services, now time.Time) (record.Incident, []record.Cause, []Flaw) {
	v := &values{line: l, left: l.fields}
	if l.wrong != "" {
		v.flaw("", "%s", l.wrong)
		return record.Incident{}, nil, v.flaws
	}
	for _, name := range required {
		if v.left[name] == nil || v.left[name] == "" {
			v.flaw(name, "missing: every incident needs it")
		}
	}
	i := record.Incident{
		Source: v.text("source"), ID: v.text("incident_id"), Title: v.text("title"), Severity: v.severity("severity"),
		DeclaredAt: v.time("declared_at"), StartedAt: v.time("started_at"), ResolvedAt: v.time("resolved_at"), UpdatedAt: v.time("updated_at"),
		DetectedAt: v.time("detected_at"), AcknowledgedAt: v.time("acknowledged_at"), MitigatedAt: v.time("mitigated_at"),
		Services: v.list("services"), Repos: v.list("repos"), URL: v.text("url"), CauseType: v.causeType("cause_type"),
		Drill: v.bool("is_drill"), Deleted: v.bool("deleted"),
		Status: v.text("status"), Environment: v.text("environment"), Summary: v.text("summary"), PostmortemURL: v.text("postmortem_url"),
	}
	v.order(&i, now)
	for _, repo := range services.Repos(i.Services) {
		if !slices.Contains(i.Repos, repo) {
			i.Repos = append(i.Repos, repo)
		}
	}
	v.repos = i.Repos
	said := record.Cause{Source: i.Source, Incident: i.ID, StatedAt: i.UpdatedAt}
	causes := append(v.causes("causes", record.RoleCause, said), v.causes("fixes", record.RoleFix, said)...)
	i.Extra = v.extra()
	return i, causes, v.flaws
}

// order flags a beginning that has not come yet: the row would count as an outage that is under way.
func (v *values) order(i *record.Incident, now time.Time) {
	for _, at := range []struct {
		name string
		time time.Time
	}{{"declared_at", i.DeclaredAt}, {"started_at", i.StartedAt}} {
		if at.time.After(now.Add(24 * time.Hour)) {
			v.flaw(at.name, "%s has not come yet: correct it", at.time.Format(time.RFC3339))
		}
	}
}

// causeType reads one of the types; none is unknown.
func (v *values) causeType(name string) record.CauseType {
	text := record.CauseType(v.text(name))
	if text == "" {
		return record.CauseUnknown
	}
	if !slices.Contains(causeTypes, text) {
		v.flaw(name, "%q is none of %v", text, causeTypes)
	}
	return text
}

// severity reads a level; none, and the word unknown, are not known.
func (v *values) severity(name string) uint8 {
	word := v.text(name)
	level, known := outage.Severity(word)
	if !known && word != "" && word != "unknown" {
		v.flaw(name, "%q is no severity: write sev1 to sev5, or a word from critical to none", word)
	}
	return level
}
