INSERT INTO reviews (source, repo, number, id, author, author_kind, state, sha, submitted_at, version)
SELECT 'github', repo, position, toString(n), reviewer, 'person', if(n % 11 = 0, 'commented', 'approved'), if(n % 13 = 0, part, head), at - 3600, 1
FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64})
WHERE NOT pushed AND reviewed
