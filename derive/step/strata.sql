-- Counts of comparable changes, of the outcomes that claims are about. A repository is derived as a whole, so that the
-- strata of the repository design are made here, whole: those with an event, one row an outcome and cluster. The strata
-- of the developer design run over repositories; here are their parts, with an event or not (developer_strata.sql).
INSERT INTO strata (outcome, design, adjustment, repo, author, stratum, cluster, leads,
    agent_changes, agent_events, assisted_changes, assisted_events, human_changes, human_events,
    unknown_changes, unknown_events, automation_changes, automation_events,
    rest_agent_changes, rest_agent_events, rest_assisted_changes, rest_assisted_events, rest_human_changes, rest_human_events,
    rest_unknown_changes, rest_unknown_events, rest_automation_changes, rest_automation_events,
    counts, version, is_deleted)
WITH
    -- A change with its outcomes as flags, and with numbers for what it is grouped by, which is several times as fast as by
    -- names: home is the place of the repository in the list. An outcome that did not come lies in the far future.
    dated AS
    (
        SELECT
            c.author AS author, c.team AS team, c.permission AS permission, c.review_state AS review_state, c.tier AS tier,
            toUInt8(indexOf(['ai_agent', 'ai_assisted', 'human', 'unknown', 'automation'], c.author_class)) AS class,
            transform(c.repo, {repos:Array(String)}, arrayEnumerate({repos:Array(String)}), 0) AS home,
            cityHash64(c.repo, toStartOfQuarter(c.landed_at)) AS place,
            if(c.size_known, c.additions + c.deletions, NULL) AS lines,
            ifNull(dateDiff('second', c.landed_at, c.incident_at), 1000000000) AS to_incident,
            ifNull(dateDiff('second', c.landed_at, c.reverted_at), 1000000000) AS to_revert,
            ifNull(dateDiff('second', c.landed_at, c.failed_at), 1000000000) AS to_failure,
            ifNull(dateDiff('second', c.landed_at, c.control_at), 1000000000) AS to_control,
            isNotNull(c.hotfixed_at) AS hotfixed,
            isNotNull(c.reworked_at) AS reworked,
            c.severity BETWEEN 1 AND 2 AS severe, c.incident_score >= 0.8 AS sure_incident, c.hotfix_score >= 0.8 AS sure_hotfix,
            c.followed_days >= 21 AS d21,
            c.followed_days >= 30 AS d30
        FROM changes AS c FINAL
        WHERE c.repo IN {repos:Array(String)} AND c.mature
    ),
    flagged AS
    (
        SELECT
            author, class, home, place, cityHash64(author, tier) AS person,
            cityHash64(permission, review_state, multiIf(isNull(lines), 6, lines <= 10, 1, lines <= 50, 2, lines <= 250, 3, lines <= 1000, 4, 5)) AS path,
            if(team != '', cityHash64(team), place) AS cluster,
            least(to_incident, to_revert, to_failure) AS first,
            to_incident <= 14 * 86400 AS incident, incident AND severe AS major, to_revert <= 14 * 86400 AS reverted, hotfixed,
            to_failure <= 14 * 86400 AS failed, first <= 14 * 86400 OR hotfixed AS mistake, reworked AND d21 AS rework,
            to_control <= 14 * 86400 AS control, first <= 3 * 86400 OR hotfixed AS mistake_3d, first <= 7 * 86400 OR hotfixed AS mistake_7d,
            (first <= 30 * 86400 OR hotfixed) AND d30 AS mistake_30d,
            (incident AND sure_incident) OR reverted OR (hotfixed AND sure_hotfix) OR failed AS mistake_sure, d21, d30
        FROM dated
        WHERE class > 0
    ),
    -- Strata are of four kinds: 1 and 2 of the repository design, 3 and 4 of the developer design; total and direct.
    by_class AS
    (
        SELECT kind, home, owner, stratum, cluster, class,
            [count(), countIf(d21), countIf(d30), countIf(incident), countIf(major), countIf(reverted), countIf(hotfixed), countIf(failed),
                countIf(mistake), countIf(rework), countIf(control), countIf(mistake_3d), countIf(mistake_7d), countIf(mistake_30d),
                countIf(mistake_sure)] AS counts
        FROM flagged
        ARRAY JOIN [1, 2, 3, 4] AS kind, [place, cityHash64(place, path), person, cityHash64(person, path)] AS stratum, [0, 0, author, author] AS owner
        WHERE kind <= 2 OR author != 0
        GROUP BY kind, home, owner, stratum, cluster, class
    ),
    cells AS
    (
        SELECT kind, home, stratum, cluster, sumForEach(counts) AS every,
            sumForEachIf(counts, class = 1) AS agent, sumForEachIf(counts, class = 2) AS assisted, sumForEachIf(counts, class = 3) AS human,
            sumForEachIf(counts, class = 4) AS unknown, sumForEachIf(counts, class = 5) AS automation
        FROM by_class
        WHERE kind <= 2
        GROUP BY kind, home, stratum, cluster
    ),
    -- with the sums of the whole stratum
    beside AS
    (
        SELECT *, cluster = min(cluster) OVER whole AS leads, sumForEach(every) OVER whole AS all_every,
            sumForEach(agent) OVER whole AS all_agent, sumForEach(assisted) OVER whole AS all_assisted, sumForEach(human) OVER whole AS all_human,
            sumForEach(unknown) OVER whole AS all_unknown, sumForEach(automation) OVER whole AS all_automation
        FROM cells
        WINDOW whole AS (PARTITION BY kind, stratum)
    ),
    -- The name of an outcome, the place of its events in the counts above, and of the changes they are among.
    [('incident', 4, 1), ('major', 5, 1), ('reverted_14d', 6, 1), ('hotfixed_72h', 7, 1), ('failed_deployment', 8, 1), ('mistake', 9, 1),
        ('rework_21d', 10, 2), ('control', 11, 1), ('mistake_3d', 12, 1), ('mistake_7d', 13, 1), ('mistake_30d', 14, 3), ('mistake_sure', 15, 1)] AS outcomes
SELECT
    name, 'repository', if(kind = 1, 'total', 'direct'), {repos:Array(String)}[home], toUInt64(0) AS nobody, stratum, cluster, leads,
    agent[n], agent[e], assisted[n], assisted[e], human[n], human[e], unknown[n], unknown[e], automation[n], automation[e],
    all_agent[n] - agent[n], all_agent[e] - agent[e], all_assisted[n] - assisted[n], all_assisted[e] - assisted[e],
    all_human[n] - human[n], all_human[e] - human[e], all_unknown[n] - unknown[n], all_unknown[e] - unknown[e],
    all_automation[n] - automation[n], all_automation[e] - automation[e],
    CAST([], 'Array(Array(UInt64))'), {version:UInt64}, 0
FROM
(
    SELECT *, outcome.1 AS name, outcome.2 AS e, outcome.3 AS n
    FROM beside
    ARRAY JOIN arrayFilter(o -> all_every[o.2] > 0, outcomes) AS outcome
)
UNION ALL
SELECT
    '', 'developer', if(kind = 3, 'total', 'direct'), {repos:Array(String)}[home], owner, stratum, cluster, false,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    [sumForEachIf(counts, class = 1), sumForEachIf(counts, class = 2), sumForEachIf(counts, class = 3), sumForEachIf(counts, class = 4),
        sumForEachIf(counts, class = 5)], {version:UInt64}, 0
FROM by_class
WHERE kind > 2
GROUP BY kind, home, owner, stratum, cluster
