-- Changes, and mature changes with each outcome, by author class; how many persons stand behind the mature ones; and the
-- same over the last 91 days of mature changes, which is the present pace. Outcomes as in the view of changes.
WITH (SELECT max(landed_at) FROM baserate.changes WHERE mature) AS newest
SELECT
    c.author_class AS author_class,
    count() AS changes,
    sum(ifNull(c.size_lines, 0)) AS lines,
    countIf(c.mature) AS mature,
    countIf(c.followed_days >= 21) AS mature_21d,
    [
        countIf(c.mature AND c.mistake), countIf(c.mature AND c.incident), countIf(c.mature AND c.major), countIf(c.mature AND c.reverted_14d),
        countIf(c.mature AND c.hotfixed), countIf(c.mature AND c.failed_deployment), countIf(c.followed_days >= 21 AND c.reworked), countIf(c.mature AND c.control)
    ] AS events,
    [
        countIf(c.mature AND c.mistake AND recent), countIf(c.mature AND c.incident AND recent), countIf(c.mature AND c.major AND recent), countIf(c.mature AND c.reverted_14d AND recent),
        countIf(c.mature AND c.hotfixed AND recent), countIf(c.mature AND c.failed_deployment AND recent), countIf(c.followed_days >= 21 AND c.reworked AND recent), countIf(c.mature AND c.control AND recent)
    ] AS recent_events
FROM (SELECT *, landed_at > newest - INTERVAL 91 DAY AS recent FROM baserate.changes) AS c
GROUP BY author_class
ORDER BY author_class
