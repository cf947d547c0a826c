-- Mistakes among changes with AI, or of the classes that were asked for, by what the account that landed them could do and by their
-- review. Of changes that are old enough to tell, and of known permission and review. A cell of fewer than 100 changes, or of fewer
-- than five people's, is too small for a rate. A ratio is of ten mistakes or more on both sides.
WITH ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels
SELECT
    toString(c.permission) AS permission,
    multiIf(c.review_state IN ('stale', 'after_merge'), 'another_state', c.review_state IN ('none', 'bypassed'), 'none', toString(c.review_state)) AS review,
    arraySort(groupUniqArray(toString(c.author_class))) AS classes,
    arraySort(groupUniqArray(toString(c.review_state))) AS states,
    count() AS changes,
    CAST(uniqUpToArray(5)(c.people) < {smallest:UInt8} OR changes < 100, 'Bool') AS few,
    if(few, NULL, countIf(ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false) OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
        OR isNotNull(c.hotfixed_at) OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false))) AS mistakes,
    1000 * mistakes / changes AS per_1000,
    if(mistakes >= 10 AND anyIf(mistakes, review = 'independent') OVER of_level >= 10,
        per_1000 / anyIf(per_1000, review = 'independent') OVER of_level, NULL) AS ratio
FROM changes AS c FINAL
WHERE c.mature AND c.permission IN levels AND c.review_state NOT IN ('', 'not_collected')
    AND c.author_class IN if(empty({classes:Array(String)}), ['ai_agent', 'ai_assisted'], {classes:Array(String)})
    AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
    AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
    AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
    AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
GROUP BY c.permission, review
WINDOW of_level AS (PARTITION BY permission)
ORDER BY indexOf(levels, permission), indexOf(['independent', 'another_state', 'ai_only', 'self', 'none'], review)
