package jira

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// fact is the incident as it is kept.
func (o *Options) fact(i *issue) record.Incident {
	f := &o.Fields
	fact := record.Incident{
		Source: "jira", ID: i.ID, Title: i.text("summary"), Summary: i.text("description"), Status: i.text("status"), URL: o.URL + "/browse/" + i.Key,
		DeclaredAt: i.time("created"), ResolvedAt: i.time("resolutiondate"), UpdatedAt: i.time("updated"),
		StartedAt: i.time(f.Started), DetectedAt: i.time(f.Detected), AcknowledgedAt: i.time(f.Acknowledged), MitigatedAt: i.time(f.Mitigated),
		Services: append(i.texts("components"), i.texts(f.Services)...), Environment: cmp.Or(i.text(f.Environment), i.text("environment")),
		PostmortemURL: i.text(f.Postmortem), CauseType: causeType(i.text(f.CauseType)), Extra: map[string]string{},
	}
	drill := strings.ToLower(i.text(f.Drill))
	fact.Drill = drill != "" && drill != "no" && drill != "false"
	word := cmp.Or(i.text(f.Severity), i.text("priority"))
	fact.Severity = o.severity(word)
	slices.Sort(fact.Services)
	fact.Services = slices.Compact(fact.Services)
	fact.Repos = o.Repos.Repos(fact.Services)
	outage.Add(fact.Extra, "key", i.Key)
	outage.Add(fact.Extra, "severity", word)
	outage.Add(fact.Extra, "issuetype", i.text("issuetype"))
	outage.Add(fact.Extra, "labels", i.text("labels"))
	return fact
}

func (o *Options) severity(word string) uint8 {
	for name, level := range o.Severities {
		if strings.EqualFold(name, word) {
			return level
		}
	}
	level, _ := outage.Severity(word)
	return level
}

func causeType(word string) record.CauseType {
	switch t := record.CauseType(strings.ToLower(word)); t {
	case record.CauseChange, record.CauseConfig, record.CauseCapacity, record.CauseDependency, record.CauseHardware, record.CauseSecurity:
		return t
	}
	return record.CauseUnknown
}

// origins are the issues that an issue is said to be caused by.
func (o *Options) origins(i *issue) []issue {
	var links []link
	_ = json.Unmarshal(i.Fields["issuelinks"], &links) // none when the field is not there
	var all []issue
	is := func(description string) bool {
		return slices.ContainsFunc(o.Links, func(l string) bool { return strings.EqualFold(l, description) })
	}
	for _, l := range links {
		switch {
		case l.Inward != nil && is(l.Type.Inward):
			all = append(all, *l.Inward)
		case l.Outward != nil && is(l.Type.Outward):
			all = append(all, *l.Outward)
		}
	}
	return all
}

// stated are the causes that a field and the description name.
func (o *Options) stated(fact *record.Incident, i *issue) []record.Cause {
	said := record.Cause{Source: fact.Source, Incident: fact.ID, Role: record.RoleCause, StatedAt: fact.UpdatedAt, Method: "declared", Score: 1}
	var declared []outage.Ref
	for _, text := range i.texts(o.Fields.Cause) {
		declared = append(declared, outage.Stated("caused by "+text, fact.Repos)...)
	}
	all := outage.Causes(said, declared)
	said.Method, said.Score = "text", 0.8
	return append(all, outage.Causes(said, outage.Stated(fact.Summary, fact.Repos))...)
}

// linked are the causes that a link to another issue states: the changes that the issue leads to, and the issue.
func (o *Options) linked(fact *record.Incident, origin *issue, addresses []string) []record.Cause {
	said := record.Cause{
		Source: fact.Source, Incident: fact.ID, Role: record.RoleCause, StatedAt: fact.UpdatedAt, Method: "issue_link", Score: 0.9,
		URL: o.URL + "/browse/" + origin.Key,
	}
	refs := []outage.Ref{{Kind: "action", Repo: "jira:" + o.Scope, Ref: origin.Key}}
	for _, address := range addresses {
		if ref, ok := outage.Link(address); ok {
			refs = append(refs, ref)
		}
	}
	return outage.Causes(said, refs)
}
