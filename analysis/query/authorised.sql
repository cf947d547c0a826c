-- Changes by agents whose reviews were collected: those that a person approved before the landing, and those without such an
-- approval that a person merged who is not the account which proposed them. The account of a prompter who merges what an
-- agent proposed under that same account may be the agent: it does not count.
SELECT
    group_.1 AS slice,
    group_.2 AS value,
    count() AS changes,
    countIf(c.review_state IN ('independent', 'stale', 'self')) AS reviewed,
    countIf(c.review_state NOT IN ('independent', 'stale', 'self') AND p.number > 0) AS merged,
    uniqExactArray(c.people) AS people
FROM
(
    SELECT repo, pr_number, review_state, people, arrayJoin([('all', ''), ('permission', toString(permission)), ('tool', toString(tool))]) AS group_
    FROM changes FINAL
    WHERE author_class = 'ai_agent' AND review_state NOT IN ('', 'not_collected')
) AS c
LEFT JOIN
(
    SELECT repo, number
    FROM pull_requests FINAL
    WHERE number > 0 AND isNotNull(merged_at) AND merged_by != '' AND merged_by_kind NOT IN ('bot', 'app')
        AND NOT match(lower(merged_by), '\\[bot\\]$|^(copilot|coderabbitai|greptile-apps|cursoragent)$')
        AND lower(merged_by) != lower(author)
) AS p ON p.repo = c.repo AND p.number = c.pr_number
GROUP BY slice, value
ORDER BY slice, value
-- Both sides are sorted by the key of the join already; merged, they need no hash table of one of them in memory.
SETTINGS join_algorithm = 'full_sorting_merge'
