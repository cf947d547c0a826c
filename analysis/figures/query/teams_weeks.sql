-- What landed week by week, as teams counts it, for small lines. Shares of changes are full counts; a rate of mistakes needs 100.
-- Clocks that run fast date changes after the collection: what is dated after its day is left out, and the lists end with it.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    toDate(collected_at) + 1 AS end
SELECT
    toMonday(c.landed_at) AS week,
    least(week + 7, end) AS until,
    CAST(week = (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at), 'Bool') AS open,
    count() AS changes,
    countIf(c.author_class IN ('ai_agent', 'ai_assisted')) AS ai,
    ai / changes AS ai_share,
    countIf(c.author_class = 'ai_agent') AS agent,
    agent / changes AS agent_share,
    countIf(c.mature) AS mature,
    countIf(c.mature AND (
        ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false)
        OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
        OR isNotNull(c.hotfixed_at)
        OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false))) AS mistakes,
    if(mature < 100, NULL, mistakes / mature) AS rate,
    nullIf(countIf(c.review_state NOT IN ('', 'not_collected')), 0) AS reviewed,
    if(isNull(reviewed), NULL, countIf(c.review_state NOT IN ('', 'not_collected', 'independent'))) AS alone,
    alone / reviewed AS alone_share,
    countIf(c.author_class = 'unknown') AS unknown,
    unknown / changes AS unknown_share,
    nullIf(countIf(c.permission NOT IN ('', 'unknown')), 0) AS levels,
    if(isNull(levels), NULL, countIf(c.permission = 'operator')) AS operator,
    operator / levels AS operator_share,
    quantileExactIf(0.5)(ifNull(dateDiff('second', c.opened_at, c.landed_at), 0) / 3600, isNotNull(c.opened_at)) AS hours,
    quantileExactIf(0.5)(c.additions + c.deletions, c.size_known) AS lines
FROM changes AS c FINAL
WHERE c.landed_at < end AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
GROUP BY week
ORDER BY week
