-- Repositories in which AI agents landed changes, in the order of the alphabet, and with which permission.
SELECT
    toString(c.repo) AS repo,
    any(c.tier) AS tier,
    count() AS changes,
    nullIf(countIf(c.permission NOT IN ('', 'unknown')), 0) AS levels,
    if(isNull(levels), NULL, countIf(c.permission = 'operator')) AS operator,
    nullIf(countIf(c.permission = 'operator' AND c.review_state NOT IN ('', 'not_collected')), 0) AS operator_reviewed,
    if(isNull(operator_reviewed), NULL, countIf(c.permission = 'operator' AND c.review_state NOT IN ('', 'not_collected', 'independent'))) AS operator_alone,
    max(c.landed_at) AS last_at
FROM changes AS c FINAL
WHERE c.author_class = 'ai_agent' AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
GROUP BY repo
ORDER BY repo
