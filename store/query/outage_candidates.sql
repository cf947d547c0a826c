-- The changes that an outage may come from, the one that is taken for its cause first. A decision is a person's.
SELECT
    concat(a.repo, '@', a.sha) AS change_id, c.title AS title, a.repo AS repo, toString(c.author_class) AS author_class, toString(c.tool) AS tool,
    toString(c.permission) AS permission, toString(c.review_state) AS review_state, c.team AS team, a.landed_at AS landed_at, c.deployed_at AS deployed_at,
    toString(a.method) AS method, round(toFloat64(a.score), 3) AS score,
    CAST((a.source, a.incident, a.repo, a.sha) IN (SELECT source, incident, repo, sha FROM root_causes) AND NOT a.extrinsic, 'Bool') AS chosen,
    multiIf(a.rejected, 'rejected', a.method = 'confirmed', 'confirmed', '') AS decision,
    a.window_minutes AS window_minutes, a.service AS service
FROM (SELECT * FROM candidates FINAL WHERE source = {source:String} AND incident = {id:String}) AS a
INNER JOIN
(
    SELECT repo, sha, title, author_class, tool, permission, review_state, toString(team) AS team, deployed_at
    FROM changes FINAL
    WHERE (repo, landed_at, sha) IN (SELECT repo, landed_at, sha FROM candidates WHERE source = {source:String} AND incident = {id:String})
) AS c ON c.repo = a.repo AND c.sha = a.sha
ORDER BY chosen DESC, a.rejected, a.score DESC, a.landed_at DESC, change_id
LIMIT 100
