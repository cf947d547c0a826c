-- The strata of the developer design, summed up from their parts over all repositories: of every author with a part that is
-- newer than the strata. Runs once after all repositories, not after each piece of them, since an author works in several;
-- a run cut off before is made up for by the next. What its strata were before is deleted under a lower version, so that
-- only what is made again lives on.
INSERT INTO strata (outcome, design, adjustment, repo, author, stratum, cluster, leads,
    agent_changes, agent_events, assisted_changes, assisted_events, human_changes, human_events,
    unknown_changes, unknown_events, automation_changes, automation_events,
    rest_agent_changes, rest_agent_events, rest_assisted_changes, rest_assisted_events, rest_human_changes, rest_human_events,
    rest_unknown_changes, rest_unknown_events, rest_automation_changes, rest_automation_events,
    version, is_deleted)
WITH
    renewed AS
    (
        SELECT DISTINCT s.author
        FROM strata AS s
        WHERE s.outcome = '' AND s.design = 'developer'
            AND s.version > (SELECT max(d.version) FROM strata AS d WHERE d.outcome != '' AND d.design = 'developer')
    ),
    cells AS
    (
        SELECT p.adjustment AS adjustment, p.author AS author, p.stratum AS stratum, p.cluster AS cluster,
            CAST(sumForEach(p.counts[1]), 'Array(UInt32)') AS agent, CAST(sumForEach(p.counts[2]), 'Array(UInt32)') AS assisted, CAST(sumForEach(p.counts[3]), 'Array(UInt32)') AS human,
            CAST(sumForEach(p.counts[4]), 'Array(UInt32)') AS unknown, CAST(sumForEach(p.counts[5]), 'Array(UInt32)') AS automation, CAST(sumForEachArray(p.counts), 'Array(UInt32)') AS every
        FROM strata AS p FINAL
        WHERE p.outcome = '' AND p.design = 'developer' AND p.author IN (renewed)
        GROUP BY p.adjustment, p.author, p.stratum, p.cluster
    ),
    beside AS
    (
        SELECT *, cluster = min(cluster) OVER whole AS leads, sumForEach(every) OVER whole AS all_every,
            sumForEach(agent) OVER whole AS all_agent, sumForEach(assisted) OVER whole AS all_assisted, sumForEach(human) OVER whole AS all_human,
            sumForEach(unknown) OVER whole AS all_unknown, sumForEach(automation) OVER whole AS all_automation
        FROM cells
        WINDOW whole AS (PARTITION BY adjustment, author, stratum)
    ),
    -- as in strata.sql
    [('incident', 4, 1), ('major', 5, 1), ('reverted_14d', 6, 1), ('hotfixed_72h', 7, 1), ('failed_deployment', 8, 1), ('mistake', 9, 1),
        ('rework_21d', 10, 2), ('control', 11, 1), ('mistake_3d', 12, 1), ('mistake_7d', 13, 1), ('mistake_30d', 14, 3), ('mistake_sure', 15, 1)] AS outcomes
SELECT
    name, 'developer', adjustment, '', author, stratum, cluster, leads,
    agent[n], agent[e], assisted[n], assisted[e], human[n], human[e], unknown[n], unknown[e], automation[n], automation[e],
    all_agent[n] - agent[n], all_agent[e] - agent[e], all_assisted[n] - assisted[n], all_assisted[e] - assisted[e],
    all_human[n] - human[n], all_human[e] - human[e], all_unknown[n] - unknown[n], all_unknown[e] - unknown[e],
    all_automation[n] - automation[n], all_automation[e] - automation[e],
    {version:UInt64}, 0
FROM
(
    SELECT *, outcome.1 AS name, outcome.2 AS e, outcome.3 AS n
    FROM beside
    ARRAY JOIN arrayFilter(o -> all_every[o.2] > 0, outcomes) AS outcome
)
UNION ALL
SELECT
    o.outcome, o.design, o.adjustment, o.repo, o.author, o.stratum, o.cluster, o.leads,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    {version:UInt64} - 1, 1
FROM strata AS o FINAL
WHERE o.outcome != '' AND o.design = 'developer' AND o.author IN (renewed)
