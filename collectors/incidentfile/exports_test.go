package incidentfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

// What other programs export is found by looking at it, and makes no causes.
func TestExports(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want record.Incident
	}{
		"statuspage": {
			`{"page": {"id": "p", "name": "Acme"},
 "incidents": [
  {"id": "s1", "name": "Cart slow", "status": "resolved", "created_at": "2026-03-01T11:00:00.719Z", "started_at": "2026-03-01T10:00:00Z",
   "updated_at": "2026-03-01T13:00:00Z", "monitoring_at": "2026-03-01T12:00:00Z", "resolved_at": "2026-03-01T12:30:00Z", "impact": "major",
   "shortlink": "https://s/1", "page_id": "p", "incident_updates": [{"body": "We reverted the deploy that caused it.",
     "affected_components": [{"name": "Cart", "new_status": "operational"}]}]}]}`,
			record.Incident{
				Source: "statuspage", ID: "s1", Title: "Cart slow", Severity: 2, DeclaredAt: at("2026-03-01T11:00:00.719Z"), StartedAt: at("2026-03-01T10:00:00Z"),
				ResolvedAt: at("2026-03-01T12:30:00Z"), UpdatedAt: at("2026-03-01T13:00:00Z"), MitigatedAt: at("2026-03-01T12:00:00Z"), Services: []string{"Cart"},
				URL: "https://s/1", CauseType: record.CauseUnknown, Status: "resolved",
			},
		},
		"github_status": {
			`{"id": "g1", "title": "Pages down", "url": "https://g/1", "published_at": "2026-03-01T12:00:00Z", "updated_at": "2026-03-01T12:00:00Z", "status_sequence": ["Investigating", "Resolved"], "started_at": "2026-03-01T11:00:00Z", "resolved_at": "2026-03-01T12:00:00Z", "impact": "minor", "components": ["Pages"], "updates": [{"message": "a deploy was rolled back"}]}` + "\n",
			record.Incident{
				Source: "github_status", ID: "g1", Title: "Pages down", Severity: 3, DeclaredAt: at("2026-03-01T11:00:00Z"), StartedAt: at("2026-03-01T11:00:00Z"),
				ResolvedAt: at("2026-03-01T12:00:00Z"), UpdatedAt: at("2026-03-01T12:00:00Z"), Services: []string{"Pages"}, URL: "https://g/1",
				CauseType: record.CauseUnknown, Status: "Resolved",
			},
		},
		"opsgenie": {
			`[{"id": "o1", "tinyId": "1", "message": "db full", "status": "closed", "priority": "P1", "createdAt": "2026-03-01T11:00:00Z",
 "updatedAt": "2026-03-01T13:00:00Z", "impactStartDate": "2026-03-01T10:00:00Z", "impactedServices": ["db"], "links": {"web": "https://o/1"}}]`,
			record.Incident{
				Source: "opsgenie", ID: "o1", Title: "db full", Severity: 1, DeclaredAt: at("2026-03-01T11:00:00Z"), StartedAt: at("2026-03-01T10:00:00Z"),
				ResolvedAt: at("2026-03-01T13:00:00Z"), UpdatedAt: at("2026-03-01T13:00:00Z"), Services: []string{"db"}, URL: "https://o/1",
				CauseType: record.CauseUnknown, Status: "closed",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, result := must(t, write(t, "in.json", tc.text))
			if diff := cmp.Diff([]record.Incident{tc.want}, b.Incidents, ignoreExtra); diff != "" || result.Format != name {
				t.Errorf("%s: %s", result.Format, diff)
			}
			if len(b.Causes) != 0 {
				t.Errorf("words of an update made causes: %+v", b.Causes)
			}
		})
	}
}

// Lines of a document are counted where its elements begin.
func TestDocumentLines(t *testing.T) {
	b, result := must(t, write(t, "in.json", "{\n\"page\": {\"id\": \"p\"},\n\"incidents\": [\n{\"id\": \"1\",\n \"page_id\": \"p\"},\n\n 7]}"))
	if len(b.Incidents) != 0 || result.Rejected != 2 || result.Flaws[0].Line != 4 || result.Flaws[len(result.Flaws)-1].Line != 7 {
		t.Errorf("%+v", result.Flaws)
	}
}

// Maintenance that was planned is no incident: it is kept, and counted nowhere.
func TestMaintenanceIsADrill(t *testing.T) {
	b, _ := must(t, write(t, "in.json", `{"incidents": [{"id": "m", "name": "upgrade", "status": "completed", "created_at": "2026-03-01T11:00:00Z", "updated_at": "2026-03-01T11:00:00Z", "impact": "maintenance", "page_id": "p"}]}`))
	if len(b.Incidents) != 1 || !b.Incidents[0].Drill || b.Incidents[0].Severity != 0 {
		t.Errorf("%+v", b.Incidents)
	}
}

// Several hundred published incidents of one provider, a third of which speak of a deployment or a revert: all are read, none
// gets a cause from its words.
func TestPublishedIncidentsHaveNoCauses(t *testing.T) {
	const folder = "../../../shared/data/incidents"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("no ../shared/data here")
	}
	for file, want := range map[string]int{
		"github-statuses-until-2025-05.jsonl": 489, "statuspage-github-2024-09-16.incidents.json": -1, "faros-fixtures/opsgenie-incidents.json": -1,
	} {
		s := open(t, filepath.Join(folder, file))
		b, err := run(t, s, nil)
		result := s.Results()[0]
		if err != nil || result.Rejected != 0 || len(b.Incidents) == 0 || want > 0 && len(b.Incidents) != want {
			t.Errorf("%s: %d incidents, rejected %v, %v", file, len(b.Incidents), result.Flaws[:min(5, len(result.Flaws))], err)
		}
		if len(b.Causes) != 0 {
			t.Errorf("%s: %d causes from words", file, len(b.Causes))
		}
	}
}
