INSERT INTO incidents (source, id, title, severity, declared_at, started_at, resolved_at, updated_at, services,
    repos, url, cause_type, drill, deleted, status, detected_at, acknowledged_at, mitigated_at, environment, summary,
    postmortem_url, extra, version)
