package github

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// auditCursor is how far the log was read: it is read from old to new, so that every page moves it.
type auditCursor struct {
	Until time.Time `json:"until,omitzero"`
}

// auditKept is how far back GitHub keeps events of the web; those of git, which are not read, it keeps for a week.
const auditKept = 180 * 24 * time.Hour

// audit reads the audit log of an organisation, which GitHub Enterprise Cloud has: protections that were overridden, and
// what was changed without a commit.
func (s *Source) audit() collectors.Task {
	return s.stream("audit_log", 10*time.Minute, func(ctx context.Context, p *pass, since record.Cursor) error {
		if s.opts.Org == "" {
			return collectors.Absent{Why: "an audit log belongs to an organisation, and none is named here"}
		}
		cursor := decode[auditCursor](since)
		var b record.Batch
		if gap := s.now().Sub(cursor.Until); gap > auditKept {
			b.Warnings = []record.Warning{{
				Code: "audit_log_too_old", Subject: s.opts.Org, Detail: "GitHub keeps 180 days of its audit log: what was before is not known", Loss: true,
			}}
			cursor.Until = s.now().Add(-auditKept)
		}
		from := cursor.Until.Add(-overlap)
		phrase := "created:>=" + from.Format("2006-01-02T15:04:05+00:00")
		path := fmt.Sprintf("orgs/%s/audit-log?include=web&order=asc&per_page=100&phrase=%s", s.opts.Org, url.QueryEscape(phrase))
		asked := collectors.Window{Filter: phrase, From: from, Slack: time.Minute}
		err := s.eachPage(ctx, path, func(body []byte, _ string) (bool, error) {
			events, err := parseAudit(body)
			if err != nil {
				return false, err
			}
			events = slices.DeleteFunc(events, func(e auditEvent) bool { return !asked.Holds(e.at()) })
			b.Warnings = append(b.Warnings, asked.Warnings(s.opts.Name)...)
			s.addEvents(&b, &cursor, events)
			if b.Cursor, err = encode(cursor); err != nil {
				return false, err
			}
			ready := b
			b = record.Batch{}
			return true, p.send(ready)
		})
		return s.absent(err)
	})
}

// addEvents makes facts of a page and moves the cursor, never into the future.
func (s *Source) addEvents(b *record.Batch, cursor *auditCursor, events []auditEvent) {
	row := record.Covered{Scope: s.opts.Name}
	for i := range events {
		e := &events[i]
		if at := e.at(); at.After(cursor.Until) && !at.After(s.now()) {
			cursor.Until = at
		}
		suite, judged := e.suite()
		switch {
		case judged:
			b.RuleSuites = append(b.RuleSuites, suite)
			b.Payloads = append(b.Payloads, record.Payload{Source: auditSource, Kind: "event", Scope: e.Repo, ID: e.ID, Body: string(e.raw)})
		case e.changes():
			b.Actions = append(b.Actions, e.action(s.opts.Org))
		default:
			continue
		}
		if row.From.IsZero() {
			row.From = e.at()
		}
		row.To = e.at()
	}
	if row.Rows = uint64(b.Rows()); row.Rows > 0 {
		b.Covered = append(b.Covered, row)
	}
}
