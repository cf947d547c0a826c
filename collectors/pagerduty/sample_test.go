package pagerduty_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/pagerduty"
)

// Incidents and their log as PagerDuty gave them, hand-trimmed by others.
func TestSamples(t *testing.T) {
	const folder = "../../../shared/data/incidents/faros-fixtures/"
	read := func(name string, into any) {
		text, err := os.ReadFile(folder + name)
		if err != nil {
			t.Skip("no ../shared/data here: ", err)
		}
		if err := json.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	a := serve(t)
	read("pagerduty-incidents.json", &a.incidents)
	var log []map[string]any
	read("pagerduty-incidentLogEntries.json", &log)
	for _, entry := range log {
		id := entry["incident"].(map[string]any)["id"].(string)
		a.log[id] = append(a.log[id], entry)
	}
	s, err := pagerduty.New(pagerduty.Options{
		URL: a.url, Token: "secret", Since: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC), Now: func() time.Time { return time.Date(2021, 12, 1, 0, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := run(t, s, nil, 0)
	if err != nil || len(got.Incidents) != len(a.incidents) || len(got.Causes) != 0 || len(got.Warnings) != 0 {
		t.Fatalf("%v, %d of %d incidents, causes %v, warnings %v", err, len(got.Incidents), len(a.incidents), got.Causes, got.Warnings)
	}
	for _, i := range got.Incidents {
		if i.ID == "" || i.Title == "" || i.DeclaredAt.IsZero() || len(i.Services) != 1 || (i.Status == "resolved") == i.ResolvedAt.IsZero() {
			t.Errorf("%+v", i)
		}
	}
}
