INSERT INTO profiles (repo, team, tier, services, version)
SELECT repo, concat('team-', toString(r % 300)), 1 + r % 3, [concat('svc-', toString(r))], 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64}) WHERE position = 1
