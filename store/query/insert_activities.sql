INSERT INTO activities (source, repo, id, kind, actor, actor_kind, ref, before_sha, after_sha, at, version)
