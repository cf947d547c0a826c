INSERT INTO members (source, account, person, team, from_at, version)
SELECT source, concat(person, if(source = 'git', '@example.com', '')), person, team, toDateTime64('2020-01-01 00:00:00', 0, 'UTC'), 1
FROM (SELECT concat('person-', leftPad(toString(number), 5, '0')) AS person, concat('team-', toString(intDiv(number, 66))) AS team FROM numbers(19800)) AS p
ARRAY JOIN ['git', 'github'] AS source
