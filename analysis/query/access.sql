-- Mature changes and mistakes by what may lie between using AI and a mistake (permission, review, size) and by cluster, a
-- team where it is known. Changes whose permission or review is not known cannot be compared at equal access; they are
-- under permission '' with no more than their counts.
SELECT
    if(known, toString(c.permission), '') AS permission,
    if(known, toString(c.review_state), '') AS review,
    if(known, multiIf(NOT c.size_known, 6, lines <= 10, 1, lines <= 50, 2, lines <= 250, 3, lines <= 1000, 4, 5), 0) AS bucket,
    if(known, if(c.team != '', cityHash64(c.team), cityHash64(c.repo, toStartOfQuarter(c.landed_at))), 0) AS cluster,
    countIf(c.author_class = 'ai_agent') AS agent_changes,
    countIf(c.author_class = 'ai_agent' AND event) AS agent_events,
    countIf(c.author_class = 'ai_assisted') AS assisted_changes,
    countIf(c.author_class = 'ai_assisted' AND event) AS assisted_events,
    countIf(c.author_class IN ('human', 'unknown')) AS reference_changes,
    countIf(c.author_class IN ('human', 'unknown') AND event) AS reference_events
FROM
(
    SELECT *, additions + deletions AS lines,
        permission NOT IN ('', 'unknown') AND review_state NOT IN ('', 'not_collected') AS known,
        ifNull(incident_at <= landed_at + INTERVAL 14 DAY, false) OR ifNull(reverted_at <= landed_at + INTERVAL 14 DAY, false)
            OR isNotNull(hotfixed_at) OR ifNull(failed_at <= landed_at + INTERVAL 14 DAY, false) AS event
    FROM changes FINAL
    WHERE mature AND author_class IN ('ai_agent', 'ai_assisted', 'human', 'unknown')
) AS c
GROUP BY permission, review, bucket, cluster
ORDER BY permission, review, bucket, cluster
