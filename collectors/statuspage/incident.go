package statuspage

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// impacts are the levels of what a page calls impact.
var impacts = map[string]uint8{"critical": 1, "major": 2, "minor": 3, "none": 4}

// page is an answer of the API.
type page struct {
	Page struct {
		URL string `json:"url"`
	} `json:"page"`
	Incidents []json.RawMessage `json:"incidents"`
}

type incident struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	Status       string     `json:"status"`
	Impact       string     `json:"impact"`
	ScheduledFor *time.Time `json:"scheduled_for"`
	CreatedAt    time.Time  `json:"created_at"`
	StartedAt    *time.Time `json:"started_at"`
	MonitoringAt *time.Time `json:"monitoring_at"`
	ResolvedAt   *time.Time `json:"resolved_at"`
	UpdatedAt    time.Time  `json:"updated_at"`
	Components   []struct {
		Name string `json:"name"`
	} `json:"components"`
	Updates []update `json:"incident_updates"`
}

type update struct {
	Body     string `json:"body"`
	Affected []struct {
		Name string `json:"name"`
		New  string `json:"new_status"`
		Old  string `json:"old_status"`
	} `json:"affected_components"`
}

// read turns one incident of a page, as JSON, into facts. link is the address of the page.
func read(raw []byte, link string, repos outage.Services) (record.Incident, []record.Cause, error) {
	var i incident
	if err := json.Unmarshal(raw, &i); err != nil {
		return record.Incident{}, nil, fmt.Errorf("read an incident of a status page: %w", err)
	}
	if i.ID == "" || i.CreatedAt.IsZero() {
		return record.Incident{}, nil, errors.New("read an incident of a status page: id or created_at is missing")
	}
	fact := record.Incident{
		Source: "statuspage", ID: i.ID, Title: i.Name, Status: i.Status, Severity: impacts[i.Impact], URL: link + "/incidents/" + i.ID,
		DeclaredAt: i.CreatedAt, StartedAt: value(i.StartedAt), MitigatedAt: value(i.MonitoringAt), ResolvedAt: value(i.ResolvedAt), UpdatedAt: i.UpdatedAt,
		Services: i.services(), Extra: map[string]string{}, Drill: i.Impact == "maintenance" || i.ScheduledFor != nil,
	}
	if fact.UpdatedAt.IsZero() {
		fact.UpdatedAt = fact.DeclaredAt
	}
	if fact.Drill {
		fact.Severity = 0
	}
	if i.Status == "postmortem" {
		fact.PostmortemURL = fact.URL
	}
	fact.Repos = repos.Repos(fact.Services)
	outage.Add(fact.Extra, "impact", i.Impact)
	if len(i.Updates) > 0 {
		fact.Summary = i.Updates[0].Body // the newest
	}
	said := record.Cause{Source: fact.Source, Incident: fact.ID, Role: record.RoleCause, Method: "text", Score: 0.8, StatedAt: fact.UpdatedAt}
	var refs []outage.Ref
	for _, u := range i.Updates {
		refs = append(refs, outage.Stated(u.Body, fact.Repos)...)
	}
	return fact, outage.Causes(said, refs), nil
}

// services are the components that the incident or one of its updates names as affected, in order.
func (i *incident) services() []string {
	var all []string
	for _, c := range i.Components {
		all = append(all, c.Name)
	}
	for _, u := range i.Updates {
		for _, c := range u.Affected {
			if c.New != "operational" || c.Old != "operational" {
				all = append(all, c.Name)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func value(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
