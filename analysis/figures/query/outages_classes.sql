-- Outages that began in the time, by who or what wrote the change that each comes from, or by what is known instead. `classes` are the
-- author classes of a group, by which its outages are listed; there are none where no change is found. A median is of five or more.
SELECT
    multiIf(o.cause = 'elsewhere', 'elsewhere', o.cause = 'unknown', 'not_known', o.author_class IN ('human', 'unknown'), 'no_ai', o.author_class) AS written_by,
    arraySort(groupUniqArrayIf(o.author_class, o.cause = 'change')) AS classes,
    any(o.cause) AS cause,
    count() AS outages,
    countIf(o.cause = 'change' AND o.score < 0.8) AS probable,
    countIf(isNull(o.ended)) AS going_on,
    if(count(o.minutes) >= 5, quantileExactInclusive(0.5)(o.minutes), NULL) AS median_minutes,
    if(count(o.minutes) >= 5, '', 'fewer than five are over') AS no_median,
    max(o.minutes) AS longest_minutes,
    sum(o.minutes) AS minutes
FROM outages AS o
WHERE o.began >= {from:DateTime64(0, 'UTC')} AND o.began < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR o.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR o.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR o.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR o.author_class IN {classes:Array(String)})
    AND (empty({severities:Array(UInt8)}) OR o.severity IN {severities:Array(UInt8)})
    AND (empty({causes:Array(String)}) OR o.cause IN {causes:Array(String)})
GROUP BY written_by
ORDER BY indexOf(['ai_agent', 'ai_assisted', 'no_ai', 'automation', 'not_known', 'elsewhere'], written_by)
