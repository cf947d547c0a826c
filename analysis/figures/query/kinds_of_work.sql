-- Mature changes and mistakes of agents and with no AI recorded by kind of work. Shares, rates and the rows of all work are worked
-- out from these in Go.
SELECT
    if(c.additions + c.deletions <= 50, 'small', 'large') AS size,
    multiIf(c.tier = 1, 'high', c.tier > 1, 'low', 'unknown') AS tier,
    arraySort(groupUniqArray(c.tier)) AS tiers,
    countIf(c.author_class != 'ai_agent') AS reference,
    countIf(c.author_class != 'ai_agent' AND event) AS reference_mistakes,
    countIf(c.author_class = 'ai_agent') AS agent,
    countIf(c.author_class = 'ai_agent' AND event) AS agent_mistakes
FROM
(
    SELECT x.tier, x.additions, x.deletions, x.author_class,
        ifNull(x.incident_at <= x.landed_at + INTERVAL 14 DAY, false) OR ifNull(x.reverted_at <= x.landed_at + INTERVAL 14 DAY, false)
            OR isNotNull(x.hotfixed_at) OR ifNull(x.failed_at <= x.landed_at + INTERVAL 14 DAY, false) AS event
    FROM changes AS x FINAL
    WHERE x.mature AND x.size_known AND x.author_class IN ('ai_agent', 'human', 'unknown')
        AND x.landed_at >= {from:DateTime64(0, 'UTC')} AND x.landed_at < {to:DateTime64(0, 'UTC')}
        AND (empty({repos:Array(String)}) OR x.repo IN {repos:Array(String)})
        AND (empty({teams:Array(String)}) OR x.team IN {teams:Array(String)})
        AND (empty({tiers:Array(UInt8)}) OR x.tier IN {tiers:Array(UInt8)})
) AS c
GROUP BY size, tier
ORDER BY size DESC, indexOf(['low', 'high', 'unknown'], tier)
