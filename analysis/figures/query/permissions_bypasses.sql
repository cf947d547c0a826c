-- Changes that were landed by overriding the rules of the default branch, and overrides that no change is found for; the newest 200.
SELECT
    b.at AS at,
    b.repo AS repo,
    if(b.sha = '', NULL, concat(b.repo, '@', b.sha)) AS change_id,
    nullIf(c.team, '') AS team,
    nullIf(toString(c.author_class), '') AS class,
    CAST(b.rules, 'Array(String)') AS rules,
    b.asks_review AS asks_review,
    nullIf(toString(c.review_state), '') AS review_state
FROM (SELECT * FROM bypasses FINAL) AS b
LEFT JOIN
(
    SELECT repo, sha, team, author_class, review_state, tier
    FROM changes FINAL
    WHERE repo IN (SELECT repo FROM bypasses) AND sha IN (SELECT sha FROM bypasses)
) AS c ON c.repo = b.repo AND c.sha = b.sha
WHERE b.at >= {from:DateTime64(0, 'UTC')} AND b.at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR b.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
ORDER BY b.at DESC, b.repo, b.source, b.id
LIMIT 200
