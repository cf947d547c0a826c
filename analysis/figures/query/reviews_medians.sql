-- Half of the pull requests of a class waited at most so long for their first review (Kaplan–Meier, in bins of a sixteenth of an octave of
-- minutes, as claim slowdown has it); and what became of all of them. Nothing is told of a class of fewer than five people.
WITH
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
            toString(p.author_class) AS class,
            coalesce(p.merged_at, p.closed_at, e.data_to) AS left_at,
            ifNull(p.first_review_at <= left_at, false) AS reviewed,
            NOT reviewed AND isNotNull(p.merged_at) AS merged,
            NOT reviewed AND isNull(p.merged_at) AND isNotNull(p.closed_at) AS closed,
            toUInt16(floor(16 * log2(1 + greatest(0, dateDiff('second', p.ready_at, if(reviewed, assumeNotNull(p.first_review_at), left_at))) / 60))) AS bin,
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
        SELECT written_by, bin, countIf(reviewed) AS events, count() AS left_, countIf(merged) AS merged_, countIf(closed) AS closed_, uniqUpToState(5)(author) AS who
        FROM waits
        GROUP BY written_by, bin
    ),
    curves AS
    (
        SELECT written_by, sum(left_) AS all_, sum(events) AS events_, sum(merged_) AS merged, sum(closed_) AS closed, uniqUpToMerge(5)(who) < {smallest:UInt8} AS few,
            arraySort(groupArray((bin, left_, events))) AS found,
            arrayMap(r -> all_ - r, arrayPushFront(arrayPopBack(arrayCumSum(f -> f.2, found)), 0)) AS risk,
            arrayMap(l -> exp(l), arrayCumSum(arrayMap((f, n) -> log(1 - f.3 / n), found, risk))) AS waiting,
            arrayFirstIndex(s -> s < 0.5, waiting) AS half
        FROM bins
        GROUP BY written_by
    )
SELECT
    written_by,
    if(few, NULL, all_) AS proposals,
    if(few, NULL, events_) AS reviewed,
    if(few, NULL, merged) AS merged_unreviewed,
    if(few, NULL, closed) AS closed_unreviewed,
    if(few, NULL, toUInt64(all_ - events_ - merged - closed)) AS still_waiting,
    if(few OR half = 0, NULL, (exp2((found[half].1 + 0.5) / 16) - 1) / 60) AS median_hours,
    multiIf(few, 'fewer than five people stand behind them', half = 0, 'fewer than half were reviewed', '') AS hidden
FROM curves
ORDER BY indexOf(['ai_agent', 'ai_assisted', 'no_ai'], written_by)
