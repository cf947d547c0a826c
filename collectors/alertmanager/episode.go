package alertmanager

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// silence is after how long without a word a group that fires with other alerts has begun anew; kept is for how long an incident
// that is over is remembered, for notifications that come late.
const (
	silence = 7 * 24 * time.Hour
	kept    = 24 * time.Hour
)

// episode is one stretch of firing of a group.
type episode struct {
	Incident record.Incident      `json:"incident"`
	Alerts   map[string]time.Time `json:"alerts"` // when each ended, by key; zero while it fires
	Heard    time.Time            `json:"heard"`
}

// groups are the episodes that may still change, by the group's key.
type groups map[string][]*episode

// take brings a notification in and returns what it says. Nil: nothing but heartbeats.
func (g groups) take(n *Notification, repos outage.Services, now time.Time) (*record.Incident, []record.Cause) {
	alerts := slices.DeleteFunc(slices.Clone(n.Alerts), func(a Alert) bool { return a.heartbeat() })
	if len(alerts) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(alerts, func(a, b Alert) int { return a.StartsAt.Compare(b.StartsAt) })
	e := g.of(n.GroupKey, alerts, now)
	e.Heard = now
	e.hear(n.Status, alerts)
	e.describe(n, alerts, repos)
	var causes []record.Cause
	for i := range alerts {
		causes = append(causes, alerts[i].causes(e.Incident.Repos)...)
	}
	for i := range causes {
		causes[i].Incident = e.Incident.ID
	}
	return &e.Incident, causes
}

// of finds the episode that alerts belong to, or begins one.
func (g groups) of(key string, alerts []Alert, now time.Time) *episode {
	all := g[key]
	for _, e := range all {
		if slices.ContainsFunc(alerts, func(a Alert) bool { _, known := e.Alerts[a.key()]; return known }) {
			return e
		}
	}
	begin := alerts[0].StartsAt
	if len(all) > 0 {
		last := all[len(all)-1]
		end := last.Incident.ResolvedAt
		if end.IsZero() && now.Sub(last.Heard) < silence || !end.IsZero() && !begin.After(end) {
			return last
		}
	}
	sum := sha256.Sum256([]byte(key + "\n" + begin.UTC().Format(time.RFC3339Nano)))
	e := &episode{Alerts: map[string]time.Time{}, Incident: record.Incident{Source: "alertmanager", ID: hex.EncodeToString(sum[:10]), Extra: map[string]string{}}}
	g[key] = append(all, e)
	return e
}

// hear notes which alerts fire and which have ended, and what follows for the times of the incident.
func (e *episode) hear(status string, alerts []Alert) {
	i := &e.Incident
	for n := range alerts {
		a := &alerts[n]
		if e.Alerts[a.key()].IsZero() {
			e.Alerts[a.key()] = a.ended().UTC()
		}
		if i.StartedAt.IsZero() || a.StartsAt.Before(i.StartedAt) {
			i.StartedAt, i.DeclaredAt = a.StartsAt.UTC(), a.StartsAt.UTC()
		}
		i.UpdatedAt = later(i.UpdatedAt, a.StartsAt, a.ended())
	}
	var end time.Time
	firing := false
	for _, ended := range e.Alerts {
		firing = firing || ended.IsZero()
		end = later(end, ended)
	}
	if firing && status == "resolved" { // the whole group: alerts that are not named have ended unseen
		for key, ended := range e.Alerts {
			if ended.IsZero() {
				e.Alerts[key] = end
			}
		}
		firing = false
	}
	i.ResolvedAt, i.Status = end, "resolved"
	if firing {
		i.ResolvedAt, i.Status = time.Time{}, "firing"
	}
}

// describe fills in what labels and annotations say. What was said before stays: those of a resolved group are often empty.
func (e *episode) describe(n *Notification, alerts []Alert, repos outage.Services) {
	i := &e.Incident
	summary, description := n.CommonAnnotations["summary"], n.CommonAnnotations["description"]
	for k := range alerts {
		a := &alerts[k]
		summary, description = first(summary, a.Annotations["summary"]), first(description, a.Annotations["description"])
		if level, known := outage.Severity(a.Labels["severity"]); known && (i.Severity == 0 || level < i.Severity) {
			i.Severity = level
		}
		if service := a.first("service", "app", "component"); service != "" && !slices.Contains(i.Services, service) {
			i.Services = append(i.Services, service)
		}
		i.Environment = first(i.Environment, a.first("env", "environment", "stage"))
		i.Drill = i.Drill || a.Labels["drill"] == "true"
		outage.Add(i.Extra, "alertname", a.Labels["alertname"])
	}
	slices.Sort(i.Services)
	i.Repos = repos.Repos(i.Services)
	i.Summary = first(i.Summary, description)
	if i.Title == "" || i.Title == i.Extra["alertname"] {
		i.Title = first(summary, i.Extra["alertname"], n.GroupKey)
	}
	i.URL = first(i.URL, n.ExternalURL)
	outage.Add(i.Extra, "group", n.GroupKey)
	outage.Add(i.Extra, "receiver", n.Receiver)
	outage.Add(i.Extra, "alerts", strconv.Itoa(len(e.Alerts)))
}

// forget drops episodes that are over, or that nobody speaks of any more.
func (g groups) forget(now time.Time) {
	for key, all := range g {
		all = slices.DeleteFunc(all, func(e *episode) bool {
			quiet := now.Sub(e.Heard)
			return quiet > kept && !e.Incident.ResolvedAt.IsZero() || quiet > 4*silence
		})
		if g[key] = all; len(all) == 0 {
			delete(g, key)
		}
	}
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func later(times ...time.Time) time.Time {
	var last time.Time
	for _, t := range times {
		if t.After(last) {
			last = t.UTC()
		}
	}
	return last
}
