INSERT INTO incidents (source, id, title, severity, declared_at, started_at, resolved_at, updated_at, services, cause_type, version)
SELECT 'pager', toString(n), 'disturbed', 1 + n % 5, at + 7500, at + 7200, at + 12000, at + 12000, [concat('svc-', toString(r))],
    if(n % 5 = 0, 'hardware', 'unknown'), 1
FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64})
WHERE struck
