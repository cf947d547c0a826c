package outage

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// Services says which repositories a service is made of, by its name at the source. Names are compared without regard to case.
type Services map[string][]string

// Repos are the repositories of some services, in order, each once; nil when none is known.
func (s Services) Repos(services []string) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if slices.ContainsFunc(services, func(service string) bool { return strings.EqualFold(service, name) }) {
			all = append(all, s[name]...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Straighten makes the times of an incident such that they can be counted with, and says what it changed: a last change in the
// future, which would win over every later version, is now; an end before the beginning is the beginning.
func Straighten(i *record.Incident, now time.Time) []record.Warning {
	var all []record.Warning
	if i.UpdatedAt.After(now) {
		all = append(all, record.Warning{
			Code: "future_date", Subject: i.Source + " " + i.ID,
			Detail: fmt.Sprintf("last changed at %s, which is in the future: taken for now", i.UpdatedAt.UTC().Format(time.RFC3339)),
		})
		i.UpdatedAt = now
	}
	begin := i.StartedAt
	if begin.IsZero() {
		begin = i.DeclaredAt
	}
	if !i.ResolvedAt.IsZero() && i.ResolvedAt.Before(begin) {
		all = append(all, record.Warning{
			Code: "ends_before_start", Subject: i.Source + " " + i.ID,
			Detail: fmt.Sprintf("ends at %s, before it begins at %s: taken for no time at all",
				i.ResolvedAt.UTC().Format(time.RFC3339), begin.UTC().Format(time.RFC3339)),
		})
		i.ResolvedAt = begin
	}
	return all
}

// Add puts a value into what else a source said, if there is one.
func Add(extra map[string]string, name, value string) {
	if value = strings.TrimSpace(value); value != "" {
		extra[name] = value
	}
}
