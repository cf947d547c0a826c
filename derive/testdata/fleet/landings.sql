-- One row a landing, with all that the facts about it are made from. Nothing is random: each property is taken from a hash of
-- the landing's number. A change in thirty is a push without a pull request, and half of the pull requests have two commits.
CREATE OR REPLACE VIEW bench_landings AS
WITH (salt, n) -> sipHash64(salt, n) % 1000000 / 1000000 AS chance
SELECT
    number AS n, intDiv(number, {per:UInt64}) AS r, toUInt32(number % {per:UInt64} + 1) AS position, concat('org/', leftPad(toString(r), 5, '0')) AS repo,
    substring(lower(hex(sipHash128(n)) || hex(sipHash64(n))), 1, 40) AS sha,
    substring(lower(hex(sipHash128(n, 1)) || hex(sipHash64(n, 1))), 1, 40) AS head,
    substring(lower(hex(sipHash128(n, 2)) || hex(sipHash64(n, 2))), 1, 40) AS part,
    if(position = 1, '', substring(lower(hex(sipHash128(n - 1)) || hex(sipHash64(n - 1))), 1, 40)) AS parent,
    toDateTime64('2023-01-02 00:00:00', 0, 'UTC') + toIntervalSecond(intDiv(position * 156 * 604800, {per:UInt64})) AS at,
    concat('person-', leftPad(toString(r % 300 * 66 + sipHash64(3, n) % if(chance(4, n) < 0.9, 66, 20)), 5, '0')) AS author,
    concat('person-', leftPad(toString(r % 300 * 66 + sipHash64(5, n) % 66), 5, '0')) AS reviewer,
    chance(6, n) < 0.03 AS pushed,
    chance(7, n) < 0.5 AS parted,
    multiIf(chance(8, n) < 0.15, 'Co-Authored-By: Claude <noreply@anthropic.com>', chance(8, n) < 0.3, 'Assisted-by: GitHub Copilot', chance(8, n) < 0.4, 'AI-assisted: no', '') AS mark,
    chance(9, n) < 0.02 AS tasked, chance(10, n) < 0.8 AS reviewed, chance(11, n) < 0.005 AS bypassed, chance(12, n) < 0.5 AS deployed,
    chance(13, n) < 0.02 AS failed, chance(14, n) < 0.003 AS struck, chance(15, n) < 0.5 AS explained, chance(16, n) < 0.01 AS reverts
FROM numbers_mt({first:UInt64}, {rows:UInt64})
