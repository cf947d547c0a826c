package incidentfile

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Formats are what can be read.
var Formats = []string{"jsonl", "csv", "statuspage", "github_status", "opsgenie"}

// exports put the incidents of other programs into the names of this package's format. None of them says what caused an
// incident, so none has causes: their texts name deployments and reverts mostly as the remedy.
var exports = map[string]func(map[string]any) map[string]any{
	"statuspage":    fromStatuspage,
	"github_status": fromGitHubStatus,
	"opsgenie":      fromOpsgenie,
}

// detect finds the format by the beginning of a file, "" when it is none.
func detect(start []byte) string {
	text := bytes.TrimSpace(start)
	switch first, _, _ := bytes.Cut(text, []byte("\n")); {
	case len(text) == 0:
		return "jsonl" // empty: no incidents
	case ours(first):
		return "jsonl"
	case bytes.Contains(text, []byte(`"tinyId"`)):
		return "opsgenie"
	case bytes.Contains(text, []byte(`"incident_updates"`)) || bytes.Contains(text, []byte(`"page_id"`)) || bytes.Contains(text, []byte(`"shortlink"`)):
		return "statuspage"
	case text[0] == '{' && bytes.Contains(first, []byte(`"status_sequence"`)):
		return "github_status"
	case text[0] == '{':
		return "jsonl"
	case bytes.Contains(bytes.ToLower(first), []byte("incident_id")):
		return "csv"
	}
	return ""
}

// ours reports whether a line is an incident in the names of this package: an export has "incident_id" only further in.
func ours(first []byte) bool {
	var names map[string]json.RawMessage
	return json.Unmarshal(first, &names) == nil && names["incident_id"] != nil
}

// fromStatuspage reads an incident of Statuspage's incidents.json. Planned maintenance is none: it is kept as a drill, which is
// counted nowhere.
func fromStatuspage(from map[string]any) map[string]any {
	to := map[string]any{
		"source": "statuspage", "incident_id": from["id"], "title": from["name"], "status": from["status"], "severity": from["impact"],
		"declared_at": from["created_at"], "started_at": from["started_at"], "resolved_at": from["resolved_at"], "updated_at": from["updated_at"],
		"mitigated_at": from["monitoring_at"], "url": from["shortlink"], "services": components(from),
	}
	if from["impact"] == "maintenance" || from["scheduled_for"] != nil {
		to["severity"], to["is_drill"] = nil, true
	}
	return to
}

// components are the names of what an incident of Statuspage struck: listed, or in its updates.
func components(from map[string]any) []any {
	names := namesIn(from["components"])
	updates, _ := from["incident_updates"].([]any)
	for _, u := range updates {
		if update, is := u.(map[string]any); is {
			names = append(names, namesIn(update["affected_components"])...)
		}
	}
	return names
}

// namesIn are the names of a list of named things, or of texts.
func namesIn(list any) []any {
	things, _ := list.([]any)
	var names []any
	for _, t := range things {
		switch thing := t.(type) {
		case string:
			names = append(names, thing)
		case map[string]any:
			if name, is := thing["name"].(string); is {
				names = append(names, name)
			}
		}
	}
	return names
}

// fromGitHubStatus reads a line of the list of GitHub's incidents that github.com/mrshu/github-statuses keeps. They are incidents of
// a status page, and where the link tells, they have the key that collectors/statuspage gives them.
func fromGitHubStatus(from map[string]any) map[string]any {
	to := map[string]any{
		"source": "github_status", "incident_id": from["id"], "title": from["title"], "severity": from["impact"], "url": from["url"],
		"declared_at": from["started_at"], "started_at": from["started_at"], "resolved_at": from["resolved_at"], "updated_at": from["updated_at"],
		"services": namesIn(from["components"]),
	}
	if link, is := from["url"].(string); is && strings.Contains(link, "/incidents/") { // the id that the status page itself has
		to["source"], to["incident_id"] = "statuspage", link[strings.LastIndex(link, "/")+1:]
	}
	if to["declared_at"] == nil {
		to["declared_at"] = from["published_at"]
	}
	if steps, _ := from["status_sequence"].([]any); len(steps) > 0 {
		to["status"] = steps[len(steps)-1]
	}
	if from["impact"] == "maintenance" {
		to["severity"], to["is_drill"] = nil, true
	}
	return to
}

// fromOpsgenie reads an incident of Opsgenie's list. It has no time of resolution but the end of the impact, or the last
// update of an incident that is over.
func fromOpsgenie(from map[string]any) map[string]any {
	to := map[string]any{
		"source": "opsgenie", "incident_id": from["id"], "title": from["message"], "status": from["status"], "severity": from["priority"],
		"declared_at": from["createdAt"], "started_at": from["impactStartDate"], "resolved_at": from["impactEndDate"], "updated_at": from["updatedAt"],
		"summary": from["description"], "services": namesIn(from["impactedServices"]), "tinyId": from["tinyId"], "ownerTeam": from["ownerTeam"],
	}
	if status, _ := from["status"].(string); to["resolved_at"] == nil && (strings.EqualFold(status, "resolved") || strings.EqualFold(status, "closed")) {
		to["resolved_at"] = from["updatedAt"]
	}
	if links, is := from["links"].(map[string]any); is {
		to["url"] = links["web"]
	}
	for _, name := range []string{"tags", "extraProperties"} {
		to[name] = from[name]
	}
	return to
}
