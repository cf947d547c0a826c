INSERT INTO seats (source, account, tool, plan, created_at, last_active_at, seen_at, version)
