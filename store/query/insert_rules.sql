INSERT INTO rules (source, scope, kind, id, name, enforcement, approvals, bypass, raw, seen_at, version)
