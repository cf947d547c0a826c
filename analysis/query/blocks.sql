-- Strata of tier, permission, size, review and week that have an event of the outcome: coarse, and only weeks whose changes
-- are all mature, so that a stratum never changes once it is there.
SELECT countIf(exposed AND event) AS a, countIf(exposed) AS n1, countIf(NOT exposed AND event) AS c, countIf(NOT exposed) AS n0
FROM
(
    SELECT
        v.tier AS tier, v.permission AS permission, v.review_state AS review, toMonday(v.landed_at) AS week,
        multiIf(isNull(v.size_lines), 6, v.size_lines <= 10, 1, v.size_lines <= 50, 2, v.size_lines <= 250, 3, v.size_lines <= 1000, 4, 5) AS size,
        v.author_class IN ('ai_agent', 'ai_assisted') AS exposed,
        CASE {outcome:String}
            WHEN 'incident' THEN v.incident WHEN 'major' THEN v.major WHEN 'reverted_14d' THEN v.reverted_14d WHEN 'hotfixed_72h' THEN v.hotfixed
            WHEN 'failed_deployment' THEN v.failed_deployment WHEN 'rework_21d' THEN v.reworked ELSE v.mistake END AS event
    FROM baserate.changes AS v
    WHERE v.mature AND (v.author_class IN ('human', 'unknown') OR v.author_class IN ('ai_agent', 'ai_assisted') AND {exposure:String} IN (v.author_class, 'ai'))
        AND toMonday(v.landed_at) < toMonday((SELECT max(landed_at) FROM baserate.changes WHERE mature))
)
GROUP BY tier, permission, review, week, size
HAVING a + c > 0
ORDER BY week, tier, permission, review, size
