package collectors

import (
	"strings"
	"testing"
	"time"
)

// A filter by date that the server does not heed is noticed by what comes, and said once. Each source that filters has a test of
// the same number.
func TestTrap09DateFilterIgnored(t *testing.T) {
	from, to := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 8, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		window Window
		at     time.Time
		held   bool
	}{
		"first moment":     {Window{From: from, To: to}, from, true},
		"last moment":      {Window{From: from, To: to}, to, true},
		"before":           {Window{From: from, To: to}, from.Add(-time.Second), false},
		"after":            {Window{From: from, To: to}, to.Add(time.Second), false},
		"before, by slack": {Window{From: from, To: to, Slack: time.Hour}, from.Add(-time.Hour), true},
		"after, by slack":  {Window{From: from, To: to, Slack: time.Hour}, to.Add(time.Hour), true},
		"beyond the slack": {Window{From: from, To: to, Slack: time.Hour}, from.Add(-61 * time.Minute), false},
		"no end":           {Window{From: from}, to.AddDate(9, 0, 0), true},
		"no beginning":     {Window{To: to}, from.AddDate(-9, 0, 0), true},
		"no filter":        {Window{}, from, true},
		"no time":          {Window{From: from, To: to}, time.Time{}, true},
	} {
		w := tc.window
		if w.Holds(tc.at) != tc.held || w.Ignored() == tc.held || len(w.Warnings("s")) == 1 == tc.held {
			t.Errorf("%s: ignored %t, want %t", name, w.Ignored(), !tc.held)
		}
	}
	w := Window{Filter: "since=2026-11-01", From: from, Loss: true}
	for _, at := range []time.Time{to, from.AddDate(0, 0, -1), from.AddDate(0, 0, -2)} {
		w.Holds(at)
	}
	said := append(w.Warnings("acme"), w.Warnings("acme")...)
	if len(said) != 1 || said[0].Code != "filter_ignored" || said[0].Subject != "acme" || !said[0].Loss {
		t.Fatalf("%+v", said)
	}
	if d := said[0].Detail; !strings.Contains(d, "since=2026-11-01") || !strings.Contains(d, "2026-10-31") {
		t.Errorf("%q does not say what was asked for and what came", d)
	}
}
