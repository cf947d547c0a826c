-- Developers between two days, those with a mark of AI on a change, and how many of the changes with AI come from the
-- tenth of these who made the most. Only sums leave.
SELECT
    count() AS developers,
    countIf(marked > 0) AS users,
    sum(marked) AS changes,
    arraySum(arraySlice(arrayReverseSort(groupArrayIf(marked, marked > 0)), 1, toInt64(ceil(users / 10)))) AS top_changes
FROM
(
    SELECT author, countIf(author_class IN ('ai_agent', 'ai_assisted')) AS marked
    FROM changes FINAL
    WHERE author != 0 AND author_class != 'automation' AND landed_at >= {from:DateTime64(0, 'UTC')} AND landed_at < {to:DateTime64(0, 'UTC')}
    GROUP BY author
)
