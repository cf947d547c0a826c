-- How long proposals waited from being ready to their first review and to their merge, in bins of a sixteenth of an octave of
-- minutes. `events` were reviewed or merged after so long; `censored` were not, when they were closed or, still open, when
-- the data of their repository end. A review after the landing was waited for by nobody; where reviews were not collected
-- there is nothing to say of them. `block` is one of 16 groups of teams, of repositories and quarters where teams are not known.
WITH ends AS
(
    SELECT p.repo AS repo,
        max(greatest(p.ready_at, ifNull(p.first_review_at, p.ready_at), ifNull(p.merged_at, p.ready_at), ifNull(p.closed_at, p.ready_at))) AS data_to
    FROM proposals AS p FINAL
    GROUP BY repo
)
SELECT
    class, quarter, block, wait.1 AS until,
    toUInt16(floor(16 * log2(1 + greatest(0, dateDiff('second', ready_at, wait.3)) / 60))) AS bin,
    countIf(wait.2) AS events,
    countIf(NOT wait.2) AS censored
FROM
(
    SELECT
        if(p.author_class IN ('ai_agent', 'ai_assisted'), toString(p.author_class), 'none') AS class,
        toStartOfQuarter(p.ready_at) AS quarter,
        toUInt8(cityHash64(if(p.team != '', toString(p.team), concat(p.repo, ' ', toString(quarter)))) % 16) AS block,
        p.ready_at AS ready_at,
        coalesce(p.merged_at, p.closed_at, e.data_to) AS left_at,
        arrayJoin(arrayConcat(
            [('merge', isNotNull(p.merged_at), left_at)],
            if(p.review_state = 'not_collected', [],
                [('review', ifNull(p.first_review_at <= left_at, false), least(ifNull(p.first_review_at, left_at), left_at))]))) AS wait
    FROM proposals AS p FINAL
    INNER JOIN ends AS e ON e.repo = p.repo
    WHERE p.author_class != 'automation'
)
GROUP BY class, quarter, block, until, bin
ORDER BY class, quarter, block, until, bin
