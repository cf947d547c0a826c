// Package pagerduty collects the incidents of a PagerDuty account: what broke, when it was acknowledged and resolved, and which
// changes PagerDuty relates to it.
//
// # What is asked
//
// GET /incidents in the order of creation; for each new or changed one GET /incidents/{id}/log_entries (the first
// acknowledgement, the last resolution, notes, links of the trigger) and GET /incidents/{id}/related_change_events. Three calls an
// incident, once, and one call a hundred incidents that did not change.
//
// # Completeness
//
// A list ends at offset 10,000, so a walk begins anew at the last creation time long before that; and a list covers at most six
// months, so it goes window by window. Incidents cannot be listed by their last change. Those that are open are listed at every
// run; those that are known as open and are not on that list, and at every [Options.Sweep] all that were created or changed
// within [Options.Settle], are read again. The cursor moves with each page of the ascending walk.
//
// # Causes
//
// Related change events are what PagerDuty's correlation says, not what a person found: .5 for the learned correlation
// (intelligent), .4 for a change of a related service, .3 for merely the most recent one. A link of the alert that opened the
// incident was attached by the monitoring before anybody looked: method attachment, score .5. A note that says "caused by" and a
// change is a person's word: method text, score .8 (see collectors/outage). Incidents of PagerDuty have no cause type, no begin
// other than their creation, and no time of mitigation.
//
// An incident that cannot be read any more becomes a tombstone: it was deleted, or the token's teams no longer include it.
package pagerduty
