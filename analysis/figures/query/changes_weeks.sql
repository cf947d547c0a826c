-- Changes by week of landing and author class. The week that the data end in is not over.
-- Clocks that run fast date changes after the collection: what is dated after its day is left out, and the lists end with it.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    toDate(collected_at) + 1 AS end
SELECT
    toMonday(c.landed_at) AS week,
    least(week + 7, end) AS until,
    CAST(week = (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at), 'Bool') AS open,
    countIf(c.author_class = 'ai_agent') AS ai_agent,
    countIf(c.author_class = 'ai_assisted') AS ai_assisted,
    countIf(c.author_class = 'human') AS human,
    countIf(c.author_class = 'unknown') AS unknown,
    countIf(c.author_class = 'automation') AS automation
FROM changes AS c FINAL
WHERE c.landed_at < end AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
GROUP BY week
ORDER BY week
