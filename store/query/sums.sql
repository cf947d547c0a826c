-- What the Mantel–Haenszel risk ratio, its variance and its jackknife need of all strata with an event in one of the two
-- arms: a row for all of them (total), and a row a cluster with what R and S would lose without it.
-- Each contribution is rounded to 1e-10 and summed as an integer, so that the order of rows does not matter. Sums are at most
-- the number of events, of which 64 bits hold 9e8; wider integers would cost a third more time.
WITH
    (agent, assisted, unknown) -> if({exposure:String} IN ('ai_agent', 'ai'), agent, 0) + if({exposure:String} IN ('ai_assisted', 'ai'), assisted, 0)
        + if({side:String} = 'unknown_ai', unknown, 0) AS exposed,
    (human, unknown, automation) -> human + if({side:String} = 'unknown_ai', 0, unknown) + if({side:String} = 'bots', automation, 0) AS reference,
    x -> toInt64(round(x * 1e10)) AS exact
SELECT
    toBool(grouping(label)) AS total,
    label AS cluster,
    toFloat64(sumIf(ag, happened)) AS a,
    toFloat64(sumIf(n1g, happened)) AS n1,
    toFloat64(sumIf(cg, happened)) AS c,
    toFloat64(sumIf(n0g, happened)) AS n0,
    toFloat64(sumIf(ag, informs)) AS overlap_a,
    toFloat64(sumIf(cg, informs)) AS overlap_c,
    countIf(informs AND leads) AS strata,
    toFloat64(sumIf(exact(rk), leads)) / 1e10 AS r,
    toFloat64(sumIf(exact(sk), leads)) / 1e10 AS s,
    toFloat64(sumIf(exact(vk), leads)) / 1e10 AS v,
    toFloat64(sumIf(exact(aak), leads)) / 1e10 AS aa,
    toFloat64(sumIf(exact(amk), leads)) / 1e10 AS am,
    toFloat64(sumIf(exact(mmk), leads)) / 1e10 AS mm,
    toFloat64(sum(exact(rk - rest_rk))) / 1e10 AS lost_r,
    toFloat64(sum(exact(sk - rest_sk))) / 1e10 AS lost_s
FROM
(
    -- g: of the cluster, k: of the whole stratum, rest: of the stratum without the cluster. One select after the other,
    -- since an alias is worked out anew wherever it stands, which costs more than reading the rows.
    SELECT label, leads, ag, n1g, cg, n0g, happened, informs,
        if(informs, ak * n0k / (n1k + n0k), 0) AS rk,
        if(informs, ck * n1k / (n1k + n0k), 0) AS sk,
        if(informs, ((ak + ck) * n1k * n0k - ak * ck * (n1k + n0k)) / ((n1k + n0k) * (n1k + n0k)), 0) AS vk,
        if(happened, ak * ak / (n1k + n0k), 0) AS aak,
        if(happened, ak * (ak + ck) / (n1k + n0k), 0) AS amk,
        if(happened, (ak + ck) * (ak + ck) / (n1k + n0k), 0) AS mmk,
        if(rest_n1 > 0 AND rest_n0 > 0, rest_a * rest_n0 / (rest_n1 + rest_n0), 0) AS rest_rk,
        if(rest_n1 > 0 AND rest_n0 > 0, rest_c * rest_n1 / (rest_n1 + rest_n0), 0) AS rest_sk
    FROM
    (
        SELECT *, ak + ck > 0 AS happened, happened AND n1k > 0 AND n0k > 0 AS informs
        FROM
        (
            SELECT *, toFloat64(ag + rest_a) AS ak, toFloat64(n1g + rest_n1) AS n1k, toFloat64(cg + rest_c) AS ck, toFloat64(n0g + rest_n0) AS n0k
            FROM
            (
                SELECT
                    cluster AS label, leads,
                    exposed(agent_events, assisted_events, unknown_events) AS ag,
                    exposed(agent_changes, assisted_changes, unknown_changes) AS n1g,
                    reference(human_events, unknown_events, automation_events) AS cg,
                    reference(human_changes, unknown_changes, automation_changes) AS n0g,
                    exposed(rest_agent_events, rest_assisted_events, rest_unknown_events) AS rest_a,
                    exposed(rest_agent_changes, rest_assisted_changes, rest_unknown_changes) AS rest_n1,
                    reference(rest_human_events, rest_unknown_events, rest_automation_events) AS rest_c,
                    reference(rest_human_changes, rest_unknown_changes, rest_automation_changes) AS rest_n0
                FROM
                (
                    SELECT * FROM strata
                    WHERE outcome = {outcome:String} AND design = {design:String} AND adjustment = {adjustment:String} AND design = 'repository'
                        AND is_deleted = 0 AND derivation IN (SELECT cityHash64(repo, version) FROM strata_live FINAL)
                    UNION ALL
                    SELECT * FROM strata FINAL
                    WHERE outcome = {outcome:String} AND design = {design:String} AND adjustment = {adjustment:String} AND design = 'developer'
                )
            )
        )
    )
)
GROUP BY label WITH ROLLUP
HAVING total OR sumIf(n1g + n0g, informs) > 0
ORDER BY total DESC, cluster
