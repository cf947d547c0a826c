-- How many proposals, merged or closed, took how many rounds of review and comments; rounds only where reviews were collected.
-- What lies beyond 1000 is one value.
SELECT class, effort.1 AS kind, effort.2 AS value, count() AS proposals
FROM
(
    SELECT
        if(p.author_class IN ('ai_agent', 'ai_assisted'), toString(p.author_class), 'none') AS class,
        arrayJoin(arrayConcat(
            [('comments', least(p.comments, toUInt32(1000)))],
            if(p.review_state = 'not_collected', [], [('rounds', toUInt32(least(p.rounds, 1000)))]))) AS effort
    FROM proposals AS p FINAL
    WHERE p.author_class != 'automation' AND (isNotNull(p.merged_at) OR isNotNull(p.closed_at))
)
GROUP BY class, kind, value
ORDER BY class, kind, value
