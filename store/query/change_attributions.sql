-- The evidence on every commit that landed with a change, and on its pull request and that one's own commits, or on an action; strongest
-- first.
SELECT subject, rule, tool, mode, evidence, confidence
FROM baserate.attributions
WHERE repo = {repo:String} AND subject IN
(
    SELECT sha FROM landed_commits FINAL WHERE repo = {repo:String} AND landed_by = {sha:String}
    UNION ALL
    SELECT {sha:String}
    UNION ALL
    SELECT arrayJoin(arrayConcat([concat('#', toString(p.number))], p.commits))
    FROM pull_requests AS p FINAL
    WHERE p.repo = {repo:String}
        AND p.number IN (SELECT pull FROM landings FINAL WHERE repo = {repo:String} AND sha = {sha:String} AND pull > 0)
)
ORDER BY confidence DESC, subject, rule
LIMIT 500
