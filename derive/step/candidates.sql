-- Changes that incidents are said to come from: by the hash of one of their commits or a beginning of it of seven digits or
-- more, by the number of their pull request, or by the deployment of one of their commits. The incident must have begun
-- after the landing and within 30 days of it. A change that is also said to have fixed the incident is no cause.
INSERT INTO candidates (repo, source, incident, sha, method, score, landed_at, started_at, resolved_at, severity, extrinsic, version, is_deleted)
WITH
    landed AS
    (
        SELECT repo, sha, landed_at, pull, pr_number FROM landings FINAL WHERE repo IN {repos:Array(String)}
    ),
    stated AS
    (
        SELECT c.repo AS repo, c.source AS source, c.incident AS incident, c.role AS role, c.kind AS kind, c.method AS method, c.score AS score,
            multiIf(c.kind = 'pull_request', trim(LEADING '#' FROM c.ref), c.kind = 'deployment', lower(d.sha), lower(c.ref)) AS ref
        FROM (SELECT * FROM causes FINAL WHERE repo IN {repos:Array(String)}) AS c
        LEFT JOIN (SELECT * FROM deployments FINAL WHERE repo IN {repos:Array(String)}) AS d ON c.kind = 'deployment' AND d.repo = c.repo AND d.id = c.ref
    ),
    found AS
    (
        SELECT s.repo AS repo, s.source AS source, s.incident AS incident, s.role AS role, s.method AS method, s.score AS score, k.landed_by AS sha
        FROM stated AS s
        INNER JOIN
        (
            SELECT repo, sha, landed_by, substring(sha, 1, 7) AS start FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}
        ) AS k ON k.repo = s.repo AND k.start = substring(s.ref, 1, 7)
        WHERE s.kind != 'pull_request' AND startsWith(k.sha, s.ref)
        UNION ALL
        SELECT s.repo, s.source, s.incident, s.role, s.method, s.score, l.sha
        FROM stated AS s
        INNER JOIN landed AS l ON l.repo = s.repo AND toString(if(l.pull > 0, l.pull, l.pr_number)) = s.ref
        WHERE s.kind = 'pull_request'
    )
SELECT repo, source, incident, sha, best.3, best.1, landed_at, started_at, resolved_at, severity, extrinsic, {version:UInt64}, 0
FROM
(
    SELECT f.repo AS repo, f.source AS source, f.incident AS incident, f.sha AS sha,
        maxIf((f.score, -indexOf(['declared', 'attachment', 'change_event', 'issue_link', 'text', 'deploy_window', f.method], f.method), f.method), f.role = 'cause') AS best,
        any(l.landed_at) AS landed_at, any(i.started_at) AS started_at, any(tuple(i.resolved_at)).1 AS resolved_at, any(i.severity) AS severity,
        any(i.cause_type IN ('capacity', 'dependency', 'hardware')) AS extrinsic
    FROM found AS f
    INNER JOIN landed AS l ON l.repo = f.repo AND l.sha = f.sha
    INNER JOIN (SELECT * FROM incidents FINAL WHERE NOT drill AND NOT deleted) AS i ON i.source = f.source AND i.id = f.incident
    WHERE i.started_at >= l.landed_at AND i.started_at <= l.landed_at + INTERVAL 30 DAY OR f.role = 'fix'
    GROUP BY repo, source, incident, sha
    HAVING countIf(f.role = 'fix') = 0
)
