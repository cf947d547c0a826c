-- What is missing of what the pages are told from, for whoever can add it: outages of the teams of which nothing says what caused them,
-- changes whose author class nothing tells, and changes whose reviews are not collected. Without any outage they are not collected.
WITH
    (
        SELECT (count(), countIf(o.cause = 'unknown'))
        FROM outages AS o
        WHERE o.began >= {from:DateTime64(0, 'UTC')} AND o.began < {to:DateTime64(0, 'UTC')}
            AND (empty({repos:Array(String)}) OR o.repo IN {repos:Array(String)})
            AND (empty({teams:Array(String)}) OR o.team IN {teams:Array(String)})
            AND (empty({tiers:Array(UInt8)}) OR o.tier IN {tiers:Array(UInt8)})
    ) AS struck,
    (SELECT count() > 0 FROM incidents) AS collected
SELECT
    if(collected, struck.1, NULL) AS outages,
    if(collected, struck.2, NULL) AS unlinked,
    count() AS changes,
    countIf(c.author_class = 'unknown') AS unknown,
    countIf(c.review_state = 'not_collected') AS uncollected
FROM changes AS c FINAL
WHERE c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
