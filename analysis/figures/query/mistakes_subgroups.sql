-- What a Mantel–Haenszel risk ratio of mistakes needs, with its jackknife, for changes with AI against those with no AI recorded,
-- within every level of five dimensions: a row with total for each, and one a cluster. As sums.sql of the store says; strata are
-- repository and quarter, clusters are teams, and within a team its strata. Changes are counted once by all five, and these counts,
-- which are far fewer, are what is grouped five ways. Teams of fewer than {smallest} people are left out.
-- Each contribution is rounded to 1e-12 and summed as an integer, so that the order of rows does not matter.
WITH
    x -> toInt128(round(x * 1e12)) AS exact,
    cells AS
    (
        SELECT
            c.author_class AS class, cityHash64(c.repo, toStartOfQuarter(c.landed_at)) AS place, c.tier AS tier, c.permission AS permission, c.review_state AS review, c.team AS team,
            multiIf(NOT c.size_known, 6, c.additions + c.deletions <= 10, 1, c.additions + c.deletions <= 50, 2, c.additions + c.deletions <= 250, 3, c.additions + c.deletions <= 1000, 4, 5) AS bucket,
            count() AS n,
            countIf(ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false) OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR isNotNull(c.hotfixed_at) OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false)) AS events
        FROM changes AS c FINAL
        WHERE c.mature AND c.author_class IN ('ai_agent', 'ai_assisted', 'human', 'unknown')
            AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
            AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
            AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
            AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
        GROUP BY class, place, tier, permission, review, team, bucket
    ),
    arms AS
    (
        SELECT
            arrayJoin(multiIf(class = 'ai_agent', ['ai_agent'], class = 'ai_assisted', ['ai_assisted'], ['ai_agent', 'ai_assisted'])) AS exposure,
            arrayJoin([('tier', toString(tier)), ('size', toString(bucket)), ('permission', toString(permission)), ('review', toString(review)), ('team', toString(team))]) AS group_,
            class IN ('ai_agent', 'ai_assisted') AS exposed,
            place,
            if(team = '' OR group_.1 = 'team', place, cityHash64(team)) AS label,
            n, events
        FROM cells
        WHERE group_ NOT IN [('tier', '0'), ('size', '6'), ('permission', ''), ('permission', 'unknown'), ('review', ''), ('review', 'not_collected'), ('team', '')]
            AND (group_.1 != 'team' OR group_.2 IN (SELECT team FROM changes FINAL WHERE author != 0 GROUP BY team HAVING uniqExact(author) >= {smallest:UInt8}))
    ),
    -- a stratum with its clusters: (label, a, n1, c, n0)
    strata_of AS
    (
        SELECT exposure, dimension, level, groupArray((label, a, n1, c, n0)) AS clusters,
            toFloat64(sum(a)) AS ak, toFloat64(sum(n1)) AS n1k, toFloat64(sum(c)) AS ck, toFloat64(sum(n0)) AS n0k, n1k + n0k AS nk,
            n1k > 0 AND n0k > 0 AND ak + ck > 0 AS informs,
            if(informs, ak * n0k / nk, 0) AS rk,
            if(informs, ck * n1k / nk, 0) AS sk,
            if(informs, ((ak + ck) * n1k * n0k - ak * ck * nk) / (nk * nk), 0) AS vk
        FROM
        (
            SELECT exposure, group_.1 AS dimension, group_.2 AS level, place, label,
                sumIf(events, exposed) AS a, sumIf(n, exposed) AS n1, sumIf(events, NOT exposed) AS c, sumIf(n, NOT exposed) AS n0
            FROM arms
            GROUP BY exposure, dimension, level, place, label
        )
        GROUP BY exposure, dimension, level, place
    )
SELECT
    exposure, dimension, level,
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
    SELECT exposure, dimension, level, x, x.1 AS label, place_in = 1 AS leads, informs, rk, sk, vk,
        n1k - x.3 AS rest_n1, n0k - x.5 AS rest_n0,
        if(rest_n1 > 0 AND rest_n0 > 0, (ak - x.2) * rest_n0 / (rest_n1 + rest_n0), 0) AS rest_rk,
        if(rest_n1 > 0 AND rest_n0 > 0, (ck - x.4) * rest_n1 / (rest_n1 + rest_n0), 0) AS rest_sk
    FROM strata_of
    ARRAY JOIN clusters AS x, arrayEnumerate(clusters) AS place_in
)
GROUP BY GROUPING SETS ((exposure, dimension, level), (exposure, dimension, level, label))
HAVING total OR sumIf(x.3 + x.5, informs) > 0
ORDER BY exposure DESC, indexOf(['tier', 'size', 'permission', 'review', 'team'], dimension),
    indexOf(['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator', 'independent', 'stale', 'ai_only', 'self', 'after_merge', 'bypassed'], level), level, total DESC, cluster
