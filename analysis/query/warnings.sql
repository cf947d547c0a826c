-- Mature changes by the warnings that were on record when they landed: of each warning the changes of which it can be told
-- (known), those that carried it (flagged), how many of both caused an incident, and the persons behind the flagged.
-- Warning any is at least one of the others.
SELECT
    warning,
    sumIf(n, told) AS known,
    sumIf(n, told AND caused) AS known_incidents,
    sumIf(n, carried) AS flagged,
    sumIf(n, carried AND caused) AS flagged_incidents,
    uniqExactArrayMergeIf(who, carried) AS people
FROM
(
    SELECT known_of, flags, caused, count() AS n, uniqExactArrayState(people) AS who
    FROM
    (
        SELECT
            ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels,
            c.review_state NOT IN ('', 'not_collected') AS reviewed,
            indexOf(levels, c.permission) AS level, indexOf(levels, c.usual_permission) AS usual,
            [toBool(reviewed), toBool(reviewed), toBool(level > 0 AND usual > 0), toBool(level > 0), toBool(isNotNull(c.opened_at)), c.size_known, true] AS known_of,
            [
                toBool(c.review_state IN ('none', 'self', 'stale', 'after_merge', 'bypassed')),
                toBool(c.review_state = 'ai_only'),
                toBool(usual > 0 AND level > usual),
                toBool(c.permission = 'operator'),
                toBool(ifNull(dateDiff('second', c.opened_at, c.landed_at) <= 60, false)),
                toBool(c.size_known AND c.additions + c.deletions > 1000),
                toBool(c.author_class = 'ai_agent')
            ] AS flags,
            ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false) AS caused,
            c.people AS people
        FROM changes AS c FINAL
        WHERE c.mature
    )
    GROUP BY known_of, flags, caused
)
ARRAY JOIN
    ['unseen', 'ai_only', 'raised', 'operator', 'instant', 'large', 'agent', 'any'] AS warning,
    arrayConcat(known_of, [true]) AS told,
    arrayConcat(flags, [has(flags, true)]) AS carried
GROUP BY warning
ORDER BY indexOf(['any', 'unseen', 'ai_only', 'raised', 'operator', 'instant', 'large', 'agent'], warning)
