INSERT INTO activities (source, repo, id, kind, actor, actor_kind, ref, before_sha, after_sha, at, version)
SELECT 'github', repo, toString(n), if(pushed, 'push', 'pr_merge'), if(pushed, author, reviewer), 'person', 'refs/heads/main', parent, sha, at + 1, 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64})
