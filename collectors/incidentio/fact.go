package incidentio

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// levels are severities by name: 1 for the highest rank of the account, and so on; what the options say goes before.
func (o *Options) levels(ranked []severity) map[string]uint8 {
	slices.SortFunc(ranked, func(a, b severity) int { return b.Rank - a.Rank })
	levels := map[string]uint8{}
	for n, s := range ranked {
		levels[strings.ToLower(s.Name)] = uint8(min(n+1, 5))
	}
	for name, level := range o.Severities {
		levels[strings.ToLower(name)] = level
	}
	return levels
}

// fact is the incident as it is kept.
func (o *Options) fact(i *incident, levels map[string]uint8) record.Incident {
	fact := record.Incident{
		Source: "incidentio", ID: i.ID, Title: i.Name, Summary: i.Summary, Status: i.Status.Name, URL: i.Permalink, PostmortemURL: i.Postmortem,
		DeclaredAt: i.CreatedAt, UpdatedAt: i.UpdatedAt, Extra: map[string]string{},
		Drill:   slices.Contains([]string{"test", "tutorial"}, i.Mode),
		Deleted: slices.Contains([]string{"declined", "merged", "canceled", "cancelled"}, i.Status.Category),
	}
	if fact.UpdatedAt.IsZero() {
		fact.UpdatedAt = i.CreatedAt
	}
	if i.Severity != nil {
		level, known := levels[strings.ToLower(i.Severity.Name)]
		if !known {
			level, _ = outage.Severity(i.Severity.Name)
		}
		fact.Severity = level
		outage.Add(fact.Extra, "severity", i.Severity.Name)
	}
	i.times(&fact)
	for _, f := range i.Fields {
		if listed(o.ServiceFields, f.Field.Name) {
			fact.Services = append(fact.Services, f.values()...)
		}
	}
	fact.Repos = o.Repos.Repos(fact.Services)
	outage.Add(fact.Extra, "reference", i.Reference)
	outage.Add(fact.Extra, "mode", i.Mode)
	outage.Add(fact.Extra, "status_category", i.Status.Category)
	if i.IncidentType != nil {
		outage.Add(fact.Extra, "incident_type", i.IncidentType.Name)
	}
	if i.Issue != nil {
		outage.Add(fact.Extra, "issue", i.Issue.URL)
	}
	if i.private() {
		fact.Title, fact.Summary, fact.PostmortemURL = "private incident", "", ""
		outage.Add(fact.Extra, "visibility", i.Visibility)
		delete(fact.Extra, "issue")
	}
	return fact
}

func (i *incident) private() bool { return i.Visibility == "private" }

// body is the incident as it came, without the texts of a private one.
func (i *incident) body() string {
	if !i.private() {
		return string(i.raw)
	}
	text, _ := json.Marshal(map[string]string{"id": i.ID, "visibility": i.Visibility}) // strings always marshal
	return string(text)
}

// times reads the timestamps by their names.
func (i *incident) times(fact *record.Incident) {
	at := func(words ...string) time.Time {
		for _, word := range words {
			for _, t := range i.Timestamps {
				name := strings.TrimSuffix(strings.ToLower(t.Timestamp.Name), " at")
				if t.Value != nil && name == word {
					return t.Value.Value
				}
			}
		}
		return time.Time{}
	}
	if declared := at("reported", "declared"); !declared.IsZero() {
		fact.DeclaredAt = declared
	}
	fact.StartedAt = at("impact started", "started", "incident started")
	fact.DetectedAt = at("detected", "identified")
	fact.AcknowledgedAt = at("accepted", "acknowledged")
	fact.MitigatedAt = at("mitigated", "stabilised", "stabilized", "fixed")
	fact.ResolvedAt = at("resolved", "fixed", "mitigated", "stabilised", "stabilized", "closed")
}

// stated are the causes that attachments, fields and the summary name.
func (o *Options) stated(fact *record.Incident, i *incident, attached []attachment) []record.Cause {
	said := record.Cause{Source: fact.Source, Incident: fact.ID, Role: record.RoleCause, StatedAt: fact.UpdatedAt}
	var all []record.Cause
	for _, a := range attached {
		ref, ok := outage.Link(a.Resource.Link)
		if ok && slices.Contains([]string{"github_pull_request", "gitlab_merge_request"}, a.Resource.Type) {
			said.Method, said.Score = "attachment", 0.9
			all = append(all, outage.Causes(said, []outage.Ref{ref})...)
		}
	}
	for _, f := range i.Fields {
		if listed(o.CauseFields, f.Field.Name) {
			said.Method, said.Score = "declared", 1
			all = append(all, outage.Causes(said, refs(f.values(), fact.Repos))...)
		}
	}
	said.Method, said.Score = "text", 0.8
	return append(all, outage.Causes(said, outage.Stated(i.Summary, fact.Repos))...)
}

// refs are the changes that the values of a field name: by link, by number or hash.
func refs(values, repos []string) []outage.Ref {
	var all []outage.Ref
	for _, v := range values {
		all = append(all, outage.Stated("caused by "+v, repos)...)
	}
	return all
}

// mention keeps what else was attached, by kind.
func mention(fact *record.Incident, attached []attachment) {
	for _, a := range attached {
		name := a.Resource.Type
		if name == "" || fact.Extra["visibility"] == "private" && name != "pager_duty_incident" {
			continue
		}
		value := a.Resource.ID
		if value == "" {
			value = a.Resource.Link
		}
		if before := fact.Extra[name]; before != "" {
			value = before + "; " + value
		}
		outage.Add(fact.Extra, name, value)
	}
}

func listed(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
