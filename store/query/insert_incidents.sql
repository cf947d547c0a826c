INSERT INTO incidents (source, id, title, severity, declared_at, started_at, resolved_at, updated_at, services, repos, url,
    cause_type, drill, deleted, version)
