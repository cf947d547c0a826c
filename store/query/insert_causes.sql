INSERT INTO causes (repo, source, incident, role, kind, ref, method, score, stated_at, url, by_source, stated_by, version)
