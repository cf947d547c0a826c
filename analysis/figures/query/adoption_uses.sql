-- Changes by week and by what AI did in them: wrote them, helped a person, or was all that approved them. The last is told of changes
-- whose reviews are known.
-- Clocks that run fast date changes after the collection: what is dated after its day is left out, and the lists end with it.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    toDate(collected_at) + 1 AS end
SELECT
    toMonday(c.landed_at) AS week,
    least(week + 7, end) AS until,
    CAST(week = (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at), 'Bool') AS open,
    count() AS changes,
    countIf(c.author_class = 'ai_agent') AS agent,
    agent / changes AS agent_share,
    countIf(c.author_class = 'ai_assisted') AS assisted,
    assisted / changes AS assisted_share,
    if(reviewed = 0, NULL, countIf(c.review_state = 'ai_only')) AS approved,
    countIf(c.review_state NOT IN ('', 'not_collected')) AS reviewed,
    approved / reviewed AS approved_share
FROM changes AS c FINAL
WHERE c.landed_at < end AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
GROUP BY week
ORDER BY week
