-- The counts behind the first row of each group: mature changes and mistakes, by author class.
SELECT
    author_class,
    count() AS changes,
    countIf(mistake) AS mistakes,
    round(100 * mistakes / changes, 2) AS percent
FROM changes
WHERE mature
GROUP BY author_class
ORDER BY changes DESC
