-- Changes by month of landing and author class. The month that a fleet's data end in is not over.
SELECT
    toStartOfMonth(landed_at) AS month,
    countIf(author_class = 'ai_agent') AS ai_agent,
    countIf(author_class = 'ai_assisted') AS ai_assisted,
    countIf(author_class = 'human') AS human,
    countIf(author_class = 'automation') AS automation,
    countIf(author_class = 'unknown') AS unknown
FROM baserate.changes
WHERE landed_at <= now()
GROUP BY month
ORDER BY month
