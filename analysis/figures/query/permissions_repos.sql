-- Repositories in which agents' changes landed by accounts that could merge and deploy: how many, how many of them without a second
-- person, and when that was last.
SELECT
    c.repo AS repo,
    nullIf(p.team, '') AS team,
    nullIf(any(c.tier), 0) AS tier,
    countIf(c.permission = 'operator') AS operator,
    count() AS known,
    operator / known AS share,
    countIf(c.permission = 'operator' AND c.review_state NOT IN ('', 'independent', 'not_collected')) AS skipped,
    maxOrNullIf(c.landed_at, c.permission = 'operator') AS last_at,
    maxOrNullIf(c.landed_at, c.permission = 'operator' AND c.review_state NOT IN ('', 'independent', 'not_collected')) AS last_skipped_at
FROM changes AS c FINAL
LEFT JOIN (SELECT repo, toString(team) AS team FROM profiles FINAL) AS p ON p.repo = c.repo
WHERE c.author_class = 'ai_agent' AND c.permission NOT IN ('', 'unknown')
    AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
GROUP BY c.repo, p.team
HAVING operator > 0
ORDER BY repo
