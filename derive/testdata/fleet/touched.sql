INSERT INTO touched (repo, since, version)
SELECT repo, toDateTime64('1900-01-01 00:00:00', 0, 'UTC'), 1 FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64}) WHERE position = 1
