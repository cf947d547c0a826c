-- Changes that landed with more than the usual permission of their account: that with which it landed most changes in this repository
-- in the 90 days before. The newest 200.
WITH ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels
SELECT
    c.landed_at AS landed,
    c.change_id AS change_id,
    c.repo AS repo,
    nullIf(c.team, '') AS team,
    nullIf(c.tier, 0) AS tier,
    toString(c.author_class) AS class,
    toString(c.usual_permission) AS usual,
    toString(c.permission) AS permission,
    nullIf(c.permission_source, '') AS by,
    toString(c.review_state) AS review_state,
    CAST(ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS outage
FROM changes AS c FINAL
WHERE indexOf(levels, c.usual_permission) > 0 AND indexOf(levels, c.permission) > indexOf(levels, c.usual_permission) AND c.author_class != 'automation'
    AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
ORDER BY c.landed_at DESC, c.change_id
LIMIT 200
