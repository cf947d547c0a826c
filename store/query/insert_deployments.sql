INSERT INTO deployments (repo, id, sha, environment, source, creator, creator_kind, created_at, finished_at, failed, version)
