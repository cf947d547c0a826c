-- Changes by week of landing, author class and what the account that landed them could do. A week of fewer than five people's changes
-- is left out of its class. The week that the data end in is not over.
-- Clocks that run fast date changes after the collection: what is dated after its day is left out, and the lists end with it.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    toDate(collected_at) + 1 AS end,
    (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at) AS last
SELECT
    if(c.author_class IN ('human', 'unknown'), 'no_ai', toString(c.author_class)) AS written_by,
    arraySort(groupUniqArray(toString(c.author_class))) AS classes,
    toMonday(c.landed_at) AS week,
    least(week + 7, end) AS until,
    CAST(week = last, 'Bool') AS open,
    count() AS known,
    countIf(c.permission IN ('none', 'read', 'triage')) AS reading,
    countIf(c.permission = 'write') AS write,
    countIf(c.permission = 'maintain') AS maintain,
    countIf(c.permission = 'admin') AS admin,
    countIf(c.permission = 'operator') AS operator
FROM changes AS c FINAL
WHERE c.permission NOT IN ('', 'unknown') AND c.author_class != 'automation' AND c.landed_at < end
    AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
GROUP BY written_by, week
HAVING uniqUpToArray(5)(c.people) >= {smallest:UInt8}
ORDER BY written_by, week
