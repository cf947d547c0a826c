INSERT INTO placements
SELECT repo, sha, true, position, sha, [], [], [], [], false, 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64})
