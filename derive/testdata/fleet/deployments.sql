INSERT INTO deployments (repo, id, sha, environment, source, creator, created_at, finished_at, failed, version)
SELECT repo, toString(n), sha, if(n % 4 = 0, 'staging', 'production'), 'github', 'deployer', at + 60, at + 600, failed, 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64}) WHERE deployed
