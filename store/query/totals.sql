-- Changes, lines and outcomes by author class, over everything and over changes whose 14 days are over.
SELECT
    c.author_class AS author_class,
    count() AS changes,
    sum(ifNull(c.size_lines, 0)) AS lines,
    countIf(c.mature) AS mature,
    countIf(c.mature AND c.mistake) AS mistakes,
    countIf(c.mature AND c.reverted_14d) AS reverted_14d,
    countIf(c.mature AND c.hotfixed) AS hotfixed_72h
FROM baserate.changes AS c
GROUP BY author_class
ORDER BY author_class
