package pagerduty

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// correlations are the scores of PagerDuty's reasons: what it learned, what it knows of services, and mere order in time.
var correlations = map[string]float32{"intelligent": 0.5, "related_service": 0.4, "most_recent": 0.3}

// fact is the incident as it is kept, with what its log says.
func (o *Options) fact(i *incident, log []logEntry) record.Incident {
	fact := record.Incident{
		Source: "pagerduty", ID: i.ID, Title: i.Title, Status: i.Status, URL: i.URL,
		DeclaredAt: i.CreatedAt, UpdatedAt: later(i.UpdatedAt, i.LastStatusChangeAt, i.CreatedAt),
		Severity: o.severity(i.Priority), Extra: map[string]string{},
	}
	if i.Service.Summary != "" {
		fact.Services = []string{i.Service.Summary}
	}
	fact.Repos = o.Repos.Repos(fact.Services)
	for _, entry := range log {
		if entry.Type == "acknowledge_log_entry" && fact.AcknowledgedAt.IsZero() {
			fact.AcknowledgedAt = entry.CreatedAt
		}
	}
	if i.Status == "resolved" {
		fact.ResolvedAt = resolved(i, log)
	}
	outage.Add(fact.Extra, "urgency", i.Urgency)
	outage.Add(fact.Extra, "incident_key", i.Key)
	outage.Add(fact.Extra, "incident_number", strconv.Itoa(i.Number))
	if i.Priority != nil {
		outage.Add(fact.Extra, "priority", i.Priority.Summary)
	}
	if i.Type != nil {
		outage.Add(fact.Extra, "incident_type", i.Type.Name)
	}
	var teams []string
	for _, t := range i.Teams {
		teams = append(teams, t.Summary)
	}
	outage.Add(fact.Extra, "teams", strings.Join(teams, "; "))
	return fact
}

// resolved is when an incident that is over ended: by its own field, by its log, or by its last change of status.
func resolved(i *incident, log []logEntry) time.Time {
	if i.ResolvedAt != nil && !i.ResolvedAt.IsZero() {
		return *i.ResolvedAt
	}
	end := i.LastStatusChangeAt
	for _, entry := range log {
		if entry.Type == "resolve_log_entry" {
			end = entry.CreatedAt
		}
	}
	return end
}

func (o *Options) severity(priority *reference) uint8 {
	if priority == nil {
		return 0 // urgency says who is woken, not how bad it is
	}
	for name, level := range o.Severities {
		if strings.EqualFold(name, priority.Summary) {
			return level
		}
	}
	level, _ := outage.Severity(priority.Summary)
	return level
}

// stated are the causes that the log and the related change events name.
func stated(fact *record.Incident, log []logEntry, events []changeEvent) []record.Cause {
	said := record.Cause{Source: fact.Source, Incident: fact.ID, Role: record.RoleCause}
	var all []record.Cause
	for _, entry := range log {
		said.StatedAt, said.By = entry.CreatedAt, record.Account{}
		switch entry.Type {
		case "trigger_log_entry":
			said.Method, said.Score = "attachment", 0.5
			for _, c := range entry.Contexts {
				if ref, ok := outage.Link(c.Href); ok {
					all = append(all, outage.Causes(said, []outage.Ref{ref})...)
				}
			}
		case "annotate_log_entry":
			said.Method, said.Score = "text", 0.8
			said.By = record.Account{Source: "pagerduty", Login: strings.ToLower(entry.Agent.ID)}
			all = append(all, outage.Causes(said, outage.Stated(entry.Channel.Summary, fact.Repos))...)
		}
	}
	for _, e := range events {
		all = append(all, correlated(fact, e)...)
	}
	return all
}

// correlated are the changes that an event names by its links and details.
func correlated(fact *record.Incident, e changeEvent) []record.Cause {
	said := record.Cause{
		Source: fact.Source, Incident: fact.ID, Role: record.RoleCause, Method: "change_event", Score: 0.3, StatedAt: e.Timestamp,
	}
	if score, known := correlations[e.CorrelationReason.Reason]; known {
		said.Score = score
	}
	details := map[string]string{}
	flatten(details, e.CustomDetails)
	refs := outage.Named(details, fact.Repos)
	for _, l := range e.Links {
		if ref, ok := outage.Link(l.Href); ok {
			refs = append(refs, ref)
		}
	}
	return outage.Causes(said, refs)
}

// flatten takes the values of an object and of those within it by their own names; the outer ones first.
func flatten(into map[string]string, from map[string]any) {
	var inner []map[string]any
	for _, name := range slices.Sorted(maps.Keys(from)) {
		text := ""
		switch v := from[name].(type) {
		case map[string]any:
			inner = append(inner, v)
		case string:
			text = v
		case float64:
			text = strconv.FormatFloat(v, 'f', -1, 64)
		}
		if _, taken := into[name]; !taken {
			outage.Add(into, name, text)
		}
	}
	for _, object := range inner {
		flatten(into, object)
	}
}

func later(times ...time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}
