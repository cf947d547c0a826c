-- How long pull requests wait from being ready to the first review by a person other than the makers: Kaplan–Meier in steps of an hour,
-- to three days. Those merged or closed without a review have waited at least until then, and those that are open at least until the
-- data of their repository end. The band is the log-log interval at 95 % with Greenwood's variance (Kalbfleisch & Prentice 1980).
-- Nothing is told of a class of fewer than five people.
WITH
    72 AS longest,
    ends AS
    (
        SELECT q.repo AS repo,
            max(greatest(q.ready_at, ifNull(q.first_review_at, q.ready_at), ifNull(q.merged_at, q.ready_at), ifNull(q.closed_at, q.ready_at))) AS data_to
        FROM proposals AS q FINAL
        GROUP BY repo
    ),
    waits AS
    (
        SELECT
            if(p.author_class IN ('human', 'unknown'), 'no_ai', toString(p.author_class)) AS written_by,
            coalesce(p.merged_at, p.closed_at, e.data_to) AS left_at,
            ifNull(p.first_review_at <= left_at, false) AS reviewed,
            toUInt8(least(longest, intDiv(greatest(0, dateDiff('second', p.ready_at, if(reviewed, assumeNotNull(p.first_review_at), left_at))), 3600))) AS hour_,
            p.author AS author
        FROM proposals AS p FINAL
        INNER JOIN ends AS e ON e.repo = p.repo
        WHERE p.author_class != 'automation' AND p.review_state NOT IN ('', 'not_collected')
            AND p.ready_at >= {from:DateTime64(0, 'UTC')} AND p.ready_at < {to:DateTime64(0, 'UTC')}
            AND (empty({repos:Array(String)}) OR p.repo IN {repos:Array(String)})
            AND (empty({teams:Array(String)}) OR p.team IN {teams:Array(String)})
            AND (empty({classes:Array(String)}) OR p.author_class IN {classes:Array(String)})
    ),
    bins AS
    (
        SELECT written_by, hour_, countIf(reviewed) AS events, count() AS left_, uniqUpToState(5)(author) AS who
        FROM waits
        GROUP BY written_by, hour_
    ),
    curves AS
    (
        SELECT written_by, sum(left_) AS all_, arraySort(groupArray((hour_, left_))) AS leaving,
            arrayMap(b -> (b.1, b.2, all_ - arraySum(l -> if(l.1 < b.1, l.2, 0), leaving)), arraySort(groupArray((hour_, events)))) AS steps
        FROM bins
        GROUP BY written_by
        HAVING uniqUpToMerge(5)(who) >= {smallest:UInt8}
    )
SELECT
    written_by,
    hour,
    at_risk,
    waiting,
    if(waiting > 0 AND waiting < 1, pow(waiting, exp(-1.959964 * sqrt(greenwood) / log(waiting))), NULL) AS low,
    if(waiting > 0 AND waiting < 1, pow(waiting, exp(1.959964 * sqrt(greenwood) / log(waiting))), NULL) AS high
FROM
(
    SELECT
        written_by, hour, toUInt64(all_ - arraySum(l -> if(l.1 < hour, l.2, 0), leaving)) AS at_risk,
        arrayFilter(s -> s.1 < hour, steps) AS before,
        if(empty(before), 1, arrayProduct(arrayMap(s -> 1 - s.2 / s.3, before))) AS waiting,
        arraySum(s -> s.2 / s.3 / (s.3 - s.2), before) AS greenwood
    FROM (SELECT *, arrayJoin(range(longest + 1)) AS hour FROM curves)
)
ORDER BY written_by, hour
