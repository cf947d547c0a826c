-- People of each week by the days of it on which they used AI: a change of theirs with a mark of AI landed, or a tool's maker reports
-- use. Those without a day are who adoption_weeks counts as not using it. Cells under {smallest} people are hidden, and further ones,
-- the smallest first, until two are and {smallest} people are in them; an empty cell says nothing of anybody.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at) AS open_week,
    landed AS
    (
        SELECT toMonday(c.landed_at) AS week, c.author AS author, groupUniqArrayIf(toDate(c.landed_at), c.author_class IN ('ai_agent', 'ai_assisted')) AS marked
        FROM changes AS c FINAL
        WHERE c.author_class != 'automation' AND c.author != 0 AND c.landed_at < open_week
            AND toMonday(c.landed_at) + INTERVAL 7 DAY > {from:DateTime64(0, 'UTC')} AND toMonday(c.landed_at) < {to:DateTime64(0, 'UTC')}
        GROUP BY week, author
    ),
    weeks AS
    (
        SELECT l.week AS week, least(length(arrayDistinct(arrayConcat(l.marked, u.reported))), 5) AS days
        FROM landed AS l
        LEFT JOIN
        (
            SELECT toMonday(day) AS week, person, groupUniqArray(day) AS reported
            FROM usage_of_persons
            WHERE toMonday(day) + INTERVAL 7 DAY > {from:DateTime64(0, 'UTC')} AND toMonday(day) < {to:DateTime64(0, 'UTC')}
            GROUP BY week, person
        ) AS u ON u.week = l.week AND u.person = l.author
    ),
    counts AS
    (
        SELECT w.week AS week, count() AS n, arrayMap(d -> countEqual(groupArray(w.days), d), range(6)) AS cells,
            arraySort(x -> (x.1, x.2), arrayFilter(x -> x.1 > 0, arrayMap(d -> (cells[d + 1], d), range(1, 6)))) AS filled,
            arrayCount(x -> x.1 < {smallest:UInt8}, filled) AS few,
            arrayFilter((x, i) -> few > 0 AND (i <= few OR i <= 2 OR arraySum(y -> y.1, arraySlice(filled, 1, i - 1)) < {smallest:UInt8}), filled, arrayEnumerate(filled)) AS kept_back,
            arrayMap(d -> if(n < {smallest:UInt8} OR has(kept_back.2, d), NULL, cells[d + 1]), range(6)) AS shown
        FROM weeks AS w
        GROUP BY week
    )
SELECT
    week,
    if(n < {smallest:UInt8}, NULL, n) AS people,
    shown[1] AS days_0, shown[2] AS days_1, shown[3] AS days_2, shown[4] AS days_3, shown[5] AS days_4, shown[6] AS days_5,
    if(has(shown, NULL), concat('fewer than ', toString({smallest:UInt8}), ' people, or hidden so that they cannot be told from the others'), '') AS hidden
FROM counts
ORDER BY week
