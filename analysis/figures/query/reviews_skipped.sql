-- Changes that landed without a second person who approved their last state before: of the most critical repositories first, then the
-- greatest; the first 200. afterwards: a person approved it when it had landed.
SELECT
    c.change_id AS change_id,
    c.title AS title,
    c.landed_at AS landed,
    c.repo AS repo,
    nullIf(c.team, '') AS team,
    nullIf(c.tier, 0) AS tier,
    toString(c.author_class) AS class,
    toString(c.review_state) AS reason,
    toString(c.permission) AS permission,
    if(c.size_known, c.additions + c.deletions, NULL) AS lines,
    CAST(c.review_state = 'after_merge', 'Bool') AS afterwards
FROM changes AS c FINAL
WHERE c.review_state NOT IN ('', 'not_collected', 'independent') AND c.author_class != 'automation'
    AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
ORDER BY if(c.tier = 0, 9, c.tier), lines DESC NULLS LAST, c.landed_at DESC, c.change_id
LIMIT 200
