-- The last 26 whole weeks: developers who landed a change in the week, and those of them who used AI in it, by a mark on
-- a change of theirs or by what a tool's maker reports of an account of theirs. Automation is nobody's work. The week of
-- the newest change is not over; changes dated after the last collection are taken for clocks that run fast.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at) AS open_week
SELECT
    d.week AS week,
    assumeNotNull(any(open_week)) AS open,
    countIf(d.author != 0) AS developers,
    countIf(d.author != 0 AND d.marked > 0) AS marked,
    countIf(d.author != 0 AND (d.marked > 0 OR u.person != 0)) AS users,
    sum(d.landed) AS changes,
    sum(d.marked) AS ai_changes
FROM
(
    SELECT toMonday(c.landed_at) AS week, c.author AS author, count() AS landed, countIf(c.author_class IN ('ai_agent', 'ai_assisted')) AS marked
    FROM changes AS c FINAL
    WHERE c.author_class != 'automation' AND c.landed_at >= open_week - INTERVAL 26 WEEK AND c.landed_at < open_week
    GROUP BY week, author
) AS d
LEFT JOIN
(
    SELECT DISTINCT toMonday(day) AS week, person
    FROM usage_of_persons
) AS u ON u.week = d.week AND u.person = d.author
GROUP BY week
ORDER BY week
