-- Actions without a verdict under these rules, or stated anew since, with all that a verdict rests on. Openings of sessions are no
-- changes, and need none.
SELECT
    a.system AS system, a.source AS source, a.id AS id, a.actor AS actor, a.principal AS principal, a.user_agent AS user_agent, a.session AS session,
    a.console AS console, a.at AS at, a.version AS action_version
FROM (SELECT * FROM actions FINAL WHERE system IN {repos:Array(String)} AND NOT startsWith(verb, 'sts:AssumeRole')) AS a
LEFT JOIN
(
    SELECT system, source, id, action_version
    FROM action_verdicts FINAL
    WHERE system IN {repos:Array(String)} AND rules_version = {rules:String}
) AS v ON v.system = a.system AND v.source = a.source AND v.id = a.id
WHERE v.action_version != a.version
