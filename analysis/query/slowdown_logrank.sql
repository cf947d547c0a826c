-- The log-rank test within repository and quarter (Mantel 1966), for each exposure: how many were reviewed or merged, how many
-- would have been if both groups waited alike, and the variance. Waits as in slowdown_waits; those of later bins are at risk in
-- all before. Sums leave, whatever the number of repositories.
WITH
    ends AS
    (
        SELECT p.repo AS repo,
            max(greatest(p.ready_at, ifNull(p.first_review_at, p.ready_at), ifNull(p.merged_at, p.ready_at), ifNull(p.closed_at, p.ready_at))) AS data_to
        FROM proposals AS p FINAL
        GROUP BY repo
    ),
    binned AS
    (
        SELECT
            stratum, wait.1 AS until,
            toUInt16(floor(16 * log2(1 + greatest(0, dateDiff('second', ready_at, wait.3)) / 60))) AS bin,
            toFloat64(countIf(class = 'ai_agent')) AS n_agent, toFloat64(countIf(class = 'ai_agent' AND wait.2)) AS d_agent,
            toFloat64(countIf(class = 'ai_assisted')) AS n_assisted, toFloat64(countIf(class = 'ai_assisted' AND wait.2)) AS d_assisted,
            toFloat64(count()) - n_agent - n_assisted AS n0, toFloat64(countIf(wait.2)) - d_agent - d_assisted AS d0
        FROM
        (
            SELECT
                p.author_class AS class, cityHash64(p.repo, toStartOfQuarter(p.ready_at)) AS stratum, p.ready_at AS ready_at,
                coalesce(p.merged_at, p.closed_at, e.data_to) AS left_at,
                arrayJoin(arrayConcat(
                    [('merge', isNotNull(p.merged_at), left_at)],
                    if(p.review_state = 'not_collected', [],
                        [('review', ifNull(p.first_review_at <= left_at, false), least(ifNull(p.first_review_at, left_at), left_at))]))) AS wait
            FROM proposals AS p FINAL
            INNER JOIN ends AS e ON e.repo = p.repo
            WHERE p.author_class != 'automation'
        )
        GROUP BY stratum, until, bin
    ),
    -- the bins of a stratum from the last to the first, so that running sums are who is at risk
    strata AS
    (
        SELECT until, arrayReverseSort(x -> x.1, groupArray((bin, n0, d0, n_agent, d_agent, n_assisted, d_assisted))) AS bins
        FROM binned
        GROUP BY until, stratum
    ),
    pairs AS
    (
        SELECT
            until, arrayMap(x -> x.3, bins) AS d0, arrayCumSum(x -> x.2, bins) AS r0,
            arrayJoin([
                ('ai_agent', arrayMap(x -> x.5, bins), arrayCumSum(x -> x.4, bins)),
                ('ai_assisted', arrayMap(x -> x.7, bins), arrayCumSum(x -> x.6, bins)),
                ('ai', arrayMap(x -> x.5 + x.7, bins), arrayCumSum(x -> x.4 + x.6, bins))]) AS exposed
        FROM strata
    )
SELECT
    exposed.1 AS exposure, until,
    sum(arraySum(exposed.2)) AS observed,
    sum(arraySum((d1, d0, r1, r0) -> if(d1 + d0 > 0, (d1 + d0) * r1 / (r1 + r0), 0), exposed.2, d0, exposed.3, r0)) AS expected,
    sum(arraySum((d1, d0, r1, r0) -> if(d1 + d0 > 0 AND r1 + r0 > 1,
        (d1 + d0) * (r1 / (r1 + r0)) * (r0 / (r1 + r0)) * (r1 + r0 - d1 - d0) / (r1 + r0 - 1), 0), exposed.2, d0, exposed.3, r0)) AS variance
FROM pairs
GROUP BY exposure, until
ORDER BY exposure, until
