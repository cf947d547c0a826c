INSERT INTO simulated (repo, at, id, author, team, tier, permission, lines, files, reviewed, class, denied, late, incident_after,
    severity, outage, control_after)
