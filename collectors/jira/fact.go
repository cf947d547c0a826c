package jira

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// texts are the values of a field as text: a string, an option, a list of those, or a document.
func (i *issue) texts(field string) []string {
	var value any
	if field == "" || json.Unmarshal(i.Fields[field], &value) != nil {
		return nil
	}
	return words(value)
}

func (i *issue) text(field string) string { return strings.Join(i.texts(field), "; ") }

func (i *issue) time(field string) time.Time { return date(i.text(field)) }

// words takes the text out of a value.
func words(value any) []string {
	switch v := value.(type) {
	case string:
		if v = strings.TrimSpace(v); v != "" {
			return []string{v}
		}
	case []any:
		var all []string
		for _, element := range v {
			all = append(all, words(element)...)
		}
		return all
	case map[string]any:
		if v["type"] == "doc" {
			var text strings.Builder
			document(&text, v)
			return words(text.String())
		}
		for _, name := range []string{"value", "name", "displayName"} {
			if text, is := v[name].(string); is {
				return words(text)
			}
		}
	}
	return nil
}

// document writes the text of a node of the Atlassian Document Format, a line a block; links are written out.
func document(to *strings.Builder, node map[string]any) {
	text, _ := node["text"].(string)
	to.WriteString(text)
	for _, mark := range list(node["marks"]) {
		href, _ := object(mark["attrs"])["href"].(string)
		if href != "" && href != text {
			to.WriteString(" " + href + " ")
		}
	}
	if address, is := object(node["attrs"])["url"].(string); is { // an inline card
		to.WriteString(address)
	}
	if node["type"] == "hardBreak" {
		to.WriteString("\n")
	}
	for _, child := range list(node["content"]) {
		document(to, child)
	}
	if slices.Contains([]string{"paragraph", "heading", "listItem", "codeBlock", "tableCell"}, asText(node["type"])) {
		to.WriteString("\n")
	}
}

func list(value any) []map[string]any {
	elements, _ := value.([]any)
	all := make([]map[string]any, 0, len(elements))
	for _, e := range elements {
		all = append(all, object(e))
	}
	return all
}

func object(value any) map[string]any {
	o, _ := value.(map[string]any)
	return o
}

func asText(value any) string {
	s, _ := value.(string)
	return s
}

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
