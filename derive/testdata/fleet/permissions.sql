INSERT INTO permissions (repo, source, account, kind, level, grant, seen_at, version)
SELECT concat('org/', leftPad(toString(r), 5, '0')), 'github', concat('person-', leftPad(toString(r % 300 * 66 + k), 5, '0')), 'person',
    if(k % 7 = 0, 'admin', 'write'), 'team', toDateTime64('2022-12-31 00:00:00', 0, 'UTC') + toIntervalMonth(3 * q), 1
FROM (SELECT intDiv({first:UInt64}, {per:UInt64}) + number AS r FROM numbers(intDiv({rows:UInt64}, {per:UInt64}))) AS repos
CROSS JOIN (SELECT number AS k FROM numbers(66)) AS accounts
CROSS JOIN (SELECT number AS q FROM numbers(12)) AS quarters
