-- How many changes with and without AI there are, and how many of each lie in strata with both, whether or not anything
-- happened there. From the changes themselves, since strata without an event are not kept.
SELECT
    toUInt64(sum(n1)) AS exposed,
    toUInt64(sum(n0)) AS reference,
    toUInt64(sumIf(n1, n0 > 0)) AS exposed_compared,
    toUInt64(sumIf(n0, n1 > 0)) AS reference_compared
FROM
(
    SELECT countIf(arm = 1) AS n1, countIf(arm = 0) AS n0
    FROM
    (
        SELECT
            multiIf(c.author_class IN ('ai_agent', 'ai_assisted'), 1, 0) AS arm,
            cityHash64(c.repo, toStartOfQuarter(c.landed_at)) AS place,
            cityHash64(c.author, c.tier) AS person,
            c.additions + c.deletions AS lines,
            cityHash64(c.permission, c.review_state, multiIf(NOT c.size_known, 6, lines <= 10, 1, lines <= 50, 2, lines <= 250, 3, lines <= 1000, 4, 5)) AS path,
            if({design:String} = 'developer', person, place) AS total,
            if({adjustment:String} = 'direct', cityHash64(total, path), total) AS stratum
        FROM changes AS c FINAL
        WHERE c.mature AND ({design:String} != 'developer' OR c.author != 0)
            AND (c.author_class IN ('human', 'unknown') OR {exposure:String} IN (toString(c.author_class), 'ai') AND arm = 1)
    )
    GROUP BY stratum
)
