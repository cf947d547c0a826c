-- Changes that landed in the time and caused an outage within 14 days, by author class, against what the class's share of the same work
-- makes one expect: of the changes of the same repository, quarter, permission, review and size. Every change counts once, when its 14
-- days are over; bots are left out on both sides. Nothing is told where fewer than five people stand behind the changes with AI, or
-- behind the others.
WITH
    flagged AS
    (
        SELECT
            c.repo AS repo, toStartOfQuarter(c.landed_at) AS quarter, c.permission AS permission, c.review_state AS review_state,
            c.additions + c.deletions AS lines,
            multiIf(NOT c.size_known, 6, lines <= 10, 1, lines <= 50, 2, lines <= 250, 3, lines <= 1000, 4, 5) AS size,
            multiIf(c.author_class = 'ai_agent', 1, c.author_class = 'ai_assisted', 2, 3) AS class,
            c.people AS people,
            ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false) AS incident,
            incident AND c.severity BETWEEN 1 AND 2 AS major
        FROM changes AS c FINAL
        WHERE c.mature AND c.author_class IN ('ai_agent', 'ai_assisted', 'human', 'unknown')
            AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
            AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
            AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
            AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
    ),
    strata AS
    (
        SELECT
            [countIf(class = 1), countIf(class = 2), countIf(class = 3)] AS n,
            [countIf(class = 1 AND incident), countIf(class = 2 AND incident), countIf(class = 3 AND incident)] AS incidents,
            [countIf(class = 1 AND major), countIf(class = 2 AND major), countIf(class = 3 AND major)] AS majors,
            uniqUpToArrayIfState(5)(people, class < 3) AS with_ai,
            uniqUpToArrayIfState(5)(people, class = 3) AS without_ai
        FROM flagged
        GROUP BY repo, quarter, permission, review_state, size
    ),
    sums AS
    (
        SELECT
            sumForEach(n) AS changes,
            sumForEach(incidents) AS incidents_, sumForEach(arrayMap(x -> arraySum(incidents) * x / arraySum(n), n)) AS incidents_expected,
            sumForEach(majors) AS majors_, sumForEach(arrayMap(x -> arraySum(majors) * x / arraySum(n), n)) AS majors_expected,
            uniqUpToArrayIfMerge(5)(with_ai) < {smallest:UInt8} OR uniqUpToArrayIfMerge(5)(without_ai) < {smallest:UInt8} AS few
        FROM strata
    )
SELECT
    group_.1 AS outcome,
    group_.2 AS written_by,
    group_.3 AS classes,
    if(few, NULL, arraySum(i -> group_.4[i], group_.6)) AS changes,
    if(few, NULL, arraySum(group_.4)) AS of,
    if(few, NULL, round(arraySum(i -> group_.5[i], group_.6), 2)) AS expected,
    if(few, 'fewer than five people stand behind one of the groups', '') AS hidden
FROM
(
    SELECT few, arrayJoin(arrayFlatten(arrayMap(o -> arrayMap(g -> (o.1, g.1, g.2, o.2, o.3, g.3), [
        ('ai', ['ai_agent', 'ai_assisted'], [1, 2]), ('ai_agent', ['ai_agent'], [1]), ('ai_assisted', ['ai_assisted'], [2]), ('no_ai', ['human', 'unknown'], [3])
    ]), [('incident', incidents_, incidents_expected), ('major', majors_, majors_expected)]))) AS group_
    FROM sums
    WHERE arraySum(changes) > 0
)
