-- Changes that landed, mature or not: by author class, and within it by one thing at a time (slice, value). Of each group the
-- changes, those whose reviews were collected, those that a second person approved before the landing, those whose permission
-- is known, and with it the usual one, those above that, and the persons behind them, all and of mature changes. Class no_ai
-- is human and unknown together, class any is all but automation.
SELECT
    class,
    group_.1 AS slice,
    group_.2 AS value,
    sum(n) AS changes,
    sumIf(n, told) AS collected,
    sumIf(n, looked) AS seen,
    sumIf(n, has(levels, permission)) AS known,
    sum(both_n) AS usual_known,
    sum(raised_n) AS raised,
    uniqExactArrayMerge(who) AS people,
    uniqExactArrayMergeIf(who, mature) AS mature_people
FROM
(
    SELECT
        *,
        ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels,
        review_state NOT IN ('', 'not_collected') AS told,
        review_state = 'independent' AS looked,
        arrayJoin(arrayConcat([toString(author_class)], if(author_class IN ('human', 'unknown'), ['no_ai'], []), if(author_class = 'automation', [], ['any']))) AS class,
        arrayJoin([
            ('all', ''), ('permission', toString(permission)), ('review', if(told, toString(review_state), 'not_collected')),
            ('second_person', multiIf(looked, 'with', told, 'without', '')), ('team', toString(team)), ('tool', toString(tool))
        ]) AS group_
    FROM
    (
        WITH ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS order_of
        SELECT
            c.author_class, c.permission, c.review_state, c.team, c.tool, c.mature,
            count() AS n,
            countIf(indexOf(order_of, c.permission) > 0 AND indexOf(order_of, c.usual_permission) > 0) AS both_n,
            countIf(indexOf(order_of, c.usual_permission) > 0 AND indexOf(order_of, c.permission) > indexOf(order_of, c.usual_permission)) AS raised_n,
            uniqExactArrayState(c.people) AS who
        FROM changes AS c FINAL
        GROUP BY c.author_class, c.permission, c.review_state, c.team, c.tool, c.mature
    )
)
GROUP BY class, slice, value
ORDER BY class, slice, value
