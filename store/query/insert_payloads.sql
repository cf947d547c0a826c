INSERT INTO payloads (source, kind, scope, id, body, version)
