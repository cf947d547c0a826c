INSERT INTO permissions (repo, source, account, kind, level, grant, seen_at, version)
