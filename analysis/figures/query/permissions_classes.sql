-- Changes by what the account that landed them could do: how many by one that could merge and deploy (operator), how many of these
-- without a second person, and how many with more than the account's usual permission. Nothing is told of fewer than five people's
-- changes. limit is the share of unreviewed changes by such accounts that was agreed on (23 November 2026, by the makers of baserate).
WITH
    ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels,
    0.05 AS limit_,
    uniqUpToArrayMerge(5)(who) < {smallest:UInt8} AS few
SELECT
    arrayJoin(arrayConcat(
        if(class IN ('ai_agent', 'ai_assisted'), ['ai'], []),
        [if(class IN ('human', 'unknown'), 'no_ai', class)])) AS written_by,
    arraySort(groupUniqArray(class)) AS classes,
    if(few, NULL, sumIf(n, permission IN levels)) AS known,
    if(few, NULL, sumIf(n, permission = 'operator')) AS operator,
    if(known > 0, operator / known, NULL) AS operator_share,
    if(few, NULL, sumIf(n, permission = 'operator' AND review_state != 'not_collected')) AS operator_collected,
    if(few, NULL, sumIf(n, permission = 'operator' AND review_state NOT IN ('independent', 'not_collected'))) AS operator_skipped,
    if(operator_collected > 0, operator_skipped / operator_collected, NULL) AS skipped_share,
    limit_ AS limit,
    if(few, NULL, sum(both_known)) AS usual_known,
    if(few, NULL, sum(raised_n)) AS raised,
    if(usual_known > 0, raised / usual_known, NULL) AS raised_share,
    if(few, NULL, sumIf(n, permission NOT IN levels)) AS unknown,
    if(few, 'fewer than five people stand behind them', '') AS hidden
FROM
(
    SELECT toString(c.author_class) AS class, toString(c.permission) AS permission, toString(c.review_state) AS review_state, count() AS n,
        countIf(c.permission IN levels AND c.usual_permission IN levels) AS both_known,
        countIf(c.usual_permission IN levels AND indexOf(levels, c.permission) > indexOf(levels, c.usual_permission)) AS raised_n,
        uniqUpToArrayState(5)(c.people) AS who
    FROM changes AS c FINAL
    WHERE c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
    GROUP BY c.author_class, c.permission, c.review_state
)
GROUP BY written_by
ORDER BY indexOf(['ai', 'ai_agent', 'ai_assisted', 'no_ai', 'automation'], written_by)
