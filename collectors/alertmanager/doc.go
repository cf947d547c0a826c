// Package alertmanager takes the notifications of Prometheus Alertmanager, webhook version 4, and makes incidents of them.
//
// # What an incident is
//
// One stretch of time in which a group of alerts fires is one incident: what the operator grouped is one thing to look at, while
// single alerts (by fingerprint) would count an outage once for every instance it hits. Its id is made of the group's key and the
// beginning of the earliest alert, so a group that fires again after it was resolved is a new incident. Notifications name only
// the alerts that fire now or have just ended, so that beginning moves while the incident goes on: [Hook] remembers each group's
// alerts, in the cursor of its stream, and [Parse] alone, which remembers nothing, is for a single notification.
//
// Notifications come repeatedly, from several servers, and out of order. An alert that was said to have ended does not fire again
// under the same beginning; the incident was last changed when its last alert began or ended. So any order gives the same facts.
// A group that was not heard of for a week and fires with other alerts has begun anew.
//
// # How labels are read
//
// service, app or component; env, environment or stage; severity, of which the worst counts. An alert of severity none is a
// heartbeat, such as Watchdog, and no incident; it shows in the ledger that the hook works. The label drill="true" marks a drill.
//
// # Causes
//
// Labels and annotations such as commit, version, pull_request or deployment_url say what ran when the alert fired. That is not
// why it fired, so they count as a change event, score .4. A label or annotation caused_by is somebody's word: method text, .8.
// A change without the name of its repository is looked for in those of the service, see [Options.Repos].
//
// # Setting it up
//
//	receivers:
//	  - name: baserate
//	    webhook_configs:
//	      - url: https://baserate.example/hooks/alertmanager
//	        send_resolved: true
//	        http_config: {authorization: {type: Bearer, credentials_file: /etc/alertmanager/baserate}}
//
// In place of the token a relay may sign the body: X-Baserate-Signature: sha256=<hex of HMAC-SHA256>. Each notification is a row
// of the ledger: source alertmanager, stream webhook.
package alertmanager
