INSERT INTO tombstones (source, kind, scope, id, reason, renamed_to, seen_at, version)
