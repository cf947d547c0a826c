INSERT INTO causes (repo, source, incident, role, kind, ref, method, score, stated_at, version)
SELECT repo, 'pager', toString(n), 'cause', 'commit', sha, 'declared', 0.9, at + 9000, 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64}) WHERE struck AND explained
