-- Changes that landed without a second person who approved them before, of those whose reviews were collected, by week of landing and
-- author class. A week of fewer than five people's changes is left out of its class. The week that the data end in is not over.
-- Clocks that run fast date changes after the collection: what is dated after its day is left out, and the lists end with it.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    toDate(collected_at) + 1 AS end,
    (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at) AS last
SELECT
    toMonday(c.landed_at) AS week,
    least(week + 7, end) AS until,
    CAST(week = last, 'Bool') AS open,
    if(uniqUpToArrayIf(5)(c.people, c.author_class = 'ai_agent') < {smallest:UInt8}, NULL, countIf(c.author_class = 'ai_agent')) AS agent_of,
    if(isNull(agent_of), NULL, countIf(c.author_class = 'ai_agent' AND c.review_state != 'independent')) AS agent_skipped,
    agent_skipped / agent_of AS agent_share,
    if(uniqUpToArrayIf(5)(c.people, c.author_class = 'ai_assisted') < {smallest:UInt8}, NULL, countIf(c.author_class = 'ai_assisted')) AS assisted_of,
    if(isNull(assisted_of), NULL, countIf(c.author_class = 'ai_assisted' AND c.review_state != 'independent')) AS assisted_skipped,
    assisted_skipped / assisted_of AS assisted_share,
    if(uniqUpToArrayIf(5)(c.people, c.author_class IN ('human', 'unknown')) < {smallest:UInt8}, NULL, countIf(c.author_class IN ('human', 'unknown'))) AS no_ai_of,
    if(isNull(no_ai_of), NULL, countIf(c.author_class IN ('human', 'unknown') AND c.review_state != 'independent')) AS no_ai_skipped,
    no_ai_skipped / no_ai_of AS no_ai_share
FROM changes AS c FINAL
WHERE c.review_state NOT IN ('', 'not_collected') AND c.author_class != 'automation' AND c.landed_at < end
    AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
GROUP BY week
ORDER BY week
