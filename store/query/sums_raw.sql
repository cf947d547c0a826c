-- The sums of sums.sql from the changes themselves: the same answer from all rows, to check the kept strata by and to
-- measure what they save.
WITH
    x -> toInt64(round(x * 1e10)) AS exact,
    arms AS
    (
        SELECT
            multiIf(
                c.author_class IN ('ai_agent', 'ai_assisted') AND {exposure:String} IN (toString(c.author_class), 'ai'), 1,
                c.author_class = 'unknown', if({side:String} = 'unknown_ai', 1, 0),
                c.author_class = 'human', 0,
                c.author_class = 'automation' AND {side:String} = 'bots', 0,
                2) AS arm,
            cityHash64(c.repo, toStartOfQuarter(c.landed_at)) AS place,
            cityHash64(c.author, c.tier) AS person,
            c.additions + c.deletions AS lines,
            cityHash64(c.permission, c.review_state, multiIf(NOT c.size_known, 6, lines <= 10, 1, lines <= 50, 2, lines <= 250, 3, lines <= 1000, 4, 5)) AS path,
            if({design:String} = 'developer', person, place) AS total_stratum,
            if({adjustment:String} = 'direct', cityHash64(total_stratum, path), total_stratum) AS stratum,
            if(c.team != '', cityHash64(c.team), place) AS label,
            multiIf({outcome:String} = 'mistake_3d', 3, {outcome:String} = 'mistake_7d', 7, {outcome:String} = 'mistake_30d', 30, 14) * 86400 AS within,
            ifNull(dateDiff('second', c.landed_at, c.incident_at) <= within, false) AS incident_in,
            ifNull(dateDiff('second', c.landed_at, c.reverted_at) <= within, false) AS reverted_in,
            ifNull(dateDiff('second', c.landed_at, c.failed_at) <= within, false) AS failed_in,
            isNotNull(c.hotfixed_at) AS hotfixed,
            multiIf(
                {outcome:String} = 'incident', incident_in,
                {outcome:String} = 'major', incident_in AND c.severity BETWEEN 1 AND 2,
                {outcome:String} = 'reverted_14d', reverted_in,
                {outcome:String} = 'hotfixed_72h', hotfixed,
                {outcome:String} = 'failed_deployment', failed_in,
                {outcome:String} = 'rework_21d', isNotNull(c.reworked_at),
                {outcome:String} = 'control', ifNull(dateDiff('second', c.landed_at, c.control_at) <= within, false),
                {outcome:String} = 'mistake_sure', incident_in AND c.incident_score >= 0.8 OR reverted_in OR hotfixed AND c.hotfix_score >= 0.8 OR failed_in,
                incident_in OR reverted_in OR hotfixed OR failed_in) AS event
        FROM changes AS c FINAL
        WHERE c.mature AND arm < 2 AND ({design:String} != 'developer' OR c.author != 0)
            AND ({outcome:String} != 'rework_21d' OR c.followed_days >= 21) AND ({outcome:String} != 'mistake_30d' OR c.followed_days >= 30)
    ),
    -- a stratum with its clusters: (label, a, n1, c, n0)
    strata_of AS
    (
        SELECT groupArray((label, a, n1, c, n0)) AS clusters,
            toFloat64(sum(a)) AS ak, toFloat64(sum(n1)) AS n1k, toFloat64(sum(c)) AS ck, toFloat64(sum(n0)) AS n0k, n1k + n0k AS nk,
            n1k > 0 AND n0k > 0 AS informs,
            if(informs, ak * n0k / nk, 0) AS rk,
            if(informs, ck * n1k / nk, 0) AS sk,
            if(informs, ((ak + ck) * n1k * n0k - ak * ck * nk) / (nk * nk), 0) AS vk
        FROM
        (
            SELECT stratum, label, countIf(arm = 1 AND event) AS a, countIf(arm = 1) AS n1, countIf(arm = 0 AND event) AS c, countIf(arm = 0) AS n0
            FROM arms
            GROUP BY stratum, label
        )
        GROUP BY stratum
        HAVING ak + ck > 0
    )
SELECT
    toBool(grouping(label)) AS total,
    label AS cluster,
    toFloat64(sum(x.2)) AS a,
    toFloat64(sum(x.3)) AS n1,
    toFloat64(sum(x.4)) AS c,
    toFloat64(sum(x.5)) AS n0,
    toFloat64(sumIf(x.2, informs)) AS overlap_a,
    toFloat64(sumIf(x.4, informs)) AS overlap_c,
    countIf(informs AND leads) AS strata,
    toFloat64(sumIf(exact(rk), leads)) / 1e10 AS r,
    toFloat64(sumIf(exact(sk), leads)) / 1e10 AS s,
    toFloat64(sumIf(exact(vk), leads)) / 1e10 AS v,
    toFloat64(sumIf(exact(ak * ak / nk), leads)) / 1e10 AS aa,
    toFloat64(sumIf(exact(ak * (ak + ck) / nk), leads)) / 1e10 AS am,
    toFloat64(sumIf(exact((ak + ck) * (ak + ck) / nk), leads)) / 1e10 AS mm,
    toFloat64(sum(exact(rk - rest_rk))) / 1e10 AS lost_r,
    toFloat64(sum(exact(sk - rest_sk))) / 1e10 AS lost_s
FROM
(
    SELECT x, x.1 AS label, place_in = 1 AS leads, informs, ak, ck, nk, rk, sk, vk,
        n1k - x.3 AS rest_n1, n0k - x.5 AS rest_n0,
        if(rest_n1 > 0 AND rest_n0 > 0, (ak - x.2) * rest_n0 / (rest_n1 + rest_n0), 0) AS rest_rk,
        if(rest_n1 > 0 AND rest_n0 > 0, (ck - x.4) * rest_n1 / (rest_n1 + rest_n0), 0) AS rest_sk
    FROM strata_of
    ARRAY JOIN clusters AS x, arrayEnumerate(clusters) AS place_in
)
GROUP BY label WITH ROLLUP
HAVING total OR sumIf(x.3 + x.5, informs) > 0
ORDER BY total DESC, cluster
