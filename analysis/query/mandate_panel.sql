-- Mature changes by team and month: how many, how many with AI, how many were mistakes, and how many landed without a second
-- person, of those whose reviews are known. Automation is nobody's adoption. A mistake is the union of its parts, once a change.
SELECT
    cityHash64(c.team) AS team,
    toStartOfMonth(c.landed_at) AS month,
    count() AS changes,
    countIf(c.author_class IN ('ai_agent', 'ai_assisted')) AS ai_changes,
    countIf(
        ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false)
        OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
        OR isNotNull(c.hotfixed_at)
        OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false)) AS mistakes,
    countIf(c.review_state NOT IN ('', 'not_collected')) AS reviewable,
    countIf(c.review_state NOT IN ('', 'not_collected', 'independent')) AS alone
FROM changes AS c FINAL
WHERE c.mature AND c.team != '' AND c.author_class != 'automation'
GROUP BY team, month
ORDER BY team, month
