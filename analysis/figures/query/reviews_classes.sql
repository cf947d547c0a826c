-- Changes that landed without a second person who approved their last state before, by who or what wrote them. Changes whose reviews
-- were not collected are counted apart. Nothing is told of fewer than five people's changes.
WITH uniqUpToArrayMerge(5)(who) < {smallest:UInt8} AS few
SELECT
    arrayJoin(arrayConcat(
        if(class IN ('ai_agent', 'ai_assisted'), ['ai'], []),
        [if(class IN ('human', 'unknown'), 'no_ai', class)])) AS written_by,
    arraySort(groupUniqArray(class)) AS classes,
    if(few, NULL, sumIf(n, review_state NOT IN ('independent', 'not_collected'))) AS skipped,
    if(few, NULL, sumIf(n, review_state != 'not_collected')) AS collected,
    if(collected > 0, skipped / collected, NULL) AS share,
    if(few, NULL, sumIf(n, review_state = 'not_collected')) AS not_collected,
    if(few, 'fewer than five people stand behind them', '') AS hidden
FROM
(
    SELECT toString(c.author_class) AS class, toString(c.review_state) AS review_state, count() AS n, uniqUpToArrayState(5)(c.people) AS who
    FROM changes AS c FINAL
    WHERE c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
    GROUP BY c.author_class, c.review_state
)
GROUP BY written_by
ORDER BY indexOf(['ai', 'ai_agent', 'ai_assisted', 'no_ai', 'automation'], written_by)
