-- What a Mantel–Haenszel risk ratio of mistakes needs, with its jackknife, for comparisons whose strata are not kept: as
-- sums.sql of the store, for several comparisons (family, level) at once. A row with total for each, and one a cluster.
-- Question access: changes by agents, or with AI's help, against those with no AI recorded, at one permission level at a
-- time; strata are repository, quarter, review and size. Question second_person: changes without a second person against
-- those with one, of any author and of agents; strata are repository, quarter, permission and size.
-- Keys are numbers, which group several times as fast as names: families are places in the list of their names, and a
-- stratum has one permission.
-- Each contribution is rounded to 1e-12 and summed as an integer, so that the order of rows does not matter.
WITH
    x -> toInt128(round(x * 1e12)) AS exact,
    ['ai_agent', 'ai_assisted', 'any'] AS families,
    arms AS
    (
        SELECT
            arrayJoin(multiIf(
                {question:String} = 'second_person', if(c.author_class = 'ai_agent', [(3, without), (1, without)], [(3, without)]),
                c.author_class = 'ai_agent', [(1, true)],
                c.author_class = 'ai_assisted', [(2, true)],
                [(1, false), (2, false)])) AS side,
            side.1 AS family,
            side.2 AS exposed,
            c.review_state != 'independent' AS without,
            if({question:String} = 'access', c.permission, '') AS level,
            c.additions + c.deletions AS lines,
            multiIf(NOT c.size_known, 6, lines <= 10, 1, lines <= 50, 2, lines <= 250, 3, lines <= 1000, 4, 5) AS bucket,
            cityHash64(c.repo, toStartOfQuarter(c.landed_at)) AS place,
            cityHash64(place, c.permission, bucket, if({question:String} = 'access', c.review_state, '')) AS stratum,
            if(c.team != '', cityHash64(c.team), place) AS label,
            ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false) OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR isNotNull(c.hotfixed_at) OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false) AS event
        FROM changes AS c FINAL
        WHERE c.mature AND c.author_class IN ('ai_agent', 'ai_assisted', 'human', 'unknown') AND c.review_state NOT IN ('', 'not_collected')
            AND ({question:String} != 'access' OR c.permission NOT IN ('', 'unknown'))
    ),
    -- a stratum with its clusters: (label, a, n1, c, n0)
    strata_of AS
    (
        SELECT families[family] AS family, any(level) AS level, groupArray((label, a, n1, c, n0)) AS clusters,
            toFloat64(sum(a)) AS ak, toFloat64(sum(n1)) AS n1k, toFloat64(sum(c)) AS ck, toFloat64(sum(n0)) AS n0k, n1k + n0k AS nk,
            n1k > 0 AND n0k > 0 AS informs,
            if(informs, ak * n0k / nk, 0) AS rk,
            if(informs, ck * n1k / nk, 0) AS sk,
            if(informs, ((ak + ck) * n1k * n0k - ak * ck * nk) / (nk * nk), 0) AS vk
        FROM
        (
            SELECT family, any(level) AS level, stratum, label, countIf(exposed AND event) AS a, countIf(exposed) AS n1, countIf(NOT exposed AND event) AS c, countIf(NOT exposed) AS n0
            FROM arms
            GROUP BY family, stratum, label
        ) AS cells
        GROUP BY cells.family, stratum
        HAVING ak + ck > 0
    )
SELECT
    family, toString(level) AS level,
    toBool(grouping(label)) AS total,
    label AS cluster,
    toFloat64(sum(x.2)) AS a,
    toFloat64(sum(x.3)) AS n1,
    toFloat64(sum(x.4)) AS c,
    toFloat64(sum(x.5)) AS n0,
    toFloat64(sumIf(x.2, informs)) AS overlap_a,
    toFloat64(sumIf(x.4, informs)) AS overlap_c,
    countIf(informs AND leads) AS strata,
    toFloat64(sumIf(exact(rk), leads)) / 1e12 AS r,
    toFloat64(sumIf(exact(sk), leads)) / 1e12 AS s,
    toFloat64(sumIf(exact(vk), leads)) / 1e12 AS v,
    toFloat64(sum(exact(rk - rest_rk))) / 1e12 AS lost_r,
    toFloat64(sum(exact(sk - rest_sk))) / 1e12 AS lost_s
FROM
(
    SELECT family, level, x, x.1 AS label, place_in = 1 AS leads, informs, rk, sk, vk,
        n1k - x.3 AS rest_n1, n0k - x.5 AS rest_n0,
        if(rest_n1 > 0 AND rest_n0 > 0, (ak - x.2) * rest_n0 / (rest_n1 + rest_n0), 0) AS rest_rk,
        if(rest_n1 > 0 AND rest_n0 > 0, (ck - x.4) * rest_n1 / (rest_n1 + rest_n0), 0) AS rest_sk
    FROM strata_of
    ARRAY JOIN clusters AS x, arrayEnumerate(clusters) AS place_in
)
GROUP BY GROUPING SETS ((family, level), (family, level, label))
HAVING total OR sumIf(x.3 + x.5, informs) > 0
ORDER BY family, level, total DESC, cluster
