package alertmanager_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors/alertmanager"
	"github.com/baserate/baserate/record"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// alert is one alert that began so many minutes after nine, and ended, unless that is 0.
func alert(name string, begin, end int, more map[string]string) map[string]any {
	nine := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	labels := map[string]string{"alertname": "Errors", "instance": name, "service": "checkout", "severity": "warning"}
	annotations := map[string]string{"summary": "too many errors"}
	for k, v := range more {
		labels[k] = v
	}
	a := map[string]any{
		"status": "firing", "labels": labels, "annotations": annotations, "fingerprint": name,
		"startsAt": nine.Add(time.Duration(begin) * time.Minute), "endsAt": "0001-01-01T00:00:00Z",
	}
	if end > 0 {
		a["status"], a["endsAt"], a["annotations"] = "resolved", nine.Add(time.Duration(end)*time.Minute), map[string]string{}
	}
	return a
}

// notification is what Alertmanager sends about some alerts of a group.
func notification(group string, alerts ...map[string]any) []byte {
	status := "resolved"
	if slices.ContainsFunc(alerts, func(a map[string]any) bool { return a["status"] == "firing" }) {
		status = "firing"
	}
	text, _ := json.Marshal(map[string]any{
		"version": "4", "groupKey": group, "status": status, "receiver": "baserate", "externalURL": "http://am.test", "alerts": alerts, "truncatedAlerts": 0,
	})
	return text
}

func causes(cs []record.Cause) []string {
	var all []string
	for _, c := range cs {
		all = append(all, fmt.Sprintf("%s %s@%s %s %.1f", c.Kind, c.Repo, c.Ref, c.Method, c.Score))
	}
	slices.Sort(all)
	return all
}

// What a real Alertmanager sent: the resolved notification is about the same incident, though it lacks the annotations.
func TestRealNotifications(t *testing.T) {
	var got []record.Batch
	for _, name := range []string{"firing", "resolved"} {
		text, err := os.ReadFile("../../../shared/data/incidents/alertmanager-0.25-webhook-" + name + ".json")
		if err != nil {
			t.Skip("no ../shared/data here: ", err)
		}
		b, err := alertmanager.Parse(text, now)
		if err != nil || len(b.Incidents) != 1 {
			t.Fatalf("%s: %v, %+v", name, err, b)
		}
		got = append(got, b)
	}
	firing, resolved := got[0].Incidents[0], got[1].Incidents[0]
	if firing.ID != resolved.ID || !firing.ResolvedAt.IsZero() || resolved.ResolvedAt.IsZero() || !resolved.UpdatedAt.After(firing.UpdatedAt) {
		t.Errorf("firing %+v\nresolved %+v", firing, resolved)
	}
	if firing.Severity != 1 || firing.Environment != "prod" || firing.Title != "5xx > 5%" || !slices.Equal(firing.Services, []string{"checkout"}) {
		t.Errorf("%+v", firing)
	}
	want := []string{"commit o/r@6dcb09b5b57875f334f61aebed695e2e4193db5e change_event 0.4", "deployment o/r@42 change_event 0.4"}
	if names := causes(got[0].Causes); !slices.Equal(names, want) {
		t.Errorf("causes: %v", names)
	}
	if len(got[1].Causes) != 0 {
		t.Errorf("a commit without a repository: %v", causes(got[1].Causes))
	}
}

func TestParse(t *testing.T) {
	b, err := alertmanager.Parse(notification("g", alert("a", 0, 0, map[string]string{
		"repo": "acme/checkout", "version": "v1.2.3", "caused_by": "#12", "runbook_url": "https://github.com/acme/runbooks/commit/0a1b2c3d", "drill": "true",
	})), now)
	if err != nil || len(b.Incidents) != 1 || !b.Incidents[0].Drill || b.Incidents[0].Severity != 3 {
		t.Errorf("%v, %+v", err, b.Incidents)
	}
	if len(b.Causes) != 0 { // a version is no hash, a runbook no change, and "#12" of no known repository is nothing
		t.Errorf("causes: %v", causes(b.Causes))
	}
	b, err = alertmanager.Parse(notification("g", alert("a", 0, 0, map[string]string{"caused_by": "acme/checkout#12", "version": "0a1b2c3d", "repository": "acme/checkout"})), now)
	if want := []string{"commit acme/checkout@0a1b2c3d change_event 0.4", "pull_request acme/checkout@12 text 0.8"}; err != nil || !slices.Equal(causes(b.Causes), want) {
		t.Errorf("%v, causes: %v", err, causes(b.Causes))
	}
	b, err = alertmanager.Parse(notification("g", alert("Watchdog", 0, 0, map[string]string{"severity": "none"})), now)
	if err != nil || b.Rows() != 0 {
		t.Errorf("a heartbeat: %v, %+v", err, b)
	}
}

func TestMalformed(t *testing.T) {
	for _, body := range []string{
		``, `[]`, `{}`, `{"version":"3","groupKey":"g","status":"firing","alerts":[{"startsAt":"2026-11-23T09:00:00Z"}]}`,
		`{"version":"4","groupKey":"g","status":"firing","alerts":[{}]}`, `{"version":"4","groupKey":"g","status":"firing","alerts":[{"startsAt":"yesterday"}]}`,
	} {
		if b, err := alertmanager.Parse([]byte(body), now); err == nil {
			t.Errorf("%s: %+v", body, b)
		}
	}
}
