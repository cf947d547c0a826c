package proof

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/jira"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store/storetest"
)

// The collector asks Jira nothing that Atlassian's description does not have, as far as it goes: it is of 2023, before the search
// by marks, which the collector asks for first, and has version 3 of the API alone. What comes is Atlassian's own example, whose
// issue has no time of its creation: it is read as far as that, and refused by its name.
func TestCallsAreJiras(t *testing.T) {
	c := newClock(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	r := &referee{rest: start(t, "contract.mjs", "jira").URL, excused: func(f finding) bool {
		return strings.HasPrefix(f.call, "POST /rest/api/3/search/jql") || strings.HasPrefix(f.call, "GET /rest/api/2/") || notOurs(f)
	}}
	source, err := jira.New(jira.Options{
		URL: "https://your-domain.atlassian.net", Email: "a@example.org", Token: "t", JQL: "project = EX", Now: c.Now, Web: web.Options{Base: r, Sleep: c.Sleep},
	})
	if err != nil {
		t.Fatal(err)
	}
	runner := collectors.Runner{Sink: storetest.Open(t), Log: slog.New(slog.DiscardHandler)}
	for _, row := range runner.Run(context.Background(), source.Tasks()) {
		if row.Status != record.StatusFailed || !strings.Contains(row.Error, "ED-1 has no time") {
			t.Errorf("%s: %s %s %v", row.Stream, row.Status, row.Error, row.Warnings)
		}
	}
	r.report(t)
}
