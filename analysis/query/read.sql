-- How much of what may carry marks of AI was read for them: commits of default branches; of repositories that no clone was collected
-- of, merged pull requests; actions. Changes that were simulated without commits count as read.
SELECT countIf(commit) + (SELECT count() FROM simulated) AS commits, countIf(NOT commit) AS others, countIf(missed) AS unread
FROM
(
    SELECT true AS commit, v.sha = '' AS missed
    FROM (SELECT repo, sha FROM placements FINAL WHERE landed_by != '') AS p
    LEFT JOIN (SELECT repo, sha FROM verdicts FINAL) AS v ON v.repo = p.repo AND v.sha = p.sha
    UNION ALL
    SELECT false, v.number = 0
    FROM
    (
        SELECT repo, number
        FROM pull_requests FINAL
        WHERE isNotNull(merged_at) AND repo NOT IN (SELECT repo FROM placements WHERE landed_by != '')
    ) AS p
    LEFT JOIN (SELECT repo, number FROM pull_verdicts FINAL) AS v ON v.repo = p.repo AND v.number = p.number
    UNION ALL
    SELECT false, v.id = ''
    FROM (SELECT repo, sha FROM landings FINAL WHERE kind = 'action') AS a
    LEFT JOIN (SELECT system, id FROM action_verdicts FINAL) AS v ON v.system = a.repo AND v.id = a.sha
)
