INSERT INTO payloads (source, kind, scope, id, body, keep_until, version)
