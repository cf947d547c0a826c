-- What was there instead of a second person, by author class: shares of the changes whose reviews were collected. Nothing is told of
-- a class of fewer than five people.
WITH ['none', 'self', 'ai_only', 'stale', 'after_merge', 'bypassed'] AS reasons
SELECT
    told.1 AS reason,
    written_by,
    classes,
    if(few, NULL, told.2) AS changes,
    if(few, NULL, of_) AS of,
    if(of > 0, changes / of, NULL) AS share,
    if(few, 'fewer than five people stand behind them', '') AS hidden
FROM
(
    SELECT
        if(c.author_class IN ('human', 'unknown'), 'no_ai', toString(c.author_class)) AS written_by,
        arraySort(groupUniqArray(toString(c.author_class))) AS classes,
        uniqUpToArray(5)(c.people) < {smallest:UInt8} AS few,
        count() AS of_,
        sumMap([toString(c.review_state)], [toUInt64(1)]) AS found,
        arrayJoin(arrayMap(r -> (r, found.2[indexOf(found.1, r)]), reasons)) AS told
    FROM changes AS c FINAL
    WHERE c.review_state NOT IN ('', 'not_collected') AND c.author_class != 'automation'
        AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
    GROUP BY written_by
)
ORDER BY indexOf(reasons, reason), indexOf(['ai_agent', 'ai_assisted', 'no_ai'], written_by)
