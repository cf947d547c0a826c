INSERT INTO pull_events (source, repo, number, id, kind, actor, actor_kind, at, before_sha, after_sha, version)
