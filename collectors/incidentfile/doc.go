// Package incidentfile reads incidents from files: JSON lines or CSV in the format below, and what Statuspage, mrshu's list of
// GitHub's incidents and Opsgenie export.
//
// # Format
//
// One incident a line (JSON) or row (CSV, with a header). Names marked * must be there.
//
//	incident_id* source* title* declared_at* updated_at*
//	status severity started_at detected_at acknowledged_at mitigated_at resolved_at
//	services repos environment url summary postmortem_url is_drill deleted cause_type
//	causes fixes
//
// Times are RFC 3339 with a zone. Severity is sev1 … sev5 or a word such as critical. cause_type is change, config, capacity,
// dependency, hardware, security or unknown. services and repos are lists; in CSV, joined by ";". Any other name is kept as it
// is, see [record.Incident.Extra].
//
// causes and fixes are lists of the same shape: kind (commit, pull_request, deployment, release, config, flag, action), repo, ref, url,
// method (declared, attachment, change_event, issue_link, text, time_window), confidence from 0 to 1, declared_by, declared_at. In
// CSV they are JSON, or kind:owner/name@ref, kind:ref, or a link, joined by ";". The repository may be left out where the incident has
// one; a change of no known repository is refused, since nothing could be linked to it. What fixed an incident is never taken for
// its cause, and no word of a title or summary makes one.
//
// The key is (source, incident_id), and the newest updated_at wins: a file may be imported again, and an older one later. A cause
// that the next state of a file leaves out of its list is taken back; a row without the name causes says nothing about them.
// Confidence 0 takes back what another file said. GitHub's incidents have the key that the status page gives them, and planned
// maintenance is kept as a drill, which is counted nowhere.
//
// # What is wrong with a line
//
// A line that cannot be taken is reported with file, line and field, and kept in FILE.rejected.jsonl beside the file, as it was and
// with what is wrong; the others go in. That file is made anew by the next import, and goes when nothing is wrong any more. Until
// then every run says so. A quote that is never closed, a line of more than 1 MB or one that is not UTF-8 costs no other row.
//
// # Running it
//
// A command imports as a schedule does: [New] with an absolute path, so that both share a cursor, and Again set; its task goes through
// the runner, and [Source.Results] says file by file what was taken and what is wrong.
package incidentfile
