// Package incidentio collects the incidents of an incident.io account, with what was attached to them.
//
// # What is asked
//
// GET /v1/severities once a run; GET /v2/incidents, 250 a page, of those changed since the day of the last complete walk; for each
// changed one GET /v1/incident_attachments. The filter updated_at is by day, so the overlap is at least the day's beginning and
// never less than an hour. Attaching something need not touch an incident, so once in [Options.Sweep] everything that changed within
// [Options.Settle] is read with its attachments again. A walk that is cut goes on at the page where it was.
//
// # How things are read
//
// Severities are ranked by the account itself, the least severe first: the last is level 1. Timestamps are told by their names:
// impact started or started, detected or identified, accepted or acknowledged, fixed, mitigated or stabilised, resolved, closed. An
// incident ends when it was resolved, fixed or mitigated; the time at which its paperwork was closed is the last resort. Declined,
// cancelled and merged incidents are none (deleted). Tests and tutorials are drills. Of private incidents neither the name nor any
// text leaves the account: their times, severity and services do.
//
// # Causes
//
// A pull request or merge request that is attached is a candidate: method attachment, score .9. It may be the fix as well; a change
// that landed after the incident had begun is no cause for derive, whatever is attached. A custom field that holds the cause
// ([Options.CauseFields]) is a person's declaration, score 1. The summary is a person's text: "caused by" and a change, score .8.
package incidentio
