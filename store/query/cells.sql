-- Counts by stratum (repository, quarter and, when asked, size) of every author class: changes whose 14 days are over,
-- and those of them with the outcome. Only strata with an event are returned: the others say nothing about a ratio.
SELECT
    cityHash64(repo, toStartOfQuarter(landed_at), bucket) AS stratum,
    -- until teams are known, incidents are taken to be related within a repository and quarter
    cityHash64(repo, toStartOfQuarter(landed_at)) AS cluster,
    if({by_size:Bool}, multiIf(size_lines <= 10, 1, size_lines <= 50, 2, size_lines <= 250, 3, size_lines <= 1000, 4, isNull(size_lines), 6, 5), 0) AS bucket,
    countIf(author_class = 'ai_agent') AS agent_changes,
    countIf(author_class = 'ai_agent' AND event) AS agent_events,
    countIf(author_class = 'ai_assisted') AS assisted_changes,
    countIf(author_class = 'ai_assisted' AND event) AS assisted_events,
    countIf(author_class = 'human') AS human_changes,
    countIf(author_class = 'human' AND event) AS human_events,
    countIf(author_class = 'unknown') AS unknown_changes,
    countIf(author_class = 'unknown' AND event) AS unknown_events
FROM
(
    SELECT *,
        CASE {outcome:String} WHEN 'mistake' THEN mistake WHEN 'reverted_14d' THEN reverted_14d WHEN 'hotfixed_72h' THEN hotfixed ELSE false END AS event
    FROM baserate.changes
    WHERE mature AND author_class != 'automation'
)
GROUP BY stratum, cluster, bucket
HAVING agent_events + assisted_events + human_events + unknown_events > 0
ORDER BY stratum
