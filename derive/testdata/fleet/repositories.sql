INSERT INTO repositories (repo, path, default_branch, root, version)
SELECT DISTINCT repo, 'bench', 'refs/heads/main', '', 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64}) WHERE position = 1
