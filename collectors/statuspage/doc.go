// Package statuspage collects incidents from public status pages of the kind that Statuspage serves: GET /api/v2/incidents.json.
//
// A page shows its latest fifty incidents and cannot be turned. They are asked for often and kept; when a full page holds none
// that was known, those between were lost, and the ledger says so. What is older comes from an export, see
// collectors/incidentfile: the ids are the same.
//
// # How things are read
//
// Impact is what the page's owner tells the public: critical is level 1, major 2, minor 3, none 4. Planned maintenance is no
// incident: it is kept as a drill, which is counted nowhere, as collectors/incidentfile keeps it. Components that were affected, by the incident or by any of its updates, are the
// services. An incident is mitigated when it is first monitored.
//
// # Causes
//
// Updates speak of deployments and reverts, nearly always of the remedy. Only "caused by" directly before a link or before
// owner/name#12 or owner/name@hash is a cause (method text, .8); a bare number or hash is, where [Options.Repos] leaves no choice
// of repository.
package statuspage
