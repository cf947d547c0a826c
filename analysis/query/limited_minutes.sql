-- Minutes of outage by author class, in every repository and quarter with any, and at equal permission, review and size
-- where that is asked for: strata without minutes are of no weight. Mature changes; an incident counts within 14 days.
SELECT
    c.repo AS repo,
    toStartOfQuarter(c.landed_at) AS quarter,
    countIf(c.author_class = 'ai_agent') AS agent_changes,
    sumIf(c.minutes, c.author_class = 'ai_agent') AS agent_minutes,
    sumIf(c.minutes * c.minutes, c.author_class = 'ai_agent') AS agent_squares,
    countIf(c.author_class = 'ai_assisted') AS assisted_changes,
    sumIf(c.minutes, c.author_class = 'ai_assisted') AS assisted_minutes,
    sumIf(c.minutes * c.minutes, c.author_class = 'ai_assisted') AS assisted_squares,
    countIf(c.author_class IN ('human', 'unknown')) AS reference_changes,
    sumIf(c.minutes, c.author_class IN ('human', 'unknown')) AS reference_minutes,
    sumIf(c.minutes * c.minutes, c.author_class IN ('human', 'unknown')) AS reference_squares
FROM
(
    SELECT repo, landed_at, author_class,
        if({direct:Bool}, cityHash64(permission, review_state, multiIf(NOT size_known, 6, additions + deletions <= 10, 1, additions + deletions <= 50, 2,
            additions + deletions <= 250, 3, additions + deletions <= 1000, 4, 5)), 0) AS path,
        if(ifNull(incident_at <= landed_at + INTERVAL 14 DAY, false), outage_minutes, 0.) AS minutes
    FROM changes FINAL
    WHERE mature AND author_class != 'automation'
) AS c
GROUP BY repo, quarter, path
HAVING sum(c.minutes) > 0
ORDER BY repo, quarter, path
