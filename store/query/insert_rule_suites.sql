INSERT INTO rule_suites (source, repo, id, actor, actor_kind, ref, before_sha, after_sha, at, result, rules, reason,
    version)
