-- Developers who used each tool, and the changes that carry its mark, between two days. Usage counts for developers who
-- landed a change in that time.
WITH
    active AS
    (
        SELECT author, author_class, tools
        FROM changes FINAL
        WHERE author != 0 AND author_class != 'automation' AND landed_at >= {from:DateTime64(0, 'UTC')} AND landed_at < {to:DateTime64(0, 'UTC')}
    )
SELECT tool, uniqExact(person) AS users, sum(change) AS changes
FROM
(
    SELECT toString(arrayJoin(tools)) AS tool, author AS person, 1 AS change
    FROM active
    WHERE author_class IN ('ai_agent', 'ai_assisted')
    UNION ALL
    SELECT toString(tool), person, 0
    FROM usage_of_persons
    WHERE day >= toDate({from:DateTime64(0, 'UTC')}) AND day < toDate({to:DateTime64(0, 'UTC')})
        AND person IN (SELECT author FROM active)
)
WHERE tool != ''
GROUP BY tool
ORDER BY users DESC, tool
