INSERT INTO rule_suites (source, repo, id, actor, actor_kind, ref, before_sha, after_sha, at, result, rules, version)
SELECT 'github', repo, toString(n), author, 'person', 'refs/heads/main', parent, sha, at + 1, 'bypass', ['pull_request'], 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64}) WHERE bypassed
