-- Repositories of which any fact is newer than what was derived from it, or that were derived under other definitions.
-- Whose an account is, and what it may do everywhere, concerns all of them; an incident all that are said to have caused it,
-- since at most one did. `fast` are repositories of which a simulation wrote the changes without facts.
WITH
    own AS
    (
        SELECT scope AS repo, maxIf(version, rows > 0) AS facts_version, min(source = 'simulate') AS fast
        FROM collections FINAL
        WHERE source = 'git' OR source = 'simulate' AND stream = 'fast'
        GROUP BY scope
        UNION ALL SELECT repo, max(version), 0 FROM pull_requests GROUP BY repo
        UNION ALL SELECT repo, max(version), 0 FROM reviews GROUP BY repo
        UNION ALL SELECT repo, max(version), 0 FROM permissions WHERE repo != '' GROUP BY repo
        UNION ALL SELECT repo, max(version), 0 FROM deployments GROUP BY repo
        UNION ALL SELECT repo, max(version), 0 FROM profiles GROUP BY repo
        UNION ALL SELECT repo, max(version), 0 FROM causes GROUP BY repo
        UNION ALL
        SELECT c.repo, max(i.version), 0
        FROM (SELECT DISTINCT repo, source, incident FROM causes) AS c
        INNER JOIN incidents AS i ON i.source = c.source AND i.id = c.incident
        GROUP BY c.repo
    ),
    newest AS
    (
        SELECT repo, max(facts_version) AS facts_version, max(fast) AS fast FROM own GROUP BY repo
    ),
    blamed AS
    (
        SELECT source, incident, groupUniqArray(repo) AS repos FROM causes GROUP BY source, incident HAVING length(repos) > 1
    ),
    shared AS
    (
        SELECT b.repo AS repo, max(n.facts_version) AS facts_version
        FROM (SELECT source, incident, arrayJoin(repos) AS repo FROM blamed) AS b
        INNER JOIN (SELECT source, incident, arrayJoin(repos) AS other FROM blamed) AS o ON o.source = b.source AND o.incident = b.incident
        INNER JOIN newest AS n ON n.repo = o.other
        GROUP BY repo
    )
SELECT f.repo AS repo, f.facts_version AS facts_version, f.fast AS fast
FROM
(
    SELECT n.repo AS repo, n.fast > 0 AS fast,
        greatest(n.facts_version, s.facts_version, (SELECT max(version) FROM members), (SELECT max(version) FROM permissions WHERE repo = '')) AS facts_version,
        n.facts_version > 0 AS any_fact
    FROM newest AS n
    LEFT JOIN shared AS s ON s.repo = n.repo
) AS f
LEFT JOIN (SELECT * FROM derivations FINAL) AS d ON d.repo = f.repo
WHERE f.any_fact AND (f.facts_version > d.facts_version OR d.definitions != {definitions:String})
ORDER BY fast, repo
