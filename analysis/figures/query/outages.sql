-- Outages that began in the time, newest first, each with the change that it comes from where one is found; view outages says how.
SELECT
    o.outage AS id,
    o.title AS title,
    o.began AS began,
    o.ended AS ended,
    nullIf(o.severity, 0) AS severity,
    o.minutes AS minutes,
    o.services AS services,
    o.cause AS cause,
    o.cause_type AS cause_type,
    nullIf(o.change_id, '') AS change_id,
    nullIf(o.author_class, '') AS class,
    nullIf(o.tool, '') AS tool,
    nullIf(o.permission, '') AS permission,
    nullIf(o.review_state, '') AS review_state,
    nullIf(o.method, '') AS method,
    if(o.cause = 'change', o.score, NULL) AS score,
    CAST(if(o.cause = 'change', o.score < 0.8, NULL), 'Nullable(Bool)') AS probable,
    nullIf(o.repo, '') AS repo,
    nullIf(o.team, '') AS team,
    nullIf(o.tier, 0) AS tier
FROM outages AS o
WHERE o.began >= {from:DateTime64(0, 'UTC')} AND o.began < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR o.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR o.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR o.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR o.author_class IN {classes:Array(String)})
    AND (empty({severities:Array(UInt8)}) OR o.severity IN {severities:Array(UInt8)})
    AND (empty({causes:Array(String)}) OR o.cause IN {causes:Array(String)})
ORDER BY o.began DESC, o.outage
