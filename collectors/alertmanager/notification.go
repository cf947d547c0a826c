package alertmanager

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// Notification is what Alertmanager sends.
type Notification struct {
	Version           string            `json:"version"`
	GroupKey          string            `json:"groupKey"`
	Status            string            `json:"status"` // "firing" or "resolved"
	Receiver          string            `json:"receiver"`
	GroupLabels       map[string]string `json:"groupLabels"`
	CommonLabels      map[string]string `json:"commonLabels"`
	CommonAnnotations map[string]string `json:"commonAnnotations"`
	ExternalURL       string            `json:"externalURL"`
	TruncatedAlerts   uint64            `json:"truncatedAlerts"`
	Alerts            []Alert           `json:"alerts"`
}

// Alert is one alert of a group.
type Alert struct {
	Status      string            `json:"status"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	StartsAt    time.Time         `json:"startsAt"`
	EndsAt      time.Time         `json:"endsAt"` // year 1 while it fires
	Fingerprint string            `json:"fingerprint"`
}

// Decode reads a notification and checks what is needed of it.
func Decode(body []byte) (*Notification, error) {
	n := &Notification{}
	if err := json.Unmarshal(body, n); err != nil {
		return nil, fmt.Errorf("the body is no notification of Alertmanager: %w", err)
	}
	var problems []error
	if n.Version != "4" {
		problems = append(problems, fmt.Errorf("version: is %q, and only \"4\" is known", n.Version))
	}
	if n.GroupKey == "" {
		problems = append(problems, errors.New("groupKey: is missing"))
	}
	if n.Status != "firing" && n.Status != "resolved" {
		problems = append(problems, fmt.Errorf("status: is %q, neither firing nor resolved", n.Status))
	}
	if len(n.Alerts) == 0 {
		problems = append(problems, errors.New("alerts: is empty"))
	}
	for i, a := range n.Alerts {
		if a.StartsAt.IsZero() {
			problems = append(problems, fmt.Errorf("alerts[%d].startsAt: is missing", i))
		}
	}
	return n, errors.Join(problems...)
}

// heartbeat reports whether an alert only shows that alerting works.
func (a *Alert) heartbeat() bool { return strings.EqualFold(a.Labels["severity"], "none") }

// ended is when the alert ended, zero while it fires.
func (a *Alert) ended() time.Time {
	if a.Status != "resolved" {
		return time.Time{}
	}
	return a.EndsAt
}

// key tells one firing of an alert from all others.
func (a *Alert) key() string {
	fingerprint := a.Fingerprint
	if fingerprint == "" {
		names := slices.Sorted(maps.Keys(a.Labels))
		for _, name := range names {
			fingerprint += name + "=" + a.Labels[name] + "\n"
		}
	}
	return fingerprint + "@" + a.StartsAt.UTC().Format(time.RFC3339Nano)
}

// values are the labels and annotations together; labels win.
func (a *Alert) values() map[string]string {
	all := maps.Clone(a.Annotations)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, a.Labels)
	return all
}

// first is the first of some labels that an alert has.
func (a *Alert) first(names ...string) string {
	for _, name := range names {
		if a.Labels[name] != "" {
			return a.Labels[name]
		}
	}
	return ""
}

// causes are the changes that an alert names.
func (a *Alert) causes(repos []string) []record.Cause {
	said := record.Cause{Source: "alertmanager", Role: record.RoleCause, Method: "change_event", Score: 0.4, StatedAt: a.StartsAt}
	values := a.values()
	all := outage.Causes(said, outage.Named(values, repos))
	said.Method, said.Score = "text", 0.8
	return append(all, outage.Causes(said, outage.Stated("caused by "+values["caused_by"], repos))...)
}
