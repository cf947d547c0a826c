package alertmanager

import (
	"fmt"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// batch makes facts of a notification, in the light of what was heard of its group before.
func batch(n *Notification, body []byte, known groups, repos outage.Services, now time.Time) record.Batch {
	var b record.Batch
	if n.TruncatedAlerts > 0 {
		b.Warnings = append(b.Warnings, record.Warning{
			Code: "truncated_alerts", Subject: n.GroupKey, Loss: true,
			Detail: fmt.Sprintf("alertmanager left out %d alerts: set max_alerts of its webhook to 0", n.TruncatedAlerts),
		})
	}
	incident, causes := known.take(n, repos, now)
	if incident == nil {
		return b
	}
	told := *incident
	b.Warnings = append(b.Warnings, outage.Straighten(&told, now)...)
	b.Incidents, b.Causes = []record.Incident{told}, causes
	b.Payloads = []record.Payload{{Source: "alertmanager", Kind: "notification", Scope: n.Receiver, ID: told.ID, Body: string(body)}}
	return b
}
