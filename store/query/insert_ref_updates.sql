INSERT INTO ref_updates (repo, ref, old, new, forced, seen_at, version)
